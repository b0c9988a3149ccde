"""Which language a message is written in: local, far under a millisecond, no model to download.

Each word gives log-odds from itself and its character n-grams (n 1-5 between borders); summed and divided by the
square root of their number they are a multinomial logistic regression over it, en, id, ban and other (after Cavnar
and Trenkle 1994, Lui and Baldwin 2012). `tests/quality/train_language.py` writes the weights.
"""

import math
import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from zantara.text.language_words import ENGLISH, INDONESIAN, ITALIAN, NEUTRAL

GuessedLanguage = Literal["it", "en", "id", "mixed", "other"]
Sums = tuple[float, float, float, float, float, float]

CLASSES = ("it", "en", "id", "ban", "other")
MODEL_FILE = Path(__file__).with_name("language.bin")

NAME_WEIGHT = 0.3

_MAX_CHARS = 2000
_MAX_WORD = 24
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|<[^>]*>")
_WORD = re.compile(r"\w+'?")
_REDUPLICATED = re.compile(r"[^\W\d_]{3,}2(?:nya|an)?")
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_FOREIGN = re.compile(r"[\u0370-\u1dff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class LanguageGuess(msgspec.Struct, frozen=True, kw_only=True):
    """The language (Balinese counts as `id`, see `balinese`), how sure 0..1, and the probability of each class."""

    language: GuessedLanguage
    confidence: float
    scores: dict[str, float]
    balinese: bool = False


class LanguageModel(msgspec.Struct, frozen=True, kw_only=True):
    """Weights as stored: five int8 per feature in the order of `features`; times `scale` they are log-odds."""

    version: str
    scale: float
    bias: tuple[float, float, float, float, float]
    features: list[str]
    weights: bytes


class _Loaded(msgspec.Struct, frozen=True):
    rows: dict[str, tuple[float, float, float, float, float]]
    bias: tuple[float, float, float, float, float]


def identify(text: str) -> LanguageGuess:
    """Guess the language of a message; one without words is `other` with confidence 0."""
    found = words(text)
    if not found:
        return LanguageGuess(language="other", confidence=0.0, scores=dict.fromkeys(CLASSES, 0.0))
    if _mostly_foreign(found):
        return LanguageGuess(language="other", confidence=1.0, scores=dict.fromkeys(CLASSES, 0.0) | {"other": 1.0})
    each = [_weighed(word, weight) for word, weight in found]
    scores = dict(zip(CLASSES, _softmax(_log_odds(each)), strict=True))
    language, confidence = _best(scores)
    balinese = scores["ban"] > scores["id"] and scores["ban"] > 0.3
    if language != "other" and _is_mixed(found):
        language = "mixed"
    return LanguageGuess(language=language, confidence=confidence, scores=scores, balinese=balinese)


def words(text: str) -> list[tuple[str, float]]:
    """The folded words that speak for a language, with a weight: a capital inside a sentence (a name, a title) less.

    Links, addresses, codes and neutral terms do not speak.
    """
    cleaned = unicodedata.normalize("NFKC", text[:_MAX_CHARS]).replace("’", "'")
    found = _WORD.findall(_STRETCHED.sub(r"\1", _NOISE.sub(" ", cleaned)))
    titles = sum(word[0].isupper() for word in found) * 4 <= len(found) * 3
    kept = []
    for position, word in enumerate(found):
        folded = word.casefold()[:_MAX_WORD]
        if folded not in NEUTRAL and _speaks(folded):
            name = titles and position > 0 and word[0].isupper() and word[1:].islower()
            kept.append((folded, NAME_WEIGHT if name else 1.0))
    return kept


def features(word: str) -> list[str]:
    """The word itself (`=word`) and its n-grams between borders (`_`)."""
    bordered = f"_{word}_"
    length = len(bordered)
    return [f"={word}", *(bordered[i : i + n] for n in (2, 3, 4, 5) for i in range(length - n + 1))]


def _speaks(word: str) -> bool:
    return word.rstrip("'").isalpha() or _REDUPLICATED.fullmatch(word) is not None


def _mostly_foreign(found: Sequence[tuple[str, float]]) -> bool:
    return sum(_FOREIGN.search(word) is not None for word, _ in found) * 2 > len(found)


def _best(scores: dict[str, float]) -> tuple[GuessedLanguage, float]:
    family = scores["id"] + scores["ban"]
    ranked: list[tuple[float, GuessedLanguage]] = [
        (scores["it"], "it"), (scores["en"], "en"), (family, "id"), (scores["other"], "other"),
    ]  # fmt: skip
    confidence, language = max(ranked)
    return language, confidence


def _is_mixed(found: Sequence[tuple[str, float]]) -> bool:
    """Function words of two languages: nouns are borrowed (`green card`, `tax holiday`), these are not."""
    said = {word for word, weight in found if weight == 1.0}
    italian, english, indonesian = (len(said & listed) for listed in (ITALIAN, ENGLISH, INDONESIAN))
    if italian and indonesian:
        return True
    return english >= 2 and (indonesian >= 1 or italian >= 2)


def _log_odds(each: Iterable[Sums]) -> list[float]:
    totals = [sum(column) for column in zip(*each, strict=True)]
    norm = math.sqrt(totals[5]) or 1.0
    return [bias + total / norm for bias, total in zip(_loaded().bias, totals[:5], strict=True)]


def _softmax(log_odds: Sequence[float]) -> list[float]:
    top = max(log_odds)
    powers = [math.exp(value - top) for value in log_odds]
    total = sum(powers)
    return [power / total for power in powers]


def _weighed(word: str, weight: float) -> Sums:
    sums = _word_sums(word)
    if weight == 1.0:
        return sums
    a, b, c, d, e, count = sums
    return (a * weight, b * weight, c * weight, d * weight, e * weight, count * weight)


@lru_cache(maxsize=16384)
def _word_sums(word: str) -> Sums:
    rows = _loaded().rows
    found = features(word)
    a = b = c = d = e = 0.0
    for feature in found:
        row = rows.get(feature)
        if row is not None:
            a += row[0]
            b += row[1]
            c += row[2]
            d += row[3]
            e += row[4]
    return (a, b, c, d, e, float(len(found)))


@cache
def _loaded() -> _Loaded:
    model = msgspec.msgpack.decode(zlib.decompress(MODEL_FILE.read_bytes()), type=LanguageModel)
    signed = memoryview(model.weights).cast("b")
    values = [value * model.scale for value in signed]
    rows = {
        feature: (values[i], values[i + 1], values[i + 2], values[i + 3], values[i + 4])
        for i, feature in zip(range(0, len(values), 5), model.features, strict=True)
    }
    return _Loaded(rows=rows, bias=model.bias)
