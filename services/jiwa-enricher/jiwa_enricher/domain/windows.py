"""Long conversations in pieces that a model can read, with some overlap so that nothing falls between two."""

from collections.abc import Sequence

from jiwa_enricher.domain.facts import Turn

WINDOW_CHARS = 16_000
ANSWER_CHARS = 600
OVERLAP_TURNS = 2


def windows(turns: Sequence[Turn], *, max_chars: int = WINDOW_CHARS) -> list[tuple[Turn, ...]]:
    """Consecutive turns of at most `max_chars` each (one turn may exceed it), overlapping by two turns."""
    found: list[tuple[Turn, ...]] = []
    start = 0
    while start < len(turns):
        end, size = start + 1, shown_chars(turns[start])
        while end < len(turns) and size + shown_chars(turns[end]) <= max_chars:
            size += shown_chars(turns[end])
            end += 1
        found.append(tuple(turns[start:end]))
        start = end if end == len(turns) else max(end - OVERLAP_TURNS, start + 1)
    return found


def shown_answer(turn: Turn) -> str:
    """Our answer as far as the prompt shows it: it is context, never evidence."""
    return turn.answer if len(turn.answer) <= ANSWER_CHARS else f"{turn.answer[:ANSWER_CHARS]}…"


def shown_chars(turn: Turn) -> int:
    """How much of a prompt the exchange takes."""
    return len(turn.question) + len(shown_answer(turn))
