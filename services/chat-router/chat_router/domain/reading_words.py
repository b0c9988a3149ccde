"""Words and phrases by which a message is read: matters of the office, empty words, pointers, one's own case."""

import re

from chat_router.domain.lexicon import lexicon


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any(*patterns: str) -> re.Pattern[str]:
    """One pattern of several, each between word borders."""
    return re.compile("|".join(rf"\b(?:{pattern})\b" for pattern in patterns))


TRADE = _listed("""
    affitto airbnb akta alcohol alkohol amministratore anjing apostille assicurazione asuransi azienda azioni
    banca bank bpjs brand cafe cane capital capitale cat certificate certificato commissioner companies company
    coniuge contract contratto deportasi deportation deposit deposito dichiarazione dipendente dipendenti director
    direktur dividen dividend dividendi dkp dkptka dog domicile domisili driving e-visa ekspor employee epo erp
    espulsione evisa evoa export freehold gaji gatto golden hak hgb imb imigrasi immigration immigrazione immobile
    import imposta imposte imta insurance investasi investitore investment investor itap itas iva izin kartu
    karyawan kbli kerja kitap kitas komisaris kontrak kucing land lapor lavoro lease leasehold legalisasi levy
    licence licences license licenza licenze lisensi lkpm marchio merek merp milik modal nib nomad nomade nominee
    notaio notaris notary npwp nyepi oss overstay pajak pakai paspor passaporto passport patente pbg pemegang
    pensionati pensiun permessi permesso permit permits perusahaan pma pondok pph ppn prestanome properti property
    pt pungutan quote rekening remote report residence residency residenza restaurant restoran retirement
    ristorante rptka saham salary sertifikat sewa shareholder shares shm silver sim skck sktt slf soci societa
    socio sponsor sponsorship spouse spt stipendio tanah tassa tasse tax taxes terreno thr tka trademark umk vat
    vila villa visa visas visti visto voa wage wna wni work yayasan zona zonasi zoning
""")
"""Words that name a matter of the office."""

EMPTY = _listed("""
    a abbiamo about ada adalah adesso after again agar aja akan aku all alla allora also altra altri altro am an
    anche ancora and anda anni anno another any anything anzi apa apakah are as at atau avete bagaimana bahwa
    banget baru bayar bayarnya be because bedanya been belum berapa biar biaya biayanya bikin bisa boleh brp buat
    bukan bulan but by c can cara che cheaper chi ci cioe coba come con cosa cosi cost costa costano costo costs
    could cuma da dai dal dalla dalle dan dapat dari date day days de deadline deh dei del della delle dengan di
    dia did dite do docs document documenti documents does dokumen dokumennya done dong dopo dove due dulu dunque
    dura durata e ed else enggak entro era essere extend extension fa fai fare faster fee fees first for from ga
    gak get gia gimana giorni giorno give gli go got grazie ha had hai hanno hanya harga harganya hari harus has
    have he her here him his ho how i if il in ini instead into invece io is it its itu iya jadi jangan jika juga
    just kak kalau kalo kami kamu kapan karena kasih ke kenapa kira kita know kok la lagi lah lalu lama lamanya
    last le lebih lei let li like lo long loro lui ma mai maka mana many masih mau may me meglio mereka mese mesi
    mi mia might min minggu mio mohon molto month months more much mulai must my nah nanti ne need needed nel
    nella next nggak nih no noi non not nya o obbligatorio of off oh ok okay oke on once one ones only or ora
    other our out pada paga pagare pak pakai pay per perche perlu pero perpanjang perpanjangan persyaratan piu
    please po poi possibile possible posso potete prezzi prezzo price prices prima process proroga proses
    prosesnya puo puoi qual quale quali quando quanta quante quanti quanto quella quelle quelli quello questa
    queste questi questo qui quindi required requirement requirements requisiti rinnovare rinnovo saja sama same
    sampai sara satu saya se sebelum second sei sekarang semua seperti serve servono settimana shall she should si
    sia siamo siapa sih sini situ so solo some sono stessa stesso su sudah sul sulla supaya sure syarat syaratnya
    tadi tahun take tanggal tanto tanya tapi te tell tempi tempo tentang tersebut terus tetap than thank thanks
    that the their them then there these they thing this those ti tidak till time times to tolong too total tra
    true trus tu tua tuh tuo tutta tutte tutti tutto udah un una under uno untuk up us utk va vale very vi voi
    vorrei waktu want was we week weeks well were what when where which who why will with would ya yang year years
    yes yg you your yuk
""")
"""Words that name no subject: function words, and what is asked of a subject (price, time, papers)."""

