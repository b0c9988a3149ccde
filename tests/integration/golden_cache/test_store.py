"""One contract for both stores: the twin in memory and PostgreSQL."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import numpy as np
import pytest
from conftest import TestDatabase

from golden_cache.domain.entries import Boundary, GoldenEntry, HardNegative, Source, Status
from golden_cache.domain.rows import (
    CURATED,
    Answer,
    Intake,
    Move,
    Origin,
    Query,
    Refusal,
    Strike,
    hashes,
    phrasings,
    standing,
)
from golden_cache.store import MemoryStore, PostgresStore
from zantara.clock import SystemClock
from zantara.db import Outbox
from zantara.embeddings import DIMENSION
from zantara.errors import Permanent
from zantara.events import GoldenPublished, Meta
from zantara.text.normal import query_hash

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CLOCK = SystemClock()


def answer(cluster_id: str = "overstay-fine", version: int = 1, *, text: str = "overstay fine", **rest: Any) -> Answer:
    """An answer with everything that can be set."""
    entry = GoldenEntry(
        cluster_id=cluster_id,
        topic="visa",
        asks="penalty",
        subject=("overstay", "denda"),
        questions={"en": f"{text}?", "it": f"{text} in italiano", "id": f"{text} bahasa"},
        variations={"en": (f"{text} a day", f"{text} per day"), "id": (f"{text} sehari",)},
        hard_negatives=(HardNegative(text=f"{text} appeal", language="en", why="other: appeal"),),
        answers={"en": "It costs.", "it": "Costa.", "id": "Biayanya."},
        sources=(Source(document_id=f"doc of {cluster_id}", title="Overstay", as_of="2026-05", score=0.75),),
        confidence=0.8,
        simulated=True,
        status=Status.APPROVED,
        version=version,
        expires_at=NOW + timedelta(days=180),
        boundary=Boundary(score=0.61),
    )
    fields: dict[str, Any] = {
        "entry": entry,
        "origin": Origin(
            generated_by="llama",
            generation_method="llama_rag",
            run_id="r1",
            prompt_version="v1",
            distinct_users=4,
        ),
        "checksum": "abc",
        "valid_months": 6.0,
        "status_by": "night",
        "updated_at": NOW,
        "created_at": NOW,
        **rest,
    }
    return Answer(**fields)


def vectors(of: Answer, seed: int = 1) -> dict[str, Any]:
    chance = np.random.default_rng(seed)
    return {each.text: chance.standard_normal(DIMENSION).astype(np.float32) for each in phrasings(of.entry)}


async def put(store: Any, *answers: Answer, model: str = "m1") -> None:
    async with store.changing() as change:
        for each in answers:
            await change.put(each, vectors(each), model)


async def add_next(store: Any, cluster_id: str) -> int:
    async with store.changing() as change:
        version: int = await change.next_version()
        await asyncio.sleep(0.01)
        await change.put(answer(cluster_id, version, text=cluster_id), vectors(answer(text=cluster_id)), "m1")
    return version


async def stopped(store: Any, stop: BaseException) -> None:
    async with store.changing() as change:
        await change.put(answer(), vectors(answer()), "m1")
        await change.keep(Intake(event_id="e1", outcome="published"))
        await change.announce(GoldenPublished(cluster_id="x", stock_version=1), Meta.new(source="t", clock=CLOCK))
        raise stop


async def keep(store: Any, event_id: str) -> None:
    async with store.changing() as change:
        await change.put(answer(version=9), vectors(answer()), "m1")
        await change.keep(Intake(event_id=event_id, outcome="again"))


async def mark(store: Any, after: Answer) -> None:
    async with store.changing() as change:
        await change.mark(after)


class StoreContract:
    """What every store must do; the fixture `store` comes from the subclass."""

    async def test_an_empty_store_has_nothing(self, store: Any) -> None:
        assert await store.version() == 0
        assert await store.since(-1, "m1") == []
        assert (await store.answer("x"), await store.intake("x")) == (None, None)
        assert await store.answers(None, 10) == []

    async def test_what_is_put_is_read_back_whole(self, store: Any) -> None:
        curated = answer("pt-pma", 2, text="pma", origin=CURATED, status_by="import", valid_months=None)
        plain = msgspec.structs.replace(
            curated, entry=msgspec.structs.replace(curated.entry, boundary=Boundary(), expires_at=None)
        )
        await put(store, answer(), plain)
        assert await store.answer("overstay-fine") == answer()
        assert await store.answer("pt-pma") == plain
        assert list((await store.answer("overstay-fine")).entry.questions) == ["en", "it", "id"]
        async with store.changing() as change:
            assert await change.answer("overstay-fine") == answer()

    async def test_content_is_replaced_and_usage_and_age_stay(self, store: Any) -> None:
        await put(store, answer())
        await store.count({"overstay-fine": 3}, NOW)
        later = answer(version=2, text="other words", created_at=NOW + timedelta(days=9), updated_at=NOW)
        await put(store, later)
        found = await store.answer("overstay-fine")
        assert (found.usage_count, found.last_used_at, found.created_at) == (3, NOW, NOW)
        assert found.entry == later.entry
        async with store.changing() as change:
            assert await change.claimed(hashes(answer().entry), besides="x", at=NOW) == {}
            assert len(await change.claimed(hashes(later.entry), besides="x", at=NOW)) == 6

    async def test_a_replica_reads_what_it_has_not_seen_in_any_state_with_vectors(self, store: Any) -> None:
        await put(store, answer(), answer("pt-pma", 2, text="pma"))
        assert await store.version() == 2
        both = await store.since(-1, "m1")
        assert [each.entry for each in both] == [answer().entry, answer("pt-pma", 2, text="pma").entry]
        for each in both:
            expected = vectors(
                answer(each.entry.cluster_id, text="pma" if each.entry.version == 2 else "overstay fine")
            )
            assert set(each.vectors) == set(expected)
            assert all(np.allclose(each.vectors[text], expected[text]) for text in expected)
        await mark(store, retired(answer(), 3))
        (left,) = await store.since(2, "m1")
        assert (left.entry.cluster_id, left.entry.status, left.entry.version) == ("overstay-fine", "retired", 3)
        assert await store.since(3, "m1") == []

    async def test_vectors_of_another_model_are_not_given_and_can_be_replaced(self, store: Any) -> None:
        await put(store, answer())
        (found,) = await store.since(-1, "m2")
        assert found.vectors == {}
        await store.embed("overstay-fine", vectors(answer(), seed=2), "m2")
        (found,) = await store.since(-1, "m2")
        assert np.allclose(found.vectors["overstay fine?"], vectors(answer(), seed=2)["overstay fine?"])
        (found,) = await store.since(-1, "m1")
        assert found.vectors == {}

    async def test_versions_are_seen_in_their_order(self, store: Any) -> None:
        seen: list[int] = []

        async def watch() -> None:
            while len(seen) < 12:
                seen.extend(each.entry.version for each in await store.since(max(seen, default=0), "m1"))
                await asyncio.sleep(0.001)

        versions = (await asyncio.gather(watch(), *(add_next(store, f"c{number}") for number in range(12))))[1:]
        assert seen == sorted(versions) == list(range(1, 13))

    async def test_an_error_or_a_cancellation_inside_keeps_nothing(self, store: Any) -> None:
        for stop in (RuntimeError("crash"), asyncio.CancelledError()):
            with pytest.raises(type(stop)):
                await stopped(store, stop)
        assert (await store.version(), await store.intake("e1")) == (0, None)

    async def test_an_event_is_taken_once(self, store: Any) -> None:
        kept = Intake(
            event_id="e1", outcome="retired", moves=(Move(cluster_id="a", stock_version=4, reason="changed: x"),)
        )
        async with store.changing() as change:
            await change.keep(kept)
            assert await change.intake("e1") == kept
        assert await store.intake("e1") == kept
        with pytest.raises(Permanent):
            await keep(store, "e1")
        assert (await store.intake("e1"), await store.version()) == (kept, 0)

    async def test_a_state_is_marked_and_the_content_stays(self, store: Any) -> None:
        await put(store, answer())
        after = retired(answer(), 2)
        await mark(store, after)
        assert await store.answer("overstay-fine") == after

    async def test_citing_finds_what_stands_on_a_document_and_is_older(self, store: Any) -> None:
        await put(
            store,
            answer(),
            answer("draft", 2, text="b", updated_at=NOW - timedelta(hours=1)),
            answer("gone", 3, text="c"),
            answer("newer", 4, text="d", updated_at=NOW + timedelta(hours=2)),
            answer("other", 5, text="e"),
        )
        await mark(store, retired(answer("gone", 3, text="c"), 6))
        documents = [f"doc of {name}" for name in ("overstay-fine", "draft", "gone", "newer")]
        async with store.changing() as change:
            found = await change.citing(documents, NOW + timedelta(hours=1))
            assert [each.entry.cluster_id for each in found] == ["draft", "overstay-fine"]
            assert await change.citing(documents, NOW - timedelta(hours=2)) == []
            assert await change.citing([], NOW + timedelta(hours=1)) == []

    async def test_claimed_names_other_answers_in_stock(self, store: Any) -> None:
        await put(store, answer(), answer("gone", 2, text="gone"))
        await mark(store, retired(answer("gone", 2, text="gone"), 3))
        texts = ["OVERSTAY fine a day!", "overstay fine appeal", "gone?", "new"]
        async with store.changing() as change:
            found = await change.claimed([query_hash(text) for text in texts], besides="new", at=NOW)
            assert found == {query_hash("overstay fine a day"): "overstay-fine"}
            assert await change.claimed([query_hash(texts[0])], besides="overstay-fine", at=NOW) == {}
            later = NOW + timedelta(days=200)
            assert await change.claimed([query_hash(texts[0])], besides="new", at=later) == {}

    async def test_strikes_count_once_a_turn(self, store: Any) -> None:
        await put(store, answer())

        async def strike(event_id: str, turn_id: str) -> bool:
            struck = Strike(event_id=event_id, cluster_id="overstay-fine", turn_id=turn_id, rating=1, struck_at=NOW)
            async with store.changing() as change:
                counted: bool = await change.strike(struck)
            return counted

        assert [await strike("e1", "t1"), await strike("e2", "t1"), await strike("e3", "t2")] == [True, False, True]
        assert (await store.answer("overstay-fine")).strikes == 2

    async def test_answers_come_most_used_first(self, store: Any) -> None:
        await put(store, *(answer(f"c{number}", number, text=f"c{number}") for number in (1, 2, 3)))
        await store.count({"c3": 2, "c1": 1, "unknown": 5}, NOW)
        await store.count({"c3": 1}, NOW - timedelta(days=1))
        assert [(each.entry.cluster_id, each.usage_count) for each in await store.answers(None, 2)] == [
            ("c3", 3),
            ("c1", 1),
        ]
        assert (await store.answer("c3")).last_used_at == NOW
        await mark(store, retired(answer("c1", 1, text="c1"), 4))
        assert [each.entry.cluster_id for each in await store.answers("retired", 9)] == ["c1"]


def retired(before: Answer, version: int) -> Answer:
    return standing(
        before,
        Status.RETIRED,
        by="knowledge",
        reason="changed: x",
        version=version,
        now=NOW + timedelta(minutes=5),
        expires_at=before.entry.expires_at,
    )


class TestMemoryStore(StoreContract):
    """The twin in memory."""

    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()


@pytest.mark.integration
class TestPostgresStore(StoreContract):
    """PostgreSQL."""

    @pytest.fixture
    def store(self, fresh_database: TestDatabase) -> PostgresStore:
        return PostgresStore(fresh_database.database, Outbox("golden_cache_outbox"))

    async def test_plain_sql_reads_the_english_rendering_and_all_variations(
        self, store: PostgresStore, fresh_database: TestDatabase
    ) -> None:
        await put(store, answer())
        row = await fresh_database.database.row(
            "SELECT canonical_question, variations, answer, sources, generation_method FROM golden_answers"
        )
        assert row is not None
        assert (row["canonical_question"], row["answer"]) == ("overstay fine?", "It costs.")
        assert row["variations"] == ["overstay fine a day", "overstay fine per day", "overstay fine sehari"]
        assert row["sources"][0]["document_id"] == "doc of overstay-fine"
        assert row["generation_method"] == "llama_rag"

    async def test_the_views_read_as_they_always_did(self, store: PostgresStore, fresh_database: TestDatabase) -> None:
        await put(store, answer(created_at=datetime.now(UTC) - timedelta(days=3)), answer("b", 2, text="b"))
        await store.count({"b": 7}, datetime.now(UTC))
        async with store.changing() as change:
            asked = [Query(text="overstay fine now", language="en", similarity=0.9, frequency=4)]
            await change.assign("overstay-fine", [*asked, query("overstay fine?", 0)], NOW)
            await change.assign("b", [query("b?", 2), query("bb", 1)], NOW)
        database = fresh_database.database
        rows = await database.rows("SELECT * FROM golden_answers_performance ORDER BY usage_count DESC")
        assert [(row["cluster_id"], row["usage_count"]) for row in rows] == [("b", 7), ("overstay-fine", 0)]
        assert list(rows[0].keys()) == [
            "cluster_id", "canonical_question", "usage_count", "confidence", "generated_by", "created_date",
            "last_used_date", "age_days",
        ]  # fmt: skip
        assert (rows[1]["age_days"], rows[1]["last_used_date"]) == (3, None)
        rows = await database.rows("SELECT * FROM query_clustering_summary ORDER BY total_frequency DESC")
        assert [tuple(row.values()) for row in rows] == [
            ("overstay-fine", "overstay fine?", 1, 4, 0.9, 0),
            ("b", "b?", 2, 3, 1.0, 7),
        ]

    async def test_what_the_night_reads_is_there(self, store: PostgresStore, fresh_database: TestDatabase) -> None:
        expired = answer("expired", 2, text="x")
        entry = msgspec.structs.replace(expired.entry, expires_at=datetime.now(UTC) - timedelta(days=1))
        await put(store, answer(), msgspec.structs.replace(expired, entry=entry))
        async with store.changing() as change:
            await change.assign("overstay-fine", [query("Overstay FINE!", 4)], NOW)
            await change.assign("expired", [query("overstay fine", 0)], NOW)
        database = fresh_database.database
        rows = await database.rows("SELECT query_hash, cluster_id, frequency FROM query_clusters")
        assert [tuple(row.values()) for row in rows] == [(query_hash("overstay fine"), "expired", 4)]
        rows = await database.rows(
            "SELECT cluster_id FROM golden_answers WHERE status IN ('approved', 'draft') "
            "AND (expires_at IS NULL OR expires_at > now())"
        )
        assert [row["cluster_id"] for row in rows] == ["overstay-fine"]

    async def test_an_event_of_a_change_is_in_the_outbox_once(
        self, store: PostgresStore, fresh_database: TestDatabase
    ) -> None:
        meta = Meta.new(source="t", clock=CLOCK)
        for _ in range(2):
            async with store.changing() as change:
                await change.announce(GoldenPublished(cluster_id="a", stock_version=1), meta)
        assert await fresh_database.database.value("SELECT count(*) FROM golden_cache_outbox") == 1

    async def test_refusals_are_kept(self, store: PostgresStore, fresh_database: TestDatabase) -> None:
        refusal = Refusal(
            event_id="e1", run_id="r1", cluster_id="c", questions={"en": "q"}, faults=("a", "b"), refused_at=NOW
        )
        async with store.changing() as change:
            await change.refuse(refusal)
        row = await fresh_database.database.row("SELECT questions, faults, refused_at FROM golden_refusals")
        assert row is not None
        assert tuple(row.values()) == ({"en": "q"}, ["a", "b"], NOW)


def query(text: str, frequency: int) -> Query:
    return Query(text=text, language="en", similarity=1.0, frequency=frequency)
