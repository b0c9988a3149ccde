"""What a value says, taken apart once, so that many can be compared: the same, or the same with another sense."""

import msgspec

from jiwa_enricher.domain.words import figures, negated, stems
from zantara.text.normal import normal_form

SAME = 0.6


class Sense(msgspec.Struct, frozen=True, kw_only=True):
    """Content words of a value and of its English, its figures, whether it is negated."""

    normal: str
    words: frozenset[str]
    english: frozenset[str]
    figures: frozenset[str]
    negated: bool


def sense_of(value: str, value_en: str) -> Sense:
    """Take a value apart."""
    return Sense(
        normal=normal_form(value),
        words=stems(value),
        english=stems(value_en),
        figures=figures(value),
        negated=negated(value),
    )


def alike(one: Sense, other: Sense) -> bool:
    """Equal, or sharing most of their content words, in either language."""
    return (
        one.normal == other.normal
        or likeness(one.words, other.words) >= SAME
        or likeness(one.english, other.english) >= SAME
    )


def differ(one: Sense, other: Sense) -> bool:
    """The same words with a negation or another figure are an update, not a repetition."""
    return one.negated != other.negated or one.figures != other.figures


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard index, 0 where a side is empty."""
    return len(one & other) / len(one | other) if one and other else 0.0