POINTERS = _listed("""
    begitu ci former gitu ini it itu latter lo ne one ones quella quelle quelli quello questa queste questi questo
    same situ stessa stesso tadi tersebut that them there these they this those
""")
"""Words that point at something said before."""

OPENERS = re.compile(
    r"(?:and|but|or|so|what about|how about|what if|also|then|"
    r"e|ed|ma|o|oppure|invece|quindi|poi|anche|"
    r"dan|terus|trus|lalu|tapi|atau|kalau|kalo|gimana kalau|bagaimana kalau|bagaimana dengan|gimana dengan|berarti)\b"
)
"""How a message begins that goes on from the one before."""

_THING = (
    "(?:application|applications|case|file|dossier|order|invoice|payment|refund|appointment|request|status|paperwork|"
    "submission|booking)"
)
_STATE = "(?:ready|approved|rejected|refused|arrived|stuck|pending|done|issued|submitted|late)"
_PRATICA = (
    "(?:pratica|pratiche|domanda|richiesta|fascicolo|pagamento|fattura|rimborso|appuntamento|caso|documentazione)"
)
_STATO = "(?:pront|arrivat|bloccat|rifiutat|approvat|rilasciat)[oaie]"
_BERKAS = (
    "(?:berkas|permohonan|pengajuan|aplikasi|status|pembayaran|tagihan|invoice|kasus|urusan|dokumen|pesanan|refund)"
)
_KEADAAN = (
    "(?:ditolak|sudah jadi|udah jadi|belum jadi|kapan jadi|sampai mana|belum keluar|kapan keluar|hilang|ditahan|"
    "nyangkut|diproses)"
)

PERSONAL = _any(
    rf"(?:my|our) (?:\w+ ){{0,2}}?{_THING}",
    "status of (?:my|our)",
    "where (?:is|s) (?:my|our)",
    rf"(?:is|are|was|were|has|have) (?:my|our) \w+ (?:\w+ )?(?:been )?{_STATE}",
    rf"(?:my|our) \w+ (?:is|are|was|were|has been|have been) (?:\w+ )?{_STATE}",
    "did you (?:get|receive|send|submit|file)",
    "have you (?:got|received|sent|submitted|filed)",
    "i (?:have )?(?:already )?(?:paid|sent you|submitted|applied)",
    rf"(?:la mia|il mio|le mie|i miei|la nostra|il nostro) (?:\w+ )?{_PRATICA}",
    "a che punto (?:e|siamo|sono)",
    "ho (?:gia )?(?:pagato|inviato|mandato|presentato)",
    "avete (?:gia )?(?:ricevuto|inviato|mandato|presentato)",
    rf"(?:e|sono) {_STATO} (?:il mio|la mia|i miei|le mie)",
    rf"(?:il mio|la mia) \w+ (?:e|non e|sara|e stat[oa]) (?:ancora |gia )?{_STATO}",
    rf"{_BERKAS} (?:\w+ ){{0,2}}?(?:saya|aku|ku|kami)",
    "(?:berkas|permohonan|pengajuan|aplikasi|tagihan|pembayaran|urusan)ku",
    rf"(?:kitas|visa|paspor|izin|npwp|nib) (?:saya|aku|kami|ku) (?:\w+ ){{0,2}}?{_KEADAAN}",
    "(?:saya|aku|kami) (?:sudah|udah|dah) (?:bayar|transfer|kirim|daftar|ajukan|mengajukan)",
    "sampai mana",
)
"""The person's own case: its papers, payments and state."""

OWN = _listed("""
    aku ho i kami kita ku me mi mia mie miei mio my noi nostra nostri nostro our saya us we
""")
"""First person, singular and plural."""

