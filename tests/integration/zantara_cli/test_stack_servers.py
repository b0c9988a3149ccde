"""The embedded servers by themselves: they take their configuration, keep their secrets, survive a crash."""

import asyncio
import os
import stat
from pathlib import Path

import asyncpg
import nats
import pytest

from zantara.errors import StartError
from zantara.topology.permissions import NatsUser
from zantara_cli.stack.nats import NatsServer, running_nats
from zantara_cli.stack.ports import free_port
from zantara_cli.stack.postgres import PostgresServer, running_postgres

pytestmark = pytest.mark.integration

ALL = NatsUser(name="all", publish=(">",), subscribe=(">",))
EAR = NatsUser(name="ear", publish=(), subscribe=("heard.> ears", "_INBOX_ear.>"))


async def test_nats_stores_and_keeps_what_it_stored_through_a_crash(tmp_path: Path) -> None:
    async with running_nats(tmp_path, [ALL]) as server:
        client = await nats.connect(server.url("all"))
        await client.jetstream().add_stream(name="S", subjects=["s.*"])
        await client.jetstream().publish("s.1", b"kept")
        await client.close()
        await server.kill()
        assert server.pid is None
        await server.start()
        client = await nats.connect(server.url("all"))
        message = await client.jetstream().get_msg("S", 1)
        await client.close()
    assert message.data == b"kept"


async def test_a_user_may_not_do_what_is_not_listed(tmp_path: Path) -> None:
    refusals: list[str] = []

    async def refused(error: Exception) -> None:
        refusals.append(str(error))

    async with running_nats(tmp_path, [ALL, EAR]) as server:
        ear = await nats.connect(server.url("ear"), error_cb=refused)
        heard = await ear.subscribe("heard.x", queue="ears")
        mouth = await nats.connect(server.url("all"))
        await mouth.publish("heard.x", b"hello")
        assert (await heard.next_msg(timeout=5)).data == b"hello"
        await ear.publish("anything", b"")
        await ear.subscribe("heard.x")  # without its queue group
        async with asyncio.timeout(5):
            while len(refusals) < 2:
                await asyncio.sleep(0.01)
        await mouth.close()
        await ear.close()
    assert ["publish" in refusal.lower() for refusal in refusals] == [True, False], refusals
    assert "subscription" in refusals[1].lower()


async def test_nobody_gets_in_without_a_password(tmp_path: Path) -> None:
    async with running_nats(tmp_path, [ALL]) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        assert (await reader.readline()).startswith(b"INFO")
        writer.write(b'CONNECT {"user":"all","pass":"wrong","verbose":false}\r\nPING\r\n')
        assert b"Authorization Violation" in await reader.readline()
        writer.close()
        await writer.wait_closed()
    for name in ("nats.conf", "passwords.json"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


async def test_a_nats_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="sync_interval"):
        await NatsServer(tmp_path, [ALL], sync_interval="whenever").start()


async def test_postgres_has_vectors_an_ordinary_owner_and_timeouts(tmp_path: Path) -> None:
    async with running_postgres(tmp_path / "postgres", durable=False, keep=False) as server:
        connection = await asyncpg.connect(server.url())
        try:
            assert await connection.fetchval("SELECT '[1,2]'::vector <-> '[1,4]'::vector") == 2.0
            assert not await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            assert await connection.fetchval("SHOW statement_timeout") == "30s"
            assert await connection.fetchval("SELECT lower('ÈÀÜ')") == "èàü"
            assert await connection.fetchval("SHOW server_encoding") == "UTF8"
        finally:
            await connection.close()
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(f"postgresql://zantara:wrong@127.0.0.1:{server.port}/zantara")


async def test_postgres_keeps_what_was_committed_through_a_crash(tmp_path: Path) -> None:
    async with running_postgres(tmp_path / "postgres", keep=False) as server:
        await _execute(server.url(), "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
        await server.kill()
        await server.start()
        assert await _fetch(server.url(), "SELECT n FROM kept") == 7


async def test_postgres_keeps_its_data_between_two_runs(tmp_path: Path) -> None:
    async with running_postgres(tmp_path / "postgres", durable=False) as server:
        await _execute(server.url(), "CREATE TABLE kept (n int); INSERT INTO kept VALUES (8)")
        stamp = (tmp_path / "postgres" / "bootstrapped").stat().st_mtime_ns
    async with running_postgres(tmp_path / "postgres", durable=False, keep=False) as server:
        assert await _fetch(server.url(), "SELECT n FROM kept") == 8
        assert (tmp_path / "postgres" / "bootstrapped").stat().st_mtime_ns == stamp
    assert not (tmp_path / "postgres").exists()


async def test_a_first_start_that_was_cut_short_is_taken_up_again(tmp_path: Path) -> None:
    server = PostgresServer(tmp_path / "postgres", durable=False)
    try:
        command = await server.prepare()
        half = Path(command.argv[command.argv.index("-D") + 1])
        half.rename(half.with_name("data.new"))  # as initdb leaves it when it is killed
        (half.with_name("data.new") / "PG_VERSION").unlink()
        await server.start()
        await server.stop()
        (tmp_path / "postgres" / "bootstrapped").unlink()  # killed between initdb and the end of the bootstrap
        await server.start()
        assert await _fetch(server.url(), "SELECT 1") == 1
    finally:
        await server.stop()
        server.forget()


async def test_a_database_can_be_copied_from_a_template(tmp_path: Path) -> None:
    async with running_postgres(tmp_path / "postgres", durable=False, keep=False) as server:
        await _execute(server.url(), "CREATE TABLE t (v vector(2)); INSERT INTO t VALUES ('[1,2]')")
        copy = await server.create_database("copy", template="zantara")
        assert await _fetch(copy, "SELECT count(*) FROM t") == 1
        empty = await server.create_database("empty")
        assert await _fetch(empty, "SELECT '[3]'::vector::text") == "[3]"
        await server.drop_database("copy")
        with pytest.raises(asyncpg.InvalidCatalogNameError):
            await asyncpg.connect(copy)


async def test_postgres_does_not_run_as_root(tmp_path: Path) -> None:
    async with running_postgres(tmp_path / "postgres", durable=False, keep=False) as server:
        assert server.pid
        owner = Path(f"/proc/{server.pid}").stat().st_uid
        assert owner != 0
        assert owner == os.geteuid() or os.geteuid() == 0


async def test_a_taken_port_is_told_with_the_servers_own_words(tmp_path: Path) -> None:
    port = free_port()
    async with running_postgres(tmp_path / "one", durable=False, keep=False, port=port):
        other = PostgresServer(tmp_path / "two", durable=False, port=port)
        try:
            with pytest.raises(StartError, match=r"(?i)address already in use"):
                await other.start()
        finally:
            other.forget()


async def _execute(url: str, statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statements)
    finally:
        await connection.close()


async def _fetch(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()
