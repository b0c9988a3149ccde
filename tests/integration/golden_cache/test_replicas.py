"""Replicas in step, restarts, a database that is away, a process that is killed: memory answers, nothing is lost."""

import asyncio
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from conftest import TestDatabase, eventually
from integration.serving import killed_while_taking
from msgspec.structs import replace

from golden_cache.domain.entries import Status
from golden_cache.domain.pack import entry_of
from golden_cache.domain.rows import CURATED, Answer, phrasings, tidy
from golden_cache.store import PostgresStore
from zantara.bus.jetstream import open_bus
from zantara.bus.jetstream.connection import connect
from zantara.clock import SystemClock
from zantara.db import Outbox, migrate
from zantara.embeddings import HashEmbedder
from zantara.errors import Unavailable
from zantara.events import ShowGolden
from zantara.topology import PROVISIONER
from zantara_cli.stack.nats import NatsServer
from zantara_cli.stack.postgres import running_postgres

pytestmark = pytest.mark.integration

CLOCK = SystemClock()


async def silently(database: Any, row: dict[str, Any]) -> None:
    """Writes an answer as another replica would, with vectors of another model, and tells nobody."""
    entry = tidy(entry_of(row, taken_at=CLOCK.now()))
    texts = [each.text for each in phrasings(entry)]
    vectors = dict(zip(texts, await HashEmbedder().embed(texts), strict=True))
    store = PostgresStore(database, Outbox("golden_cache_outbox"))
    async with store.changing() as change:
        version = await change.next_version()
        answer = Answer(
            entry=replace(entry, status=Status.APPROVED, version=version),
            origin=CURATED,
            checksum="x",
            valid_months=None,
            status_by="import",
            updated_at=CLOCK.now(),
            created_at=CLOCK.now(),
        )
        await change.put(answer, vectors, "hash")


async def in_stream(server: NatsServer, subject: str) -> int:
    """How many messages of a subject the stream holds."""
    client = await connect(server.url(PROVISIONER), name=PROVISIONER)
    try:
        info = await client.jetstream().stream_info("STOCK", subjects_filter=subject)
        return (info.state.subjects or {}).get(subject, 0)
    finally:
        await client.close()


async def test_every_replica_sees_an_update_within_a_second(
    golden: Any, operator: Any, shipped: list[dict[str, Any]]
) -> None:
    async with golden.serving() as one, golden.serving() as other:
        await operator.take_pack(shipped[:5])

        async def both(version: int) -> bool:
            parts = [await each.part("loaded") for each in (one, other)]
            return all(part["stock_version"] >= version for part in parts)

        await eventually(lambda: both(5))
        taken: list[float] = []
        for number, months in enumerate((7, 8, 9)):
            assert (await operator.take({**shipped[0], "valid_months": months})).outcome == "changed"
            started = monotonic()
            await eventually(lambda version=6 + number: both(version))
            taken.append(monotonic() - started)
        assert sorted(taken)[1] < 1.0, taken
        await operator.set_status(shipped[0]["cluster_id"], "retired")
        await eventually(lambda: both(9))
        for _ in range(20):
            assert not await operator.hits(shipped[0]["questions"]["en"], "en")


async def test_a_replica_that_heard_nothing_catches_up_and_embeds_with_its_model(
    golden: Any, operator: Any, shipped: list[dict[str, Any]], fresh_database: TestDatabase
) -> None:
    async with golden.serving(GOLDEN_CATCH_UP_S="0.3"):
        await eventually(operator.answers)
        await silently(fresh_database.database, shipped[0])
        await eventually(lambda: operator.hits(shipped[0]["questions"]["en"], "en"))
        found = await operator.look_up("what are the requirements to get an E28A investor KITAS", "en")
        assert (found.hit, found.match_type) == (True, "semantic")
    models = await fresh_database.database.rows("SELECT DISTINCT embedding_model FROM golden_phrasings")
    assert [row["embedding_model"] for row in models] == ["all-MiniLM-L6-v2-int8"]


