"""Train the language identifier: `python tests/quality/train_language.py --data DIR` writes zantara/text/language.bin.

Sources (attribution): language_id (Tatoeba CC BY 2.0 FR, NusaX CC BY-SA 4.0, XPersona MIT, xSID CC BY-SA 4.0, STIF
MIT), routing_* without the `emot` rows, pairs_id_stif (MIT), emotion_it_xed (CC BY 4.0), cache_banking77 (CC BY 4.0)
and the domain texts. Fixed seed, sorted input: the same data give the same file.
"""

import argparse
import hashlib
import json
import math
import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from zantara.text.language import CLASSES, MODEL_FILE, LanguageModel, features, words

SEED = 7
MAX_FEATURES = 20_000
WINDOWS_PER_TEXT = 2
SEED_WEIGHT = 4.0
REGULARISATION = 8.0
SHARE = {"it": 1.0, "en": 1.0, "id": 1.3, "ban": 0.5, "other": 0.5}

Weighed = list[tuple[str, float]]

# Words that a short message hangs on; each becomes a training text of its own.
SEED_WORDS = {
    "it": "ciao salve buongiorno buonasera buonanotte grazie prego scusi scusa scusate sì no forse il lo la gli le un "
    "uno una di del della dei delle da dal dalla in nel nella con su sul sulla per tra fra e ed o ma se che chi cosa "
    "come quando quanto quanta quanti quante dove perché quale quali mi ti ci vi si lui lei noi voi loro io tu mio mia "
    "miei mie tuo sua suo sono sei è siamo siete ho hai ha abbiamo avete hanno posso puoi può possiamo devo deve "
    "dobbiamo voglio vorrei vorremmo serve servono non più già ancora anche solo sempre mai molto poco tutto tutti "
    "niente nulla qui qua lì là adesso ora oggi domani ieri subito urgente aiuto bene male bravo bello costa costo "
    "prezzo dura durata visto permesso soggiorno tasse società documenti requisiti mi dispiace benvenuti arrivederci "
    "dell' all' nell' sull' dall' c' l' d' un' quest' dov' com' qual cos' po' però così",
    "en": "hello hi hey thanks thank please sorry yes no maybe the a an of to in on at with for from by and or but if "
    "that who what how when where why which much many long i you he she we they me my your his her our their it its am "
    "is are was were be been have has had do does did can could may might must should would will want need get not "
    "don't doesn't isn't can't won't didn't already still also only always never very little all nothing here there "
    "now today tomorrow yesterday urgent help good morning evening afternoon night bye cost price fee last duration "
    "permit residence tax taxes company documents requirements apply application extend extension money about just "
    "i'm it's you're what's that's i've they're hello there anyone good great nice",
    "id": "halo hai selamat pagi siang sore malam terima kasih makasih trims tolong mohon maaf iya ya tidak nggak "
    "enggak gak ga tak bukan belum jangan sudah udah dah yang yg dan atau tapi tetapi kalau kalo kl jika apa apakah "
    "siapa berapa brp gimana bagaimana kapan di mana dimana kenapa mengapa mana saya aku gue kamu anda dia kami kita "
    "mereka ini itu dari dr ke pada untuk utk buat dengan dgn sama oleh dalam ada adalah akan bisa boleh harus perlu "
    "mau ingin pengen lagi juga jg saja aja cuma selalu banget sekali semua banyak sedikit sini situ sana sekarang "
    "skrg hari besok kemarin nanti darurat bantu baik bagus biaya harga lama berlaku izin tinggal pajak perusahaan "
    "dokumen syarat persyaratan berkas perpanjang urus mengurus kak mbak mas pak bu ibu bapak min dong sih deh kok lah "
    "kan nih gitu begitu krn karena sdh blm tdk dpt bgmn punya nya bikin habis aman kantor istri suami anak orang",
    "ban": "om swastiastu swastyastu suksma matur suksema rahajeng semeng wengi tiang titiang ragane ida nggih inggih "
    "sampun durung tusing ten nenten sing wenten ada ane sane punika punapi niki niku kenken engken dija kija apa nyen "
    "akuda kuda bli mbok gus gek cening beli luh jani benjang ibi mangkin malih lakar jagi anggon antuk ring saking "
    "teken ajak becik melah jelek ngorahang orahang luas mulih teka rauh ngidih lungsur tulung suba kayang sajan pesan "
    "gati ngudiang krana santukan dugase dumadak rahayu shanti dados dadi bisa nyak icang cang cai ci nyai iraga raga",
}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def labelled(data: Path) -> Iterator[tuple[str, str, float]]:
    """Text, class, weight; nothing of any dev file."""
    for row in rows(data / "language_id/train.jsonl"):
        yield row["text"], row["label"], 1.5
    yield from public_texts(data)
    yield from lexicon(data)
    yield from domain_texts(data)


def public_texts(data: Path) -> Iterator[tuple[str, str, float]]:
    for language in ("it", "en", "id"):
        routing = rows(data / f"routing_{language}/train.jsonl")
        yield from ((row["text"], language, 0.5) for row in routing if row["source"] not in {"emot", "blend"})
    for row in rows(data / "pairs_id_stif/train.jsonl"):
        yield re.sub("xxx(user|number)xxx", " ", row["informal"]), "id", 0.6
    yield from ((row["text"], "it", 0.6) for row in rows(data / "emotion_it_xed/train.jsonl"))
    yield from ((row["text"], "en", 0.6) for row in rows(data / "cache_banking77/train.jsonl")[:1500])
    reviews = rows(data / "sentiment_nusax/train.jsonl")
    yield from ((row["text"], row["lang"], 0.6) for row in reviews if row["lang"] in CLASSES)


