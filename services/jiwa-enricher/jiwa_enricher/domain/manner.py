"""How to talk to a person: what their preferences ask of an answer, and which preferences exclude each other."""

from collections.abc import Iterable

from jiwa_enricher.domain.lexicon.manner import LANGUAGES, POLES, TONES
from jiwa_enricher.domain.words import lexicon, plain

_POLES = {axis: {pole: lexicon(words) for pole, words in poles.items()} for axis, poles in POLES.items()}
_LANGUAGES = {code: lexicon(names) for code, names in LANGUAGES.items()}


def poles_of(value: str) -> frozenset[tuple[str, str]]:
    """The (axis, pole) pairs that a value names; an axis named at both ends says nothing."""
    text = plain(value)
    found = {axis: [pole for pole, words in poles.items() if words.search(text)] for axis, poles in _POLES.items()}
    return frozenset((axis, poles[0]) for axis, poles in found.items() if len(poles) == 1)


def opposed(one: str, other: str) -> bool:
    """Whether two preferences name opposite poles of one axis."""
    left, right = dict(poles_of(one)), dict(poles_of(other))
    return any(left[axis] != right[axis] for axis in left.keys() & right.keys())


def tone_of(values: Iterable[str]) -> str | None:
    """concise, formal, gentle, direct, detailed or relaxed: what the first telling value asks for."""
    for value in values:
        named = poles_of(value)
        tone = next((tone for pole, tone in TONES.items() if pole in named), None)
        if tone:
            return tone
    return None


def language_code(value: str) -> str | None:
    """it, en or id, where the value names exactly one of them."""
    text = plain(value)
    found = [code for code, names in _LANGUAGES.items() if names.search(text)]
    return found[0] if len(found) == 1 else None
