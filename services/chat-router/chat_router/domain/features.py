"""The numbers that the classifier sees beside the embedding: hashed words and character n-grams, and a few counts.

Hashing as in Weinberger et al. 2009; word by word and remembered, so that a message costs microseconds.
"""

import math
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from chat_router.domain.lexicon import lexicon
from chat_router.domain.reading import names_trade
from chat_router.domain.signals import CULTURE, EMOTIONS
from zantara.text.language import LanguageGuess
from zantara.text.normal import normal_form, unaccented

BUCKETS = 1 << 15
MAX_WORDS = 300

_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")

CUES = lexicon({
    "greeting": """
        hi, hello, hey, heya, hiya, hallo, yo, good morning, good afternoon, good evening, good day, evening, morning, greetings, dear team,
        is anyone there, anyone around, anyone here, are you there, ciao, salve, buongiorno, buonasera, buondi, buon pomeriggio, buon giorno,
        buona sera, ehi, pronto, hola, ci sei, c e qualcuno, rieccomi, rieccoci, eccomi, sono di nuovo, piacere, mi chiamo, halo, hai, hallo kak,
        selamat pagi, selamat siang, selamat sore, selamat malam, pagi, siang, sore, malam kak, pagii, permisi, assalamualaikum, shalom,
        om swastiastu, swastiastu, sugeng, apa kabar, rahajeng semeng, punten, first time writing, first time here, prima volta, baru pertama""",
    "courtesy": """
        thanks, thank you, thx, ty, cheers, bye, see you, talk later, good night, gotcha, got it, ok cool, cool, nice, lol, haha*, hehe*, brb,
        no worries, grazie, grazie mille, notte, a dopo, a presto, capito, perfetto, ahah*, ok perfetto, arrivederci, a domani, tranquill*,
        scherz*, makasih, terima kasih, thank you ya, trims, suksma, wkwk*, hihi*, mantap, mantul, oke siap, siap, sip, asik, santai,
        sampai jumpa, bentar""",
    "smalltalk": """
        are you a robot, are you a bot, are you human, are you real, do you, your day, how are you, how s your day, your favourite, weekend,
        coffee, beach, traffic, hot today, rain*, sunset, my cat, my dog, chilling, che fai, di dove sei, sei un robot, per essere un robot,
        come stai, come va, caldo, pioggia, piove, traffico, tramonto, caffe, ferie, mare, spiaggia, ma tu, kamu robot, kamu lagi, kamu asli,
        lagi apa, ngobrol, macet, panas, hujan, kopi, makan, pantai, liburan, ngopi, lapar""",
    "urgent": """
        urgent*, emergency, asap, immediately, right now, tomorrow, today, help, noon, unacceptable, scam, refund, furious, angry, complain*,
        manager, lawyer, police, airport, deport*, arrest*, detain*, refused boarding, charged me, charged twice, double charge, overcharged,
        nobody replies, nobody answers, no reply, no answer, hasnt replied, havent replied, hasnt answered, lost my, you lost, you promised,
        you said, wrong, mistake, still nothing, got nothing, third time, cancelled, expires tomorrow, expires today, last day, blocked,
        frozen, seized, raid, urgente, urgenza, emergenza, subito, inaccettabile, truffa, ladri, rimborso, furios*, arrabbiat*, reclamo,
        responsabile, avvocato, polizia, aeroporto, espuls*, trattengono, trattenut*, fermat*, bloccat*, sbagliat*, errore, avete perso,
        avevate detto, avete detto, promess*, nessuno risponde, non rispondete, non mi rispondete, ancora niente, ancora nulla, terza volta,
        scade domani, scade oggi, scade stasera, ultimo giorno, aiuto, vergogna, darurat, genting, urgent, segera, tolong, sekarang juga,
        besok, hari ini, siang ini, malam ini, penipuan, tipu, uang kembali, refund, marah, kecewa, protes, komplain, manajer, pengacara,
        polisi, bandara, deportasi, ditahan, ditangkap, digerebek, keterlaluan, salah, kesalahan, hilang, dijanjikan, janji, janjinya,
        tidak dibalas, ga dibalas, gak dibalas, belum dibalas, tidak ada kabar, ga ada kabar, gak ada kabar, ketiga kali, dipotong dua kali,
        habis besok, habis hari ini, habis malam, hari terakhir, bekukan, dibekukan, membentak, kalian, vostra, vostro, vostri, vostre""",
    "task": """
        write, translate, poem, song, joke, recipe, recommend, book me, book a table, homework, maths, sql, python, code, logo, design, draw,
        summarise, summarize, football, match, election*, president, capital of, fortune, horoscope, betting, doctor, dermatologist, rash,
        headache, weather, honeymoon, green card, mortgage, restaurant in, movie, film, netflix, laptop, phone, tap, repair, president of,
        scrivi, scrivimi, scrivermi, traduci, traducimi, poesia, canzone, barzelletta, ricetta, consigl*, prenotami, prenota, compiti,
        matematica, disegna, disegnami, riassumi, calcio, partita, elezioni, presidente, capitale del, tarocchi, oroscopo, scommess*, medico,
        dermatologo, sfogo, mal di, meteo, che tempo, luna di miele, mutuo, ristorante, rubinetto, ripar*, buatkan, bikinkan, bikinin, tuliskan,
        tulis, terjemahkan, puisi, lagu, lelucon, resep, rekomendasi, pesankan, pesan meja, pr matematika, kerjain, gambar, desain, ringkas,
        bola, pertandingan, skor, pemilu, presiden, ibukota, ibu kota, ramal, zodiak, taruhan, judi, dokter, ruam, sakit, cuaca, bulan madu,
        cicilan, keran, film, hp, kucing, diet""",
    "asked": """
        how much, how many, how long, price, cost, fee, fine, rate, deadline, when, minimum, duration, validity, valid, requirements,
        opening hours, what time, what is, what does, stand for, can i, who can, is there, quanto, quanti, quante, quanta, costo, prezzo,
        tariffa, multa, aliquota, scadenza, termine, durata, dura, minimo, validita, requisiti, orario, cosa vuol dire, che cos, si puo,
        chi puo, posso, berapa, brp, biaya, harga, tarif, denda, batas, masa berlaku, berlaku, minimal, syarat, jam berapa, apa itu,
        singkatan, boleh, bisa, kapan""",
    "complex": """
        compare, comparison, versus, vs, difference between, better to, which structure, which order, what order, plan, strategy, risks,
        explain, step by step, what happens, if i, we want, we are, we have, partner, partners, husband, wife, divorce, shareholder, treaty,
        regularise, restructure, unwind, confront*, differenza tra, meglio, conviene, struttura, ordine, piano, strategia, rischi, spieg*,
        cosa succede, che accade, se, siamo, vogliamo, vorremmo, abbiamo, soci, socio, marito, moglie, divorzio, trattat*, sistemare, regola,
        bandingkan, perbedaan, lebih baik, mending, struktur, urutan, rencana, strategi, resiko, risiko, jelaskan, bagaimana kalau, kalau,
        kami, pasangan, suami, istri, cerai, perjanjian, sekaligus, sambil, solusi, idealnya, langkah""",
    "manners": """
        why do, why does, why is, why are, what should i say, what do i say, what do i bring, is it ok, is it rude, is it an insult,
        should i call, how do i tell, how do i thank, perche qui, perche tutti, perche mi, cosa dico, cosa porto, come dico, come si, devo,
        e maleducato, e un si, vuol dire, va interpretato, kenapa, kok, boleh gak, gimana kalau, ucapan, bawa apa, maksudnya, artinya, cara""",
    "first_person": """
        i, im, my, me, we, our, us, io, mi, mio, mia, miei, mie, noi, ci, nostro, nostra, ho, sono, sto, saya, aku, gue, ku, kami, kita""",
    "second_person": """
        you, your, youre, tu, ti, te, tuo, tua, sei, hai, voi, vi, avete, siete, kamu, kalian, anda, lo, lu""",
})  # fmt: skip
"""Words that tell the wish apart, whatever the language."""

