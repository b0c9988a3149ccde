"""jiwa-enricher between real parts: PostgreSQL written by a router, NATS, LLAMA played by the simulator over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from aiohttp import ClientSession, web
from prometheus_client import CollectorRegistry

from jiwa_enricher.clients import ModelReader
from jiwa_enricher.domain import Transcript, Turn
from jiwa_enricher.handlers import Enrich, Forget, Recall
from jiwa_enricher.store import PostgresStore
from zantara.bus import Bus
from zantara.bus.jetstream import open_bus
from zantara.clock import SystemClock
from zantara.db import Database
from zantara.events import ConversationEnded, ForgetMemory, MemoryRecall, Meta
from zantara.llm import ChatModel
from zantara.llm.factory import Wiring, llama_model
from zantara.llm.http_client import HttpClient
from zantara.llm.metrics import LlmMetrics
from zantara.llm.resilience import Guards
from zantara_cli.simulator.app import create_app
from zantara_cli.simulator.settings import SimulatorSettings
from zantara_cli.stack.nats import NatsServer

SAMPLE = Path(__file__).parents[3] / "deploy/data/conversations/sample.jsonl"
CLOCK = SystemClock()


class Simulator:
    """LLAMA and Claude over HTTP, with their control."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.llama_endpoint = f"{base}/v2/zantara-llama"

    async def calls(self) -> int:
        """Generations asked for so far."""
        async with ClientSession() as session, session.get(f"{self.base}/simulator/calls") as reply:
            return int((await reply.json())["total"])

    async def fault(self, **order: Any) -> None:
        async with ClientSession() as session, session.post(f"{self.base}/simulator/faults", json=order) as reply:
            assert reply.status == 201, await reply.text()

    async def heal(self) -> None:
        async with ClientSession() as session, session.delete(f"{self.base}/simulator/faults") as reply:
            assert reply.status == 200


@pytest_asyncio.fixture
async def simulator() -> AsyncIterator[Simulator]:
    runner = web.AppRunner(create_app(SimulatorSettings(llama_ms=20, port=0)))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield Simulator(f"http://127.0.0.1:{port}")
    finally:
        await runner.cleanup()


class Router:
    """Writes conversations as chat-router does, and tells that they have ended."""

    def __init__(self, database: Database, bus: Bus | None = None) -> None:
        self._database = database
        self._bus = bus

    async def record(self, transcript: Transcript) -> None:
        await self._database.run(
            "INSERT INTO conversations (id, user_id, user_hash, language, last_turn_at, created_at) "
            "VALUES ($1, $2, $3, $4, now(), now()) ON CONFLICT DO NOTHING",
            transcript.conversation_id,
            transcript.user_id,
            f"hash of {transcript.user_id}" if transcript.user_id else None,
            transcript.language,
        )
        for turn in transcript.turns:
            await self._database.run(
                "INSERT INTO turns (id, conversation_id, position, question, answer, language, category, ai_used, "
                "model, route, latency_ms, created_at) "
                "VALUES ($1, $2, $3, $4, $5, $6, 'casual', 'static', 'none', 'test', 1, $7) ON CONFLICT DO NOTHING",
                turn.id,
                transcript.conversation_id,
                turn.number,
                turn.question,
                turn.answer,
                turn.language,
                turn.at,
            )

    async def end(self, transcript: Transcript, event_id: str | None = None) -> None:
        assert self._bus is not None
        await self._bus.publish(ended(transcript), Meta.new(source="chat-router", clock=CLOCK, id=event_id))


def ended(transcript: Transcript) -> ConversationEnded:
    return ConversationEnded(
        conversation_id=transcript.conversation_id,
        user_hash=f"hash of {transcript.user_id}" if transcript.user_id else None,
        turns=len(transcript.turns),
        reason="closed",
        language=transcript.language,
    )


