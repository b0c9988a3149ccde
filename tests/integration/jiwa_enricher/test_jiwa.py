"""From the end of a conversation to the memory of the next: real NATS, PostgreSQL and a model over HTTP."""

import asyncio
import random
import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from conftest import eventually

from jiwa_enricher.handlers import Recall
from jiwa_enricher.store import PostgresStore
from zantara.bus import Bus
from zantara.bus.jetstream import DeadLetterBox
from zantara.clock import SystemClock
from zantara.db import migrate, open_database
from zantara.errors import Unavailable
from zantara.events import ForgetMemory, Memory, MemoryRecall, Meta
from zantara.topology import OPERATOR
from zantara_cli.stack.nats import NatsServer
from zantara_cli.stack.postgres import running_postgres

pytestmark = pytest.mark.integration

CLOCK = SystemClock()


async def recalled(bus: Bus, user_id: str) -> Memory | None:
    return (await bus.request(MemoryRecall(user_id=user_id), timeout_s=2)).memory


async def found(bus: Bus, user_id: str) -> Memory | None:
    """The memory as soon as somebody answers and knows it."""
    try:
        return await recalled(bus, user_id)
    except Unavailable:
        return None


async def test_a_recorded_conversation_becomes_memory_with_evidence(
    serving: Any, router: Any, router_bus: Bus, fresh_database: Any, talk: Any
) -> None:
    jiwa = await serving()
    marta = talk.sample("cd001")
    await router.record(marta)
    async with jiwa.running():
        await router.end(marta)
        memory = await eventually(lambda: found(router_bus, "cust_001"))
    assert memory is not None
    assert (memory.name, memory.language, memory.tone, memory.conversations) == ("Marta", "it", "detailed", 1)
    assert {"name", "dreams", "anxieties", "life_phase", "communication_preference", "emotional_state"} <= {
        fact.slot for fact in memory.facts
    }
    words = " ".join(turn.question for turn in marta.turns)
    assert all(fact.quote in words for fact in memory.facts)
    assert "name: Marta" in memory.block.splitlines()
    rows = await fresh_database.database.rows("SELECT * FROM memory_facts WHERE user_id = 'cust_001'")
    assert {row["turn_id"] for row in rows} <= {turn.id for turn in marta.turns}
    assert {row["model"] for row in rows} == {await fresh_database.database.value("SELECT model FROM enrichments")}
    assert await fresh_database.database.value("SELECT simulated FROM enrichments")
    assert all(row["prompt_version"].startswith("jiwa_facts_v1@") for row in rows)


async def test_redelivery_changes_nothing(
    serving: Any, router: Any, simulator: Any, fresh_database: Any, talk: Any
) -> None:
    jiwa = await serving()
    marta = talk.sample("cd001")
    await router.record(marta)
    meta = Meta.new(source="chat-router", clock=CLOCK, id="e1")
    first = await jiwa.enrich(talk.ended(marta), meta)
    before = await snapshot(fresh_database)
    assert await jiwa.enrich(talk.ended(marta), meta) == first
    assert await snapshot(fresh_database) == before
    assert await simulator.calls() == 1


async def test_cut_off_between_model_and_commit_then_exactly_once(
    serving: Any, router: Any, simulator: Any, fresh_database: Any, talk: Any
) -> None:
    jiwa = await serving()
    marta = talk.sample("cd001")
    await router.record(marta)
    meta = Meta.new(source="chat-router", clock=CLOCK, id="e1")
    async with PostgresStore(fresh_database.database).person("cust_001"):  # holds the merge back
        task = asyncio.create_task(jiwa.enrich(talk.ended(marta), meta))
        await eventually(simulator.calls)
        await eventually(lambda: waiting_for_the_lock(fresh_database))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await counts(fresh_database) == {"memory_facts": 0, "memory_profiles": 0, "enrichments": 0}
    (event,) = await jiwa.enrich(talk.ended(marta), meta)
    kept = await counts(fresh_database)
    assert kept == {"memory_facts": event.facts_added, "memory_profiles": 1, "enrichments": 1}
    assert await jiwa.enrich(talk.ended(marta), meta) == (event,)
    assert await counts(fresh_database) == kept


async def test_three_deliveries_at_once_are_one_effect(
    serving: Any, router: Any, fresh_database: Any, talk: Any
) -> None:
    jiwa = await serving()
    marta = talk.sample("cd001")
    await router.record(marta)
    meta = Meta.new(source="chat-router", clock=CLOCK, id="e1")
    outcomes = await asyncio.gather(*(jiwa.enrich(talk.ended(marta), meta) for _ in range(3)))
    assert outcomes[0] == outcomes[1] == outcomes[2]
    assert (await counts(fresh_database))["enrichments"] == 1


