"""What a message leans on: itself, the turns before it, the person's own case, or the conversation as a subject."""

import re
from collections.abc import Sequence

import msgspec

_SHORT = 8
_OPENING = 7

_CODE = re.compile(r"^(?:[a-z]\d{1,3}[a-z]?|pph|ppn)$")

TRADE = frozenset(["kitas", "kitap", "itas", "itap", "visa", "visas", "voa", "evoa", "evisa", "visto", "visti", "e-visa", "overstay", "kartu", "pma", "pt", "oss", "nib", "kbli", "lkpm", "npwp", "pph", "ppn", "spt", "thr", "bpjs", "umk", "imigrasi", "immigration", "immigrazione", "passport", "paspor", "passaporto", "sponsor", "sponsorship", "leasehold", "freehold", "hgb", "shm", "imb", "pbg", "slf", "sktt", "skck", "epo", "erp", "merp", "rptka", "imta", "dkptka", "dkp", "notaris", "notary", "notaio", "akta", "pajak", "tax", "taxes", "tasse", "tassa", "imposta", "imposte", "vat", "iva", "dividen", "dividend", "dividendi", "izin", "permit", "permits", "permesso", "permessi", "perusahaan", "company", "companies", "societa", "azienda", "azienda", "saham", "shares", "quote", "azioni", "tanah", "land", "terreno", "villa", "vila", "property", "properti", "immobile", "sewa", "lease", "affitto", "contratto", "contract", "kontrak", "kerja", "work", "lavoro", "employee", "karyawan", "dipendente", "dipendenti", "merek", "trademark", "brand", "marchio", "licence", "license", "licences", "lisensi", "licenza", "licenze", "rekening", "bank", "banca", "deposito", "deposit", "modal", "capital", "capitale", "nominee", "prestanome", "golden", "silver", "retirement", "pensiun", "pensionati", "nomad", "nomade", "remote", "investor", "investitore", "investasi", "investment", "spouse", "coniuge", "nyepi", "levy", "pungutan", "restaurant", "ristorante", "restoran", "cafe", "alkohol", "alcohol", "airbnb", "pondok", "import", "ekspor", "export", "yayasan", "deportasi", "deportation", "espulsione", "residency", "residence", "residenza", "domicile", "domisili", "driving", "sim", "patente", "dog", "anjing", "cane", "cat", "kucing", "gatto", "insurance", "asuransi", "assicurazione", "salary", "gaji", "stipendio", "wage", "wni", "wna", "akta", "tka", "lapor", "report", "dichiarazione", "director", "direktur", "amministratore", "commissioner", "komisaris", "shareholder", "pemegang", "socio", "soci", "zonasi", "zoning", "zona", "hak", "pakai", "milik", "sertifikat", "certificate", "certificato", "legalisasi", "apostille"])  # fmt: skip
"""Words that name a matter of the office."""

