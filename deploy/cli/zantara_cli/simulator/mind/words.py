"""Words as the mind weighs them: folded, without function words of three languages, reduced to concepts or stems."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from zantara.text.normal import tokens, unaccented
from zantara_cli.simulator.mind.concepts import concept
from zantara_cli.simulator.mind.lexicon import load, pattern


class _Lexicon(msgspec.Struct, frozen=True):
    stop: dict[str, str]
    warm: dict[str, str]


_CODE = re.compile(r"[a-z]{1,3}\d{1,3}[a-z]?\d?")


@lru_cache(maxsize=32768)
def key(token: str) -> str | None:
    """What a token counts as: None for a function word, `=concept`, a code as it is, else a stem."""
    plain = unaccented(token)
    if plain in _stop() or (len(plain) < 2 and not plain.isdigit()):
        return None
    if _CODE.fullmatch(plain):
        return plain
    name = concept(plain)
    return f"={name}" if name else _stem(plain)


@lru_cache(maxsize=8192)
def keys(text: str) -> tuple[str, ...]:
    """The keys of a text, in order, repeats kept."""
    return tuple(found for token in tokens(text) if (found := key(token)) is not None)


class Weights:
    """Inverse document frequency over the given texts (smoothed, so one text still weighs its words)."""

    def __init__(self, documents: Iterable[Iterable[str]]) -> None:
        sets = [set(document) for document in documents]
        self._count = len(sets)
        self._frequency = Counter(word for words in sets for word in words)

    def __getitem__(self, word: str) -> float:
        weight = math.log(1.0 + (self._count + 1.0) / (self._frequency[word] + 0.5))
        return weight * (2.0 if _CODE.fullmatch(word) else 1.0)


def coverage(asked: Sequence[str], text: Iterable[str], weights: Weights | None = None) -> float:
    """The weighted share (0..1) of the asked words that the text holds."""
    held = set(text)
    weighed: Mapping[str, float] = {word: weights[word] if weights else 1.0 for word in asked}
    total = sum(weighed.values())
    return sum(weight for word, weight in weighed.items() if word in held) / total if total else 0.0


def is_warm(folded: str) -> bool:
    """Whether a folded text has a warm word."""
    return _warm().search(folded) is not None


def is_code(word: str) -> bool:
    """Whether a key is a visa or form code such as e28a."""
    return _CODE.fullmatch(word) is not None


def _stem(plain: str) -> str:
    if plain.isdigit() or not plain.isalpha():
        return plain
    if len(plain) > 6:
        return plain[:6]
    return plain.rstrip("aeious") or plain if len(plain) > 3 else plain


@cache
def _lexicon() -> _Lexicon:
    return load("words", _Lexicon)


@cache
def _stop() -> frozenset[str]:
    return frozenset(word for words in _lexicon().stop.values() for word in words.split())


@cache
def _warm() -> re.Pattern[str]:
    return pattern(_lexicon().warm["words"])