async def test_a_second_conversation_joins_the_first(serving: Any, router: Any, router_bus: Bus, talk: Any) -> None:
    jiwa = await serving()
    first = talk.plain("c1", "anna", "Buonasera, mi chiamo Anna. Sogno un caffè libreria vicino al mare")
    second = talk.plain(
        "c2", "anna", "Salve! Sogno sempre quel caffè libreria vicino al mare", "Preferisco risposte brevi"
    )
    async with jiwa.running():
        for number, told in enumerate((first, second), start=1):
            await router.record(told)
            await router.end(told)
            await eventually(lambda number=number: seen_conversations(router_bus, "anna", number))
        memory = await recalled(router_bus, "anna")
    assert memory is not None
    assert (memory.name, memory.tone, memory.conversations) == ("Anna", "concise", 2)
    assert len([fact for fact in memory.facts if fact.slot == "dreams"]) == 1
    assert "2 conversations since" in memory.block


async def test_an_anonymous_conversation_reaches_no_model(
    serving: Any, router: Any, simulator: Any, fresh_database: Any, talk: Any
) -> None:
    jiwa = await serving()
    nobody, somebody = talk.plain("c1", None, "Mi chiamo Anna e sogno il mare"), talk.sample("cd003")
    await router.record(nobody)
    await router.record(somebody)
    async with jiwa.running():
        await router.end(nobody)
        await router.end(somebody)
        await eventually(lambda: kept(fresh_database, "enrichments", 1))
    assert await simulator.calls() == 1
    rows = await fresh_database.database.rows("SELECT DISTINCT user_id FROM memory_facts")
    assert [row["user_id"] for row in rows] == ["cust_003"]


async def test_nobody_ever_sees_anothers_memory(serving: Any, router: Any, router_bus: Bus, talk: Any) -> None:
    """Twenty conversations of five people end in random order while everybody recalls; each carries canaries."""
    jiwa = await serving()
    chance = random.Random(11)
    people = {f"user-{name}": name for name in ("Alba", "Bruna", "Carla", "Dora", "Elsa")}
    told = [
        talk.plain(f"{user_id}-{number}", user_id, f"Ciao, mi chiamo {name}. Sogno una casa a {name}ville {number}")
        for user_id, name in people.items()
        for number in range(4)
    ]
    chance.shuffle(told)
    seen: list[tuple[str, str]] = []

    async def spy() -> None:
        while True:
            user_id = chance.choice(list(people))
            memory = await found(router_bus, user_id)
            if memory is not None:
                seen.append((user_id, f"{memory.user_id} {memory.name} {memory.block} {memory.facts}"))
            await asyncio.sleep(0.002)

    async with jiwa.running():
        spying = asyncio.create_task(spy())
        for each in told:
            await router.record(each)
            await router.end(each)
            await asyncio.sleep(chance.random() / 50)
        for user_id in people:
            await eventually(lambda user_id=user_id: seen_conversations(router_bus, user_id, 4))
        spying.cancel()
        final = {user_id: await recalled(router_bus, user_id) for user_id in people}
    assert len(seen) > 20
    for user_id, text in [*seen, *((user_id, repr(memory)) for user_id, memory in final.items())]:
        strangers = [name for other, name in people.items() if other != user_id]
        assert not [name for name in strangers if name in text]
    assert [memory.name for memory in final.values() if memory] == list(people.values())


async def test_forgetting_over_the_bus(
    serving: Any, router: Any, router_bus: Bus, fresh_database: Any, talk: Any
) -> None:
    jiwa = await serving()
    marta = talk.sample("cd001")
    await router.record(marta)
    async with jiwa.running():
        await router.end(marta)
        memory = await eventually(lambda: found(router_bus, "cust_001"))
        assert memory is not None
        name = next(fact for fact in memory.facts if fact.slot == "name")
        assert (await router_bus.request(ForgetMemory(user_id="other", fact_id=name.id), timeout_s=2)).facts == 0
        assert (await router_bus.request(ForgetMemory(user_id="cust_001", fact_id=name.id), timeout_s=2)).facts == 1
        after = await recalled(router_bus, "cust_001")
        assert after is not None
        assert (after.name, len(after.facts)) == (None, len(memory.facts) - 1)
        await router.end(marta, event_id="ended again")
        await eventually(lambda: kept(fresh_database, "enrichments", 2))
        assert await recalled(router_bus, "cust_001") == after
        everything = await router_bus.request(ForgetMemory(user_id="cust_001"), timeout_s=2)
        assert everything.facts >= len(after.facts)
        assert await recalled(router_bus, "cust_001") is None
    assert (await counts(fresh_database))["memory_facts"] == 0


