"""Emotional and cultural signals by the words that carry them: Italian, English, Indonesian, Balinese.

Labels of feelings are those of the intents data; labels of culture are the ten topics.
"""

from collections.abc import Sequence

import msgspec

from chat_router.domain.lexicon import lexicon

_APOLOGIES = frozenset(
    ("ampura", "apologies", "apologise", "maaf", "scusa", "scusami", "scusate", "scusi", "sinampura", "sorry")
)
_MANY_APOLOGIES = 3

EMOTIONS = lexicon({
    "malu": """
        malu, malu-maluin, memalukan, aib, minder, ga enak hati, gak enak hati, nggak enak hati, sungkan, segan,
        lek, kimud, merasa bodoh, merasa bego, maaf ya maaf banget, takut ngerepotin, takut merepotkan, mi
        vergogno, vergogn*, imbarazz*, che figura, mi sento stupid*, mi sento scem*, mi sento un peso, che
        scem*, ashamed, embarrass*, shame, humiliat*, feel stupid, feel dumb, feel like an idiot, feel so
        stupid, so stupid, i look like a fool, cant look at, non riesco a guardarl*, sciocchezza, perdere la
        faccia, lose face""",
    "takut": """
        takut, takutnya, ketakutan, ngeri, gemetar, gemeteran, jantungan, merinding, jejeh, ketir-ketir,
        was-was, waswas, paura, spavent*, terroriz*, tremo, tremano, tremare, terrore, impaurit*, temo, timore,
        scared, afraid, fear, terrified, frighten*, shaking, panicking, panic*, dread""",
    "ansia": """
        cemas, khawatir, kuatir, gelisah, deg-degan, deg degan, degdegan, nervous, kepikiran, overthinking,
        stres, stress, ga bisa tidur, gak bisa tidur, nggak bisa tidur, susah tidur, resah, takut kalau, grogi,
        gugup, ansia, ansios*, preoccup*, agitat*, non dormo, non riesco a dormire, mi batte il cuore,
        batticuore, in pensiero, e se, ho il magone, angosci*, nervos*, anxious, anxiety, worried, worry,
        worrying, worries me, nervousness, restless, cant sleep, havent slept, havent been sleeping, sleepless,
        heart races, my heart is racing, what if they, stressed, stressful, on edge, losing sleep""",
    "bingung": """
        bingung, pusing, mumet, puyeng, ga ngerti, gak ngerti, nggak ngerti, ga paham, gak paham, linglung,
        inguh, paling, confus*, non capisco, non ci capisco, non ho capito, mi sento pers*, disorientat*, non so
        da dove, non so piu, non so cosa fare, lost, confused, confusing, overwhelm*, dont understand, dont get
        it, no idea what, dont know where to start, dont know what to do, dont know how to continue""",
    "kesepian": """
        kesepian, sepi, sendirian, sebatang kara, ga punya teman, gak punya teman, gak ada temen, ga ada teman,
        terasing, sepen, sola, solo qui, sempre solo, sempre sola, solitudine, mi sento sol*, nessuno con cui,
        isolat*, non conosco nessuno, lonely, alone, loneliness, isolated, no friends, nobody to talk to, anyone
        to talk to, no one to talk to, by myself""",
    "rindu": """
        rindu, kangen, homesick, kampung halaman, jauh dari rumah, jauh dari keluarga, uyang, mi manca, mi
        mancano, nostalgi*, lontano da casa, mi mancate, i miss, miss my, miss home, missing home, far from
        home, away from home""",
    "sedih": """
        sedih, nangis, menangis, duka, berduka, meninggal, patah hati, terpukul, hancur hatiku, nelangsa, sebet,
        ngeling, triste, tristezza, piango, piangendo, lutto, e morto, e morta, e mancat*, distrutt*, a pezzi,
        col cuore spezzato, dolore, sad, sadness, crying, cry, cried, tears, grief, grieving, died, passed away,
        heartbroken, funeral, depressed, hopeless""",
    "lelah": """
        capek, cape, lelah, letih, jenuh, pengen nyerah, ingin menyerah, mau nyerah, nyerah, ga kuat, gak kuat,
        udah ga sanggup, kenyel, stanc*, sfinit*, esaust*, mollo tutto, mollare, non ce la faccio, non ne posso
        piu, arres*, sfiancat*, tired, exhausted, burnt out, burned out, worn out, giving up, give up, cant take
        it, drained, fed up""",
    "frustrasi": """
        kesel, kesal, sebel, jengkel, dongkol, frustrasi, gemes, bete, bolak-balik, dipingpong, gedeg, pedih,
        frustrat*, voglia di urlare, esasperat*, mi rimbalz*, rimbalzano, non si muove nulla, nervoso addosso,
        che rabbia, snervant*, frustrated, frustrating, want to scream, drives me crazy, driving me crazy, sick
        of, annoyed, nothing moves, going in circles, going round in circles""",
    "harapan": """
        semoga, berharap, mudah-mudahan, moga-moga, mimpi, bermimpi, cita-cita, berdoa, doakan, dumogi, dumadak,
        speriamo, spero, incrocio le dita, sogno, sogniamo, sogno di, il mio sogno, speranza, hope, hoping,
        hopeful, fingers crossed, dream of, my dream, our dream, dreaming of, pray, praying, wish me luck""",
    "gratitudine": """
        terharu, hatiku jadi tenang, hati jadi tenang, ga akan lupa, bersyukur, alhamdulillah, puji tuhan, dari
        hati, matur suksma, berkat kalian, tenang jadinya, grazie di cuore, vi sono grat*, riconoscent*, mi
        avete ridato, mi avete salvat*, non so come ringraziar*, commoss*, grateful, from the heart, from the
        bottom of my heart, cant thank you enough, you saved, thankful, means so much, calmed me down, means the
        world""",
    "entusiasmo": """
        seneng banget, senang banget, bahagia, gembira, hore, yeay, yey, girang, ga sabar, gak sabar, nggak
        sabar, bangga, lega banget, demen, felice, felicissim*, al settimo cielo, non vedo l ora, che gioia, di
        gioia, entusiast*, emozionat*, evviva, che bello, contentissim*, ce l abbiamo fatta, ce l ho fatta, so
        happy, excited, thrilled, overjoyed, over the moon, joy, we did it, i did it, cant wait, delighted,
        danced, dream came true, best day""",
})  # fmt: skip
"""Feelings of the person; a mixture of several is usual."""

