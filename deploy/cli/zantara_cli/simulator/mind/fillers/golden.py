"""A golden answer for a cluster: per language the best sentences of its passages, phrasings by safe rewriting only."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from zantara.text.fence import Fenced
from zantara_cli.simulator.mind.extract import Found, find
from zantara_cli.simulator.mind.fillers.rewriting import hard_negatives, rewritings
from zantara_cli.simulator.mind.reading import LANGUAGES, Language, Reading, language_of_piece
from zantara_cli.simulator.mind.schemas import Schema
from zantara_cli.simulator.mind.sentences import shown

_MOST_PHRASINGS = 10
_MOST_NEGATIVES = 6
_SPACE = re.compile(r"\s+")


def golden_answer(reading: Reading, _schema: Schema) -> dict[str, Any]:
    """Draft for `golden_answer`: null in a language without passages, `covered` false where none is about it."""
    phrasings = _phrasings(reading)
    asked = "\n".join(text for texts in phrasings.values() for text in texts) or reading.question
    found = {language: _in_language(asked, reading.passages, language) for language in LANGUAGES}
    used = [piece for language in LANGUAGES for piece in found[language].sources]
    return {
        "covered": bool(used),
        "answers": {language: _answer(found[language]) for language in LANGUAGES},
        "variations": {language: _variations(phrasings[language], language) for language in LANGUAGES},
        "hard_negatives": _negatives(phrasings),
        "sources": list(dict.fromkeys(identity for piece in used if (identity := piece.attributes.get("id")))),
    }


def _phrasings(reading: Reading) -> dict[Language, list[str]]:
    phrasings: dict[Language, list[str]] = {language: [] for language in LANGUAGES}
    for piece in reading.of("question"):
        language = language_of_piece(piece) or reading.language
        for line in piece.text.splitlines():
            text = _SPACE.sub(" ", line.lstrip("-*•0123456789.) ")).strip()
            if text and text not in phrasings[language]:
                phrasings[language].append(text)
    if not any(phrasings.values()) and reading.question:
        phrasings[reading.language].append(reading.question)
    return phrasings


def _in_language(asked: str, passages: Sequence[Fenced], language: Language) -> Found:
    own = [piece for piece in passages if language_of_piece(piece) == language]
    return max((find(line, own, language) for line in asked.splitlines()), key=_worth, default=Found())


def _worth(found: Found) -> tuple[bool, float]:
    return bool(found.sentences), found.coverage


def _answer(found: Found) -> str | None:
    return " ".join(map(_closed, found.sentences)) if found.sentences else None


def _closed(sentence: str) -> str:
    text = shown(sentence)
    return text if text.endswith((".", "!", "?", "…", ":")) else f"{text}."


def _variations(texts: Sequence[str], language: Language) -> list[str]:
    return _distinct((*texts, *(new for text in texts for new in rewritings(text, language))))[:_MOST_PHRASINGS]


def _negatives(phrasings: dict[Language, list[str]]) -> list[dict[str, str]]:
    made = [
        {"text": text, "language": language, "why": why}
        for language, texts in phrasings.items()
        for original in texts[:2]
        for text, why in hard_negatives(original, language)
    ]
    known = {text.casefold() for texts in phrasings.values() for text in texts}
    return [negative for negative in made if negative["text"].casefold() not in known][:_MOST_NEGATIVES]


def _distinct(texts: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {}
    for text in texts:
        seen.setdefault(text.casefold().strip(" ?.!"), text)
    return list(seen.values())