def lexicon(data: Path) -> Iterator[tuple[str, str, float]]:
    for row in rows(data / "language_id/balinese_lexicon.jsonl"):
        if not row["same_as_indonesian"]:
            yield row["balinese"], "ban", 0.3
            yield row["indonesian"], "id", 0.3
    for label, listed in SEED_WORDS.items():
        yield from ((word, label, SEED_WEIGHT) for word in listed.split())


def domain_texts(data: Path) -> Iterator[tuple[str, str, float]]:
    for path in sorted((data / "knowledge").glob("*.md")):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        language = re.search(r'language: "?(\w+)', front)
        for sentence in re.split(r"(?<=[.?!:])\s+|\n+", body):
            yield sentence, language.group(1) if language else "en", 0.4
    for row in rows(data / "golden_pack/pack.jsonl"):
        for language in ("it", "en", "id"):
            for text in (row["questions"][language], *row["variations"][language]):
                yield text, language, 1.0
    for row in rows(data / "faq/canonical.jsonl"):
        for language in ("it", "en", "id"):
            yield row[f"question_{language}"], language, 1.0
            yield row[f"short_answer_{language}"], language, 0.5


def windows(text: str, rng: random.Random) -> Iterator[str]:
    """Short runs of a text: what a three-word message looks like."""
    found = text.split()
    for _ in range(WINDOWS_PER_TEXT if len(found) > 3 else 0):
        length = rng.randint(1, 4)
        start = rng.randint(0, len(found) - length)
        yield " ".join(found[start : start + length])


def examples(data: Path) -> list[tuple[Weighed, str, float]]:
    rng = random.Random(SEED)
    made = []
    for text, label, weight in labelled(data):
        for piece, factor in [(text, 1.0), *((window, 0.3) for window in windows(text, rng))]:
            found = words(piece)
            if found:
                made.append((found, label, weight * factor))
    return made


def matrix(texts: list[Weighed], index: dict[str, int]) -> csr_matrix:
    """Weighed counts over the square root of their number, as the identifier sums them."""
    values: list[float] = []
    columns: list[int] = []
    borders = [0]
    for found in texts:
        counted: dict[int, float] = defaultdict(float)
        total = 0.0
        for word, weight in found:
            grams = features(word)
            total += weight * len(grams)
            for gram in grams:
                if gram in index:
                    counted[index[gram]] += weight
        columns.extend(counted)
        values.extend(count / math.sqrt(total) for count in counted.values())
        borders.append(len(columns))
    return csr_matrix((values, columns, borders), shape=(len(texts), len(index)))


def frequent(texts: list[Weighed], at_least: int) -> dict[str, int]:
    counted = Counter(gram for found in texts for gram in {g for word, _ in found for g in features(word)})
    return {gram: i for i, gram in enumerate(sorted(g for g, n in counted.items() if n >= at_least))}


def fit(texts: list[Weighed], labels: list[str], weights: np.ndarray, index: dict[str, int]) -> LogisticRegression:
    model = LogisticRegression(C=REGULARISATION, max_iter=300, tol=1e-3)
    model.fit(matrix(texts, index), labels, sample_weight=weights)
    return model


def balanced(labels: list[str], weights: list[float]) -> np.ndarray:
    totals: Counter[str] = Counter()
    for label, weight in zip(labels, weights, strict=True):
        totals[label] += weight
    mean = sum(totals.values()) / len(totals)
    return np.array([w * SHARE[label] * mean / totals[label] for label, w in zip(labels, weights, strict=True)])


def train(data: Path) -> LanguageModel:
    made = examples(data)
    texts = [found for found, _, _ in made]
    labels = [label for _, label, _ in made]
    weights = balanced(labels, [weight for _, _, weight in made])
    index = frequent(texts, at_least=3)
    coefficients = ordered(fit(texts, labels, weights, index))[0]
    strength = np.abs(coefficients - coefficients.mean(axis=0)).max(axis=0)
    kept = sorted(np.argsort(-strength, kind="stable")[:MAX_FEATURES])
    names = list(index)
    index = {names[column]: i for i, column in enumerate(kept)}
    coefficients, bias = ordered(fit(texts, labels, weights, index))
    scale = float(np.abs(coefficients).max()) / 127
    quantised = np.round(coefficients.T / scale).astype(np.int8)
    digest = hashlib.sha256(quantised.tobytes()).hexdigest()[:12]
    return LanguageModel(
        version=digest,
        scale=scale,
        bias=tuple(round(float(value), 5) for value in bias),
        features=list(index),
        weights=quantised.tobytes(),
    )


def ordered(model: LogisticRegression) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and bias in the order of CLASSES, centred so that no class is favoured by a shared shift."""
    rank = [list(model.classes_).index(name) for name in CLASSES]
    return model.coef_[rank] - model.coef_.mean(axis=0), model.intercept_[rank]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2].parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=MODEL_FILE)
    arguments = parser.parse_args()
    model = train(arguments.data)
    packed = zlib.compress(msgspec.msgpack.encode(model), 9)
    arguments.out.write_bytes(packed)
    print(f"{arguments.out}: version {model.version}, {len(model.features)} features, {len(packed)} bytes")


if __name__ == "__main__":
    main()
