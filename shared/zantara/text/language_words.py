"""Words that the language identifier treats apart: terms of every language, function words of only one."""


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEUTRAL = _listed("""
    ahu alarm bali banjar bank bca bpjs bpn canggu coretax denpasar djki dkptka email epo erp evisa evoa expat freehold
    freelance galungan gojek golden hak hgb hotel idr imigrasi indonesia itap itas itk jakarta kbli kitap kitas kkpr
    leasehold lkpm lombok merp nib nomad nominee notary npwp nusa nyepi ok okay online oss overstay pb pbg pkwt pma pph
    ppn pt rp rptka sanur seminyak shm siup sktt slf smart spt sponsor startup tka ubud uluwatu usd villa visa voa
    whatsapp wni wna yayasan zantara zoom
""")
"""Terms of the trade and names of places: the same in every language, so evidence for none."""

ITALIAN = _listed("""
    abbiamo adesso anche che chi come cosa dal dalla dalle degli della delle dello devo domani dove favore giorni gli
    grazie hanno ho il le ma mia mio nel nella nessuno non oggi perche perché più posso puoi qual quale quali quando
    quanta quante quanti quanto questa questo qui sei siamo siete sono subito sul sulla tutti un una vi voglio vorrei è
""")
"""Function words, with a few near to them, that English and Indonesian lack."""

ENGLISH = _listed("""
    about anybody anyone are but can't could did does doesn't don't everyone for from had has have how i'm if is isn't
    it it's my nobody not of our she should that the there these they this those to us was we were what when where
    which who why will with would you you're your
""")
"""Function words that Italian and Indonesian lack."""

INDONESIAN = _listed("""
    aku apa apakah atau bagaimana banget belum berapa besok bisa boleh brp bukan dari dengan dong enggak gak gimana
    harus ingin jangan juga kak kalau kalo kami kamu kapan karena kenapa kita krn lagi mau mengapa mereka nggak nya
    perlu saja sama saya secara sekarang siapa sudah tak tapi tidak tolong udah untuk utk yang yg
""")
"""Function words that Italian and English lack."""