INCIDENTS = lexicon(
    {
        "incident": """
            rejected, refused, refuses, denied, turned down, is stuck, are stuck, been pending, stolen, frozen,
            seized, locked, arrested, detained, is holding, sued, cease and desist, audit letter, still no, not
            arrived, hasnt arrived, not been approved, has expired, expired yesterday, yesterday, this morning,
            days ago, weeks ago, months ago, who do i call, check it, check if my, what now, put a seal, got
            fined, fined me, accident, unblock it, wants me out, going on, rifiutat*, respint*, negato il,
            negato la, hanno negato, revocat*, bloccat*, sequestrat*, rubat*, svuotato, convocat*, fatto causa,
            udienza, una lettera dal, ricevuto una lettera, ieri, stamattina, mesi fa, settimane fa, giorni fa,
            un mese fa, nessuno risponde, non mi risponde, non vuole, cosa rispondo, chi chiamo, calcolami, sono
            dimenticat*, trattenut*, e stato cancellat*, ha cancellat*, incidente, sto separando, denuncia,
            denuncio, il rimborso, mi rimborsa, ha chiesto il, vuole ora, ha trovato in, eredita il, ditolak,
            tidak disetujui, belum disetujui, ga disetujui, tidak dikabulkan, diblokir, dicabut, hilang, belum
            masuk, sudah transfer, sudah lima bulan, sudah enam bulan, sudah tiga minggu, sudah dua bulan,
            kemarin, tadi pagi, tidak mau, ga mau, gak mau, didenda, kena denda, dapat surat, dapat sp*, dicek
            dong, tolong cek, cek ke mana, diputus, terpakai, telat bayar, marah karena, bulan lalu, tutup
            mendadak, uang kembali, banding ke, bandingnya"""
    }
)
"""What has happened to somebody: with the first person in the same message it is their own case."""

CONVERSATION = _any(
    r"(?:what|which) (?:did|was|have|had) (?:i|you|we) (?:\w+ ){0,3}?"
    "(?:ask|asked|say|said|tell|told|mention|mentioned|talk|talking|discuss|discussed|write|wrote)",
    r"what was my (?:\w+ )?question",
    "(?:repeat|rephrase|summari[sz]e) (?:that|it|this|our|your|what|the chat|the conversation)",
    "say (?:that|it) again",
    "(?:our|this) (?:chat|conversation) so far",
    "do you remember (?:what|my|me)",
    "what (?:is|s) my name",
    r"(?:cosa|che cosa|che|di cosa) (?:ti |vi |le |mi )?(?:ho|hai|avete|abbiamo|avevo|avevi|stavo|stavamo|stavi) "
    r"(?:\w+ ){0,2}?(?:chiest|dett|scritt|parlat|parland|dicend|chiedend)\w*",
    "(?:ripeti|ripetimi|puoi ripetere|riassumi|riassumimi) "
    "(?:quello|cio|la risposta|la conversazione|la chat|tutto|questa|questo|per favore|che)",
    "puoi ripetere",
    "ti ricordi (?:cosa|di me|come|che)",
    "come mi chiamo",
    "la mia (?:ultima|prima|precedente) domanda",
    "di cosa stavamo",
    r"(?:tadi|barusan|sebelumnya) (?:saya|aku|kamu|anda|kita) (?:\w+ ){0,2}?"
    r"(?:tanya|bilang|ngomong|bahas|nanya|tulis|jawab)\w*",
    r"(?:saya|aku|kita|kamu) (?:tadi|barusan) (?:\w+ )?(?:tanya|nanya|bilang|ngomong|bahas|tulis|jawab)\w*",
    r"apa yang (?:tadi|saya|aku|kamu|kita|barusan) (?:\w+ ){0,2}?(?:tanya|bilang|bahas|katakan|omongin)\w*",
    "(?:ulangi|ulang) (?:jawaban|lagi|yang tadi|penjelasan)",
    "rangkum (?:obrolan|percakapan|chat|jawaban)",
    "siapa nama (?:saya|aku|ku)",
    "ingat (?:nama|namaku|saya|aku)",
    "pertanyaan (?:saya|ku|terakhir|pertama)",
)
"""The conversation itself as the subject."""