async def test_a_restart_has_everything_in_memory_before_it_is_ready(
    golden: Any, operator: Any, shipped: list[dict[str, Any]]
) -> None:
    async with golden.serving():
        await operator.take_pack(shipped[:12])
    async with golden.serving() as here:
        status, report = await here.page()
        assert (status, report["status"]) == (200, "ready")
        assert report["parts"]["answers"]["answers"] == 12
        await eventually(operator.answers)
        for row in shipped[:12]:
            assert (await operator.look_up(row["questions"]["id"], "id")).cluster_id == row["cluster_id"]


async def test_without_postgres_lookups_answer_from_memory_and_uses_are_kept(
    golden: Any, operator: Any, others: Any, draft: Any, shipped: list[dict[str, Any]], tmp_path: Path
) -> None:
    question = shipped[0]["questions"]["en"]
    async with running_postgres(tmp_path / "pg", durable=False, keep=False) as postgres:
        await migrate(postgres.url(), ("golden_cache",))
        async with golden.serving(DATABASE_URL=postgres.url()) as here:
            await operator.take(shipped[0])
            await eventually(lambda: operator.hits(question, "en"))
            await postgres.stop()

            async def degraded() -> bool:
                status, report = await here.page()
                return status == 200 and report["status"] == "degraded" and not report["parts"]["postgres"]["ok"]

            await eventually(degraded)
            assert await operator.hits(question, "en")
            assert (await operator.look_up("requirements for an E28A in Thailand", "en")).reason
            with pytest.raises(Unavailable):
                await operator.take(shipped[1])
            await others.propose(draft(), id="night-1")
            await asyncio.sleep(0.5)
            await postgres.start()
            await eventually(lambda: operator.hits("how do I register my drone in Indonesia", "en"), timeout_s=30)

            async def counted() -> bool:
                try:
                    shown = await operator.bus.request(ShowGolden(cluster_id=shipped[0]["cluster_id"]), timeout_s=5)
                except Unavailable:
                    return False
                return bool(shown.entry["state"]["usage_count"] >= 2)

            await eventually(counted, timeout_s=20)


async def test_it_starts_without_postgres_unready_and_heals(
    golden: Any, operator: Any, shipped: list[dict[str, Any]], tmp_path: Path
) -> None:
    async with running_postgres(tmp_path / "pg", durable=False, keep=False) as postgres:
        await migrate(postgres.url(), ("golden_cache",))
        await postgres.stop()
        async with golden.serving(DATABASE_URL=postgres.url(), GOLDEN_CATCH_UP_S="0.3") as here:
            status, report = await here.page()
            assert (status, report["status"]) == (503, "unready")
            with pytest.raises(Unavailable):
                await operator.look_up("anything", "en")
            await postgres.start()
            await eventually(operator.answers, timeout_s=20)
            assert (await here.page())[0] == 200


async def test_killed_in_the_middle_of_imports_each_answer_is_published_exactly_once(
    golden: Any, operator: Any, shipped: list[dict[str, Any]], fresh_database: TestDatabase, nats_server: NatsServer
) -> None:
    """The stream drops a second publish of one id; whoever merely listens may hear it, and it moves nothing."""
    rows = shipped[:16]
    database = fresh_database.database

    async def stored() -> int:
        count: int = await database.value("SELECT count(*) FROM golden_answers")
        return count

    await killed_while_taking("golden_cache", golden.env, operator.take, rows, answers=operator.answers, kept=stored)
    async with golden.serving():
        await eventually(operator.answers)
        outcomes = {(await operator.take(row)).outcome for row in rows}

        async def all_told() -> bool:
            return not await database.value("SELECT count(*) FROM golden_cache_outbox WHERE published_at IS NULL")

        await eventually(all_told)
        await eventually(lambda: operator.hits(rows[-1]["questions"]["en"], "en"))
    assert outcomes == {"unchanged", "added"}
    assert await in_stream(nats_server, "golden.published") == len(rows)
    assert await database.value("SELECT count(*) FROM golden_cache_outbox") == len(rows)


async def test_no_wiring_differs_from_the_topology(golden: Any, nats_server: NatsServer) -> None:
    async with golden.serving() as here:
        async with open_bus(nats_server.url("golden-cache"), service="golden-cache", clock=CLOCK) as bus:
            await bus.ping()
        assert (await here.part("nats"))["ok"]
