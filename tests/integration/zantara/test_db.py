"""The database's edges on the real PostgreSQL: migrations, named rows, vectors, the outbox and its relay."""

import asyncio
import os
import signal
from pathlib import Path

import numpy as np
import pytest
from conftest import PACKAGES, TestDatabase, eventually

from zantara.bus import MemoryBus
from zantara.clock import SystemClock
from zantara.db import Outbox, Relay, migrate, open_database, pending
from zantara.errors import Permanent, StartError, Unavailable
from zantara.events import ConversationEnded, Meta
from zantara_cli.stack.postgres import PostgresServer, running_postgres

pytestmark = pytest.mark.integration
CLOCK = SystemClock()


def ended(conversation_id: str) -> ConversationEnded:
    return ConversationEnded(conversation_id=conversation_id, user_hash=None, turns=1, reason="idle", language="en")


async def test_migrating_again_does_nothing(fresh_database: TestDatabase) -> None:
    assert await migrate(fresh_database.url, PACKAGES) == []
    assert await pending(fresh_database.url, PACKAGES) == []


async def test_two_at_once_apply_each_migration_once(postgres_server: PostgresServer) -> None:
    url = await postgres_server.create_database("migrated_twice")
    try:
        one, other = await asyncio.gather(migrate(url, PACKAGES), migrate(url, PACKAGES))
        assert min(len(one), len(other)) == 0
        assert len(one) + len(other) >= len(PACKAGES)
    finally:
        await postgres_server.drop_database("migrated_twice")


async def test_a_migration_that_changed_after_it_ran_is_refused_by_name(fresh_database: TestDatabase) -> None:
    await fresh_database.database.run("UPDATE schema_migrations SET checksum = 'x' WHERE package = 'chat_router'")
    with pytest.raises(StartError, match="chat_router 0001 conversations was changed"):
        await migrate(fresh_database.url, PACKAGES)


async def test_a_strangers_table_is_met_with_words_not_silence(postgres_server: PostgresServer) -> None:
    url = await postgres_server.create_database("stranger")
    try:
        async with open_database(url) as database:
            await database.run("CREATE TABLE conversations (id serial, messages jsonb)")
        with pytest.raises(StartError, match=r"chat_router 0001.*conversations"):
            await migrate(url, PACKAGES)
    finally:
        await postgres_server.drop_database("stranger")


async def test_json_and_vectors_come_back_as_they_went_in(fresh_database: TestDatabase) -> None:
    database = fresh_database.database
    vector = np.linspace(-1, 1, 384, dtype=np.float32)
    row = await database.row("SELECT $1::jsonb AS body, $2::vector AS vector", {"è": [1, None]}, vector)
    assert row is not None
    assert row["body"] == {"è": [1, None]}
    assert isinstance(row["vector"], np.ndarray)
    assert np.array_equal(row["vector"], vector)


async def test_an_error_in_a_transaction_leaves_nothing(fresh_database: TestDatabase) -> None:
    database = fresh_database.database

    async def twice() -> None:
        async with database.transaction() as connection:
            await connection.run("INSERT INTO conversations (id) VALUES ('c')")
            await connection.run("INSERT INTO conversations (id) VALUES ('c')")

    with pytest.raises(Permanent):
        await twice()
    assert await database.value("SELECT count(*) FROM conversations") == 0


async def test_a_lock_that_is_held_too_long_is_unavailable_not_a_hang(fresh_database: TestDatabase) -> None:
    async with open_database(fresh_database.url, command_s=0.3) as impatient:
        async with fresh_database.database.transaction() as holder:
            await holder.run("LOCK TABLE conversations")
            with pytest.raises(Unavailable):
                await impatient.value("SELECT count(*) FROM conversations")
        assert await impatient.value("SELECT count(*) FROM conversations") == 0


async def test_a_deadline_holds_while_the_server_is_frozen(tmp_path: Path) -> None:
    async with running_postgres(tmp_path, durable=False, keep=False) as server, open_database(server.url()) as database:
        backend = await database.value("SELECT pg_backend_pid()")
        for pid in (server.pid, backend):
            os.kill(pid, signal.SIGSTOP)
        started = CLOCK.monotonic()
        try:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await database.value("SELECT 1")
            assert CLOCK.monotonic() - started < 1
        finally:
            for pid in (server.pid, backend):
                os.kill(pid, signal.SIGCONT)
        assert await database.value("SELECT 1") == 1


