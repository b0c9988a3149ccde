"""cultural-rag between real parts: NATS, PostgreSQL, the offline model; asked as the operator and the router ask."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from conftest import TestDatabase
from integration.serving import ROOT, Served, settings_of

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
from zantara.topology import OPERATOR
from zantara_cli.stack.nats import NatsServer

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


@pytest.fixture
def rag(nats_server: NatsServer, fresh_database: TestDatabase) -> Served:
    paces = {"CULTURAL_RAG_CATCH_UP_S": "0.5", "CULTURAL_RAG_FLUSH_S": "0.2"}
    return Served(build, settings_of("cultural-rag", nats_server, fresh_database, **paces))


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


@pytest.fixture
def write() -> Callable[..., str]:
    """Makes a document of our own."""
    return brief


@pytest.fixture
def read_shipped() -> Callable[[str], list[dict[str, Any]]]:
    """Reads a file of rows of the shipped data."""
    return shipped
