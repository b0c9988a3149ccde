"""Cultural insights from conversations and texts: a literal signal, what it tends to mean, how to answer it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from zantara.text.fence import Fenced
from zantara_cli.simulator.mind.lexicon import load, pattern
from zantara_cli.simulator.mind.moods import folded_text
from zantara_cli.simulator.mind.reading import Reading, language_of
from zantara_cli.simulator.mind.schemas import Schema
from zantara_cli.simulator.mind.sentences import clauses, sentences, shown
from zantara_cli.simulator.mind.words import coverage, keys


class _Cue(msgspec.Struct, frozen=True):
    topic: str
    meaning: str
    respond: str
    words: str


class _Lexicon(msgspec.Struct, frozen=True):
    cue: tuple[_Cue, ...]


_QUOTED = re.compile(r"['\"“‘]([^'\"“”‘’]{3,80})['\"”’]")
_MOST = 60


def cultural_insights(reading: Reading, schema: Schema) -> dict[str, Any]:
    """Draft for `cultural_insights`: signals from what users said, else from what the cultural texts quote."""
    asked = schema.get("properties", {}).get("insights", {}).get("maxItems", _MOST)
    found: dict[str, dict[str, str]] = {}
    for insight in (*_spoken(reading), *_written(reading)):
        found.setdefault(folded_text(insight["signal"]), insight)
    return {"insights": list(found.values())[: int(asked)]}


def _spoken(reading: Reading) -> Iterator[dict[str, str]]:
    texts = reading.of("culture")
    for piece in (*reading.of("turn"), *reading.of("document")):
        if piece.attributes.get("role", "user") != "user":
            continue
        for clause in clauses(piece.text):
            cue = _cue(clause)
            if cue is not None:
                yield _insight(clause, cue.topic, _told(clause, texts) or cue.meaning, cue.respond, reading)


def _written(reading: Reading) -> Iterator[dict[str, str]]:
    for piece in reading.of("culture", "passage"):
        topic = piece.attributes.get("topic", "")
        spans = sentences(piece.text)
        for index, span in enumerate(spans):
            advice = shown(spans[index + 1] if index + 1 < len(spans) else span)
            for signal in _QUOTED.findall(span):
                yield _insight(signal.strip(" .,;"), topic or _topic(span), shown(span), advice, reading)


def _insight(signal: str, topic: str, meaning: str, respond: str, reading: Reading) -> dict[str, str]:
    language = language_of(signal) or reading.language
    return {"signal": signal, "meaning": meaning, "how_to_respond": respond, "topic": topic, "language": language}


def _told(clause: str, texts: list[Fenced]) -> str:
    asked = keys(clause)
    spans = [span for piece in texts for span in sentences(piece.text)]
    best = max(spans, key=lambda span: coverage(asked, keys(span)), default="")
    return shown(best) if best and coverage(asked, keys(best)) >= 0.5 else ""


def _topic(text: str) -> str:
    cue = _cue(text)
    return cue.topic if cue else "relationship_capital"


def _cue(text: str) -> _Cue | None:
    folded = folded_text(text)
    return next((cue for cue, words in _cues() if words.search(folded)), None)


@cache
def _cues() -> tuple[tuple[_Cue, re.Pattern[str]], ...]:
    return tuple((cue, pattern(cue.words)) for cue in load("culture", _Lexicon).cue)