async def test_llama_away_is_retried_and_nothing_is_lost(
    serving: Any, router: Any, router_bus: Bus, simulator: Any, nats_server: NatsServer, talk: Any
) -> None:
    jiwa = await serving(outage_retry_s=0.3)
    marta = talk.sample("cd001")
    await router.record(marta)
    await simulator.fault(fault="error", arg="503")
    async with jiwa.running():
        await router.end(marta)
        await eventually(lambda: asked(simulator, 2))
        assert await recalled(router_bus, "cust_001") is None
        await simulator.heal()
        memory = await eventually(lambda: found(router_bus, "cust_001"), timeout_s=30)
    assert memory is not None
    assert memory.name == "Marta"
    async with DeadLetterBox.open(nats_server.url(OPERATOR)) as box:
        assert await box.letters() == []


async def test_llama_switched_off_waits_and_asks_nobody(
    serving: Any, router: Any, router_bus: Bus, simulator: Any, talk: Any
) -> None:
    marta = talk.sample("cd001")
    await router.record(marta)
    off = await serving(outage_retry_s=0.5, with_llama=False)
    async with off.running():
        await router.end(marta)
        await asyncio.sleep(0.4)
        assert await recalled(router_bus, "cust_001") is None
    assert await simulator.calls() == 0
    on = await serving()
    async with on.running():
        memory = await eventually(lambda: found(router_bus, "cust_001"))
    assert memory is not None
    assert memory.name == "Marta"


async def test_with_postgres_away_recall_fails_fast_and_heals(
    serving: Any, router_bus: Bus, tmp_path: Path, talk: Any
) -> None:
    async with running_postgres(tmp_path / "pg", durable=False, keep=False) as server:
        await migrate(server.url(), ("chat_router", "jiwa_enricher"))
        async with open_database(server.url()) as database:
            jiwa = await serving(database=database)
            await database.run(
                "INSERT INTO memory_profiles (user_id, profile) VALUES ('anna', $1)",
                {"user_id": "anna", "conversations": 2},
            )
            async with jiwa.running():
                assert await eventually(lambda: found(router_bus, "anna"))
                await server.stop()
                started = time.monotonic()
                with pytest.raises(Unavailable):
                    await router_bus.request(MemoryRecall(user_id="anna"), timeout_s=0.08)
                assert time.monotonic() - started < 1
                with pytest.raises(Unavailable):
                    await jiwa.store.ping()
                with pytest.raises(Unavailable):
                    await jiwa.enrich(talk.ended(talk.sample("cd001")), Meta.new(source="t", clock=CLOCK))
                await server.start()
                memory = await eventually(lambda: found(router_bus, "anna"))
    assert memory is not None
    assert memory.conversations == 2


async def test_recall_is_one_indexed_read(
    serving: Any, router: Any, router_bus: Bus, fresh_database: Any, talk: Any
) -> None:
    """Correct under 200 recalls in a row; the median is printed, a benchmark judges it."""
    jiwa = await serving()
    marta = talk.sample("cd001")
    await router.record(marta)
    plan = await fresh_database.database.rows("EXPLAIN SELECT profile FROM memory_profiles WHERE user_id = 'x'")
    assert any("Index" in row["QUERY PLAN"] for row in plan)
    async with jiwa.running():
        await router.end(marta)
        memory = await eventually(lambda: found(router_bus, "cust_001"))
        taken_ms = []
        for _ in range(200):
            started = time.perf_counter()
            assert await recalled(router_bus, "cust_001") == memory
            taken_ms.append((time.perf_counter() - started) * 1000)
        direct = Recall(jiwa.store, CLOCK)
        assert (await direct(MemoryRecall(user_id="cust_001"), Meta.new(source="t", clock=CLOCK))).memory == memory
    print(f"memory.recall over NATS: p50 {median(taken_ms):.2f} ms, p99 {sorted(taken_ms)[197]:.2f} ms")


async def snapshot(fresh_database: Any) -> list[str]:
    tables = ("memory_facts", "memory_profiles", "enrichments", "memory_tombstones")
    found = [await fresh_database.database.rows(f"SELECT to_jsonb(t)::text AS row FROM {table} t") for table in tables]
    return sorted(row["row"] for rows in found for row in rows)


async def counts(fresh_database: Any) -> dict[str, int]:
    tables = ("memory_facts", "memory_profiles", "enrichments")
    return {table: await fresh_database.database.value(f"SELECT count(*) FROM {table}") for table in tables}


async def kept(fresh_database: Any, table: str, at_least: int) -> bool:
    return (await counts(fresh_database))[table] >= at_least


async def asked(simulator: Any, at_least: int) -> bool:
    return bool(await simulator.calls() >= at_least)


async def seen_conversations(bus: Bus, user_id: str, number: int) -> bool:
    memory = await found(bus, user_id)
    return memory is not None and memory.conversations >= number


async def waiting_for_the_lock(fresh_database: Any) -> bool:
    return bool(
        await fresh_database.database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    )
