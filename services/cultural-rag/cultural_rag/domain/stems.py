"""Words as they are compared: folded, without accents, Snowball stems (Porter 2001) of their language."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import snowballstemmer  # type: ignore[import-untyped]  # ships no types

from zantara.text.language_words import NEUTRAL
from zantara.text.normal import normal_form, unaccented

_NAMES = {"en": "english", "it": "italian", "id": "indonesian"}
_SHORT = 3


def plain_words(text: str) -> list[str]:
    """Folded words; codes such as `e28a` stay whole."""
    return unaccented(normal_form(text)).split()


def stem_all(words: Sequence[str], language: str) -> list[str]:
    """The stem of each word."""
    return [stem(word, language) for word in words]


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """The stem; terms of the trade, short words and everything with a digit are left as they are."""
    if len(word) <= _SHORT or word in NEUTRAL or not word.isalpha():
        return word
    stemmed: str = _stemmer(language).stemWord(word)
    return stemmed


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(_NAMES[language])
