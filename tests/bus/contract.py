"""What every bus must do: the same suite runs over memory and over JetStream."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest
from conftest import eventually

from zantara.bus import Bus
from zantara.clock import SystemClock
from zantara.errors import Invalid, Overdue, Permanent, Transient, Unavailable
from zantara.events import (
    ConversationEnded,
    Event,
    GoldenLookup,
    GoldenPublished,
    GoldenReply,
    MemoryEnriched,
    MemoryRecall,
    MemoryReply,
    Meta,
)

CLOCK = SystemClock()


def ended(conversation_id: str = "c1") -> ConversationEnded:
    return ConversationEnded(conversation_id=conversation_id, user_hash="u", turns=2, reason="closed", language="it")


def enriched(conversation_id: str) -> MemoryEnriched:
    return MemoryEnriched(
        conversation_id=conversation_id, user_hash="u", facts_added=1, facts_closed=0, dropped={}, model="m"
    )


def meta(event_id: str | None = None) -> Meta:
    return Meta.new(source="test", clock=CLOCK, id=event_id)


class Recorder:
    """A handler that fails as told, then succeeds; what it saw is its state."""

    def __init__(self, *failures: Exception, produces: Callable[[ConversationEnded], Sequence[Event]] | None = None):
        self.failures = list(failures)
        self.seen: list[tuple[str, int]] = []
        self.produces = produces or (lambda _: ())
        self.active = 0
        self.most_active = 0
        self.slow_s = 0.0

    async def __call__(self, event: ConversationEnded, meta: Meta) -> Sequence[Event]:
        self.active += 1
        self.most_active = max(self.most_active, self.active)
        try:
            if self.slow_s:
                await asyncio.sleep(self.slow_s)
            self.seen.append((event.conversation_id, meta.attempt))
            if self.failures:
                raise self.failures.pop(0)
            return self.produces(event)
        finally:
            self.active -= 1


@asynccontextmanager
async def running(*loops: object) -> AsyncIterator[None]:
    """Loops beside the test, cancelled at its end."""
    tasks = [asyncio.ensure_future(loop) for loop in loops]  # type: ignore[call-overload]
    await asyncio.sleep(0.05)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class BusContract:
    """Subclasses give the `buses` fixture: (service name) -> Bus, and `buried`: dead letters so far."""

    @pytest.fixture
    async def router(self, buses: Callable[[str], Bus]) -> Bus:
        return buses("chat-router")

    @pytest.fixture
    async def jiwa(self, buses: Callable[[str], Bus]) -> Bus:
        return buses("jiwa-enricher")

    async def test_published_before_the_consumer_bound_is_delivered_once(self, router: Bus, jiwa: Bus) -> None:
        await router.publish(ended(), meta())
        handler = Recorder()
        async with running(jiwa.consume(ConversationEnded, handler)):
            await eventually(lambda: _truth(handler.seen))
            await asyncio.sleep(0.2)
        assert handler.seen == [("c1", 1)]

    async def test_same_id_is_published_once(self, router: Bus, jiwa: Bus) -> None:
        handler = Recorder()
        async with running(jiwa.consume(ConversationEnded, handler)):
            await router.publish(ended(), meta("same"))
            await router.publish(ended(), meta("same"))
            await router.publish(ended("c2"), meta("other"))
            await eventually(lambda: _truth(len(handler.seen) >= 2))
            await asyncio.sleep(0.2)
        assert sorted(seen for seen, _ in handler.seen) == ["c1", "c2"]

    async def test_transient_comes_again_with_its_attempt(self, router: Bus, jiwa: Bus) -> None:
        handler = Recorder(Transient("later", retry_after_s=0.05), Transient("later", retry_after_s=0.05))
        async with running(jiwa.consume(ConversationEnded, handler)):
            await router.publish(ended(), meta())
            await eventually(lambda: _truth(len(handler.seen) == 3))
        assert handler.seen == [("c1", 1), ("c1", 2), ("c1", 3)]

    async def test_permanent_is_a_dead_letter_with_its_reason(
        self, router: Bus, jiwa: Bus, buried: Callable[[], object]
    ) -> None:
        handler = Recorder(Permanent("no such conversation"))
        async with running(jiwa.consume(ConversationEnded, handler)):
            await router.publish(ended(), meta())
            await router.publish(ended("c2"), meta())
            letters = await eventually(buried)  # type: ignore[arg-type]
            await eventually(lambda: _truth(len(handler.seen) == 2))
        assert [(letter.consumer, letter.subject, letter.attempt) for letter in letters] == [
            ("jiwa-enricher-conversations", "conversation.ended", 1)
        ]
        assert "no such conversation" in letters[0].reason
        assert '"c1"' in letters[0].body

    async def test_attempts_end_in_a_dead_letter(self, router: Bus, jiwa: Bus, buried: Callable[[], object]) -> None:
        handler = Recorder(*(Transient(f"down {n}", retry_after_s=0.01) for n in range(20)))
        async with running(jiwa.consume(ConversationEnded, handler)):
            await router.publish(ended(), meta())
            letters = await eventually(buried)  # type: ignore[arg-type]
        assert len(handler.seen) == 8
        assert "attempt 8 of 8" in letters[0].reason

    async def test_bug_in_a_handler_is_retried_not_lost(self, router: Bus, jiwa: Bus) -> None:
        handler = Recorder(KeyError("bug"))
        async with running(jiwa.consume(ConversationEnded, handler)):
            await router.publish(ended(), meta())
            await eventually(lambda: _truth(len(handler.seen) == 2), timeout_s=15)
        assert [attempt for _, attempt in handler.seen] == [1, 2]

    async def test_children_are_published_before_the_ack_with_ids_of_their_parent(
        self, router: Bus, jiwa: Bus, published: Callable[[type[Event]], object]
    ) -> None:
        handler = Recorder(produces=lambda event: [enriched(event.conversation_id)])
        async with running(jiwa.consume(ConversationEnded, handler)):
            await router.publish(ended(), meta("parent"))
            children = await eventually(lambda: published(MemoryEnriched))  # type: ignore[arg-type]
        assert [child.conversation_id for child in children] == ["c1"]

    async def test_concurrency_is_bounded(self, router: Bus, jiwa: Bus) -> None:
        handler = Recorder()
        handler.slow_s = 0.1
        async with running(jiwa.consume(ConversationEnded, handler)):
            for number in range(12):
                await router.publish(ended(f"c{number}"), meta())
            await eventually(lambda: _truth(len(handler.seen) == 12))
        assert 2 <= handler.most_active <= 4

    async def test_stopping_lets_work_in_hand_finish(self, router: Bus, jiwa: Bus) -> None:
        handler = Recorder()
        handler.slow_s = 0.4
        async with running(jiwa.consume(ConversationEnded, handler)):
            await router.publish(ended(), meta())
            await eventually(lambda: _truth(handler.active == 1))
        assert handler.seen == [("c1", 1)]

    async def test_request_gets_its_reply(self, router: Bus, jiwa: Bus) -> None:
        async def recall(request: MemoryRecall, _: Meta) -> MemoryReply:
            assert request.user_id == "u1"
            return MemoryReply(memory=None)

        async with running(jiwa.respond(MemoryRecall, recall)):
            reply = await router.request(MemoryRecall(user_id="u1"), timeout_s=1)
        assert reply == MemoryReply(memory=None)

    async def test_nobody_there_is_unavailable_at_once(self, router: Bus) -> None:
        started = CLOCK.monotonic()
        with pytest.raises(Unavailable):
            await router.request(MemoryRecall(user_id="u1"), timeout_s=5)
        assert CLOCK.monotonic() - started < 1

    async def test_too_slow_is_overdue(self, router: Bus, jiwa: Bus) -> None:
        async def recall(_: MemoryRecall, __: Meta) -> MemoryReply:
            await asyncio.sleep(1)
            return MemoryReply(memory=None)

        async with running(jiwa.respond(MemoryRecall, recall)):
            with pytest.raises(Overdue):
                await router.request(MemoryRecall(user_id="u1"), timeout_s=0.1)

    async def test_requests_are_served_side_by_side_and_refused_above_the_bound(self, router: Bus, jiwa: Bus) -> None:
        async def recall(_: MemoryRecall, __: Meta) -> MemoryReply:
            await asyncio.sleep(0.3)
            return MemoryReply(memory=None)

        async with running(jiwa.respond(MemoryRecall, recall)):
            replies = await asyncio.gather(
                *(router.request(MemoryRecall(user_id="u"), timeout_s=2) for _ in range(80)), return_exceptions=True
            )
        busy = [reply for reply in replies if isinstance(reply, Unavailable)]
        assert len(busy) == 80 - 64
        assert sum(isinstance(reply, MemoryReply) for reply in replies) == 64

    async def test_what_is_wrong_with_a_request_comes_back(self, router: Bus, jiwa: Bus) -> None:
        async def recall(_: MemoryRecall, __: Meta) -> MemoryReply:
            raise Invalid("user_id: empty")

        async with running(jiwa.respond(MemoryRecall, recall)):
            with pytest.raises(Invalid, match="user_id: empty"):
                await router.request(MemoryRecall(user_id=""), timeout_s=1)

    async def test_a_bug_in_a_responder_tells_nothing(self, router: Bus, jiwa: Bus) -> None:
        async def recall(_: MemoryRecall, __: Meta) -> MemoryReply:
            raise RuntimeError("postgresql://user:secret@host")

        async with running(jiwa.respond(MemoryRecall, recall)):
            with pytest.raises(Unavailable) as caught:
                await router.request(MemoryRecall(user_id="u"), timeout_s=1)
        assert "secret" not in str(caught.value)

    async def test_every_replica_hears_an_event(self, buses: Callable[[str], Bus]) -> None:
        heard: list[str] = []

        def hearer(replica: str) -> object:
            async def hear(event: GoldenPublished, _: Meta) -> None:
                heard.append(f"{replica}:{event.stock_version}")

            return hear

        one, two = buses("golden-cache"), buses("golden-cache")
        async with running(one.listen(GoldenPublished, hearer("a")), two.listen(GoldenPublished, hearer("b"))):  # type: ignore[arg-type]
            await one.publish(GoldenPublished(cluster_id="k", stock_version=7), meta())
            await eventually(lambda: _truth(len(heard) == 2))
        assert sorted(heard) == ["a:7", "b:7"]

    async def test_golden_lookup_round_trip_keeps_every_field(self, router: Bus, buses: Callable[[str], Bus]) -> None:
        async def look(request: GoldenLookup, _: Meta) -> GoldenReply:
            return GoldenReply(hit=True, answer=request.query.upper(), similarity=0.93, language="it")

        async with running(buses("golden-cache").respond(GoldenLookup, look)):
            reply = await router.request(GoldenLookup(query="quanto costa è"), timeout_s=1)
        assert reply.answer == "QUANTO COSTA È"
        assert reply.similarity == 0.93


async def _truth(value: object) -> object:
    return value
