"""Who a sentence speaks of: mentions of others, and of the speaker. Patterns over folded text without accents."""

OTHERS = (
    (
        r"(?:my|our|his|her|their|your|a|an|the)\s+(?:\w+\s+)?(?:wife|husband|partner|boyfriend|girlfriend|fiance\w*|friend|"
        r"buddy|mate|boss|mother|mom|mum|father|dad|sister|brother|son|daughter|kid|child|client|co-?founder|neighbou?r|"
        r"employer|employee|landlord|teacher|cousin|uncle|aunt|colleague|guest|tenant|seller|agent|lawyer|notary|"
        r"grandmother|grandfather|mother-in-law|father-in-law)s?"
    ),
    r"(?:he|she|they|him|his|them|their|theirs)(?:'s|'re|'ve|'d|'ll)?",
    r"co-?founder",
    (
        r"(?:(?:il|la|i|le|un|una)\s+)?(?:mi[oa]|miei|mie|nostr[oaie]|su[oa]|suoi|sue|tu[oa])\s+(?:\w+\s+)?(?:marito|moglie|"
        r"compagn[oa]|ragazz[oa]|fidanzat[oa]|amic\w+|cap[oi]|madre|mamma|padre|papa|sorell\w+|fratell\w+|figli\w*|client\w+|"
        r"soci\w*|vicin\w+|suocer\w+|cugin\w+|zi[oa]|collegh?\w+|commercialista|nonn\w+|nipot\w+|venditor\w+)"
    ),
    r"un[oa']?\s*(?:amic[oa]|conoscente|cliente|collega|vicin[oa]|parente|agente)",
    r"(?:lui|loro|egli|ella|costui|costei|il\s+venditore|la\s+venditrice)",
    (
        r"(?:istri|suami|pacar|teman|sahabat|bos|atasan|ibu|ayah|bapak|mama|papa|kakak|adik|anak|mertua|tunangan|klien|tetangga|"
        r"karyawan|keluarga|tamu|kakek|nenek|om|tante|paman|bibi|sepupu|majikan|rekan|penjual)(?:nya|ku)?"
        r"(?:\s+(?:saya|aku|kami|kita|gue))?"
    ),
    r"(?:dia|beliau|mereka|doi)(?:nya)?",
)

# An `i` before a word that ends in -i is the Italian article; nouns that look like verbs (lavoro, studio) are left out.
SPEAKER = (
    r"i(?:'m|'ve|'d|'ll)?(?!\s+\w+i(?!\w))",
    r"(?:im|ive|me|myself|we|we're|we've|we'd|us)",
    (
        r"(?:io|mi|me|m'|noi|ci|ho|abbiamo|(?<!si\s)sono|siamo|vorrei|vorremmo|voglio|vogliamo|preferisco|cerco|penso|spero|"
        r"temo|sogno|amo|devo|dobbiamo|posso|possiamo|vengo|vado|sto|stiamo|faccio|abito|vivo|leggo|scrivo|parlo|"
        r"chiamo|sento|ero|avevo|insegno|dipingo|torno|rimango|arrivo|pago|vendo|compro|cerchero)"
    ),
    r"(?:saya|aku|kami|kita|gue|gua|gw|aq|tiang)",
)

_FILLERS = """
ok okay oke okey ah oh eh hm hmm yes yeah yep no nope sure fine thanks thank you hi hello hey bye please sorry lol
si certo va bene grazie mille prego ciao salve buongiorno buonasera scusi scusa scusate perfetto ottimo capito
ya iya tidak siap makasih terima kasih halo hai selamat pagi siang sore malam malem permisi maaf kak min pak bu
suksma baik sip
"""
FILLERS = frozenset(_FILLERS.split())
"""Words that alone prove nothing."""

EMPTY_VALUES = (
    "unknown", "unclear", "n/a", "na", "none", "null", "nothing", "nil", "not mentioned", "not specified", "not stated",
    "not provided", "not applicable", "no information", "unspecified", "undetermined", "neutral", "normal", "user",
    "the user", "customer", "client", "person", "various", "general", "other", "yes", "no", "true", "false",
    "sconosciut*", "non specificat*", "non indicat*", "non menzionat*", "non noto", "nessuno", "nessuna", "niente",
    "nulla", "utente", "l'utente", "cliente", "neutro", "normale", "non disponibile", "nessuna informazione",
    "tidak diketahui", "tidak disebut*", "tidak ada", "tidak jelas", "belum diketahui", "pengguna", "klien", "netral",
    "tidak tersedia", "tidak relevan",
)  # fmt: skip
"""What models write into a slot when they have nothing to say."""

EMPTY_OPENINGS = (
    "the user ask*", "user ask*", "asked", "asks", "no information", "not mentioned", "not specified", "not stated",
    "l'utente chiede", "l'utente ha chiesto", "chiede", "nessuna informazione", "non specificat*", "non menzionat*",
    "pengguna bertanya", "pengguna menanyakan", "bertanya", "menanyakan", "tidak disebut*", "tidak ada informasi",
)  # fmt: skip
"""How such a value begins: asking something is not a trait."""
