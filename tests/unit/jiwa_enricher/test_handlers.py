"""Enrich, recall and forget over the bus in memory, with the store's twin and a reader that follows a script."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from conftest import eventually

from jiwa_enricher.domain import Certainty, Claim, Reading, Slot, Turn, Visit, build_profile
from jiwa_enricher.handlers import Enrich, Expire, Forget, Recall
from jiwa_enricher.store import MemoryStore
from zantara.bus import MemoryBus
from zantara.clock import ManualClock
from zantara.errors import Invalid, Transient, Unavailable
from zantara.events import (
    ConversationEnded,
    ForgetMemory,
    Memory,
    MemoryEnriched,
    MemoryForgotten,
    MemoryRecall,
    MemoryReply,
    Meta,
)

TELL = Callable[[Sequence[Turn]], tuple[Claim, ...]]


class ScriptedReader:
    """Reads by a function of the turns; an error in the script is raised once and then gone."""

    def __init__(self, tell: TELL, *errors: Exception) -> None:
        self.tell = tell
        self.errors = list(errors)
        self.windows: list[Sequence[Turn]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def read(self, turns: Sequence[Turn]) -> Reading:
        self.windows.append(turns)
        await self.gate.wait()
        if self.errors:
            raise self.errors.pop(0)
        return Reading(
            claims=self.tell(turns),
            model="llama-3.1-8b",
            prompt_version="v1@x",
            input_tokens=10,
            output_tokens=2,
            cost_usd=0.5,
        )


@pytest.fixture
def store(manual_clock: ManualClock) -> MemoryStore:
    return MemoryStore(manual_clock)


def ended(conversation_id: str = "conv-1", **rest: Any) -> ConversationEnded:
    fields = {"user_hash": "h-anna", "turns": 2, "reason": "closed", "language": "it", **rest}
    return ConversationEnded(conversation_id=conversation_id, **fields)


def meta_of(event_id: str, clock: ManualClock) -> Meta:
    return Meta.new(source="chat-router", clock=clock, id=event_id)


async def memory_of(store: MemoryStore, user_id: str, clock: ManualClock) -> Memory | None:
    reply: MemoryReply = await Recall(store, clock)(MemoryRecall(user_id=user_id), meta_of("r", clock))
    return reply.memory


def dreamer(turns: Sequence[Turn]) -> tuple[Claim, ...]:
    """Believes every user message to be a dream."""
    return tuple(
        Claim(
            slot="dreams",
            value=turn.question,
            quote=turn.question,
            turn=2 * turn.number - 1,
            certainty="stated",
            confidence=0.8,
        )
        for turn in turns
    )


@asynccontextmanager
async def consuming(bus: MemoryBus, handler: Enrich) -> AsyncIterator[None]:
    task = asyncio.create_task(bus.for_service("jiwa-enricher").consume(ConversationEnded, handler))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_conversation_becomes_memory_and_an_event(
    make: Any, store: MemoryStore, manual_clock: ManualClock
) -> None:
    bus = MemoryBus(clock=manual_clock)
    store.put(make.transcript("Sogno un caffè sul mare", "Ho una figlia piccola"))
    async with consuming(bus, Enrich(store, store, ScriptedReader(dreamer), manual_clock)):
        await bus.publish(ended(), meta_of("e1", manual_clock))

        async def enriched() -> list[Any]:
            return [event for event in bus.published if isinstance(event, MemoryEnriched)]

        (event,) = await eventually(enriched)
    assert (event.user_hash, event.facts_added, event.facts_closed) == ("h-anna", 1, 0)
    assert event.dropped == {"policy_children": 1}
    assert event.model == "llama-3.1-8b"
    memory = await memory_of(store, "anna", manual_clock)
    assert memory is not None
    assert memory.block == "dreams: Sogno un caffè sul mare"
    assert (memory.facts[0].quote, memory.conversations) == ("Sogno un caffè sul mare", 1)


async def test_redelivery_changes_nothing_and_says_the_same(
    make: Any, store: MemoryStore, manual_clock: ManualClock
) -> None:
    store.put(make.transcript("Sogno un caffè sul mare"))
    reader = ScriptedReader(dreamer)
    handler = Enrich(store, store, reader, manual_clock)
    first = await handler(ended(), meta_of("e1", manual_clock))
    before = await memory_of(store, "anna", manual_clock)
    manual_clock.advance(3600)
    assert await handler(ended(), meta_of("e1", manual_clock)) == first
    assert await memory_of(store, "anna", manual_clock) == before
    assert len(reader.windows) == 1


async def test_two_deliveries_at_once_are_one_effect(make: Any, store: MemoryStore, manual_clock: ManualClock) -> None:
    store.put(make.transcript("Sogno un caffè sul mare"))
    handler = Enrich(store, store, ScriptedReader(dreamer), manual_clock)
    outcomes = await asyncio.gather(*(handler(ended(), meta_of("e1", manual_clock)) for _ in range(5)))
    assert all(outcome == outcomes[0] for outcome in outcomes)
    memory = await memory_of(store, "anna", manual_clock)
    assert memory is not None
    assert (len(memory.facts), memory.conversations) == (1, 1)


@pytest.mark.parametrize("case", ["anonymous", "unknown", "empty"])
async def test_no_memory_and_no_model_call(make: Any, store: MemoryStore, manual_clock: ManualClock, case: str) -> None:
    if case != "unknown":
        user_id = None if case == "anonymous" else "anna"
        store.put(make.transcript(*(("Sogno il mare",) if case == "anonymous" else ()), user_id=user_id))
    reader = ScriptedReader(dreamer)
    assert await Enrich(store, store, reader, manual_clock)(ended(), meta_of("e1", manual_clock)) == ()
    assert reader.windows == []
    assert await store.ping() == {"profiles": 0, "facts": 0}


async def test_a_model_that_is_away_leaves_nothing_and_is_asked_again(
    make: Any, store: MemoryStore, manual_clock: ManualClock
) -> None:
    store.put(make.transcript("Sogno un caffè sul mare"))
    handler = Enrich(store, store, ScriptedReader(dreamer, Unavailable("away", retry_after_s=300.0)), manual_clock)
    with pytest.raises(Transient) as caught:
        await handler(ended(), meta_of("e1", manual_clock))
    assert caught.value.retry_after_s == 300.0
    assert await memory_of(store, "anna", manual_clock) is None
    (event,) = await handler(ended(), meta_of("e1", manual_clock))
    assert event.facts_added == 1


async def test_cancelled_between_model_and_commit_then_once(
    make: Any, store: MemoryStore, manual_clock: ManualClock
) -> None:
    store.put(make.transcript("Sogno un caffè sul mare"))
    reader = ScriptedReader(dreamer)
    handler = Enrich(store, store, reader, manual_clock)
    async with store.person("anna"):  # the merge has to wait here
        task = asyncio.create_task(handler(ended(), meta_of("e1", manual_clock)))
        while not reader.windows:
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await store.ping() == {"profiles": 0, "facts": 0}
    (event,) = await handler(ended(), meta_of("e1", manual_clock))
    assert event.facts_added == 1
    assert await store.ping() == {"profiles": 1, "facts": 1}


async def test_a_long_conversation_is_read_in_windows_and_kept_once(
    make: Any, store: MemoryStore, manual_clock: ManualClock
) -> None:
    letters = "bcdfglmnprstvz"
    words = ["".join(letters[int(digit)] for digit in f"{number:05}") for number in range(300)]
    topics = [f"{word} {word[::-1]}" for word in words]
    store.put(make.transcript(*topics, at=make.now - timedelta(hours=9), answer="a" * 600))
    reader = ScriptedReader(dreamer)
    (event,) = await Enrich(store, store, reader, manual_clock)(ended(), meta_of("e1", manual_clock))
    assert len(reader.windows) > 5
    assert (event.facts_added, event.dropped) == (300, {"repeated": (len(reader.windows) - 1) * 2})
    done = await store.enrichment("e1")
    assert done is not None
    assert (done.turns, done.input_tokens, done.cost_usd) == (300, 10 * len(reader.windows), 0.5 * len(reader.windows))


async def test_a_conversation_that_goes_on_adds_only_what_is_new(
    make: Any, store: MemoryStore, manual_clock: ManualClock
) -> None:
    handler = Enrich(store, store, ScriptedReader(dreamer), manual_clock)
    store.put(make.transcript("Sogno un caffè sul mare"))
    await handler(ended(), meta_of("e1", manual_clock))
    store.put(make.transcript("Sogno un caffè sul mare", "Vorrei una villa a Ubud"))
    (event,) = await handler(ended(), meta_of("e2", manual_clock))
    assert (event.facts_added, event.dropped) == (1, {"repeated": 1})
    memory = await memory_of(store, "anna", manual_clock)
    assert memory is not None
    assert memory.conversations == 1


async def test_an_anonymous_or_new_person_has_no_memory(store: MemoryStore, manual_clock: ManualClock) -> None:
    assert await memory_of(store, "nobody", manual_clock) is None


async def test_forgetting_one_fact_keeps_the_rest_and_stays_forgotten(
    make: Any, store: MemoryStore, manual_clock: ManualClock
) -> None:
    store.put(make.transcript("Sogno un caffè sul mare", "Vorrei una villa a Ubud"))
    handler = Enrich(store, store, ScriptedReader(dreamer), manual_clock)
    await handler(ended(), meta_of("e1", manual_clock))
    before = await memory_of(store, "anna", manual_clock)
    assert before is not None
    target = next(fact for fact in before.facts if "villa" in fact.value)
    forget = Forget(store, manual_clock)
    ask = ForgetMemory(user_id="anna", fact_id=target.id)
    assert await forget(ask, meta_of("f", manual_clock)) == MemoryForgotten(facts=1)
    assert await forget(ask, meta_of("f", manual_clock)) == MemoryForgotten(facts=0)
    (event,) = await handler(ended(), meta_of("e2", manual_clock))  # the same conversation ends again
    assert event.dropped == {"forgotten": 1, "repeated": 1}
    after = await memory_of(store, "anna", manual_clock)
    assert after is not None
    assert after.block == "dreams: Sogno un caffè sul mare"


async def test_forgetting_everything_leaves_nothing_and_late_readings_bring_nothing_back(
    make: Any, store: MemoryStore, manual_clock: ManualClock
) -> None:
    store.put(make.transcript("Sogno un caffè sul mare"))
    store.put(make.transcript("Vorrei una villa a Ubud", id="conv-2"))
    reader = ScriptedReader(dreamer)
    handler = Enrich(store, store, reader, manual_clock)
    await handler(ended(), meta_of("e1", manual_clock))
    reader.gate.clear()
    late = asyncio.create_task(handler(ended("conv-2"), meta_of("e2", manual_clock)))
    while len(reader.windows) < 2:
        await asyncio.sleep(0)
    forgotten = await Forget(store, manual_clock)(ForgetMemory(user_id="anna"), meta_of("f", manual_clock))
    assert forgotten == MemoryForgotten(facts=1)
    assert await memory_of(store, "anna", manual_clock) is None
    reader.gate.set()
    (event,) = await late
    assert (event.facts_added, event.dropped) == (0, {"forgotten": 1})
    memory = await memory_of(store, "anna", manual_clock)
    assert memory is not None
    assert (memory.facts, memory.block) == ((), "")
    assert await handler(ended(), meta_of("e1", manual_clock))  # its fence still stands
    assert await store.ping() == {"profiles": 1, "facts": 0}


async def test_a_feeling_is_deleted_after_72_hours(make: Any, store: MemoryStore, manual_clock: ManualClock) -> None:
    def teller(turns: Sequence[Turn]) -> tuple[Claim, ...]:
        feeling = make.claim("emotional_state", "Ho paura")
        return (feeling, make.claim("dreams", "sogno il mare"))

    store.put(make.transcript("Ho paura, ma sogno il mare", at=make.now - timedelta(minutes=2)))
    await Enrich(store, store, ScriptedReader(teller), manual_clock)(ended(), meta_of("e1", manual_clock))
    expire = Expire(store, manual_clock, every_s=3600)
    assert await expire.sweep() == 0
    manual_clock.advance(72 * 3600)
    assert (await expire.sweep(), await expire.sweep()) == (1, 0)
    profile = await store.profile("anna")
    assert profile is not None
    assert [fact.slot for fact in profile.facts] == ["dreams"]
    assert profile.conversations == 1
    assert await store.ping() == {"profiles": 1, "facts": 1}


async def test_expiry_outlives_an_outage(manual_clock: ManualClock) -> None:
    class Away(MemoryStore):
        tries = 0

        async def expired(self, now: Any) -> list[str]:
            self.tries += 1
            raise Unavailable("away")

    away = Away(manual_clock)
    task = asyncio.create_task(Expire(away, manual_clock, every_s=3600).run())
    while away.tries < 3:
        await asyncio.sleep(0)
    task.cancel()
    assert manual_clock.monotonic() >= 2 * 3600


async def test_nobody_forgets_for_somebody_else(make: Any, store: MemoryStore, manual_clock: ManualClock) -> None:
    store.put(make.transcript("Sogno un caffè sul mare"))
    await Enrich(store, store, ScriptedReader(dreamer), manual_clock)(ended(), meta_of("e1", manual_clock))
    before = await memory_of(store, "anna", manual_clock)
    assert before is not None
    ask = ForgetMemory(user_id="bruno", fact_id=before.facts[0].id)
    assert await Forget(store, manual_clock)(ask, meta_of("f", manual_clock)) == MemoryForgotten(facts=0)
    assert await memory_of(store, "anna", manual_clock) == before


async def test_requests_over_the_bus(make: Any, store: MemoryStore, manual_clock: ManualClock) -> None:
    bus = MemoryBus()
    fact = make.fact(Slot.NAME, "Marta", certainty=Certainty.STATED)
    async with store.person("anna") as person:
        visit = Visit(conversation_id="c", language="it", at=make.now)
        await person.renew(build_profile("anna", [fact], [visit], make.now))
    served = bus.for_service("jiwa-enricher")
    tasks = [
        asyncio.create_task(served.respond(MemoryRecall, Recall(store, manual_clock))),
        asyncio.create_task(served.respond(ForgetMemory, Forget(store, manual_clock))),
    ]
    await asyncio.sleep(0)
    router = bus.for_service("chat-router")
    reply = await router.request(MemoryRecall(user_id="anna"), timeout_s=1)
    assert reply.memory is not None
    assert (reply.memory.name, reply.memory.language) == ("Marta", "it")
    assert (await router.request(ForgetMemory(user_id="anna"), timeout_s=1)).facts == 0
    assert (await router.request(MemoryRecall(user_id="anna"), timeout_s=1)).memory is None
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_a_person_is_somebody(store: MemoryStore, manual_clock: ManualClock) -> None:
    for blank in ("", "   "):
        with pytest.raises(Invalid):
            await memory_of(store, blank, manual_clock)
        with pytest.raises(Invalid):
            await Forget(store, manual_clock)(ForgetMemory(user_id=blank), meta_of("f", manual_clock))
