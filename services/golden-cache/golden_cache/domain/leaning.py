"""What a message leans on beside its own words: one person's case, an earlier turn, the present day, the past."""

from collections.abc import Iterable
from enum import StrEnum

from golden_cache.domain.lexicon import Concepts
from golden_cache.domain.lexicon.forms import word_set
from golden_cache.domain.lexicon.grammar import OPENERS, OWN_CASE, POSSESSIVES, PRONOUNS

_POSSESSIVES = word_set(POSSESSIVES)
_OWN_CASE = word_set(OWN_CASE)
_OPENERS = word_set(OPENERS)
_PRONOUNS = word_set(PRONOUNS)
_NEAR = 2


class Leaning(StrEnum):
    """One way in which a message does not stand alone."""

    PERSONAL = "personal"
    CONTEXT = "context"
    FRESH = "fresh"
    PAST = "past"
    FUTURE = "future"


_MARKS = {
    "mark.status": Leaning.PERSONAL,
    "ask.status": Leaning.PERSONAL,
    "mark.back": Leaning.CONTEXT,
    "mark.fresh": Leaning.FRESH,
    "mark.past": Leaning.PAST,
    "mark.future": Leaning.FUTURE,
}


def leanings(tokens: list[str], concepts: Iterable[Concepts]) -> frozenset[Leaning]:
    """Name all leanings of a message."""
    found = {_MARKS[c] for alternatives in concepts for c in alternatives if c in _MARKS}
    if _own_case(tokens):
        found.add(Leaning.PERSONAL)
    if len(tokens) > 1 and tokens[0] in _OPENERS and any(t in _PRONOUNS for t in tokens[1:]):
        found.add(Leaning.CONTEXT)
    return frozenset(found)


def _own_case(tokens: list[str]) -> bool:
    return any(
        token in _OWN_CASE and not _POSSESSIVES.isdisjoint(tokens[max(0, at - _NEAR) : at + _NEAR + 1])
        for at, token in enumerate(tokens)
    )
