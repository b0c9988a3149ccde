"""The numbers that the classifier sees beside the embedding: hashed words and character n-grams, and a few counts.

Hashing as in Weinberger et al. 2009; word by word and remembered, so that a message costs microseconds.
"""

import math
import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from chat_router.domain.cues import CUE_NAMES, CUES
from chat_router.domain.reading import names_trade
from chat_router.domain.signals import Signals
from zantara.text.language import LanguageGuess
from zantara.text.normal import normal_form, unaccented

BUCKETS = 1 << 15
MAX_WORDS = 300

_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_SHOUTED = re.compile(r"\b[A-Z]{4,}\b")

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
    for pair in pairwise(words):
        bucket = zlib.crc32(" ".join(pair).encode()) % BUCKETS
        weights[bucket] = weights.get(bucket, 0.0) + 1.0
    values = np.sqrt(np.fromiter(weights.values(), dtype=np.float32, count=len(weights)))
    length = float(np.sqrt((values * values).sum())) or 1.0
    return np.fromiter(weights, dtype=np.intp, count=len(weights)), (values / length).astype(np.float32)


def counts(message: str, words: Sequence[str], language: LanguageGuess, signals: Signals) -> npt.NDArray[np.float32]:
    """COUNTS numbers of about 0..1: length, marks, cues, signals, terms of the trade, language."""
    cues = CUES.find(words)
    total = max(len(words), 1)
    feelings = sum(signals.feelings.values())
    culture = sum(signals.culture.values())
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
