"""One contract for both stores: the twin in memory and PostgreSQL."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from jiwa_enricher.domain import (
    LIFETIME,
    Certainty,
    Enrichment,
    KnownFact,
    Plan,
    Profile,
    Slot,
    Transcript,
    build_profile,
    digest,
)
from jiwa_enricher.store import MemoryStore, PostgresStore
from zantara.clock import SystemClock
from zantara.errors import Permanent

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

Put = Callable[[Transcript], Awaitable[None]]


def fact(id: str, value: str = "il mare", **rest: Any) -> KnownFact:  # noqa: A002
    fields: dict[str, Any] = {
        "slot": Slot.INTERESTS, "value_en": "the sea", "certainty": Certainty.STATED, "confidence": 0.8, "quote": value,
        "turn_id": f"turn of {id}", "conversation_id": "c1", "language": "it", "valid_from": NOW, "confirmed_at": NOW,
        "created_at": NOW, "expires_at": NOW + LIFETIME[Slot.INTERESTS], "model": "llama", "prompt_version": "v1@x",
        **rest,
    }  # fmt: skip
    return KnownFact(id=id, value=value, **fields)


def enrichment(event_id: str, **rest: Any) -> Enrichment:
    fields: dict[str, Any] = {
        "conversation_id": "c1", "language": "it", "turns": 2, "added": 1, "strengthened": 0, "closed": 0,
        "dropped": {"vacuous": 2}, "model": "llama", "simulated": True, "fallback": False, "prompt_version": "v1@x",
        "input_tokens": 10, "output_tokens": 5, "cost_usd": 0.25, "last_turn_at": NOW, "created_at": NOW, **rest,
    }  # fmt: skip
    return Enrichment(event_id=event_id, **fields)


def plan(*added: KnownFact, changed: tuple[KnownFact, ...] = ()) -> Plan:
    return Plan(added=added, changed=changed, current=(*added, *changed), strengthened=0, closed=0, dropped={})


async def stopped(store: Any, stop: BaseException) -> None:
    async with store.person("anna") as person:
        await person.keep(plan(fact("f1")), enrichment("e1"))
        await person.renew(Profile(user_id="anna"))
        raise stop


async def kept_again(store: Any) -> None:
    async with store.person("anna") as person:
        await person.forget("f1")
        await person.keep(plan(), enrichment("e1"))


class StoreContract:
    """What every store must do; the fixtures `store` and `put` come from the subclass."""

    async def test_a_transcript_reads_as_recorded(self, store: Any, put: Put, talk: Any) -> None:
        told = talk.plain("c1", "anna", "ciao", "sogno il mare")
        await put(told)
        assert await store.transcript("c1") == told
        assert await store.transcript("nothing") is None

    async def test_an_anonymous_transcript_has_no_user(self, store: Any, put: Put, talk: Any) -> None:
        await put(talk.plain("c1", None, "ciao"))
        found = await store.transcript("c1")
        assert found.user_id is None

    async def test_what_is_kept_is_read_back_whole(self, store: Any) -> None:
        kept = fact("f1", also_turn_ids=("t2", "t3"))
        async with store.person("anna") as person:
            await person.keep(plan(kept), enrichment("e1"))
            await person.renew(build_profile("anna", [kept], [], NOW))
        assert await store.enrichment("e1") == enrichment("e1")
        assert await store.enrichment("e2") is None
        assert (await store.profile("anna")).facts == (kept,)
        async with store.person("anna") as person:
            assert await person.facts() == [kept]
            assert [(visit.conversation_id, visit.at) for visit in await person.visits()] == [("c1", NOW)]

    async def test_a_closed_fact_stays_on_record_but_is_not_current(self, store: Any) -> None:
        old = fact("f1")
        closed = msgspec.structs.replace(old, valid_to=NOW + timedelta(hours=1), closed_at=NOW + timedelta(hours=2))
        new = fact("f2", "i libri")
        async with store.person("anna") as person:
            await person.keep(plan(old), enrichment("e1"))
        async with store.person("anna") as person:
            await person.keep(plan(new, changed=(closed,)), enrichment("e2"))
        async with store.person("anna") as person:
            assert await person.facts() == [new]
            assert (await store.ping())["facts"] == 2

    async def test_evidence_is_added_and_the_words_never_change(self, store: Any) -> None:
        old = fact("f1")
        stronger = msgspec.structs.replace(
            old, confidence=0.95, also_turn_ids=("t9",), confirmed_at=NOW + timedelta(days=1)
        )
        async with store.person("anna") as person:
            await person.keep(plan(old), enrichment("e1"))
        async with store.person("anna") as person:
            await person.keep(plan(changed=(stronger,)), enrichment("e2"))
        async with store.person("anna") as person:
            assert await person.facts() == [stronger]

    async def test_an_error_or_a_cancellation_inside_keeps_nothing(self, store: Any) -> None:
        for stop in (RuntimeError("crash"), asyncio.CancelledError()):
            with pytest.raises(type(stop)):
                await stopped(store, stop)
        assert await store.enrichment("e1") is None
        assert await store.profile("anna") is None
        assert (await store.ping())["facts"] == 0

    async def test_the_same_event_twice_rolls_everything_back(self, store: Any) -> None:
        async with store.person("anna") as person:
            await person.keep(plan(fact("f1")), enrichment("e1"))
        with pytest.raises(Permanent):
            await kept_again(store)
        async with store.person("anna") as person:
            assert [each.id for each in await person.facts()] == ["f1"]

    async def test_one_writer_a_person_at_a_time(self, store: Any) -> None:
        order: list[str] = []

        async def write(name: str) -> None:
            async with store.person("anna"):
                order.append(f"{name} in")
                await asyncio.sleep(0.01)
                order.append(f"{name} out")

        await asyncio.gather(*(write(name) for name in "abc"))
        assert all(order[i][0] == order[i + 1][0] and order[i].endswith("in") for i in (0, 2, 4))

    async def test_two_people_do_not_wait_for_each_other(self, store: Any) -> None:
        async with store.person("anna"), asyncio.timeout(2), store.person("bruno") as bruno:
            assert await bruno.facts() == []

    async def test_one_fact_is_forgotten_with_a_tombstone_for_each_turn(self, store: Any) -> None:
        async with store.person("anna") as person:
            await person.keep(plan(fact("f1", also_turn_ids=("t2",)), fact("f2", "i libri")), enrichment("e1"))
        async with store.person("anna") as person:
            assert (await person.forget("f1"), await person.forget("f1"), await person.forget("unknown")) == (1, 0, 0)
        async with store.person("anna") as person:
            assert [each.id for each in await person.facts()] == ["f2"]
            tombstones = await person.tombstones()
        expected = {digest("anna", Slot.INTERESTS, turn_id) for turn_id in ("turn of f1", "t2")}
        assert (tombstones.facts, tombstones.everything_at) == (expected, None)

    async def test_what_has_passed_its_time_is_deleted(self, store: Any) -> None:
        stale, closed = fact("f1", expires_at=NOW), fact("f2", expires_at=NOW, valid_to=NOW, closed_at=NOW)
        async with store.person("anna") as person:
            await person.keep(plan(stale, closed, fact("f3")), enrichment("e1"))
        async with store.person("bruno") as person:
            await person.keep(plan(fact("f4")), enrichment("e2"))
        assert await store.expired(NOW - timedelta(seconds=1)) == []
        assert await store.expired(NOW) == ["anna"]
        async with store.person("anna") as person:
            assert await person.expire(NOW) == 2
        assert await store.expired(NOW) == []
        assert (await store.ping())["facts"] == 2

    async def test_everything_is_forgotten_but_the_fences(self, store: Any) -> None:
        for user_id in ("anna", "bruno"):
            async with store.person(user_id) as person:
                await person.keep(plan(fact(f"f of {user_id}")), enrichment(f"e of {user_id}"))
                await person.renew(build_profile(user_id, [fact(f"f of {user_id}")], [], NOW))
        async with store.person("anna") as person:
            assert await person.forget_all() == 1
        assert await store.profile("anna") is None
        assert await store.enrichment("e of anna") == enrichment("e of anna")
        assert (await store.profile("bruno")).user_id == "bruno"
        async with store.person("anna") as person:
            assert (await person.facts(), await person.visits()) == ([], [])
            assert (await person.tombstones()).everything_at is not None
        async with store.person("bruno") as person:
            assert len(await person.facts()) == 1
            assert (await person.tombstones()).everything_at is None

    async def test_people_never_see_each_other(self, store: Any) -> None:
        """Random interleavings of writing, forgetting and reading; each person's words carry a canary."""
        chance = random.Random(7)
        people = [f"person {number}" for number in range(6)]

        async def live(user_id: str) -> None:
            for step in range(8):
                await asyncio.sleep(chance.random() / 200)
                mine = fact(f"{user_id}:{step}", f"canary of {user_id}")
                async with store.person(user_id) as person:
                    await person.keep(plan(mine), enrichment(f"{user_id}:{step}", conversation_id=f"c of {user_id}"))
                    known = await person.facts()
                    await person.renew(build_profile(user_id, known, await person.visits(), NOW))
                    if chance.random() < 0.3:
                        await person.forget(chance.choice(known).id)
                        stranger = chance.choice([other for other in people if other != user_id])
                        assert await person.forget(f"{stranger}:0") == 0

        async def read() -> None:
            for _ in range(60):
                user_id = chance.choice(people)
                profile = await store.profile(user_id)
                assert profile is None or {each.value for each in profile.facts} <= {f"canary of {user_id}"}
                await asyncio.sleep(0.001)

        await asyncio.gather(*(live(user_id) for user_id in people), read(), read())
        for user_id in people:
            async with store.person(user_id) as person:
                assert {each.value for each in await person.facts()} == {f"canary of {user_id}"}
                assert {visit.conversation_id for visit in await person.visits()} == {f"c of {user_id}"}


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore(SystemClock())

    @pytest.fixture
    def put(self, store: MemoryStore) -> Put:
        async def put(transcript: Transcript) -> None:
            store.put(transcript)

        return put


@pytest.mark.integration
class TestPostgresStore(StoreContract):
    @pytest.fixture
    def store(self, fresh_database: Any) -> PostgresStore:
        return PostgresStore(fresh_database.database)

    @pytest.fixture
    def put(self, recorder: Any) -> Put:
        recorded: Put = recorder.record
        return recorded

    async def test_nothing_of_a_forgotten_person_is_left_in_any_table(
        self, store: PostgresStore, fresh_database: Any
    ) -> None:
        async with store.person("anna-canary") as person:
            await person.keep(plan(fact("f1", "canary")), enrichment("e1"))
            await person.renew(build_profile("anna-canary", [fact("f1", "canary")], [], NOW))
        async with store.person("anna-canary") as person:
            await person.forget_all()
        for table in ("memory_facts", "memory_profiles", "enrichments", "memory_tombstones"):
            rows = await fresh_database.database.rows(f"SELECT to_jsonb(t)::text AS row FROM {table} t")
            assert not [row for row in rows if "canary" in row["row"]], table
