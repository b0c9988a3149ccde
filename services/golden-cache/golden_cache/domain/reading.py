"""An entry with all its texts read: what a snapshot is built from. Reading costs milliseconds, so keep the result."""

import re

import msgspec

from golden_cache.domain.entries import GoldenEntry
from golden_cache.domain.facets import Facets, facets
from golden_cache.domain.profile import Profile, gather

_SENTENCE = re.compile(r"(?<=[.:;!?])\s+")


class Text(msgspec.Struct, frozen=True):
    """One phrasing, or one hard negative, as it was read."""

    text: str
    language: str
    read: Facets
    negative: bool = False


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, its texts (phrasings first) and what it covers."""

    entry: GoldenEntry
    texts: tuple[Text, ...]
    profile: Profile


def read_entry(entry: GoldenEntry) -> Reading:
    """Read all texts of an entry; pure, so that a reading stays good for its entry's version."""
    texts = [Text(text, language, facets(text, language)) for text, language in entry.phrasings()]
    texts += [Text(n.text, n.language, facets(n.text, n.language), negative=True) for n in entry.hard_negatives]
    covered = gather(
        entry,
        phrasings=[text.read for text in texts if not text.negative],
        negatives=[text.read for text in texts if text.negative],
        answers=read_answers(entry),
    )
    return Reading(entry=entry, texts=tuple(texts), profile=covered)


def read_answers(entry: GoldenEntry) -> list[Facets]:
    """Read the answers sentence by sentence."""
    return [
        facets(sentence, language) for language, answer in entry.answers.items() for sentence in _SENTENCE.split(answer)
    ]
