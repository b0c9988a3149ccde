"""What is away, overloaded, malformed or killed: lookups go on from memory, nothing is lost, nothing happens twice."""

import asyncio
from pathlib import Path
from typing import Any

import nats
import pytest
from conftest import TestDatabase, eventually
from integration.serving import killed_while_taking

from cultural_rag.domain.documents import Document, read_document
from cultural_rag.store import KnowledgeStore
from zantara.bus import metrics
from zantara.bus.jetstream import open_bus
from zantara.clock import SystemClock
from zantara.db import Outbox, migrate
from zantara.embeddings import HashEmbedder
from zantara.errors import Invalid, Unavailable, ZantaraError
from zantara.events import CulturalLookup, Embedding, KnowledgeChanged, KnowledgeSearch, Meta
from zantara.topology import PROVISIONER, stream_of
from zantara.topology.permissions import inbox_prefix
from zantara_cli.stack.nats import NatsServer
from zantara_cli.stack.postgres import running_postgres

pytestmark = pytest.mark.integration

CLOCK = SystemClock()
BODY = "The lighthouse permit lets a keeper live beside the lamp for two years and costs four hundred shells."
QUESTION = "what does the lighthouse permit cost"


async def test_without_postgres_lookups_answer_from_memory_and_imports_come_back(
    rag: Any, operator: Any, write: Any, tmp_path: Path
) -> None:
    async with running_postgres(tmp_path / "pg", durable=False, keep=False) as postgres:
        await migrate(postgres.url(), ("cultural_rag",))
        async with rag.serving(DATABASE_URL=postgres.url()) as here:
            await operator.take(write(BODY))
            await eventually(lambda: operator.finds("test-brief", QUESTION))
            await postgres.stop()

            async def degraded() -> bool:
                status, report = await here.page()
                return status == 200 and report["status"] == "degraded" and not report["parts"]["postgres"]["ok"]

            await eventually(degraded)
            assert await operator.finds("test-brief", QUESTION)
            lookup = CulturalLookup(message="aku malu", category="emotional", language="id")
            assert (await operator.bus.request(lookup, timeout_s=5)).chunks
            with pytest.raises(Unavailable):
                await operator.take(write(BODY, document_id="second"))
            await postgres.start()

            async def taken() -> bool:
                try:
                    return (await operator.take(write(BODY, document_id="second"))).outcome == "added"
                except Unavailable:
                    return False

            await eventually(taken, timeout_s=20)
            await eventually(lambda: operator.finds("second", QUESTION))


async def test_it_starts_without_postgres_and_heals(rag: Any, operator: Any, write: Any, tmp_path: Path) -> None:
    async with running_postgres(tmp_path / "pg", durable=False, keep=False) as postgres:
        await migrate(postgres.url(), ("cultural_rag",))
        await postgres.stop()
        async with rag.serving(DATABASE_URL=postgres.url()) as here:
            status, report = await here.page()
            assert (status, report["status"]) == (200, "degraded")
            assert not report["parts"]["corpus"]["ok"]
            with pytest.raises(Unavailable):
                await operator.search(QUESTION)
            await postgres.start()
            await eventually(operator.answers, timeout_s=20)

            async def has_topics() -> bool:
                return (await here.part("culture")).get("topics") == 4

            await eventually(has_topics)


async def test_an_import_nobody_told_of_is_caught_up_and_embedded_with_the_present_model(
    rag: Any, operator: Any, write: Any, fresh_database: TestDatabase
) -> None:
    document = read_document("brief.md", write(BODY))
    assert isinstance(document, Document)
    vectors = dict.fromkeys((cut.passage_id for cut in document.passages), await HashEmbedder().embed_one("lamp"))
    async with rag.serving() as here:
        await eventually(operator.answers)
        store = KnowledgeStore(fresh_database.database, Outbox("cultural_rag_outbox"))
        meta = Meta.new(source="another replica", clock=CLOCK)
        await store.save_document(document, None, vectors, "hash", None, meta)
        await eventually(lambda: operator.finds("test-brief", QUESTION))

        async def embedded() -> bool:
            return bool((await here.part("corpus"))["without_vector"] == 0)

        await eventually(embedded)
    models = await fresh_database.database.rows("SELECT DISTINCT embedding_model FROM knowledge_passages")
    assert [row["embedding_model"] for row in models] == ["all-MiniLM-L6-v2-int8"]


