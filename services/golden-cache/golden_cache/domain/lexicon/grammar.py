"""Function words, negation, pronouns and time words of the three languages and their chat spellings."""

FUNCTION_WORDS = """
a an the this that these those some any all every each both no of in on at to for from by with into onto over under
about as than then so if or and but while during after before until since between through up down out off
i you he she it we they me him her us them my your his its our their mine yours myself yourself
is am are was were be been being do does did doing done have has had having will would shall should can could may
might must need there here what which who whom whose when where why how also just only really still even too very
more most much many few less other another same own such again already yet ever like got get getting gets give
gives take takes took make makes made want wants wanted wanna gonna would ve re ll d m s t u ur im ive dont
please pls plz thanks thank hi hello hey dear good morning evening afternoon sir madam ok okay yes yeah well
know tell say says said think let me go going goes went come comes came use used using thing things stuff
something anything actual exact exactly actually basically currently nowadays now today new latest current updated
info information question help guys kind sort way bit lot etc e.g ie one ones else whether once per via hear heard
il lo la i gli le l un uno una di a da in con su per tra fra del dello della dei degli delle al allo alla ai agli
alle dal dallo dalla dai dagli dalle nel nello nella nei negli nelle sul sullo sulla sui sugli sulle e ed o od ma
se che chi cui come dove quando quanto perche mentre anche pure solo soltanto gia ancora sempre poi allora quindi
io tu lui lei noi voi loro mi ti ci vi si me te lo li ne mio mia miei mie tuo tua tuoi tue suo sua suoi sue nostro
nostra nostri nostre vostro vostra questo questa questi queste quello quella quelli quelle quale quali cosa cose
sono sei siamo siete essere stato stata ero era erano sara ho hai ha abbiamo avete hanno avere avuto avevo aveva
faccio fai fa fare fatto fanno facciamo posso puoi puo possiamo possono potrei vorrei voglio vuole vogliono devo
deve dobbiamo devono dovrei va vado vai andare vanno viene vengono venire sto stai sta c s d dell all nell sull
dall quell ciao salve buongiorno buonasera grazie scusi scusa prego gentilmente signor signora ok allora guarda
senti insomma davvero proprio molto poco piu meno tutto tutta tutti tutte altro altra altri altre qualche alcuni
nessun ogni volta x ke cmq qui qua li la adesso ora attualmente nuovo nuova nuovi nuove attuale esattamente
circa tipo caso informazioni sapere so dire dirmi mi_dica ottenere ottengo prendere prendo avrei quindi avro
yang di ke dari untuk dengan dan atau tapi tetapi kalau jika bila saat pada oleh dalam sebagai seperti supaya agar
karena krn sebab jadi maka juga saja aja cuma hanya masih sudah udah sdh telah akan mau ingin pengen pingin ada
adalah ialah itu ini tersebut tsb begitu gitu begini nya ya yah sih dong deh kok loh lho nih tuh kan kah lah pun
apa apakah siapa mana kapan bagaimana gimana gmn berapa brp mengapa kenapa saya aku gue gw kamu anda dia ia kita
kami mereka kalian pak bapak bu ibu kak kakak mas mbak min bang om tante bli mohon tolong permisi halo hai selamat
pagi siang sore malam terima kasih makasih trims boleh bisa dapat harus perlu utk buat bwt dgn yg dr dlm sm sama
pake pakai menggunakan memakai gunakan lewat melalui secara para setiap tiap semua banyak lebih paling sangat
sekali terus lalu kemudian setelah sebelum sejak hingga sampai antara tentang soal mengenai lagi dulu nanti
sekarang kini terbaru baru hal kira kira2 sekitar info tanya tanyakan minta punya dapet dpt mesti emang memang
benar bener betul gitu sebenarnya sebetulnya langsung tetap misalnya dst dll tau tahu kasih bantu urusan jadinya
"""

NEGATIONS = """
not never without cannot cant dont doesnt didnt isnt arent wasnt wont wouldnt shouldnt couldnt havent hasnt no none
nobody neither nor havn aint mustnt neednt
non senza mai nessuno nessuna nessun niente nulla neanche nemmeno neppure ne
tidak bukan belum jangan nggak gak ga enggak engga ngga kagak ndak tak tdk blm bkn jgn tanpa tiada gk
"""

# A modal before a final Indonesian negator makes a question, not a denial: "boleh gak?", "perlu tidak ya".
TAG_MODALS = "bisa boleh perlu harus wajib sah aman legal benar bener betul dapat mungkin ada kena mau jadi atau apa"
TAG_FOLLOWERS = "ya sih kak min dong pak bu kah kalau kalo jika untuk utk buat bwt bwat mas mbak bang yah kan"

POSSESSIVES = "my our mio mia miei mie nostro nostra nostri nostre saya kami aku gue gw ku"
OWN_CASE = """
application request file case appointment order invoice complaint claim ticket submission passport_application
pratica domanda richiesta fascicolo appuntamento ricorso fattura segnalazione
permohonan pengajuan berkas kasus pesanan tagihan aduan komplain laporan
"""
OWN_STATUS = """
any_news any_update no_reply no_answer still_waiting been_waiting not_arrived hasnt_arrived havent_received
a_che_punto sto_aspettando ancora_in_attesa nessuno_risponde non_e_arrivato non_ho_ricevuto
belum_keluar belum_jadi belum_selesai belum_masuk belum_dibalas masih_menunggu sudah_sampai_mana sampai_mana
belum_terima tidak_ada_kabar
"""

# What leans on an earlier turn.
BACK_REFERENCES = """
the_second_one the_first_one the_other_one that_one this_one the_same you_said you_mentioned you_told as_above
what_about_that the_former the_latter those_two what_did_i what_i_asked earlier_you instead_of_that
il_secondo il_primo quell_altro quello_li hai_detto mi_hai_detto ha_detto_prima come_sopra di_prima lo_stesso
la_stessa e_quello e_quella quei_due cosa_ho_chiesto quella_cosa
yang_itu yang_tadi yang_kedua yang_pertama yang_lain yang_sama tadi_bilang kamu_bilang seperti_di_atas tadi_kan
sebelumnya_kamu saya_tanya_apa yang_barusan
"""
OPENERS = "and so then but e ed quindi allora poi ma terus lalu dan trus jadi tapi"
PRONOUNS = "that it this those them these quello quella questo questa quelli lo la li ci ne itu ini tersebut nya dia"

# What is true only now, or was true only then.
FRESH_WORDS = """
today tonight tomorrow yesterday this_week next_week last_week right_now at_the_moment this_morning latest_news
breaking news this_month last_month this_weekend currently_open open_now
oggi stasera domani ieri questa_settimana settimana_prossima settimana_scorsa in_questo_momento stamattina
ultime_notizie notizie questo_mese mese_scorso domenica sabato
hari_ini malam_ini besok kemarin minggu_ini minggu_depan minggu_lalu bulan_depan bulan_ini tadi_pagi
berita berita_terbaru sekarang_juga saat_ini_juga
"""
PAST_WORDS = """
used_to in_the_past old_rule previously formerly years_ago back_then was were under_the_old last_year
era erano una_volta in_passato vecchia_regola anni_fa l_anno_scorso prima_del fino_al quali_erano
dahulu tahun_lalu dulu_tahun dulunya aturan_lama zaman_dulu waktu_itu
"""
FUTURE_WORDS = "next_year prossimo_anno anno_prossimo tahun_depan"
"""Words about a year to come."""
