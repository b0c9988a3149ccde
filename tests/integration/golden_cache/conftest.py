"""golden-cache between real parts: NATS, PostgreSQL, the offline model; asked as operator, router and night ask."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientError, ClientSession
from conftest import TestDatabase

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
from zantara.runtime.service import serve
from zantara.topology import OPERATOR
from zantara_cli.stack.model import ensure_model
from zantara_cli.stack.nats import NatsServer
from zantara_cli.stack.ports import free_port

ROOT = Path(__file__).parents[3]
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


class GoldenCache:
    """The service in this process, wired by its `main`, as often as it is started."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env

    @asynccontextmanager
    async def serving(self, **changed: str) -> AsyncIterator["GoldenCache"]:
        """Runs until the end of the block, then stops cleanly; `changed` are settings of this run."""
        here = GoldenCache({**self.env, "ZANTARA_HTTP_PORT": str(free_port()), **changed})
        stop = asyncio.Event()
        async with AsyncExitStack() as stack:
            running = asyncio.create_task(serve(await build(stack, here.env), stop))
            try:
                await here.up()
                yield here
            finally:
                stop.set()
                await asyncio.wait_for(running, timeout=20)

    async def up(self) -> None:
        """Wait for the health page."""
        async with asyncio.timeout(10):
            while (await self.page())[0] == 0:
                await asyncio.sleep(0.02)

    async def page(self) -> tuple[int, dict[str, Any]]:
        """Status and report of `/readyz`; 0 where nobody listens."""
        url = f"http://127.0.0.1:{self.env['ZANTARA_HTTP_PORT']}/readyz"
        try:
            async with ClientSession() as session, session.get(url) as reply:
                return reply.status, await reply.json()
        except ClientError:
            return 0, {}

    async def part(self, name: str) -> dict[str, Any]:
        """What the health page says of a part."""
        part: dict[str, Any] = (await self.page())[1]["parts"][name]
        return part


@pytest.fixture(scope="session")
def model_dir() -> Path:
    """The offline model, built once for the repository."""
    folder = ROOT / ".zantara" / "models"
    ensure_model(folder, lambda _: None)
    return folder


@pytest.fixture
def env(nats_server: NatsServer, fresh_database: TestDatabase, model_dir: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": fresh_database.url,
        "NATS_URL": nats_server.url("golden-cache"),
        "ZANTARA_HTTP_PORT": str(free_port()),
        "ZANTARA_MODEL_DIR": str(model_dir),
        "ZANTARA_LOG_LEVEL": "error",
        "GOLDEN_FLUSH_S": "0.2",
    }


@pytest.fixture
def golden(env: dict[str, str]) -> GoldenCache:
    return GoldenCache(env)


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
