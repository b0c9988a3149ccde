"""cultural-rag between real parts: NATS, PostgreSQL, the offline model; asked as the operator and the router ask."""

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

from cultural_rag.main import build
from zantara.bus.jetstream import JetStreamBus, open_bus
from zantara.clock import SystemClock
from zantara.errors import Overdue, Unavailable
from zantara.events import (
    DocumentImported,
    ImportCulture,
    ImportDocument,
    ImportPrices,
    KnowledgeChanged,
    KnowledgeSearch,
    Meta,
    Passage,
    RowsImported,
)
from zantara.runtime.service import serve
from zantara.topology import OPERATOR
from zantara_cli.stack.model import ensure_model
from zantara_cli.stack.nats import NatsServer
from zantara_cli.stack.ports import free_port

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "deploy" / "data"
CLOCK = SystemClock()

BRIEF = """---
id: {id}
title: {title}
language: {language}
topic: visa
audience: everybody
priority: normal
confidence: high
source: Written for the tests
as_of: 2026-05
---

# {title}

{body}
"""


def brief(
    body: str, *, document_id: str = "test-brief", title: str = "The lighthouse permit", language: str = "en"
) -> str:
    """A document of our own."""
    return BRIEF.format(id=document_id, title=title, language=language, body=body)


class Operator:
    """What the command line does: sends files and rows, and asks."""

    def __init__(self, bus: JetStreamBus) -> None:
        self.bus = bus

    async def take(self, markdown: str, name: str = "brief.md") -> DocumentImported:
        return await self.bus.request(ImportDocument(name=name, markdown=markdown), timeout_s=20)

    async def take_knowledge(self) -> list[DocumentImported]:
        """The shipped documents, four at a time."""
        slots = asyncio.Semaphore(4)

        async def one(file: Path) -> DocumentImported:
            async with slots:
                return await self.take(file.read_text("utf-8"), file.name)

        files = sorted((SHIPPED / "knowledge").glob("*.md"))
        return list(await asyncio.gather(*(one(file) for file in files)))

    async def take_prices(self) -> RowsImported:
        rows = tuple(shipped("prices/table.jsonl"))
        return await self.bus.request(ImportPrices(rows=rows), timeout_s=20)

    async def take_culture(self) -> RowsImported:
        request = ImportCulture(
            topics=tuple(shipped("culture/topics.jsonl")), insights=tuple(shipped("culture/insights.jsonl"))
        )
        return await self.bus.request(request, timeout_s=20)

    async def search(self, query: str, language: str | None = None, limit: int = 5) -> tuple[Passage, ...]:
        request = KnowledgeSearch(query=query, language=language, limit=limit)
        return (await self.bus.request(request, timeout_s=5)).passages

    async def answers(self) -> bool:
        """Whether the service answers searches by now."""
        try:
            await self.search("anything at all")
        except (Unavailable, Overdue):
            return False
        return True

    async def finds(self, document_id: str, query: str) -> bool:
        return document_id in {passage.document_id for passage in await self.search(query)}


def shipped(file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHIPPED / file).read_text("utf-8").splitlines()]


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
        "NATS_URL": nats_server.url("cultural-rag"),
        "ZANTARA_HTTP_PORT": str(free_port()),
        "ZANTARA_MODEL_DIR": str(model_dir),
        "ZANTARA_LOG_LEVEL": "error",
        "CULTURAL_RAG_CATCH_UP_S": "0.5",
        "CULTURAL_RAG_FLUSH_S": "0.2",
    }


@pytest_asyncio.fixture
async def operator(nats_server: NatsServer) -> AsyncIterator[Operator]:
    async with open_bus(nats_server.url(OPERATOR), service=OPERATOR, clock=CLOCK) as bus:
        yield Operator(bus)


@pytest_asyncio.fixture
async def heard(nats_server: NatsServer) -> AsyncIterator[list[KnowledgeChanged]]:
    """What another service hears on the bus."""
    async with open_bus(nats_server.url("chat-router"), service="chat-router", clock=CLOCK) as bus:
        kept: list[KnowledgeChanged] = []

        async def keep(event: KnowledgeChanged, meta: Meta) -> None:
            kept.append(event)

        listening = asyncio.create_task(bus.listen(KnowledgeChanged, keep))
        await asyncio.sleep(0.05)
        yield kept
        listening.cancel()
        await asyncio.wait([listening])


class Rag:
    """The service in this process, wired by its `main`, as often as it is started."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env

    @asynccontextmanager
    async def serving(self, **changed: str) -> AsyncIterator["Rag"]:
        """Runs until the end of the block, then stops cleanly; `changed` are settings of this run."""
        rag = Rag({**self.env, **changed})
        stop = asyncio.Event()
        async with AsyncExitStack() as stack:
            running = asyncio.create_task(serve(await build(stack, rag.env), stop))
            try:
                await rag.up()
                yield rag
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


@pytest.fixture
def rag(env: dict[str, str]) -> Rag:
    return Rag(env)


@pytest.fixture
def write() -> Callable[..., str]:
    """Makes a document of our own."""
    return brief


@pytest.fixture
def read_shipped() -> Callable[[str], list[dict[str, Any]]]:
    """Reads a file of rows of the shipped data."""
    return shipped