@pytest.mark.parametrize(
    ("request_", "word"),
    [
        (KnowledgeSearch(query="   "), "query: empty"),
        (KnowledgeSearch(query="visa", limit=0), "limit: 1 to 20"),
        (KnowledgeSearch(query="visa", limit=1000), "limit: 1 to 20"),
        (CulturalLookup(message="halo", limit=4), "limit: 1 to 3"),
        (CulturalLookup(message=""), "message: empty"),
        (
            KnowledgeSearch(query="visa", embedding=Embedding(model="all-MiniLM-L6-v2-int8", vector=[1.0, 0.0])),
            "embedding: not a unit vector",
        ),
    ],
)
async def test_requests_out_of_bounds_are_invalid(rag: Any, operator: Any, request_: Any, word: str) -> None:
    async with rag.serving():
        with pytest.raises(Invalid, match=word):
            await operator.bus.request(request_, timeout_s=5)


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe", b"[]", b'{"limit": 3}', b'{"query": 7}', b'{"query": "a", "embedding": {"model": "x"}}'],
)
async def test_malformed_bodies_are_invalid(rag: Any, operator: Any, body: bytes) -> None:
    async with rag.serving():
        answer = await operator.bus._client.request("knowledge.search", body, timeout=5)
        assert answer.headers["Zantara-Status"] == "invalid"
        assert await operator.answers()


async def test_odd_messages_are_answered(rag: Any, operator: Any, write: Any) -> None:
    other = Embedding(model="another-model", vector=[0.1] * 7)
    async with rag.serving():
        await operator.take(write(BODY))
        await eventually(lambda: operator.finds("test-brief", QUESTION))
        for text in ("🙂", "?!", "visa " * 1800, "\u202e\u0000", "日本語の質問", "a"):
            await operator.search(text)
            await operator.bus.request(CulturalLookup(message=text), timeout_s=5)
        found = await operator.bus.request(KnowledgeSearch(query=QUESTION, embedding=other), timeout_s=5)
        assert found.passages[0].document_id == "test-brief"


async def test_too_many_at_once_are_told_busy(rag: Any, operator: Any, write: Any) -> None:
    async with rag.serving():
        await operator.take(write(BODY))
        await eventually(lambda: operator.finds("test-brief", QUESTION))

        async def one(number: int) -> str:
            request = KnowledgeSearch(query=f"{QUESTION} for keeper number {number}?")
            try:
                await operator.bus.request(request, timeout_s=10)
            except ZantaraError as error:
                return str(error)
            return "ok"

        outcomes = await asyncio.gather(*(one(number) for number in range(300)))
        assert set(outcomes) == {"ok", "knowledge.search: busy"}
        assert metrics.ANSWERED.labels("knowledge.search", "busy")._value.get() > 0
        assert await one(301) == "ok"


async def test_killed_in_the_middle_of_imports_each_document_is_announced_exactly_once(
    rag: Any, operator: Any, write: Any, heard: list[Any], fresh_database: TestDatabase, nats_server: NatsServer
) -> None:
    """A relay killed between publishing and marking publishes again: heard twice perhaps, kept once."""
    names = [f"brief-{number:02d}" for number in range(24)]
    documents = [write(f"{BODY} Keeper {name}.", document_id=name) for name in names]
    database = fresh_database.database

    async def stored() -> int:
        count: int = await database.value("SELECT count(*) FROM knowledge_documents")
        return count

    await killed_while_taking("cultural_rag", rag.env, operator.take, documents, answers=operator.answers, kept=stored)
    async with rag.serving():
        await eventually(operator.answers)
        outcomes = [(await operator.take(document)).outcome for document in documents]

        async def all_told() -> bool:
            return {event.document_ids[0] for event in heard} == set(names)

        await eventually(all_told)
    assert set(outcomes) == {"unchanged", "added"}
    assert await kept(nats_server) == len(names)
    assert await database.value("SELECT count(*) FROM knowledge_passages") == len(names)
    assert await database.value("SELECT count(*) FROM cultural_rag_outbox WHERE published_at IS NULL") == 0


async def kept(nats_server: NatsServer) -> int:
    """Events in the stream that keeps `knowledge.changed`."""
    client = await nats.connect(nats_server.url(PROVISIONER), inbox_prefix=inbox_prefix(PROVISIONER).encode())
    try:
        info = await client.jetstream().stream_info(stream_of(KnowledgeChanged).name)
        return info.state.messages
    finally:
        await client.close()


async def test_no_wiring_differs_from_the_topology(rag: Any, nats_server: NatsServer) -> None:
    async with rag.serving() as here:
        async with open_bus(nats_server.url("cultural-rag"), service="cultural-rag", clock=CLOCK) as bus:
            await bus.ping()
        assert (await here.part("nats"))["ok"]
