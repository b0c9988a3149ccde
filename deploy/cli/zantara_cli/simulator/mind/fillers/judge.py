"""A verdict over two blinded answers, by grounding, coverage, language and tone; swapped answers swap the verdict."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from zantara.text.fence import Fenced
from zantara_cli.simulator.mind.extract import find
from zantara_cli.simulator.mind.moods import folded_text
from zantara_cli.simulator.mind.reading import Language, Reading, language_of
from zantara_cli.simulator.mind.schemas import Schema
from zantara_cli.simulator.mind.sentences import sentences
from zantara_cli.simulator.mind.words import coverage, is_warm, keys

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_TIE = 0.05
_WORDS_ENOUGH = 12


class Merits(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks for one answer; the parts are 0..1."""

    grounded: float
    complete: float
    language: float
    warm: float
    concise: float

    @property
    def total(self) -> float:
        """The weighted sum: what it says before how it says it."""
        return 3 * self.grounded + 3 * self.complete + 2 * self.language + 0.5 * self.warm + 0.5 * self.concise


def judge_verdict(reading: Reading, schema: Schema) -> dict[str, Any]:
    """Draft for `judge_verdict` from the fences `candidate` with id A and B."""
    candidates = {piece.attributes.get("id", "").upper(): piece for piece in reading.of("candidate")}
    a, b = (merits(candidates.get(name), reading) for name in ("A", "B"))
    gap = a.total - b.total
    winner = "tie" if abs(gap) <= _TIE else "A" if gap > 0 else "B"
    best = (a, b) if winner == "tie" else (a,) if winner == "A" else (b,)
    return {
        "winner": winner,
        "criteria": {name: _holds(name, best, {"a": a, "b": b}) for name in _criteria(schema)},
        "critique": _critique(winner, a, b),
    }


def merits(candidate: Fenced | None, reading: Reading) -> Merits:
    """Weigh one answer against the passages and the question; a missing or empty one has none."""
    text = candidate.text.strip() if candidate else ""
    if not text:
        return Merits(grounded=0.0, complete=0.0, language=0.0, warm=0.0, concise=0.0)
    wanted = language_of(reading.question) or reading.language
    return Merits(
        grounded=_grounded(text, reading),
        complete=_complete(text, reading),
        language=_language(text, wanted),
        warm=1.0 if is_warm(folded_text(text)) else 0.0,
        concise=min(1.0, 120 / max(len(text.split()), 1)),
    )


def _grounded(text: str, reading: Reading) -> float:
    if not reading.passages:
        return 0.5
    given = "\n".join(piece.text for piece in reading.passages) + reading.question
    figures = _FIGURE.findall(text)
    known = sum(figure in given for figure in figures) / len(figures) if figures else 1.0
    return 0.5 * known + 0.5 * coverage(keys(text), keys(given))


def _complete(text: str, reading: Reading) -> float:
    found = find(reading.question, reading.passages, None)
    target = keys(" ".join(found.sentences)) if found.sentences else keys(reading.question)
    enough = min(1.0, len(text.split()) / _WORDS_ENOUGH)
    return coverage(target, keys(text)) * enough if target else enough


def _language(text: str, wanted: Language) -> float:
    found = [language_of(sentence) for sentence in sentences(text)]
    known = [language for language in found if language]
    return sum(language == wanted for language in known) / len(known) if known else 0.5


def _criteria(schema: Schema) -> Mapping[str, Any]:
    properties: Mapping[str, Any] = schema.get("properties", {})
    criteria: Mapping[str, Any] = properties.get("criteria", {}).get("properties", {})
    return criteria or dict.fromkeys(("grounded", "complete", "language_match", "warm"))


def _holds(name: str, best: tuple[Merits, ...], each: Mapping[str, Merits]) -> bool:
    words = name.lower().split("_")
    own = next((each[word] for word in (words[0], words[-1]) if word in each), None)
    return all(_has(words, whose) for whose in ((own,) if own else best))


def _has(words: list[str], whose: Merits) -> bool:
    name = " ".join(words)
    if "lang" in name:
        return whose.language >= 0.5
    if any(part in name for part in ("warm", "tone", "cultur", "empath", "friend")):
        return whose.warm > 0
    if any(part in name for part in ("concis", "short", "length")):
        return whose.concise >= 0.5
    if any(part in name for part in ("ground", "fact", "correct", "accura", "honest", "safe")):
        return whose.grounded >= 0.5
    return whose.complete >= 0.5


def _critique(winner: str, a: Merits, b: Merits) -> str:
    best, other = (a, b) if winner == "A" else (b, a)
    if winner == "tie":
        return "Both answers hold about as much of what the passages and the question ask for."
    gains = [
        reason
        for reason, gain in (
            ("stays closer to the passages", best.grounded - other.grounded),
            ("covers more of the question", best.complete - other.complete),
            ("keeps the language of the question", best.language - other.language),
            ("is warmer", best.warm - other.warm),
            ("is more concise", best.concise - other.concise),
        )
        if gain > 0
    ]
    return f"Answer {winner} {' and '.join(gains[:3])}."