CULTURE = lexicon({
    "indonesian_greetings": """
        om swastiastu, swastiastu, swastyastu, rahajeng, suksma, matur suksma, assalamualaikum, shalom, sugeng,
        kulonuwun, permisi, mau ke mana, sudah makan, panggil*, dipanggil, sapaan, ucapan, mbok, bli, gus, jero,
        sapa, come si saluta, mi hanno chiamat*, come ci si rivolge, nickname, how do i greet, how to greet,
        address someone""",
    "bureaucracy_patience": """
        masih proses, dalam proses, in process, in processo, datang lagi besok, disuruh balik, sabar ya, tip an
        official, petugas, pegawai imigrasi, impiegat*, funzionari*, uang rokok, amplop petugas""",
    "face_saving_culture": """
        malu, sungkan, segan, ga enak hati, gak enak hati, tersinggung, menyinggung, offend*, offens*, umili*,
        shaming, without shaming, humiliat*, menegur, tegur, ampura, sinampura, minta maaf, scusarsi, chiedere
        scusa, si chiede scusa, apologise, apologize, alzato la voce, raising my voice, raised my voice, bentak,
        nada tinggi, perdere la faccia, lose face, save face, vergogn*, ashamed, never says no, non dice mai di
        no, selalu senyum, smiles but, sorride e""",
    "tri_hita_karana": """
        tri hita karana, canang, canang sari, pura, odalan, galungan, kuningan, nyepi, melukat, ngaben, ngayah,
        metatah, pelinggih, sesajen, banten, upacara, ogoh-ogoh, temple, tempio, templi, sarong, sarung, kamen,
        selendang, offering*, offert*, ceremony, cerimoni*, penjor, saraswati, pagerwesi, cremation, cremazione,
        gamelan, baju adat""",
    "hierarchy_respect": """
        bapak atau, bapak atau mas, bapak or, bapak o, contradict*, contraddice, contraddire, bantah, bawahan,
        atasan, bos, senior, junior, capo villaggio, kepala desa, kades, kelian, klian, village head, village
        chief, nggih, inggih, anziani, elders, gerarchi*, hierarchy, tiang nunas, asal bapak senang""",
    "meeting_etiquette": """
        salaman, jabat tangan, shake hands, stringere la mano, si stringe la mano, stringo la mano, kartu nama,
        business card, biglietto da visita, two hands, due mani, rapat, etichetta, etiquette, sopan, politely,
        polite, maleducat*, educat*, rude, disrespectful, musyawarah, pointing, point with, menunjuk, indicare
        con""",
    "ramadan_business": """
        ramadan, ramadhan, puasa, lebaran, idul fitri, eid, berbuka, buka puasa, iftar, sahur, mudik, thr
        lebaran, mohon maaf lahir batin, digiuno""",
    "relationship_capital": """
        banjar, gotong royong, undangan, diundang, mengundang, undang, invitat*, invito, invited, wedding,
        matrimonio, nikahan, kondangan, oleh-oleh, hadiah, regalo, gift, titip salam, sowan, bertamu, fiducia,
        trust before, kepercayaan, amplop, tetangga, vicin*, neighbour*, neighbor*""",
    "flexibility_expectations": """
        jam karet, rubber time, nanti, besok-besok, besok besok, insya allah, insyaallah, inshallah,
        pelan-pelan, alon-alon, terserah, kapan-kapan, sempre in ritardo, always late, telat terus, ngaret""",
    "language_barrier_navigation": """
        ga ngerti istilah, istilah hukum, bahasa isyarat, in balinese, in balinees, bahasa bali, in balinese
        language, come si dice, apa artinya, artinya apa, maksudnya apa, what does that mean, what does it mean,
        cosa vuol dire quando, che significa quando, interpreter, interprete, penerjemah, preferisco in
        italiano, speak slowly, parlare piano, non parlo indonesian*, dont speak indonesian""",
})  # fmt: skip
"""Cultural matters that a message touches, by topic."""


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """How often each feeling and each topic is touched, in order of appearance."""

    feelings: dict[str, int]
    culture: dict[str, int]


def read_signals(words: Sequence[str]) -> Signals:
    """Signals of the folded words; begging pardon three times in one message is shame."""
    feelings = EMOTIONS.find(words)
    if "malu" not in feelings and sum(word in _APOLOGIES for word in words) >= _MANY_APOLOGIES:
        feelings["malu"] = 1
    return Signals(feelings=feelings, culture=CULTURE.find(words))
