"""Words that carry no subject, by language: neither indexed nor looked for."""

_ENGLISH = """
a about after also am an and any are as at be been before both but by can could did do does else even for from get
go going got had has have he her here him his how i if in into is it its just let like many may me might more much
must my no not of off on one only or other our out over please s shall she should so some still such t than that the
their them then there these they this those to too under up us very was we were what when where which while who whom
why will with without would you your
"""

_ITALIAN = """
a abbiamo agli ai al alla alle allo anche ancora avere c che chi ci col come con cosa cui d da dagli dai dal dalla
dalle dallo degli dei del della delle dello dentro di dove e ecco essere fra gia gli ha hai hanno ho i il in io l la
le lei li lo loro lui ma me mi mia mie miei mio molto ne nei nel nella nelle nello noi non nostra nostro o ogni per
perche pero piu poi quale quali quando quanto quella quello questa queste questi questo qui s se sei senza si siamo
siete solo sono sta sto su sua sue sugli sui sul sulla sulle suo te ti tra tu tua tuo tutti tutto un una uno va vi
voi
"""

_INDONESIAN = """
ada adalah agar aja akan aku anda apa apakah atau bagaimana banget belum berapa biar bisa bu buat bukan cuma dalam
dan dari deh dengan di dia dong dulu ga gak gimana harus ini itu jadi jika juga kak kalau kalo kami kamu kan kapan
karena ke kita kok lagi lah lain loh mana masih mau memang mereka min nggak nih nya oleh pada pak para pas pun saja
sama sambil saya se sedang seperti si siapa sih sudah supaya tak tapi telah terus tetapi tidak tuh udah untuk ya
yang yg
"""

STOPWORDS = {
    "en": frozenset(_ENGLISH.split()),
    "it": frozenset(_ITALIAN.split()),
    "id": frozenset(_INDONESIAN.split()),
}