CUE_NAMES = (
    "greeting", "courtesy", "smalltalk", "urgent", "task", "asked", "complex", "manners", "first_person", "second_person",
)  # fmt: skip
COUNTS = len(CUE_NAMES) * 2 + 17
"""How many numbers `counts` gives."""

Sparse = tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]


def fold(message: str) -> list[str]:
    """The words of a message as lexicons and hashes see them: normal form, no accents, no stretched letters."""
    return unaccented(normal_form(_STRETCHED.sub(r"\1", message))).split()[:MAX_WORDS]


def hashed(words: Sequence[str]) -> Sparse:
    """Buckets and weights (unit length) of words, word pairs and the n-grams within words."""
    weights: dict[int, float] = {}
    for word in words:
        for bucket in _buckets(word):
            weights[bucket] = weights.get(bucket, 0.0) + 1.0
    for pair in zip(words, words[1:], strict=False):
        bucket = zlib.crc32(" ".join(pair).encode()) % BUCKETS
        weights[bucket] = weights.get(bucket, 0.0) + 1.0
    values = np.sqrt(np.fromiter(weights.values(), dtype=np.float32, count=len(weights)))
    length = float(np.sqrt((values * values).sum())) or 1.0
    return np.fromiter(weights, dtype=np.intp, count=len(weights)), values / np.float32(length)


def counts(message: str, words: Sequence[str], language: LanguageGuess) -> npt.NDArray[np.float32]:
    """COUNTS numbers of about 0..1: length, marks, cues, signals, terms of the trade, language."""
    cues = CUES.find(words)
    total = max(len(words), 1)
    feelings = sum(EMOTIONS.find(words).values())
    culture = sum(CULTURE.find(words).values())
    trade = sum(names_trade(word) for word in words)
    numbers = [
        math.log1p(len(words)) / 3.0,
        min(len(words), 4) / 4.0,
        min(max(len(words) - 10, 0), 20) / 20.0,
        float("?" in message),
        min(message.count("!"), 3) / 3.0,
        min(len(_SHOUTED.findall(message)), 2) / 2.0,
        min(message.count(",") + message.count(";"), 4) / 4.0,
        float(any(char.isdigit() for char in message)),
        min(feelings, 3) / 3.0,
        float(feelings > 0),
        min(culture, 3) / 3.0,
        float(culture > 0),
        min(trade, 4) / 4.0,
        float(trade > 0),
        language.scores["it"],
        language.scores["en"],
        language.scores["id"] + language.scores["ban"],
    ]
    for name in CUE_NAMES:
        found = cues.get(name, 0)
        numbers.extend((min(found, 3) / 3.0, min(found / total, 1.0)))
    return np.array(numbers, dtype=np.float32)


@lru_cache(maxsize=16384)
def _buckets(word: str) -> tuple[int, ...]:
    bordered = f"_{word[:24]}_"
    grams = [bordered[i : i + n] for n in (3, 4, 5) for i in range(len(bordered) - n + 1)]
    return tuple(zlib.crc32(gram.encode()) % BUCKETS for gram in (f"={word}", *grams))