def conversation(id: str, user_id: str | None, *questions: str, language: str = "it") -> Transcript:  # noqa: A002
    """A conversation of the last hour."""
    start = datetime.now(UTC) - timedelta(hours=1)
    turns = tuple(
        Turn(
            id=f"{id}-{number}",
            number=number,
            question=question,
            answer="Certo, ne parliamo.",
            language=language,
            at=start + timedelta(minutes=number),
        )
        for number, question in enumerate(questions, start=1)
    )
    return Transcript(conversation_id=id, user_id=user_id, language=language, turns=turns)


def sample(id: str) -> Transcript:  # noqa: A002
    """A recorded conversation of the sample corpus, as if it had been held within the last hour."""
    rows = (json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines())
    row = next(row for row in rows if row["conversation_id"] == id)
    pairs = zip(row["turns"][::2], row["turns"][1::2], strict=True)
    plain = conversation(id, row["user_id"], *(asked["text"] for asked, _ in pairs), language=row["language"])
    answers = [turn["text"] for turn in row["turns"][1::2]]
    turns = (msgspec.structs.replace(turn, answer=answer) for turn, answer in zip(plain.turns, answers, strict=True))
    return msgspec.structs.replace(plain, turns=tuple(turns))


class Jiwa:
    """The service's parts in this process; `running` serves them over the bus."""

    def __init__(self, store: PostgresStore, enrich: Enrich, bus: Bus) -> None:
        self.store = store
        self.enrich = enrich
        self.bus = bus

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        loops: Sequence[Awaitable[None]] = (
            self.bus.consume(ConversationEnded, self.enrich),
            self.bus.respond(MemoryRecall, Recall(self.store, CLOCK)),
            self.bus.respond(ForgetMemory, Forget(self.store, CLOCK)),
        )
        tasks = [asyncio.ensure_future(loop) for loop in loops]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def llama(simulator: Simulator) -> AsyncIterator[ChatModel]:
    async with HttpClient() as http:
        guards = Guards(CLOCK, LlmMetrics(CollectorRegistry()))
        wiring = Wiring(http=http, clock=CLOCK, guards=guards, traffic="background")
        yield llama_model(simulator.llama_endpoint, "simulated", wiring=wiring)


Serving = Callable[..., Awaitable[Jiwa]]


@pytest_asyncio.fixture
async def serving(nats_server: NatsServer, fresh_database: Any, simulator: Simulator) -> AsyncIterator[Serving]:
    """Builds the service: `await serving(outage_retry_s=..., with_llama=...)`."""
    async with AsyncExitStack() as stack:

        async def build(
            *, outage_retry_s: float = 0.2, with_llama: bool = True, database: Database | None = None
        ) -> Jiwa:
            model = await stack.enter_async_context(llama(simulator)) if with_llama else None
            url = nats_server.url("jiwa-enricher")
            bus = await stack.enter_async_context(open_bus(url, service="jiwa-enricher", clock=CLOCK))
            store = PostgresStore(database or fresh_database.database)
            reader = ModelReader(llama=model, claude=None, clock=CLOCK, reading_s=20, outage_retry_s=outage_retry_s)
            return Jiwa(store, Enrich(store, store, reader, CLOCK), bus)

        yield build


@pytest_asyncio.fixture
async def router_bus(nats_server: NatsServer) -> AsyncIterator[Bus]:
    async with open_bus(nats_server.url("chat-router"), service="chat-router", clock=CLOCK) as bus:
        yield bus


@pytest.fixture
def router(fresh_database: Any, router_bus: Bus) -> Router:
    return Router(fresh_database.database, router_bus)


@pytest.fixture
def recorder(fresh_database: Any) -> Router:
    """A router without a bus: it only records."""
    return Router(fresh_database.database)


class Talk:
    """How tests make conversations."""

    plain = staticmethod(conversation)
    sample = staticmethod(sample)
    ended = staticmethod(ended)


@pytest.fixture
def talk() -> Talk:
    return Talk()
