"""What is never remembered: special categories of GDPR Art. 9 and 10 and of UU PDP 27/2022 Art. 4(2), by topic."""

HEALTH = (
    "health", "ill", "illness*", "sick*", "disease*", "migraine*", "cramp*", "dyslexi*", "cancer*", "tumor*",
    "tumour*", "diabet*", "asthma*", "allerg*", "pregnan*", "surgery", "surgeries", "medication*",
    "antidepressant*", "depression", "depressed", "bipolar", "autism*", "autistic*", "adhd", "diagnos*", "disabled",
    "disabilit*", "wheelchair", "hiv", "aids", "therapist", "psychiatr*", "chemotherapy", "epilep*", "insomnia",
    "panic attack*", "hospital", "hospitals", "hospitalized", "hospitalised", "dengue", "salute", "malat*",
    "emicrani*", "crampi", "dislessi*", "cancro", "tumore", "tumori", "asma", "asmatic*", "incinta", "gravidanza",
    "farmaci", "farmaco", "depressione", "depress*", "diagnosticat*", "disabil*", "invalid*", "sedia a rotelle",
    "chemioterapi*", "terapia", "psicolog*", "psichiatr*", "epilessi*", "insonnia", "ospedale", "ricoverat*",
    "celiac*", "intervento chirurgico", "operazione chirurgica", "febbre", "sakit*", "penyakit*", "kesehatan",
    "migren", "migrain*", "kanker", "asma", "alergi*", "hamil", "kehamilan", "obat*", "depresi", "disleksia",
    "difabel", "disabilitas", "kursi roda", "dioperasi", "operasi medis", "rawat inap", "psikolog*", "psikiater",
    "demam*", "berdarah", "kolesterol", "stroke", "burnout",
)  # fmt: skip

RELIGION = (
    "religio*", "muslim*", "islam*", "christian*", "catholic*", "protestant*", "jewish", "judaism", "hindu*",
    "buddhis*", "atheis*", "church*", "mosque*", "synagogue*", "pray", "prays", "praying", "prayer*", "baptis*",
    "ramadan", "quran", "bible", "my faith", "jehovah*", "musulman*", "cristian*", "cattolic*", "ebre*", "ebraism*",
    "induist*", "buddist*", "ateo", "atea", "atei", "chiesa", "chiese", "moschea", "sinagoga", "preghier*",
    "pregare", "battesim*", "battezzat*", "mia fede", "testimone di geova", "testimoni di geova", "agama*",
    "kristen*", "katolik*", "protestan*", "budha", "buddha", "yahudi", "ateis*", "gereja", "masjid", "sembahyang*",
    "sholat", "shalat", "salat", "berdoa", "puasa", "mualaf", "beriman", "kitab suci", "konghucu",
)  # fmt: skip

POLITICS = (
    "politic*", "vote", "votes", "voted", "voting", "voter*", "election*", "left-wing", "right-wing", "leftist*",
    "communis*", "fascis*", "socialist*", "trade union*", "union member*", "activis*", "party member*", "voto",
    "votato", "votare", "elezion*", "partito politico", "del partito", "un partito", "di sinistra", "di destra",
    "comunist*", "fascist*", "socialist*", "sindacat*", "attivist*", "politik*", "pemilu", "pilpres", "partai",
    "mencoblos", "capres", "komunis*", "sosialis*", "serikat buruh", "serikat pekerja", "aktivis*",
)  # fmt: skip

SEXUALITY = (
    "gay", "gays", "lesbian*", "bisexual*", "homosexual*", "heterosexual*", "transgender*", "transsexual*", "queer",
    "lgbt*", "non-binary", "nonbinary", "asexual*", "sexual*", "sex life", "coming out", "same-sex", "lesbic*",
    "bisessual*", "omosessual*", "eterosessual*", "transessual*", "sessual*", "orientamento sessuale", "biseksual*",
    "homoseks*", "waria", "transpuan", "seksual*", "orientasi seksual", "sesama jenis",
)  # fmt: skip

CRIME = (
    "criminal*", "crime*", "convicted", "prison*", "jail*", "arrest*", "felon*", "probation", "police record*",
    "sentenced", "court case", "drug charge*", "indicted", "fedina penale", "precedenti penali", "penale", "penali",
    "condanna*", "carcer*", "galera", "reato", "reati", "pregiudicat*", "detenut*", "kriminal*", "pidana*",
    "dipidana", "penjara*", "dipenjara", "narapidana", "residivis*", "ditangkap", "tersangka", "terdakwa", "vonis",
    "divonis",
)  # fmt: skip

CHILDREN = (
    "my son", "my sons", "my daughter*", "my kid", "my kids", "my child", "my children", "our son", "our sons",
    "our daughter*", "our kid", "our kids", "our child", "our children", "his son", "her son", "toddler*", "baby",
    "babies", "newborn*", "kids", "children", "child", "teenager*", "stepson", "stepdaughter", "grandchild*",
    "grandson*", "granddaughter*", "daughter*", "year-old son", "son is", "single mother", "single father",
    "single parent", "single mom", "single dad", "figlio", "figlia", "figli", "figlie", "figliol*", "bambin*",
    "neonat*", "minorenn*", "nipotin*", "adolescent*", "anak", "anaknya", "anakku", "anak-anak", "anak anak",
    "bayi", "balita", "putra saya", "putri saya", "si kecil", "cucu", "cucunya", "remaja",
)  # fmt: skip

TOPICS = {
    "health": HEALTH,
    "religion": RELIGION,
    "politics": POLITICS,
    "sexuality": SEXUALITY,
    "criminal_record": CRIME,
    "children": CHILDREN,
}

HARMLESS = (
    "when i was a child", "when i was a kid", "as a child", "since i was a child", "since i was a kid", "as a kid",
    "since childhood", "baby steps", "health insurance", "travel insurance", "single child", "quando ero bambin*",
    "da quando ero bambin*", "ero bambin*", "da bambin*", "fin da bambin*", "assicurazione sanitaria",
    "clausola penale", "penali contrattuali", "waktu kecil", "sejak kecil", "anak muda", "anak buah", "anak magang",
    "anak perusahaan", "anak kos", "asuransi kesehatan",
)  # fmt: skip
"""Phrases that hold such a word without telling anything of the kind."""
