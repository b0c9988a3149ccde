"""A pair per sampled turn: row, line, event; once, whatever is redelivered."""

from collections.abc import Sequence

import msgspec
import pytest

from shadow_judge.domain import Attempt, Comparison, Snapshot
from shadow_judge.handlers import CompareTurn
from zantara.clock import ManualClock
from zantara.errors import NotFound, Unavailable
from zantara.events import ChatCompleted, Event, Meta, ShadowCompared

EVENT = ChatCompleted(
    turn_id="t", conversation_id="c", user_hash="u", language="it", category="emotional", ai_used="claude-haiku",
    model="claude-haiku-4-5", route="emotional:claude-haiku", latency_ms=900,
)  # fmt: skip
ANSWER = Attempt(text="Capisco bene: respiri, e facciamo insieme un passo alla volta.", model="llama", latency_ms=700)
CLOCK = ManualClock()
META = Meta.new(source="chat-router", clock=CLOCK, id="t")


class Memory:
    """Rows and lines in memory; it keeps a pair once, as the real ones do."""

    def __init__(self, *, prompt: dict[str, object] | None = None, there: bool = True) -> None:
        self.rows: dict[str, Comparison] = {}
        self.answers: dict[str, str] = {}
        self.lines: list[str] = []
        self.prompt = {"messages": []} if prompt is None else prompt
        self.there = there

    async def snapshot(self, turn_id: str) -> Snapshot:
        if not self.there:
            raise NotFound(turn_id)
        return Snapshot(
            question="ho paura", answer="Capisco, andiamo con calma.", language="it", prompt=self.prompt or None,
            latency_ms=900, cost_usd=0.002,
        )  # fmt: skip

    async def find(self, comparison_id: str) -> Comparison | None:
        return self.rows.get(comparison_id)

    async def keep(self, comparison: Comparison, answer: str) -> None:
        self.rows.setdefault(comparison.comparison_id, comparison)
        self.answers.setdefault(comparison.comparison_id, answer)

    async def append(self, comparison: Comparison, *, check: bool = False) -> None:
        if not (check and comparison.comparison_id in self.lines):
            self.lines.append(comparison.comparison_id)


class Llama:
    """Answers, or fails as told; counts how often it was asked."""

    def __init__(self, *answers: Attempt | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def __call__(self, snapshot: Snapshot) -> Attempt:
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def half(one: str, other: str) -> float:
    return 0.5


def handler(memory: Memory, llama: Llama, *, enabled: bool = True, share: float = 1.0) -> CompareTurn:
    return CompareTurn(memory, memory, llama, half, CLOCK, enabled=enabled, share=share)


async def test_a_pair_is_row_line_and_event() -> None:
    memory = Memory()
    events = await handler(memory, Llama(ANSWER))(EVENT, META)
    (row,) = memory.rows.values()
    assert memory.lines == [row.comparison_id]
    assert memory.answers[row.comparison_id] == ANSWER.text
    assert [type(event) for event in events] == [ShadowCompared]
    assert (row.success, row.segment, row.similarity, row.language_match) == (True, "emotional:it", 0.5, True)


async def test_redelivered_after_everything_changes_nothing() -> None:
    memory, llama = Memory(), Llama(ANSWER)
    compare = handler(memory, llama)
    first = await compare(EVENT, META)
    again: Sequence[Event] = await compare(EVENT, msgspec.structs.replace(META, attempt=2))
    assert llama.asked == 1
    assert (len(memory.rows), len(memory.lines)) == (1, 1)
    assert list(first) == list(again)


async def test_killed_between_row_and_line_the_line_is_written_at_redelivery() -> None:
    memory, llama = Memory(), Llama(ANSWER)
    compare = handler(memory, llama)
    await compare(EVENT, META)
    memory.lines.clear()
    await compare(EVENT, msgspec.structs.replace(META, attempt=2))
    assert len(memory.lines) == 1
    assert llama.asked == 1


async def test_a_time_out_is_a_failed_pair_not_a_gap() -> None:
    memory = Memory()
    await handler(memory, Llama(Attempt(failure="TimedOut", latency_ms=10_000)))(EVENT, META)
    (row,) = memory.rows.values()
    assert (row.success, row.failure, row.similarity) == (False, "TimedOut", None)


async def test_while_llama_may_not_be_asked_the_message_waits() -> None:
    memory = Memory()
    with pytest.raises(Unavailable):
        await handler(memory, Llama(Unavailable("breaker", retry_after_s=9)))(EVENT, META)
    assert memory.rows == {}
    assert memory.lines == []


async def test_switched_off_or_without_a_prompt_nothing_is_asked() -> None:
    llama = Llama()
    assert not await handler(Memory(), llama, enabled=False)(EVENT, META)
    assert not await handler(Memory(prompt={}), llama)(EVENT, META)
    assert llama.asked == 0


async def test_a_turn_that_is_not_there_is_a_dead_letter() -> None:
    with pytest.raises(NotFound):
        await handler(Memory(there=False), Llama())(EVENT, META)
