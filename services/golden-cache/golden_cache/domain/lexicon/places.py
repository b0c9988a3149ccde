"""Countries, nationalities and places: `land.*` a country, `nat.*` its people and adjective, `place.*` elsewhere.

Bali's own towns are generic: they rarely change what the law says.
"""

WORDS = """
gen.indonesia: indonesia indo | indonesia | indonesia
gen.indonesian: indonesian indonesians | indonesian* | wni_indonesia
gen.bali: bali balinese ubud canggu sanur kuta seminyak uluwatu denpasar pererenan berawa amed lovina jimbaran
  nusa_dua gianyar tabanan badung buleleng karangasem sidemen kerobokan umalas medewi singaraja | balines* |
  balinya
place.jakarta: jakarta | giacarta | jkt
place.java: java surabaya bandung yogyakarta jogja semarang malang jepara bogor tangerang banten | giava |
  jawa
place.lombok: lombok gili gilis mandalika | gili | lombok
place.sumatra: sumatra medan batam padang palembang riau | | sumatera
place.east: komodo labuan_bajo flores sumba papua sulawesi makassar kalimantan manado raja_ampat toba belitung
  | |
land.it: italy rome milan turin venice naples florence bologna bari | italia roma milano torino venezia napoli
  firenze bologna verona bari palermo | italia
nat.it: italian italians | italian* | orang_italia
land.us: america usa united_states california new_york | america stati_uniti usa | amerika as_serikat
nat.us: american americans | american* | orang_amerika
land.uk: britain england united_kingdom scotland london | inghilterra gran_bretagna regno_unito londra |
  inggris
nat.uk: british english_citizen scottish | britannic* ingles* | orang_inggris
land.ie: ireland dublin | irlanda | irlandia
nat.ie: irish | irlandes* |
land.de: germany berlin munich | germania berlino monaco_di_baviera | jerman
nat.de: german germans | tedesc* | orang_jerman
land.fr: france paris | francia parigi | prancis
nat.fr: french | frances* | orang_prancis
land.es: spain madrid barcelona | spagna barcellona | spanyol
nat.es: spanish spaniard* | spagnol* | orang_spanyol
land.pt: portugal lisbon | portogallo lisbona | portugal portugis
nat.pt: portuguese | portoghes* |
land.nl: netherlands holland amsterdam | olanda paesi_bassi | belanda
nat.nl: dutch | olandes* | orang_belanda
land.be: belgium brussels | belgio bruxelles | belgia
nat.be: belgian belgians | belga belgi belghe |
land.ch: switzerland zurich geneva | svizzera zurigo ginevra | swiss
nat.ch: swiss | svizzer* | orang_swiss
land.at: austria vienna | austria vienna | austria
nat.at: austrian* | austriac* |
land.gr: greece athens | grecia atene | yunani
nat.gr: greek greeks | grec* |
land.se: sweden stockholm | svezia | swedia
nat.se: swedish swede* | svedes* |
land.no: norway oslo | norvegia | norwegia
nat.no: norwegian* | norveges* |
land.dk: denmark copenhagen | danimarca | denmark
nat.dk: danish dane danes | danes* |
land.fi: finland helsinki | finlandia | finlandia
nat.fi: finnish finn | finlandes* |
land.pl: poland warsaw | polonia varsavia | polandia
nat.pl: polish | polacc* |
land.ru: russia moscow | russia mosca | rusia
nat.ru: russian* | russ* | orang_rusia
land.ua: ukraine kyiv | ucraina | ukraina
nat.ua: ukrainian* | ucrain* |
land.tr: turkey turkiye istanbul | turchia | turki
nat.tr: turkish turks | turc* turch* |
land.il: israel | israele | israel
nat.il: israeli* | israelian* |
land.ae: dubai emirates uae abu_dhabi | emirati dubai | uni_emirat
nat.ae: emirati | |
land.sa: saudi_arabia saudi | arabia_saudita | arab_saudi
land.af: afghanistan | afghanistan | afganistan
nat.af: afghan afghans | afghan* | orang_afganistan
land.pk: pakistan | pakistan | pakistan
nat.pk: pakistani* | pachistan* pakistan* |
land.bd: bangladesh | bangladesh | banglades
nat.bd: bangladeshi* | |
land.in: india delhi mumbai | india | india
nat.in: indian indians | indian* | orang_india
land.lk: sri_lanka | sri_lanka | sri_lanka
land.np: nepal | nepal | nepal
nat.np: nepali nepalese | nepales* |
land.ir: iran | iran | iran
nat.ir: iranian* | iranian* |
land.sy: syria | siria | suriah
land.ng: nigeria | nigeria | nigeria
nat.ng: nigerian* | nigerian* | orang_nigeria
land.za: south_africa | sudafrica | afrika_selatan
nat.za: south_african* | sudafrican* |
land.eg: egypt | egitto | mesir
nat.eg: egyptian* | egizian* |
land.cn: china beijing shanghai | cina pechino | cina tiongkok
nat.cn: chinese | cines* | orang_cina
land.tw: taiwan | taiwan | taiwan
land.hk: hong_kong | hong_kong | hong_kong
land.jp: japan tokyo | giappone | jepang
nat.jp: japanese | giappones* | orang_jepang
land.kr: korea south_korea seoul | corea | korea
nat.kr: korean* | corean* | orang_korea
land.th: thailand bangkok phuket | thailandia tailandia | thailand muangthai
nat.th: thai thais | thailandes* tailandes* | orang_thailand
land.vn: vietnam hanoi saigon da_nang | vietnam | vietnam
nat.vn: vietnamese | vietnamit* | orang_vietnam
land.kh: cambodia phnom_penh | cambogia | kamboja
nat.kh: cambodian* | cambogian* |
land.la: laos | laos | laos
land.my: malaysia kuala_lumpur penang mm2h | malesia malaysia | malaysia
nat.my: malaysian* | malese malesi | orang_malaysia
land.sg: singapore | singapore | singapura
nat.sg: singaporean* | singaporean* | orang_singapura
land.ph: philippines manila | filippine | filipina
nat.ph: filipino* filipina | filippin* | orang_filipina
land.mm: myanmar burma | birmania myanmar | myanmar
land.tl: timor_leste east_timor dili | timor_est | timor_leste
land.au: australia sydney perth melbourne darwin | australia | australia
nat.au: australian* aussie* | australian* | orang_australia
land.nz: new_zealand auckland | nuova_zelanda | selandia_baru
nat.nz: kiwi new_zealander* | neozelandes* |
land.ca: canada toronto vancouver | canada | kanada
nat.ca: canadian* | canades* | orang_kanada
land.mx: mexico | messico | meksiko
nat.mx: mexican* | messican* |
land.br: brazil | brasile | brasil
nat.br: brazilian* | brasilian* | orang_brasil
land.ar: argentina buenos_aires | argentina | argentina
nat.ar: argentinian* | argentin* |
land.co: colombia | colombia | kolombia
land.cr: costa_rica panama | costa_rica panama | kosta_rika
land.eu: europe european_union schengen | europa unione_europea schengen | eropa uni_eropa
nat.eu: european europeans | europe* europeo | orang_eropa
"""
