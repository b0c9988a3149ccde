"""Words that tell the wishes of a message apart: concepts, each in three languages at once.

A concept joins what an embedding that knows little Italian and Indonesian keeps apart; one word may speak for several.
"""

from chat_router.domain.lexicon import lexicon

CUES = lexicon({
    "greeting": """
        hi, hii, hello, helo, hey, heya, heyy, hiya, howdy, hallo, hullo, yo, gday, good morning, good
        afternoon, good evening, good day, morning, evening, greetings, dear team, knock knock, nice to meet
        you, ciao, salve, buongiorno, buonasera, buondi, buon pomeriggio, buon giorno, buona sera, buona
        giornata, buona domenica, buon lunedi, buon weekend, ehi, ehila, heila, pronto, hola, un saluto, saluti,
        toc toc, piacere, piacere di conoscer*, halo, haloo, hai, haii, hei, hallo kak, met pagi, selamat pagi,
        selamat siang, selamat sore, selamat malam, selamat datang, pagi, siang, sore, malam kak, pagii,
        permisi, assalamualaikum, shalom, salam, salam kenal, om swastiastu, om swastyastu, swastiastu,
        swastyastu, sugeng, kulonuwun, apa kabar, apa kabarnya, rahajeng semeng, rahajeng sanja, rahajeng wengi,
        punten, sapa dulu, nyapa dulu""",
    "presence": """
        is anyone there, anyone around, anyone here, anybody, anyone there, somebody home, are you there, are
        you open, first time writing, first time here, me again, back again, new here, just joined, its me, we
        spoke, ci sei, c e qualcuno, qualcuno in linea, rieccomi, rieccoci, eccomi, eccoci, sono di nuovo, mi
        presento, mi chiamo, prima volta, sono nuov*, ti ricordi di me, ada orangnya, ada orang, ada yang jaga,
        adminnya ada, ada admin, baru pertama, baru gabung, ini aku lagi, lagi nih, tes""",
    "thanks": """
        thanks, thank you, thx, ty, cheers, appreciate, much appreciated, grazie, grazie mille, ti ringrazio, vi
        ringrazio, gentilissim*, makasih, makasi, terima kasih, thank you ya, trims, thanks ya, suksma, tengkyu,
        sama-sama, sama sama, prego""",
    "closing": """
        bye, bye bye, see you, see ya, talk later, talk soon, good night, later, goodnight, a dopo, a presto, a
        piu tardi, alla prossima, ci sentiamo, buonanotte, notte, buona serata, buona notte, arrivederci, a
        domani, sampai jumpa, dadah, dah dulu, lanjut besok, nanti lanjut, bentar, brb, istirahat, met bobo""",
    "agreement": """
        ok, okay, oke, okey, got it, gotcha, understood, cool, nice, great, perfect, sounds good, sweet, that
        works, noted, all good, no worries, no hurry, no rush, take your time, yeah, yep, sure, right, wow,
        amazing, capito, ricevuto, perfetto, ottimo, va bene, va bene cosi, tutto chiaro, tranquill*, non ti
        preoccupare, con calma, hai ragione, brav*, bravissim*, anche a te, dai, siap, sip, paham, oh gitu, iya,
        santai, gapapa, baik, mantap, mantul, keren, asik, asyik, gokil, ditunggu""",
    "laughter": """
        lol, haha, hahaha, hehe, hihi, funny, joking, just kidding, ahah, ahaha, ahahah, che ridere, scherz*,
        bella questa, wkwk, wkwkwk, wkwkwkwk, kocak, lucu, ketawa, ngakak, bercanda""",
    "about_bot": """
        are you a robot, are you a bot, are you human, are you real, a machine, a person, artificial, are you,
        do you get, do you sleep, do you like, you type, you re funny, your favourite, your favorite, your day,
        are you from, sei un robot, per essere un robot, intelligenza artificiale, quanti anni hai, di dove sei,
        ma tu, ti piace, mi stai simpatic*, sei stat*, sei simpatic*, sei una, kamu robot, kamu bot, kamu
        manusia, kamu lagi, kamu asli, kamu suka, kamu umur, ngobrol, chat sama kamu, sei un mito""",
    "daily_life": """
        weekend, sunday, coffee, beach, traffic, hot today, humid, raining, pouring, rain, sunset, surf,
        surfing, swim, swimming, sambal, nasi, mango, mangoes, coconut, monkeys, mosquito*, scooter, chilling,
        sleepy, hungry, caffe, ferie, mare, spiaggia, caldo, piove, pioggia, traffico, tramonto, sonno, cocco,
        cocktail, scimmie, zanzare, motorino, che fai, buon appetito, macet, panas, hujan, kopi, ngopi, pantai,
        liburan, laper, lapar, makan, mandi, ojek, motor, pasar, cuaca cerah, bosen, bosan, nonton, hari ini
        panas, puanas, pulang dari, warung""",
    "time_pressure": """
        today, tonight, tomorrow, now, right now, immediately, asap, at once, this morning, this afternoon, in
        an hour, noon, hours, last day, right away, urgently, oggi, stasera, stamattina, domani, subito, adesso,
        in questo momento, proprio ora, ultimo giorno, tra poche ore, a mezzogiorno, questo pomeriggio, hari
        ini, besok, malam ini, siang ini, sore ini, tadi pagi, sekarang, sekarang juga, secepatnya, barusan, jam
        lagi, hari terakhir, segera, cepat""",
    "alarm": """
        urgent, urgently, emergency, help, please help, sos, urgente, urgenza, emergenza, aiuto, aiutatemi,
        darurat, genting, gawat, tolong, tolongin, penting banget, mayday""",
    "authorities": """
        police, officer, officers, airport, deport*, arrest*, detain*, being held, holding, held at, border,
        customs, raid, seal*, seized, confiscat*, hearing, court, lawyer, refused boarding, deportation,
        boarding, polizia, agente, agenti, aeroporto, espuls*, espell*, rimpatri*, trattengono, trattenut*,
        fermat*, frontiera, dogana, sigilli, sequestr*, udienza, tribunale, avvocato, ispettor*, polisi,
        petugas, bandara, deportasi, dideportasi, dipulangkan, ditahan, ditangkap, dicegat, digerebek, disegel,
        disita, sita, perbatasan, bea cukai, sidang, pengacara, pemeriksaan, razia""",
    "blame": """
        unacceptable, scam, fraud, liar, lied, rude, shouted, yelled, terrible, disaster, your fault,
        incompetent, useless, joke, ridiculous, furious, angry, complain*, complaint, refund, money back,
        charged me, charged again, charged twice, double charge, overcharged, invoice, you lost, you promised,
        you said, you told, you forgot, you missed, you sent, you filed, because you, because of you, because
        your, my boss, your boss, a manager, speak to, talk to a human, a human, review, explanation, demand,
        mistake, wrong name, wrong date, wrong, nobody cares, done with you, inaccettabile, truffa, ladri,
        bugiard*, mentito, sgarbat*, urlat*, pessim*, disastro, colpa vostra, incompetent*, vergognoso,
        ridicol*, furios*, arrabbiat*, incazzat*, reclamo, lamentela, rimborso, ridatemi, indietro i soldi,
        prelevat*, addebitat*, fattura, avete perso, avevate, avete mandato, avete dimenticato, ve ne siete,
        avete saltato, avete presentato, per colpa, responsabile, titolare, parlare con, una persona,
        recensione, spiegazione, esigo, errore, sbagliat*, presa in giro, ho chiuso, non importa a nessuno,
        muovetevi, vostra, vostro, vostri, vostre, penipuan, penipu, tipu, bohong, membentak, kasar, parah,
        bencana, salah kalian, ga profesional, gak profesional, keterlaluan, marah, kecewa, komplain, protes,
        uang kembali, balikin, kembalikan uang, dipotong, kepotong, tagihan, kalian, gara-gara, gara gara, lupa,
        atasan, manajer, bicara sama, butuh orang, jelaskan tagihan, ga masuk akal, salah nama, kesalahan,
        salah, hilang, kacau, ga peduli, ga ada yang peduli""",
    "waiting": """
        no reply, no answer, nobody replies, nobody answers, nobody answered, hasnt replied, havent replied,
        hasnt answered, havent answered, havent heard, still waiting, waiting for, waiting since, i have been
        waiting, still nothing, got nothing, nothing yet, weeks ago, fourth time, third time, second time, times
        already, nobody showed, nobody picks up, somebody answer, call me, call back, answer me, non rispondete,
        nessuno risponde, nessuno mi, mi rispondete, ancora niente, ancora nulla, non ho ricevuto nulla, non e
        arrivato, mai arrivato, aspetto, aspettiamo, settimane fa, terza volta, quarta volta, ennesima,
        chiamatemi, richiamatemi, rispondete, segreterie, non si e presentato, siamo al, tidak dibalas, ga
        dibalas, gak dibalas, belum dibalas, dibalas, bales, tidak ada kabar, ga ada kabar, gak ada kabar, belum
        ada kabar, nunggu jawaban, nunggu, menunggu, ketiga kali, empat kali, udah dua bulan, minggu lalu,
        katanya, dijanjikan, janji, telepon balik, tolong telepon, ada yang jawab, ga ada yang, nihil""",
    "damage": """
        expired, expires, expires tomorrow, ended yesterday, frozen, froze, blocked, rejected, refused,
        cancelled, canceled, fined, penalty, missed the, missed our, late, stuck, pending, thrown out, throwing
        us out, evict*, cut the power, lost my, missing, incomplete, stolen, scaduto, scade, scade domani, scade
        oggi, congelat*, bloccat*, respint*, rifiutat*, annullat*, multa, multati, sanzione, perso l aereo,
        perso il, in ritardo, manca, mancante, incomplet*, cacciando, sfratt*, tagliato la corrente, tolto il,
        rubat*, habis, habis besok, habis hari ini, dibekukan, bekukan, diblokir, ditolak, dibatalkan, batal,
        denda, kena denda, kena sanksi, ketinggalan, telat, nyangkut, diusir, ngusir, diputus, kehilangan, ga
        lengkap, belum jadi, error, portal error""",
    "create": """
        write, write me, translate, poem, poetry, song, rap, joke, story, bedtime, cover letter, essay,
        homework, draw, design, logo, edit, photo, summarise, summarize, caption, name for, debug, scrivi,
        scrivimi, scrivermi, traduci, traducimi, mi traduci, poesia, canzone, barzelletta, favola, raccontami,
        lettera di presentazione, tema, compiti, disegna, disegnami, ritocc*, foto, riassumi, riassunto, un nome
        per, correggi, sistemami, buatkan, bikinkan, bikinin, bikin lagu, bikin puisi, tuliskan, tulis,
        terjemahkan, artikan, puisi, lagu, lelucon, dongeng, ceritain, surat lamaran, pr matematika, kerjain,
        kerjakan, gambar, desain, edit foto, ringkas, nama band, usul nama, benerin""",
    "world": """
        who invented, who won, who will win, how tall, capital of, president, election*, history, empire, roman,
        quantum, physics, equation, solve, maths, math, news, meaning of life, planet, war, chi ha inventato,
        chi vince, chi vincera, quanto e alto, capitale del, capitale della, presidente, elezioni, storia,
        impero, fisica, equazione, matematica, notizie, guerra, penemu, siapa yang menang, gunung tertinggi,
        ibukota, ibu kota, presiden, pemilu, sejarah, kerajaan, fisika, persamaan, hitung, matematika, berita,
        siapa presiden""",
    "health": """
        doctor, dentist, dermatologist, rash, fever, headache, medicine, pain, hurts, back hurts, diet, lose
        weight, kilos, calories, workout, exercise, gym, smoking, pregnant test, medico, dentista, dermatologo,
        sfogo, febbre, mal di, medicina, dieta, perdere dieci, chili, calorie, allenamento, palestra, fumare,
        dokter, dokter gigi, ruam, demam, pusing kepala, obat, obatnya, nurunin, berat badan, kalori, olahraga,
        sakit, senam""",
    "animals": """
        my dog has, my cat, fleas, kitten, puppy, zoo, il mio gatto, pulci, gattino, kucingku, kucing, kutuan,
        anak kucing, kebun binatang, ikan""",
    "tech": """
        python, javascript, sql, code, query, wifi, laptop, phone, iphone, software, app, pdf, codice, telefono,
        computer, cellulare, kode, hp, aplikasi, internet lemot, lemot""",
    "leisure": """
        football, soccer, match, game, team plays, movie, film, netflix, series, tv, music, band, betting, bet,
        horoscope, fortune, tarot, astrology, restaurant in, recommend, recipe, cook, pizza, hotel room, book
        me, book a, taxi, flight to, flights, honeymoon, trip to, weather, beaches, gym, cinema, calcio,
        partita, gioca, squadra, serie a, musica, scommess*, oroscopo, tarocchi, ristorante, consigl*, ricetta,
        cucino, cucinare, prenotami, prenota, volo per, trovami, luna di miele, viaggio, meteo, che tempo, bola,
        pertandingan, skor, liga, tim, musik, putar, judi, taruhan, zodiak, ramal, jodoh, rekomendasi, resep,
        masak, pesankan, pesan meja, pesan taksi, tiket pesawat, carikan, bulan madu, cuaca besok, acara tv,
        hotel""",
    "finance": """
        bitcoin, crypto, stocks, exchange rate, mortgage, loan, shares should i buy, lottery, yen, azioni
        compro, borsa, mutuo, cambio, quanto vale, cripto, lotteria, saham apa, kurs, cicilan, pinjaman, kripto""",
    "abroad": """
        thailand, vietnam, australia, australian, japan, tokyo, green card, usa, america, canada, dubai visa,
        portugal, spain, singapore visa, malaysia, citizenship, thailandia, giappone, australiana, cittadinanza,
        portogallo, spagna, stati uniti, amerika, jepang, spanyol, warga negara, peru, madrid, bangkok""",
    "repair": """
        fix my, repair, tyre, tire, tap, leak*, broken, furniture, ants, plumber, ripar*, rubinetto, gomma,
        perde, mobili, formiche, idraulico, keran, ban mobil, bocor, mebel, tukang, semut, benerin keran""",
    "ask_price": """
        how much, cost, costs, price, fee, fees, fine, rate, tax rate, salary, wage, deposit, quanto, quanta,
        costo, costa, prezzo, tariffa, aliquota, sanzione, viene, contributo, berapa, brp, biaya, harga, tarif,
        denda, bayar, bayarnya, gaji minimum, umk""",
    "ask_time": """
        how long, how many days, how many times, when, deadline, due, opening hours, what time, duration,
        validity, valid, years, months, max stay, in quanto tempo, quanti giorni, quante volte, quando,
        scadenza, termine, orario, durata, dura, validita, permanenza, ogni quanto, ora chiude, berapa lama,
        berapa hari, kapan, batas, masa berlaku, berlaku, jatuh tempo, jam berapa, maksimal, tutup jam, buka jam""",
    "ask_rule": """
        can i, can a, can we, can foreigners, may i, do i need, do i have, is it possible, is it mandatory, is
        there, is an, is a, allowed, required, requirements, minimum, who can, does a, must, mandatory, si puo,
        posso, possono, serve, obbligatori*, ammess*, requisiti, minimo, minima, chi puo, bisogna, basta, boleh,
        bisa, wajib, perlu, harus, minimal, syarat, siapa yang, untuk siapa, cukup""",
    "ask_meaning": """
        what is, what does, stand for, what are, which form, cosa vuol dire, che cos, cos e, che cosa, cosa
        significa, che modulo, apa itu, itu apa, singkatan, artinya, apa bedanya, formulir apa""",
    "plan": """
        compare, comparison, versus, vs, difference, pros and cons, better, which structure, which order, what
        order, sequence, plan, strategy, risks, risk, explain, step by step, steps, map out, lay out, budget,
        consequences, what happens, structure, options, due diligence, restructure, regularise, unwind, convert,
        transfer, split, at the same time, confront*, differenza, pro e contro, meglio, conviene, struttura,
        ordine, sequenza, piano, pianificare, strategia, rischi, rischio, spieg*, passi, elenco, conseguenze,
        cosa succede, che succede, che accade, opzioni, possibilita, verifiche, sistem*, convertire, trasfer*,
        dividere, organizzo, come ci muoviamo, diritti, bandingkan, dibanding, perbedaan, bedanya, untung rugi,
        lebih baik, mending, struktur, urutan, urutannya, rencana, strategi, resiko, risiko, jelaskan, jabarkan,
        langkah, anggaran, akibatnya, pilihannya, solusi, idealnya, susun, membereskan, dialihkan, pembagian,
        sekalian, sekaligus, sebaiknya, dari mana, aman""",
    "situation": """
        i run, i work, i own, i have, i lost, i inherited, i want to, i d like to, i need to, we plan, we want,
        we are, we have, we run, we bought, we import, our, partner, partners, husband, wife, divorce,
        shareholder, children, kids, parents, couple, inherit*, employer, landlord sold, company, losses,
        vogliamo, vorremmo, vorrei, abbiamo, siamo, ho un, ho una, ho perso, ho ereditato, devo assumere, soci,
        socio, marito, moglie, divorz*, figli, genitori, coppia, eredit*, datore, ditta, societa, in perdita,
        saya punya, punya usaha, kami, kami mau, mau buka, mau bangun, mau pindah*, mau bawa, saya kerja,
        rekanan, suami, istri, cerai, pemegang saham, anak, orang tua, pasangan, waris*, mewarisi, perusahaan,
        rugi, modal, miliar, billion, miliardi""",
    "manners": """
        polite, politely, impolite, rude, disrespectful, offend*, insult, appropriate, normal here, custom,
        customs, etiquette, taboo, manners, respect, refuse, say no, shake hands, hand, shoes, head, eye
        contact, bow, gift, bring, greet, address, call him, call her, wear, dress, smile, smiles, laugh,
        laughed, yes mean, really mean, raise your voice, raising my voice, apologise, apologize, thank people,
        silence, late, time off, bargain, educat*, maleducat*, scortes*, cortes*, usanz*, galateo, rispett*,
        rifiutare, dire di no, dico di no, stringe la mano, mano, scarpe, testa, occhi, regalo, regalino, porto,
        salut*, mi rivolgo, come ci si veste, sorrid*, ridere, alzato la voce, chiede scusa, si arrabbia,
        silenzio, ritardo, tratta sul prezzo, offeso, offesa, sopan, ga sopan, tidak sopan, pantas, pantangan,
        wajar, adat, etika, hormat, nolak, menolak, tangan kanan, tangan, sepatu, kepala, tatap mata, hadiah,
        oleh-oleh, bawa apa, menyapa, sapaan, manggil, panggil, disalami, salaman, pakai baju apa, senyum,
        ketawa, dibentak, bentak, minta maaf, diam, nawar, tegur*, ditegur, menegur, sungkan, tersinggung,
        balasnya""",
    "society": """
        balinese, balinese people, locals, local people, indonesians, colleague, colleagues, staff, employee
        cried, landlord, neighbour, neighbor, priest, elder*, village, village head, boss, officials, civil
        servant, muslim, hindu, women, old ladies, child s, balinesi, indonesian*, colleghi, collega,
        collaborat*, dipendenti, impiegata, proprietario, vicina, vicino, sacerdote, anzian*, villaggio, capo,
        capo villaggio, funzionar*, musulman*, signora, signore, donne, orang bali, orang lokal, bule, tamu
        asing, rekan, mitra, mitra lokal, karyawan, staf, bawahan, atasan, tetangga, pemangku, pejabat, pegawai
        negeri, ibu-ibu, kepala desa, desa adat, orang indonesia""",
    "ritual": """
        temple, ceremony, ceremonies, cremation, wedding, galungan, kuningan, nyepi, offering*, blessing, bless,
        penjor, ramadan, fasting, sarong, banjar, funeral, dies, died in the village, tempio, cerimoni*,
        cremazione, matrimonio, offert*, benedire, rito, digiuno, bambu, muore qualcuno, pura, upacara, ngaben,
        kondangan, sesajen, canang, mecaru, belasungkawa, puasa, lebaran, amplop, hari baik, otonan, melukat,
        pelinggih""",
    "why_people": """
        why do, why does, why is everyone, why did, why are, what does it mean when, what should i say, what do
        i say, how should i, how do i tell, how do i thank, should i, is it ok, is it fine, is it rude, perche
        qui, perche tutti, perche si, perche i, perche mi, perche la, cosa dico, cosa si dice, come dico, come
        si, come mi, come vedono, come reagiscono, bisogna, cosa intendono, cosa significa quando, e visto bene,
        e visto come, vuol dire, kenapa, kenapa orang, kenapa harus, kok, gimana kalau, gimana bilang, cara
        nolak, cara menyapa, ucapan, maksudnya, arti, salahnya di mana, boleh gak, pantas ga""",
    "body_feelings": """
        heart, stomach, sleep, cry, crying, tears, hands, sweating, shaking, breathe, alone, nobody, late
        husband, passed away, mess, guilt, guilty, regret, failure, invisible, dumb, stupid, idiot, relieved,
        relief, proud, hope, dream, everything at once, too much, cuore, stomaco, dormo, dormire, piangere,
        pianto, lacrime, mani, sudavo, respir*, da solo, da sola, nessuno, mancato mio, in colpa, mi pento,
        fallimento, invisibile, cretin*, ignorante, sollievo, orgoglios*, speranza, sogno, malinconia, cuore
        pesante, a terra, scoppia, non ci credo, hati, hatiku, perut, perutku, tidur, nangis, air mata, tangan
        dingin, tanganku, sendiri, siapa-siapa, almarhum, bersalah, nyesel, menyesal, gagal, bodoh, dianggap,
        lega, plong, bangga, harapan, harapanku, mimpi, berat, down, ketipu, ga nyangka, hancur, putus asa""",
    "i_feel": """
        i feel, i am so, im so, i m so, feel like, makes me, it hurts, it scares, i keep, i cant stop, i regret,
        mi sento, mi fa, mi prende, mi terrorizza, mi imbarazza, sono cosi, sono a, sono in, che sollievo, certi
        giorni, aku merasa, aku ngerasa, merasa, ngerasa, rasanya, jujur, kayak, banget, bgt, sekali rasanya,
        aku ga, aku gak""",
    "first_person": """
        i, im, my, me, we, our, us, io, mi, mio, mia, miei, mie, noi, nostro, nostra, ho, saya, aku, gue, ku,
        kami, kita""",
    "second_person": """
        you, your, youre, yours, tu, ti, te, tuo, tua, voi, vi, avete, siete, kamu, kalian, anda, lo, lu""",
})  # fmt: skip
"""Concept to words and phrases; which wish a concept speaks for is learnt."""

CUE_NAMES = (
    "greeting", "presence", "thanks", "closing", "agreement", "laughter", "about_bot", "daily_life",
    "time_pressure", "alarm", "authorities", "blame", "waiting", "damage", "create", "world", "health",
    "animals", "tech", "leisure", "finance", "abroad", "repair", "ask_price", "ask_time", "ask_rule",
    "ask_meaning", "plan", "situation", "manners", "society", "ritual", "why_people", "body_feelings", "i_feel",
    "first_person", "second_person",
)  # fmt: skip
"""The order of the concepts in the classifier's numbers: part of the model."""
