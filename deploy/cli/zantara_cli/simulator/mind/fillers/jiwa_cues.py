"""The words by which people tell about themselves, in three languages: which slot, what in English, how sure."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from zantara_cli.simulator.mind.lexicon import load, pattern
from zantara_cli.simulator.mind.moods import folded_text

Certainty = Literal["stated", "deduced", "inferred"]


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """One way of telling something: the slot it fills and its English gloss."""

    slot: str
    gloss: str
    certainty: Certainty
    confidence: float
    words: str


class _Lexicon(msgspec.Struct, frozen=True):
    cue: tuple[Cue, ...]


def cues_in(clause: str) -> Iterator[Cue]:
    """The cues that a clause holds."""
    folded = folded_text(clause)
    return (cue for cue, words in _cues() if words.search(folded))


@cache
def _cues() -> tuple[tuple[Cue, re.Pattern[str]], ...]:
    return tuple((cue, pattern(cue.words)) for cue in load("jiwa", _Lexicon).cue)
