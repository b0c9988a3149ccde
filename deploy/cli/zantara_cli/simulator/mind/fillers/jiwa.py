"""Facts about a person from what they said themselves: every fact carries a literal quote of a user turn."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from zantara.text.fence import Fenced
from zantara_cli.simulator.mind.conversation import called
from zantara_cli.simulator.mind.fillers.jiwa_cues import Certainty, cues_in
from zantara_cli.simulator.mind.reading import Reading, language_of
from zantara_cli.simulator.mind.schemas import Schema
from zantara_cli.simulator.mind.sentences import clauses, cut

_MOST_PER_SLOT = 3
_MAX_QUOTE = 200
_NAME = r"([^\W\d_][^\W\d_'’-]+)"
_TITLED = r"(?:(?:l['’]\s*avv\.?|pak|ibu|bu|bli|mbak|mas)\s+)?"
_INTRODUCED = re.compile(
    rf"\b(?:sono|i['’]m|i am|saya|aku|this is|it['’]s)\s+{_TITLED}{_NAME}(?=[\s,.!?]|$)|"
    rf"^(?:hi|hello|hey|salve|ciao|buongiorno|yo \w+)[!.,]?\s+{_NAME}(?=\s+here\b|[,.]|\s+from\b|$)|"
    rf"^{_NAME}(?=\s+here\b|\s+from\s|,\s+\w)",
    re.IGNORECASE,
)
_NOT_NAMES = (
    "assalamualaikum ok okay ya yes no si grazie thanks thank ciao hi hello hey salve buongiorno buonasera selamat "
    "halo maaf sorry scusi allora dear english italian indonesian italiano inglese indonesia bali zantara kami kita "
    "buona good morning evening"
)
_LANGUAGE_NAMES = {"it": "italiano", "en": "English", "id": "bahasa Indonesia"}
_LANGUAGE_NAMES_EN = {"it": "Italian", "en": "English", "id": "Indonesian"}


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing learnt: `value` in the person's words, `value_en` glossed in English, `quote` a span of turn `turn`."""

    slot: str
    value: str
    value_en: str
    certainty: Certainty
    confidence: float
    turn: int
    quote: str


def jiwa_facts(reading: Reading, _schema: Schema) -> dict[str, Any]:
    """Draft for `jiwa_facts`; assistant turns are no evidence."""
    turns = [piece for piece in reading.of("turn") if piece.attributes.get("role", "user") == "user"]
    found = [*_introduction(turns), *_language(turns), *(fact for piece in turns for fact in _cued(piece))]
    return {"facts": [msgspec.structs.asdict(fact) for fact in _best(found)]}


def _introduction(turns: Sequence[Fenced]) -> Iterator[Fact]:
    for piece in turns[:1]:
        for clause in clauses(piece.text):
            name = called(clause) or _introduced(clause)
            if name:
                yield Fact(
                    slot="name", value=name, value_en=name, certainty="stated", confidence=0.95,
                    turn=_turn(piece), quote=cut(clause, _MAX_QUOTE),
                )  # fmt: skip
                return


def _introduced(clause: str) -> str | None:
    names = (name for found in _INTRODUCED.finditer(clause) for name in found.groups() if name)
    return next((name for name in names if name[0].isupper() and name.lower() not in _NOT_NAMES.split()), None)


def _language(turns: Sequence[Fenced]) -> Iterator[Fact]:
    told = max(turns, key=lambda piece: len(piece.text), default=None)
    language = language_of(" ".join(piece.text for piece in turns)) if told else None
    if told is None or language is None:
        return
    quote = cut(max(clauses(told.text), key=len, default=told.text), _MAX_QUOTE)
    for slot, confidence in (("language", 0.9), ("communication_preference", 0.45)):
        yield Fact(
            slot=slot, value=_LANGUAGE_NAMES[language], value_en=_LANGUAGE_NAMES_EN[language], certainty="deduced",
            confidence=confidence, turn=_turn(told), quote=quote,
        )  # fmt: skip


def _cued(piece: Fenced) -> Iterator[Fact]:
    for clause in clauses(piece.text):
        quote = cut(clause, _MAX_QUOTE)
        for cue in cues_in(clause):
            yield Fact(
                slot=cue.slot, value=quote, value_en=f"{cue.gloss}: “{quote}”", certainty=cue.certainty,
                confidence=cue.confidence, turn=_turn(piece), quote=quote,
            )  # fmt: skip


def _best(facts: Sequence[Fact]) -> list[Fact]:
    kept: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: -fact.confidence):
        same = kept.setdefault(fact.slot, [])
        if len(same) < _MOST_PER_SLOT and all(fact.turn != other.turn for other in same):
            same.append(fact)
    return [fact for same in kept.values() for fact in same]


def _turn(piece: Fenced) -> int:
    digits = re.search(r"\d+", piece.attributes.get("id", ""))
    return int(digits.group()) if digits else 1
