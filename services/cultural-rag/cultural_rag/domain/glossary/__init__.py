"""From Italian and Indonesian to English, word by word: what lets a question meet a document of another language."""

from collections.abc import Sequence
from functools import cache

import msgspec

from cultural_rag.domain.glossary import indonesian, italian, manners
from cultural_rag.domain.stems import plain_words, stem_all

LONGEST_KEY = 4
"""Words in the longest phrase that is looked for."""

_SOURCES = {
    "it": f"{italian.ENTRIES}\n{manners.ITALIAN}",
    "id": f"{indonesian.ENTRIES}\n{manners.INDONESIAN}",
}

Key = tuple[str, ...]


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    """Readings by key: as written (`apa`, what), and by stem, which also fits `apanya` but confuses `berapa`."""

    written: dict[Key, tuple[str, ...]]
    stemmed: dict[Key, tuple[str, ...]]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """Some words of a text and their English readings, the likeliest first; none where the glossary has none."""

    words: tuple[str, ...]
    english: tuple[str, ...] = ()


def read(words: Sequence[str], languages: Sequence[str]) -> list[Reading]:
    """Cover the words from the left by the longest known phrases, in the first language that knows them."""
    forms = [(entries(language), tuple(words), tuple(stem_all(words, language))) for language in languages]
    readings = []
    at = 0
    while at < len(words):
        found = _longest(forms, at)
        length = found[0] if found else 1
        readings.append(Reading(words=tuple(words[at : at + length]), english=found[1] if found else ()))
        at += length
    return readings


def _longest(forms: Sequence[tuple[Entries, Key, Key]], at: int) -> tuple[int, tuple[str, ...]] | None:
    for length in range(min(LONGEST_KEY, len(forms[0][1]) - at) if forms else 0, 0, -1):
        for known, words, stems in forms:
            written, stemmed = words[at : at + length], stems[at : at + length]
            english = known.written.get(written) or known.stemmed.get(stemmed)
            if english:
                return length, english
    return None


@cache
def entries(language: str) -> Entries:
    """The entries of a language; of two with one key the first stands."""
    table = Entries(written={}, stemmed={})
    for line in _SOURCES[language].splitlines():
        keys, _, english = line.partition(" > ")
        readings = tuple(reading.strip() for reading in english.split("|"))
        for key in keys.split(", "):
            words = plain_words(key)
            table.written.setdefault(tuple(words), readings)
            table.stemmed.setdefault(tuple(stem_all(words, language)), readings)
    return table
