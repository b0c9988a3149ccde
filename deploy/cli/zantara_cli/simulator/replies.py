"""From a prompt to a reply of bounded length, with the faults that change what is said."""

import math
import re
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from zantara_cli.simulator.faults import FaultKind, Faults
from zantara_cli.simulator.mind import Prompt, other_language, think

TOKENS_PER_PIECE = 1.3
_PIECE = re.compile(r"\s*\S{1,16}|\s+$")


class Stop(StrEnum):
    """Why the reply ends."""

    END = "end"
    LENGTH = "length"
    SEQUENCE = "sequence"
    REFUSAL = "refusal"


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What is said, in the pieces in which it is streamed, and how it came about."""

    pieces: tuple[str, ...]
    stop: Stop
    kind: str
    question: str
    stop_sequence: str | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces)

    @property
    def tokens(self) -> int:
        """How many tokens it counts as."""
        return math.ceil(len(self.pieces) * TOKENS_PER_PIECE)


def compose(prompt: Prompt, max_tokens: int | None, faults: Faults, stops: Sequence[str] = ()) -> Reply:
    """Think, then cut to `max_tokens` and to the stop sequences, and spoil as the faults say."""
    thought = think(prompt)
    if faults.has(FaultKind.WRONG_LANGUAGE):
        thought = think(msgspec.structs.replace(prompt, language=other_language(thought.language)))
    said, sequence = _until(_spoilt(thought.text, faults, asked_json=prompt.schema is not None), stops)
    pieces = tuple(_PIECE.findall(said))
    stop = Stop.SEQUENCE if sequence else Stop.END
    if faults.has(FaultKind.REFUSE):
        pieces, stop = (), Stop.REFUSAL
    elif faults.has(FaultKind.TRUNCATE):
        pieces, stop = pieces[: max(1, len(pieces) // 2)], Stop.LENGTH
    allowed = len(pieces) if max_tokens is None else max(1, math.floor(max_tokens / TOKENS_PER_PIECE))
    if len(pieces) > allowed:
        pieces, stop, sequence = pieces[:allowed], Stop.LENGTH, None
    return Reply(pieces=pieces, stop=stop, kind=thought.kind, question=thought.question, stop_sequence=sequence)


def count_tokens(text: str) -> int:
    """How many tokens a text counts as: 1.3 for each word of at most 16 letters."""
    return math.ceil(sum(1 for _ in _PIECE.finditer(text)) * TOKENS_PER_PIECE)


def _spoilt(text: str, faults: Faults, *, asked_json: bool) -> str:
    if faults.has(FaultKind.EMPTY):
        return ""
    if faults.has(FaultKind.BAD_JSON):
        return text[: max(1, len(text) * 3 // 5)] if asked_json else '{"answer": "' + text[:60]
    return text


def _until(text: str, stops: Sequence[str]) -> tuple[str, str | None]:
    found = [(position, stop) for stop in stops if stop and (position := text.find(stop)) >= 0]
    if not found:
        return text, None
    position, stop = min(found)
    return text[:position], stop