_EMPTY = frozenset(["a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "anything", "are", "as", "at", "be", "because", "been", "but", "by", "can", "could", "did", "do", "does", "done", "else", "for", "from", "get", "give", "go", "got", "had", "has", "have", "he", "her", "here", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "know", "let", "like", "long", "many", "may", "me", "might", "more", "much", "must", "my", "need", "no", "not", "of", "off", "ok", "okay", "on", "once", "one", "ones", "only", "or", "other", "our", "out", "please", "same", "shall", "she", "should", "so", "some", "sure", "take", "tell", "than", "thank", "thanks", "that", "the", "their", "them", "then", "there", "these", "they", "thing", "this", "those", "till", "to", "too", "true", "under", "up", "us", "very", "want", "was", "we", "well", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "yes", "you", "your", "cost", "costs", "price", "prices", "fee", "fees", "pay", "total", "time", "times", "day", "days", "week", "weeks", "month", "months", "year", "years", "date", "deadline", "requirement", "requirements", "document", "documents", "docs", "process", "extend", "extension", "possible", "required", "needed", "cheaper", "faster", "instead", "another", "second", "first", "next", "last", "abbiamo", "adesso", "alla", "allora", "altra", "altri", "altro", "anche", "ancora", "anzi", "avete", "c", "che", "chi", "ci", "cioe", "come", "con", "cosa", "cosi", "da", "dai", "dal", "dalla", "dalle", "de", "dei", "del", "della", "delle", "di", "dite", "dopo", "dove", "due", "dunque", "e", "ed", "era", "essere", "fa", "fai", "fare", "gia", "gli", "grazie", "ha", "hai", "hanno", "ho", "i", "il", "in", "invece", "io", "la", "le", "lei", "li", "lo", "loro", "lui", "ma", "mai", "me", "meglio", "mi", "mia", "mio", "molto", "ne", "nel", "nella", "no", "noi", "non", "o", "ok", "ora", "per", "pero", "perche", "piu", "po", "poi", "posso", "potete", "prima", "puo", "puoi", "qual", "quale", "quali", "quando", "quanta", "quante", "quanti", "quanto", "quella", "quelle", "quelli", "quello", "questa", "queste", "questi", "questo", "qui", "quindi", "sara", "se", "sei", "serve", "servono", "si", "sia", "siamo", "solo", "sono", "stessa", "stesso", "su", "sul", "sulla", "tanto", "te", "ti", "tra", "tu", "tua", "tuo", "tutta", "tutte", "tutti", "tutto", "un", "una", "uno", "va", "vale", "vi", "voi", "vorrei", "costa", "costano", "costo", "prezzo", "prezzi", "tempo", "tempi", "giorno", "giorni", "settimana", "mese", "mesi", "anno", "anni", "dura", "durata", "requisiti", "documenti", "rinnovo", "rinnovare", "proroga", "possibile", "obbligatorio", "entro", "pagare", "paga", "ada", "adalah", "agar", "aja", "akan", "aku", "anda", "apa", "apakah", "atau", "baru", "bagaimana", "bahwa", "banget", "belum", "berapa", "biar", "bikin", "bisa", "boleh", "brp", "buat", "bukan", "cara", "coba", "cuma", "dan", "dapat", "dari", "deh", "dengan", "di", "dia", "dong", "dulu", "enggak", "ga", "gak", "gimana", "hanya", "harus", "ini", "iya", "itu", "jadi", "jangan", "jika", "juga", "kak", "kalau", "kalo", "kami", "kamu", "kapan", "karena", "kasih", "ke", "kenapa", "kira", "kita", "kok", "lagi", "lah", "lama", "lebih", "lalu", "maka", "mana", "masih", "mau", "mereka", "min", "mohon", "mulai", "nah", "nanti", "nggak", "nih", "nya", "oh", "oke", "pakai", "pak", "pada", "perlu", "saja", "saya", "sama", "sampai", "satu", "sebelum", "sekarang", "semua", "seperti", "siapa", "sih", "sini", "situ", "sudah", "supaya", "tadi", "tanya", "tapi", "tentang", "terus", "tersebut", "tetap", "tidak", "tolong", "trus", "tuh", "udah", "untuk", "utk", "ya", "yang", "yg", "yuk", "harga", "biaya", "bayar", "waktu", "hari", "minggu", "bulan", "tahun", "tanggal", "syarat", "syaratnya", "dokumen", "dokumennya", "prosesnya", "biayanya", "harganya", "bayarnya", "lamanya", "persyaratan", "proses", "perpanjang", "perpanjangan", "bedanya"])  # fmt: skip
"""Words that name no subject: function words, and what is asked of a subject (price, time, papers)."""

_OPENERS = re.compile(
    r"^(?:and|but|or|so|what about|how about|and for|what if|also|then|"
    r"e|ed|ma|o|oppure|invece|quindi|poi|anche|e se|e per|e quanto|"
    r"dan|terus|trus|lalu|tapi|atau|kalau|kalo|gimana kalau|bagaimana kalau|bagaimana dengan|gimana dengan|kalau untuk|berarti)\b"
)
_POINTERS = frozenset(["it", "that", "this", "these", "those", "them", "they", "one", "ones", "there", "same", "latter", "former", "quello", "quella", "quelli", "quelle", "questo", "questa", "questi", "queste", "stesso", "stessa", "lo", "ne", "ci", "itu", "ini", "tersebut", "tadi", "begitu", "gitu", "situ"])  # fmt: skip

_OWN_THING = (
    r"(?:application|applications|case|file|dossier|order|invoice|payment|refund|appointment|request|status|account manager|"
    r"paperwork|submission|booking|tracking|biometrics?)"
)
_PERSONAL = re.compile(
    rf"\b(?:my|our) (?:\w+ ){{0,2}}?{_OWN_THING}\b"
    r"|\bstatus of (?:my|our)\b|\bwhere(?: is|s) (?:my|our)\b|\b(?:is|are|was|were|has|have) (?:my|our) \w+ (?:\w+ )?"
    r"(?:ready|approved|rejected|refused|arrived|stuck|pending|done|been|issued|submitted|late)\b"
    r"|\bdid you (?:get|receive|send|submit|file)\b|\bhave you (?:got|received|sent|submitted|filed)\b|\bi (?:already )?(?:paid|sent you|submitted|applied)\b"
    r"|\b(?:la mia|il mio|le mie|i miei|la nostra|il nostro) (?:\w+ ){0,1}?(?:pratica|pratiche|domanda|richiesta|fascicolo|pagamento|fattura|"
    r"rimborso|appuntamento|caso|documentazione)\b"
    r"|\ba che punto (?:e|siamo|sono)\b|\bho (?:gia )?(?:pagato|inviato|mandato|presentato)\b|\bavete (?:ricevuto|inviato|mandato|gia)\b|"
    r"\b(?:e|sono) (?:pront[oaie]|arrivat[oaie]) (?:il mio|la mia|i miei|le mie)\b|\b(?:il mio|la mia) \w+ (?:e|non e|sara) (?:ancora )?(?:pront|arrivat|bloccat|"
    r"rifiutat|approvat)"
    r"|\b(?:berkas|permohonan|pengajuan|aplikasi|status|pembayaran|tagihan|invoice|kasus|urusan|dokumen|pesanan|refund) (?:\w+ ){0,2}?(?:saya|aku|ku|kami)\b"
    r"|\b(?:berkas|permohonan|pengajuan|aplikasi|tagihan|pembayaran|urusan)ku\b"
    r"|\b(?:kitas|visa|paspor|izin|npwp|nib) (?:saya|aku|kami|ku) (?:\w+ ){0,2}?(?:ditolak|sudah jadi|udah jadi|belum jadi|kapan jadi|sampai mana|belum keluar|"
    r"kapan keluar|hilang|ditahan|nyangkut|diproses)\b"
    r"|\b(?:saya|aku|kami) (?:sudah|udah|dah) (?:bayar|transfer|kirim|daftar|ajukan|mengajukan)\b|\bsampai mana\b"
)
_CONVERSATION = re.compile(
    r"\b(?:what|which) (?:did|was|have|had) (?:i|you|we) (?:\w+ ){0,3}?(?:ask|asked|say|said|tell|told|mention|mentioned|talk|talking|discuss|discussed|question|write|wrote)\b"
    r"|\bwhat was my (?:\w+ )?question\b|\b(?:repeat|rephrase|summari[sz]e) (?:that|it|this|our|your|what|the (?:chat|conversation))\b|\bsay (?:that|it) again\b"
    r"|\b(?:our|this) (?:chat|conversation) so far\b|\bdo you remember (?:what|my|me)\b|\bwhat(?: is|s) my name\b"
    r"|\b(?:cosa|che cosa|che|di cosa) (?:ti |vi |le )?(?:ho|hai|avete|abbiamo|avevo|stavo|stavamo|stavi) (?:\w+ ){0,2}?(?:chiest|dett|scritt|parlat|parland|dicend|chiedend)"
    r"|\b(?:ripeti|ripetimi|puoi ripetere|riassumi|riassumimi) (?:quello|cio|la (?:risposta|conversazione|chat)|tutto|questa|questo|per favore|che)\b|^(?:ripeti|puoi ripetere)$"
    r"|\bti ricordi (?:cosa|di me|come|che)\b|\bcome mi chiamo\b|\bla mia (?:ultima|prima|precedente) domanda\b|\bdi cosa stavamo\b"
    r"|\b(?:tadi|barusan|sebelumnya) (?:saya|aku|kamu|anda|kita) (?:\w+ ){0,2}?(?:tanya|bilang|ngomong|bahas|nanya|tulis|jawab)"
    r"|\b(?:saya|aku|kita|kamu) (?:tadi|barusan) (?:\w+ ){0,1}?(?:tanya|nanya|bilang|ngomong|bahas|tulis|jawab)"
    r"|\bapa yang (?:tadi|saya|aku|kamu|kita|barusan) (?:\w+ ){0,2}?(?:tanya|bilang|bahas|tanyakan|katakan|omongin)"
    r"|\b(?:ulangi|ulang) (?:jawaban|lagi|yang tadi|penjelasan)|\brangkum (?:obrolan|percakapan|chat|jawaban)|\bsiapa nama (?:saya|aku|ku)\b|\bingat (?:nama|namaku|saya|aku)\b"
    r"|\bpertanyaan (?:saya|ku|terakhir|pertama)"
)


class Leaning(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a message can be read by itself, is about the person's own case, or about the conversation."""

    standalone: bool
    personal: bool
    about_conversation: bool


def leaning(words: Sequence[str], *, turns_before: int) -> Leaning:
    """Read the folded words; when in doubt with a turn before it, a short message leans."""
    text = " ".join(words)
    about = _CONVERSATION.search(text) is not None
    return Leaning(
        standalone=not about and not _leans(words, text, turns_before=turns_before),
        personal=_PERSONAL.search(text) is not None,
        about_conversation=about,
    )


def names_trade(word: str) -> bool:
    """Whether a folded word names a matter of the office: a term or a visa code."""
    return word in TRADE or _CODE.match(word) is not None


def _leans(words: Sequence[str], text: str, *, turns_before: int) -> bool:
    if not words:
        return True
    named = any(names_trade(word) for word in words)
    subject = named or any(word not in _EMPTY and not word.isdigit() for word in words)
    if not subject:
        return True
    opened = _OPENERS.match(text) is not None and len(words) <= _OPENING
    if opened and (turns_before > 0 or not named):
        return True
    pointing = len(words) <= _SHORT and any(word in _POINTERS for word in words)
    return pointing and not named