async def test_the_pool_heals_after_the_server_was_killed(tmp_path: Path) -> None:
    async with running_postgres(tmp_path, durable=False, keep=False) as server, open_database(server.url()) as database:
        assert await database.value("SELECT 1") == 1
        await server.kill()
        with pytest.raises(Unavailable):
            await database.value("SELECT 1")
        await server.start()

        async def back() -> bool:
            try:
                return bool(await database.value("SELECT 1") == 1)
            except Unavailable:
                return False

        assert await eventually(back)


async def test_an_outbox_row_lives_and_dies_with_its_transaction(fresh_database: TestDatabase) -> None:
    database, outbox = fresh_database.database, Outbox("chat_router_outbox")

    async def interrupted() -> None:
        async with database.transaction() as connection:
            await outbox.append(connection, ended("c1"), Meta.new(source="s", clock=CLOCK, id="e1"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await interrupted()
    assert await database.value("SELECT count(*) FROM chat_router_outbox") == 0


async def test_the_relay_publishes_in_order_once_and_marks(fresh_database: TestDatabase) -> None:
    database, outbox, bus = fresh_database.database, Outbox("chat_router_outbox"), MemoryBus()
    async with database.transaction() as connection:
        for number in range(3):
            await outbox.append(connection, ended(f"c{number}"), Meta.new(source="s", clock=CLOCK, id=f"e{number}"))
    one, other = Relay(database, outbox, bus, CLOCK), Relay(database, outbox, bus, CLOCK)
    published = await asyncio.gather(one.publish_batch(), other.publish_batch())
    assert sum(published) >= 3
    assert bus.published == [ended("c0"), ended("c1"), ended("c2")]
    assert await one.publish_batch() == 0
    assert await database.value("SELECT count(*) FROM chat_router_outbox WHERE published_at IS NULL") == 0


class BrokenAfter(MemoryBus):
    """A bus that goes away after so many events."""

    def __init__(self, good: int) -> None:
        super().__init__()
        self.good = good

    async def publish(self, event: ConversationEnded, meta: Meta) -> None:  # type: ignore[override]
        if len(self.published) >= self.good:
            raise Unavailable("NATS is not connected")
        await super().publish(event, meta)


async def test_what_was_published_before_the_bus_went_away_is_marked(fresh_database: TestDatabase) -> None:
    database, outbox, bus = fresh_database.database, Outbox("chat_router_outbox"), BrokenAfter(2)
    async with database.transaction() as connection:
        for number in range(4):
            await outbox.append(connection, ended(f"c{number}"), Meta.new(source="s", clock=CLOCK, id=f"e{number}"))
    relay = Relay(database, outbox, bus, CLOCK, poll_s=0.05)
    task = asyncio.create_task(relay.run())
    try:
        await eventually(lambda: _waiting(database, 2))
        bus.good = 99
        await eventually(lambda: _waiting(database, 0))
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert len(bus.published) == 4


async def _waiting(database: object, expected: int) -> bool:
    count = await database.value(  # type: ignore[attr-defined]
        "SELECT count(*) FROM chat_router_outbox WHERE published_at IS NULL"
    )
    return bool(count == expected)


async def test_a_row_that_can_never_be_published_holds_up_no_other(fresh_database: TestDatabase) -> None:
    database, bus = fresh_database.database, MemoryBus()
    for name, type_name, body in (("bad", "chat.unknown.v1", {}), ("worse", "conversation.ended.v1", {"turns": "x"})):
        await database.run(
            "INSERT INTO chat_router_outbox (id, type, body, headers) VALUES ($1, $2, $3, '{}')", name, type_name, body
        )
    outbox = Outbox("chat_router_outbox")
    async with database.transaction() as connection:
        await outbox.append(connection, ended("c1"), Meta.new(source="s", clock=CLOCK, id="good"))
    assert await Relay(database, outbox, bus, CLOCK).publish_batch() == 3
    assert bus.published == [ended("c1")]
