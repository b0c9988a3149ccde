"""A night on the real PostgreSQL and NATS: once per date, resumed where it stood, honest about an empty hand."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from conftest import TestDatabase, eventually

from llama_worker.domain.clusters import Cluster
from llama_worker.domain.runs import Outcome
from llama_worker.handlers import RunNight, Schedule, TellNight
from llama_worker.handlers.night import ClusterRule
from llama_worker.store import NightStore
from zantara.bus.jetstream import JetStreamBus, open_bus
from zantara.clock import ManualClock, SystemClock
from zantara.embeddings import HashEmbedder
from zantara.errors import Permanent, Unavailable
from zantara.events import (
    GoldenProposed,
    Meta,
    NightlyCompleted,
    NightlyTick,
    ShowNightly,
    Source,
)
from zantara_cli.stack.nats import NatsServer

pytestmark = pytest.mark.integration
CLOCK = SystemClock()
QUESTIONS = ("how much is the overstay fine", "what does an NPWP cost", "which bank account can a tourist open")


def proposal(run_id: str, cluster: Cluster) -> GoldenProposed:
    return GoldenProposed(
        run_id=run_id, cluster_id=cluster.cluster_id, topic="", asks="", thing=(),
        questions={"en": cluster.canonical.text}, answers={"en": "An answer."}, variations={}, hard_negatives=(),
        sources=(Source(id="d", title="t"),), confidence=0.8, distinct_users=cluster.people, queries=(),
        generated_by="scripted", prompt_version="v",
    )  # fmt: skip


class Killed(BaseException):
    """The process is gone."""


class Writer:
    """Writes an answer for each cluster; crashes, drops or is away as told."""

    def __init__(self, *, crash_after: int | None = None, drop: str = "", away: bool = False) -> None:
        self.written: list[str] = []
        self.crash_after = crash_after
        self.drop = drop
        self.away = away

    async def __call__(self, run_id: str, cluster: Cluster) -> Outcome:
        if self.away:
            raise Unavailable("knowledge.search")
        if self.crash_after is not None and len(self.written) >= self.crash_after:
            raise Killed
        self.written.append(cluster.cluster_id)
        if self.drop:
            return Outcome(cluster_id=cluster.cluster_id, reason=self.drop)
        return Outcome(cluster_id=cluster.cluster_id, proposal=proposal(run_id, cluster), llama_tokens=10)


@pytest.fixture
async def store(fresh_database: TestDatabase) -> NightStore:
    """Three questions, each asked by three people."""
    database = fresh_database.database
    for number, question in enumerate(QUESTIONS):
        for person in range(3):
            conversation = f"c{number}{person}"
            await database.run("INSERT INTO conversations (id, user_hash) VALUES ($1, $2)", conversation, f"u{person}")
            await database.run(
                "INSERT INTO turns (id, conversation_id, position, question, answer, language, category, ai_used,"
                " model, route, latency_ms) VALUES ($1, $1, 1, $2, 'a', 'en', 'business_simple', 'x', 'x', 'x', 1)",
                conversation,
                question,
            )
    return NightStore(database)


def night(store: NightStore, writer: Writer) -> RunNight:
    rule = ClusterRule(threshold=0.95, min_queries=3, min_people=3)
    return RunNight(store, HashEmbedder(), writer, rule, concurrency=1)


def tick(run_date: str = "2026-11-20", run_id: str = "") -> NightlyTick:
    return NightlyTick(job="golden", run_date=run_date, run_id=run_id)


def meta() -> Meta:
    return Meta.new(source="llama-worker", clock=CLOCK, id="tick")


async def test_a_night_proposes_an_answer_per_cluster_and_is_on_record(
    store: NightStore, fresh_database: TestDatabase
) -> None:
    events = await night(store, Writer())(tick(), meta())
    proposed = [event for event in events if isinstance(event, GoldenProposed)]
    assert sorted(event.questions["en"] for event in proposed) == sorted(QUESTIONS)
    completed = events[-1]
    assert isinstance(completed, NightlyCompleted)
    assert (completed.status, completed.queries, completed.clusters, completed.golden_answers) == ("completed", 9, 3, 3)
    row = await fresh_database.database.row("SELECT * FROM nightly_worker_runs")
    assert row is not None
    assert (row["golden_answers_generated"], row["llama_tokens_used"], row["status"]) == (3, 30, "completed")
    assert row["end_time"] >= row["start_time"]
    told = await TellNight(store)(ShowNightly(run_id="golden-2026-11-20"), meta())
    assert (told.status, told.done, told.total, told.coverage) == ("completed", 3, 3, 1.0)


async def test_redelivered_it_gives_the_same_events_and_writes_nothing_again(store: NightStore) -> None:
    first = await night(store, Writer())(tick(), meta())
    again = Writer()
    assert list(await night(store, again)(tick(), meta())) == list(first)
    assert again.written == []


@pytest.mark.parametrize("survived", [0, 1, 2])
async def test_killed_in_the_middle_it_goes_on_where_it_stood(store: NightStore, survived: int) -> None:
    dying = Writer(crash_after=survived)
    with pytest.raises(BaseExceptionGroup):
        await night(store, dying)(tick(), meta())
    heir = Writer()
    events = await night(store, heir)(tick(), meta())
    assert len(dying.written) == survived
    assert sorted(dying.written + heir.written) == sorted(set(dying.written + heir.written))
    assert sum(isinstance(event, GoldenProposed) for event in events) == 3


async def test_one_scheduled_run_per_date_but_as_many_by_hand_as_asked_for(
    store: NightStore, fresh_database: TestDatabase
) -> None:
    await night(store, Writer())(tick(), meta())
    await night(store, Writer())(tick(), meta())
    await night(store, Writer())(tick(run_id="by-hand-1"), meta())
    await night(store, Writer())(tick(run_id="by-hand-2"), meta())
    await night(store, Writer())(tick("2026-11-21"), meta())
    assert await fresh_database.database.value("SELECT count(*) FROM nightly_worker_runs WHERE scheduled") == 2
    assert await fresh_database.database.value("SELECT count(*) FROM nightly_worker_runs WHERE NOT scheduled") == 2


async def test_a_night_that_wrote_nothing_although_it_should_have_is_failed(store: NightStore) -> None:
    events = await night(store, Writer(drop="llama:TimedOut"))(tick(), meta())
    (completed,) = events
    assert isinstance(completed, NightlyCompleted)
    assert (completed.status, completed.dropped) == ("failed", {"llama:TimedOut": 3})
    assert completed.error


async def test_a_night_with_nothing_to_do_is_completed(fresh_database: TestDatabase) -> None:
    (completed,) = await night(NightStore(fresh_database.database), Writer())(tick(), meta())
    assert isinstance(completed, NightlyCompleted)
    assert (completed.status, completed.queries) == ("completed", 0)


async def test_without_knowledge_the_night_waits_and_loses_nothing(store: NightStore) -> None:
    with pytest.raises(Unavailable):
        await night(store, Writer(away=True))(tick(), meta())
    assert sum(isinstance(event, GoldenProposed) for event in await night(store, Writer())(tick(), meta())) == 3


async def test_a_run_that_can_never_succeed_ends_as_failed_and_says_why(store: NightStore) -> None:
    class Refuses(Writer):
        async def __call__(self, run_id: str, cluster: Cluster) -> Outcome:
            raise Permanent("PostgreSQL: no such column")

    (completed,) = await night(store, Refuses())(tick(), meta())
    assert isinstance(completed, NightlyCompleted)
    assert (completed.status, completed.error) == ("failed", "PostgreSQL: no such column")


async def test_what_is_in_stock_already_is_not_written_again(store: NightStore, fresh_database: TestDatabase) -> None:
    first = await night(store, Writer())(tick(), meta())
    (one, *_) = (event for event in first if isinstance(event, GoldenProposed))
    await _stock(fresh_database, one)
    writer = Writer()
    await night(store, writer)(tick("2026-11-21"), meta())
    assert len(writer.written) == 2
    assert one.cluster_id not in writer.written


async def _stock(fresh_database: TestDatabase, proposed: GoldenProposed) -> None:
    columns: dict[str, Any] = {
        "cluster_id": proposed.cluster_id, "canonical_question": proposed.questions["en"], "variations": [],
        "answer": "An answer.", "sources": [], "topic": "", "asks": "", "subject": [], "questions": {},
        "variations_by_language": {}, "answers": {}, "hard_negatives": [], "boundary": None, "status": "approved",
        "status_by": "night", "status_reason": "", "strikes": 0, "stock_version": 1, "checksum": "x",
        "valid_months": None, "expires_at": None, "generated_by": "x", "generation_method": "x", "run_id": "",
        "prompt_version": "", "distinct_users": 3, "simulated": True, "confidence": 1.0,
        "created_at": datetime.now(UTC).isoformat(), "updated_at": datetime.now(UTC).isoformat(),
    }  # fmt: skip
    names = ", ".join(columns)
    await fresh_database.database.run(
        f"INSERT INTO golden_answers ({names}) SELECT {names} "
        "FROM jsonb_populate_record(NULL::golden_answers, $1::jsonb)",
        columns,
    )


@pytest.fixture
async def bus(nats_server: NatsServer) -> AsyncIterator[JetStreamBus]:
    async with open_bus(nats_server.url("llama-worker"), service="llama-worker", clock=CLOCK) as opened:
        yield opened


async def test_the_schedule_ticks_once_a_date_with_two_replicas_restarts_and_clocks_that_jump(
    store: NightStore, bus: JetStreamBus, fresh_database: TestDatabase
) -> None:
    await fresh_database.database.run("UPDATE nightly_installation SET installed_at = '2026-11-18T00:00:00Z'")
    clock = ManualClock(datetime(2026, 11, 19, 2, 0, tzinfo=UTC))
    writer = Writer()
    consuming = asyncio.create_task(bus.consume(NightlyTick, night(store, writer)))
    try:
        replicas = [Schedule(store, bus, clock, hour_utc=3) for _ in range(2)]
        assert [await each.look() for each in replicas] == [datetime(2026, 11, 18, tzinfo=UTC).date()] * 2
        await eventually(lambda: _runs(fresh_database, 1))
        for _ in range(3):
            clock.advance(timedelta(hours=1).total_seconds())
            await asyncio.gather(*(each.look() for each in replicas))
            await asyncio.sleep(0.2)
        await eventually(lambda: _runs(fresh_database, 2))
        clock.advance(-timedelta(hours=2).total_seconds())
        await asyncio.gather(*(each.look() for each in replicas))
        clock.advance(timedelta(days=5).total_seconds())
        await asyncio.gather(*(each.look() for each in replicas))
        await eventually(lambda: _runs(fresh_database, 3))
        await asyncio.sleep(0.3)
    finally:
        consuming.cancel()
        await asyncio.gather(consuming, return_exceptions=True)
    rows = await fresh_database.database.rows("SELECT run_date::text AS d FROM nightly_worker_runs ORDER BY run_date")
    assert [row["d"] for row in rows] == ["2026-11-18", "2026-11-19", "2026-11-24"]


async def _runs(fresh_database: TestDatabase, expected: int) -> bool:
    count = await fresh_database.database.value("SELECT count(*) FROM nightly_worker_runs WHERE status <> 'running'")
    return bool(count == expected)


def test_vectors_of_unlike_questions_are_unlike() -> None:
    """The fake embedder must keep the three questions apart, or the tests above say nothing."""
    vectors = asyncio.run(HashEmbedder().embed(QUESTIONS))
    assert np.triu(vectors @ vectors.T, 1).max() < 0.95
