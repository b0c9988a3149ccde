"""How a person likes to be talked to: poles of four axes, by words in three languages; opposite poles contradict."""

POLES: dict[str, dict[str, tuple[str, ...]]] = {
    "length": {
        "short": (
            "short*", "brief*", "concise", "bullet*", "to the point", "one line", "tl;dr", "quick answer*",
            "brev*", "corte", "corto", "corti", "sintetic*", "essenzial*", "in una riga", "punti elenco", "concis*",
            "singkat*", "ringkas*", "pendek*", "poin*", "padat",
        ),
        "long": (
            "long", "longer", "detail*", "in depth", "in-depth", "thorough*", "read everything", "reads everything",
            "lung*", "dettagli*", "approfondit*", "leggo tutto", "legge tutto",
            "panjang*", "lengkap*", "rinci*", "terperinci", "mendetail", "detil*",
        ),
    },
    "register": {
        "formal": (
            "formal*", "no marketing", "professional tone", "polite form", "with sources", "sources",
            "formal*", "dare del lei", "niente marketing", "fonti", "tono professionale",
            "formal*", "resmi*", "sopan*", "sapaan bapak", "sapaan ibu",
        ),
        "relaxed": (
            "casual*", "relaxed", "informal*", "slang", "jokes", "friendly", "humo*", "easygoing", "laid back",
            "informal*", "alla mano", "scherz*", "amichevol*", "spiritos*", "rilassat*",
            "santai*", "akrab", "bercanda", "gaul", "humoris",
        ),
    },
    "pace": {
        "gentle": (
            "gentle*", "slow*", "step by step", "small steps", "simple english", "simple words", "reassur*", "patient*",
            "patience", "one thing at a time", "shy",
            "lent*", "piano", "passo passo", "un passo alla volta", "semplic*", "con calma", "rassicur*", "delicat*",
            "pelan*", "perlahan*", "sederhana", "langkah demi langkah", "sabar*", "lembut*",
        ),
        "direct": (
            "direct*", "blunt*", "straight*", "frank*", "no-nonsense", "get to it",
            "dirett*", "schiett*", "asciutt*", "senza giri di parole", "opinioni nette",
            "langsung", "to the point", "blak-blakan", "tegas",
        ),
    },
    "medium": {
        "writing": (
            "in writing", "by email", "by text", "no calls", "no video*", "prefer writing", "written",
            "per iscritto", "niente video*", "preferisco scrivere", "via mail", "via email", "niente chiamate",
            "lewat chat", "lewat email", "tertulis", "jangan telepon",
        ),
        "voice": (
            "voice note*", "voice message*", "phone call*", "by phone", "video call*", "call me",
            "vocal*", "per telefono", "videochiamat*", "chiamatemi", "mi chiami", "al telefono",
            "voice note*", "pesan suara", "telepon saya", "lewat telepon", "video call*",
        ),
    },
}  # fmt: skip

TONES = {
    ("length", "short"): "concise",
    ("register", "formal"): "formal",
    ("pace", "gentle"): "gentle",
    ("pace", "direct"): "direct",
    ("length", "long"): "detailed",
    ("register", "relaxed"): "relaxed",
}
"""What each pole asks of an answer."""

LANGUAGES: dict[str, tuple[str, ...]] = {
    "it": ("it", "ita", "italian*", "italia", "bahasa italia"),
    "en": ("en", "eng", "english", "inglese", "inggris", "bahasa inggris"),
    "id": ("id", "ind", "indonesia*", "bahasa indonesia", "bahasa", "indonesiano"),
}
"""Names of the languages that we answer in."""
