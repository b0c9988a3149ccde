"""The real parts for tests: a nats-server and a PostgreSQL of their own, fresh streams and databases for each test."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest
import pytest_asyncio

from zantara.bus.jetstream import provision
from zantara.clock import SystemClock
from zantara.db import Database, migrate, open_database
from zantara.topology import PROVISIONER, SERVICES
from zantara.topology.permissions import users
from zantara_cli.stack.nats import NatsServer, running_nats
from zantara_cli.stack.postgres import PostgresServer, running_postgres

T = TypeVar("T")

PACKAGES = tuple(name.replace("-", "_") for name in SERVICES)


@pytest.fixture
def clock() -> SystemClock:
    """The machine's clock."""
    return SystemClock()


@pytest_asyncio.fixture
async def nats_server(tmp_path: Path) -> AsyncIterator[NatsServer]:
    """A nats-server with the least-privilege users and the topology applied."""
    async with running_nats(tmp_path / "nats", users(), sync_interval="2m") as server:
        await provision(server.url(PROVISIONER))
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PostgresServer]:
    """One PostgreSQL for the whole run; its database `zantara` is the migrated template of every test's own."""
    directory = tmp_path_factory.mktemp("postgres")
    async with running_postgres(directory, durable=False, keep=False) as server:
        await migrate(server.url(), PACKAGES)
        yield server


class TestDatabase(NamedTuple):
    """A migrated database of one test."""

    __test__ = False

    url: str
    database: Database


@pytest_asyncio.fixture
async def fresh_database(
    postgres_server: PostgresServer, request: pytest.FixtureRequest
) -> AsyncIterator[TestDatabase]:
    """An empty, migrated database."""
    name = f"test_{abs(hash(request.node.nodeid)):x}"[:40]
    url = await postgres_server.create_database(name, template="zantara")
    try:
        async with open_database(url, max_size=8) as database:
            yield TestDatabase(url, database)
    finally:
        await postgres_server.drop_database(name)


async def eventually(check: Callable[[], Awaitable[T]], *, timeout_s: float = 10.0) -> T:
    """Await a truthy result of `check` (an async callable), polling; fails the test after the timeout."""
    async with asyncio.timeout(timeout_s):
        while True:
            result = await check()
            if result:
                return result
            await asyncio.sleep(0.02)
