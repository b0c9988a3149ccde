"""golden-cache between real parts: NATS, PostgreSQL, the offline model; asked as operator, router and night ask."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from conftest import TestDatabase
from integration.serving import ROOT, Served, settings_of

from golden_cache.main import build
from zantara.bus.jetstream import JetStreamBus, open_bus
from zantara.clock import SystemClock
from zantara.errors import Overdue, Unavailable
from zantara.events import (
    ChatFeedback,
    ClusterQuery,
    Event,
    GoldenImported,
    GoldenLookup,
    GoldenProposed,
    GoldenPublished,
    GoldenReply,
    GoldenRetired,
    ImportGolden,
    KnowledgeChanged,
    Meta,
    SetGoldenStatus,
    Source,
)
from zantara.topology import OPERATOR
from zantara_cli.stack.nats import NatsServer

PACK = ROOT / "deploy" / "data" / "golden_pack" / "pack.jsonl"
CLOCK = SystemClock()

NIGHT_ANSWER = (
    "A drone heavier than a quarter of a kilogram is registered with the ministry before it flies; the registration "
    "takes about three working days and is bound to the passport of the pilot."
)


def pack() -> list[dict[str, Any]]:
    """The shipped answers."""
    return [json.loads(line) for line in PACK.read_text("utf-8").splitlines()]


def proposal(**changed: Any) -> GoldenProposed:
    """What a night could say about a question that the pack does not answer."""
    fields: dict[str, Any] = {
        "run_id": "golden-2026-11-20",
        "cluster_id": "register-drone-1a2b3c4d",
        "topic": "",
        "asks": "",
        "thing": (),
        "questions": {"en": "how do I register my drone in Indonesia"},
        "answers": {"en": NIGHT_ANSWER},
        "variations": {"en": ("drone registration steps", "registering a drone for flying")},
        "hard_negatives": (),
        "sources": (Source(id="life-09-drones", title="Drones", score=0.9, as_of="2026-05"),),
        "confidence": 0.8,
        "distinct_users": 4,
        "queries": (
            ClusterQuery(text="how do I register my drone in Indonesia", language="en", frequency=5, similarity=1.0),
        ),
        "generated_by": "llama-3.1-8b",
        "prompt_version": "golden-answer-v1",
        **changed,
    }
    return GoldenProposed(**fields)


class Operator:
    """What the command line does: sends answers, sets their state; and looks up as the router does."""

    def __init__(self, bus: JetStreamBus) -> None:
        self.bus = bus

    async def take(self, row: dict[str, Any]) -> GoldenImported:
        return await self.bus.request(ImportGolden(entry=row), timeout_s=30)

    async def take_pack(self, rows: list[dict[str, Any]]) -> list[GoldenImported]:
        """Four at a time, as the command line sends them."""
        slots = asyncio.Semaphore(4)

        async def one(row: dict[str, Any]) -> GoldenImported:
            async with slots:
                return await self.take(row)

        return list(await asyncio.gather(*map(one, rows)))

    async def look_up(self, query: str, language: str | None = None, **rest: Any) -> GoldenReply:
        return await self.bus.request(GoldenLookup(query=query, language=language, **rest), timeout_s=5)

    async def hits(self, query: str, language: str) -> bool:
        """Whether this very text leads to its answer."""
        try:
            return (await self.look_up(query, language)).match_type == "exact"
        except (Unavailable, Overdue):
            return False

    async def misses(self, query: str, language: str) -> bool:
        return not await self.hits(query, language)

    async def answers(self) -> bool:
        """Whether the service answers lookups by now."""
        try:
            await self.look_up("anything at all", "en")
        except (Unavailable, Overdue):
            return False
        return True

    async def set_status(self, cluster_id: str, status: Any, reason: str = "") -> str:
        request = SetGoldenStatus(cluster_id=cluster_id, status=status, reason=reason)
        return (await self.bus.request(request, timeout_s=5)).status


class Others:
    """The services that golden-cache listens to; `heard` is what it published."""

    def __init__(self, worker: JetStreamBus, rag: JetStreamBus, router: JetStreamBus) -> None:
        self._worker = worker
        self._rag = rag
        self._router = router
        self.heard: list[Event] = []

    async def propose(self, event: GoldenProposed, *, id: str | None = None) -> None:  # noqa: A002
        await self._worker.publish(event, Meta.new(source="llama-worker", clock=CLOCK, id=id))

    async def change(self, *document_ids: str, id: str | None = None) -> None:  # noqa: A002
        event = KnowledgeChanged(document_ids=document_ids, passage_ids=())
        await self._rag.publish(event, Meta.new(source="cultural-rag", clock=CLOCK, id=id))

    async def rate(self, cluster_id: str, turn_id: str, rating: int) -> None:
        event = ChatFeedback(
            feedback_id=f"rating of {turn_id}",
            turn_id=turn_id,
            conversation_id="c1",
            rating=rating,
            cluster_id=cluster_id,
        )
        await self._router.publish(event, Meta.new(source="chat-router", clock=CLOCK))


@pytest.fixture
def golden(nats_server: NatsServer, fresh_database: TestDatabase) -> Served:
    return Served(build, settings_of("golden-cache", nats_server, fresh_database, GOLDEN_FLUSH_S="0.2"))


@pytest_asyncio.fixture
async def operator(nats_server: NatsServer) -> AsyncIterator[Operator]:
    async with open_bus(nats_server.url(OPERATOR), service=OPERATOR, clock=CLOCK) as bus:
        yield Operator(bus)


@pytest_asyncio.fixture
async def others(nats_server: NatsServer) -> AsyncIterator[Others]:
    async with AsyncExitStack() as stack:
        names = ("llama-worker", "cultural-rag", "chat-router", "golden-cache")
        worker, rag, router, ear = [
            await stack.enter_async_context(open_bus(nats_server.url(name), service=name, clock=CLOCK))
            for name in names
        ]
        made = Others(worker, rag, router)

        async def keep(event: Event, meta: Meta) -> None:
            made.heard.append(event)

        listening = [asyncio.create_task(ear.listen(event, keep)) for event in (GoldenPublished, GoldenRetired)]
        await asyncio.sleep(0.05)
        try:
            yield made
        finally:
            for task in listening:
                task.cancel()
            await asyncio.wait(listening)


@pytest.fixture
def shipped() -> list[dict[str, Any]]:
    return pack()


@pytest.fixture
def draft() -> Callable[..., GoldenProposed]:
    """Makes a proposal of the night."""
    return proposal
