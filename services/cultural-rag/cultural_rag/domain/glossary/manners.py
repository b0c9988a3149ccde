"""Words of feeling, courtesy and custom, with the English that the cultural notes use; Balinese stands with Indonesian.

The same form as the other glossaries.
"""

ITALIAN = """
vergogna, vergogno, vergognarsi, mi vergogno > ashamed | embarrassed
imbarazzo, imbarazzato, imbarazzata, imbarazzare, imbarazzante > ashamed | embarrassed
umiliare, umiliato, umiliarlo, umiliarla, mortificare > humiliate | embarrass
scusa, scuse, scusi, scusate, scusami > sorry | apologise
scusatemi, chiedere scusa, si chiede scusa, mi dispiace, perdono > sorry | apologise
sbagliato, sbagliata, sbaglio, errore, errori, sciocchezza, stupidaggine > mistake | error
stupido, stupida, stupide, scemo > stupid
perdere la faccia, faccia > lose face | face
rimproverare, rimprovero, correggere, richiamare, sgridare > correct | scold
alzato la voce, alzo la voce, alzare la voce, urlato, urlare, gridare > raised my voice | shout
disturbare, disturbo, insistere, insisto > disturb | burden
sorride, sorridere, ridere, riso, ridono > smiles | laugh
rispondere, risponde, risposta, risposte > answer
salutare, saluto, saluta, saluti > greet | greeting
ciao, salve, buongiorno, buonasera, buondì, buon pomeriggio, ehi > hello
mi presento, presentarsi > introduce myself
come ci si rivolge, mi rivolgo, rivolgersi, dare del lei, chiamare per nome, per nome > how to address | title
anziano, anziana, anziani > elder
capo, capi, superiore, superiori > boss
capo villaggio > village head
contraddire, contraddice > contradict | disagree
decide, decidere, decisione > decide | decision
tacere, tacciono, zitto, zitti, in silenzio > silent
biglietto da visita, biglietti da visita > business card
regalo, regali, regalare, dono > gift
invitare, invitato, invitata, invitati, invitano, invito a casa > invited | invitation
stringe la mano, stringere la mano, stretta di mano > handshake | shake hands
contrattare, trattare sul prezzo, trattativa, negoziare > negotiate | bargain
cena, pranzo, mangiare > dinner | eat
busta > envelope
mancia, mazzetta, bustarella > unofficial payment | tip
manca, mancano, mancare > miss | lack
fiducia, fidarsi > trust
amicizia, amicizie, legame, legami, rapporti > relationship | friendship
cortese, gentile, educato, educata, buona educazione, scortese, maleducato, maleducata > polite | rude
offendere, offeso, offesa, offendermi, insulto > offend | insult
digiuno, digiuna, digiunare > ramadan fasting
musulmano, musulmana, musulmani > muslim
ramadan > ramadan
aspettare, aspetto, aspettiamo, attesa, attendere > waiting
pazienza > patience
burocrazia, sportello, sportelli > bureaucracy | office
non si muove, fermo, ferma > nothing moves | stuck
rimandare, rimanda, rimandato, rinviare, rinviato, spostato, spostata, spostano > postponed | rescheduled
domani > tomorrow
forse > maybe
puntuale, puntualità, in orario > punctual
programma, programmare, piano, pianificare > plan
non capisco, non ho capito, capire, capisco > understand
lingua, lingue > language
parlo, parlare, parla > speak
interprete > interpreter
fraintendimento, frainteso, malinteso, equivoco > misunderstanding
armonia > harmony
natura, ambiente > nature
filosofia > philosophy
fiori > flowers
indicare con il dito > point finger
augurare, auguri, augura > wish
non dice mai di no > never says no
calpestare, calpestato > step on
balinese, balinesi > balinese
colleghi, collega > colleague
paura, spaventato > afraid
stanco, stanca, stufo, stufa > tired
arrabbiato, arrabbiata > angry
promesso, promettere, promessa > promised
normale > normal | usual
""".strip()

INDONESIAN = """
malu, aku malu, memalukan, dipermalukan > ashamed | embarrassed
maaf, mohon maaf, sori, ampura, sinampura, minta maaf > sorry | apologise
salah, kesalahan, keliru, iwang > mistake | error
bodoh > stupid
muka, kehilangan muka, harga diri > face
menegur, tegur, negur, memarahi, marahi > correct | scold
membentak, bentak > raised voice
marah > angry
mengganggu, ganggu, merepotkan, repot > disturb | burden
sungkan, segan, ga enak, nggak enak, gak enak, tidak enak > shy | uneasy
tersinggung, menyinggung, singgung > offended
bohong, berbohong > lied
takut > afraid
senyum, tersenyum, ketawa, tertawa > smiles | laugh
jawab, jawaban, menjawab > answer
salam, sapa, menyapa, sapaan > greeting | greet
halo, hai, pagi, siang, sore, malam > hello
selamat pagi, selamat siang, selamat sore, selamat malam, permisi, om swastiastu, rahajeng > hello
perkenalkan, kenalkan > introduce myself
panggil, memanggil, manggil, panggilan, sebutan > how to address | title
atasan, bos, pimpinan > boss
bawahan, anak buah > staff
orang yang lebih tua, sesepuh, tetua > elder
pejabat, petugas, aparat > officer | official
kepala desa, pak kades, kades, kelian, perbekel > village head
membantah, bantah > contradict
memutuskan, keputusan > decide | decision
diam, diam saja > silent
kartu nama > business card
oleh-oleh, hadiah, kado > gift
diundang, mengundang, undangan > invited | invitation
jabat tangan, salaman, bersalaman > handshake | shake hands
menawar, nawar, tawar, nego > negotiate | bargain
makan > eat
amplop > envelope
uang rokok, pelicin, suap > unofficial payment | bribe
percaya, kepercayaan > trust
hubungan, silaturahmi, silaturahim, relasi > relationship
mitra, rekan > partner
puasa, berpuasa, saum > ramadan fasting
berbuka, buka puasa, bukber, iftar > breaking the fast | fasting
sahur, takjil, tarawih > ramadan fasting
ramadan, ramadhan, puasanya > ramadan
idul fitri, lebaran, mudik > eid
muslim > muslim
menunggu, nunggu, tunggu, nungguin > waiting
sabar > patience
birokrasi, loket > bureaucracy | office
masih proses, masih dalam proses > still in process
nanti > later
besok > tomorrow
mundur, diundur, ditunda, tunda, molor > postponed | rescheduled
jam karet > rubber time
insya allah, insyaallah > god willing
tergantung > depends
tepat waktu > punctual
jadwal, rencana > schedule | plan
ga ngerti, gak ngerti, nggak ngerti, tidak mengerti, ga paham, gak paham, tidak paham, belum paham > do not understand
paham, ngerti, mengerti > understand
istilah > terms
bahasa inggris > english language
diulang, ulangi, pelan-pelan, pelan > repeat slowly
salah paham > misunderstanding
juru bahasa > interpreter
bilang, katanya, kata > says
harmoni, selaras > harmony
alam > nature
tamu vila > villa guests
odalan, piodalan, ngaben, metatah, galungan, kuningan, melasti, upacara adat > ceremony
ngayah > temple service
melaspas > opening ceremony
gotong royong > working together
pelinggih, sanggah, merajan > temple shrine
suksma, matur suksma > thank you
nggih, inggih, ngiring > yes politely
tiang > i
wengi, semeng > hello
kebiasaan, tradisi > custom
menunjuk, nunjuk, jari, tunjuk > point finger
ucapan, mengucapkan > wish
undang > invite
""".strip()
