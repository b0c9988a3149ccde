"""The only importer of asyncpg: every wait has an end, and what fails says whether another attempt can help."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

import asyncpg
import msgspec
import numpy as np
import numpy.typing as npt
import structlog
from pgvector import Vector
from prometheus_client import Counter, Gauge, Histogram

from zantara.errors import Permanent, Unavailable, ZantaraError

log = structlog.get_logger()

ACQUIRE = Histogram(
    "zantara_db_acquire_seconds", "Wait for a pooled connection.", buckets=(0.0005, 0.005, 0.05, 0.1, 0.5, 1, 5)
)
ERRORS = Counter("zantara_db_errors", "Errors by SQLSTATE class, or `connection`.", ["sqlstate_class"])
POOL = Gauge("zantara_db_pool_connections", "Connections by state.", ["state"])

Row = Mapping[str, Any]
"""A row by column name."""

_TRANSIENT = ("08", "40", "53", "55", "57", "58")


class Connection(Protocol):
    """What a store needs: statements with `$1` parameters, and their rows."""

    async def rows(self, sql: str, *args: object) -> list[Row]:
        """All rows."""
        ...

    async def row(self, sql: str, *args: object) -> Row | None:
        """The first row, or None."""
        ...

    async def value(self, sql: str, *args: object) -> Any:
        """The first column of the first row, or None."""
        ...

    async def run(self, sql: str, *args: object) -> int:
        """Execute; the number of rows touched."""
        ...

    async def run_many(self, sql: str, args: Sequence[Sequence[object]]) -> None:
        """Execute once per argument list, in one round trip."""
        ...


@asynccontextmanager
async def open_database(
    url: str, *, min_size: int = 0, max_size: int = 6, acquire_s: float = 1.0, command_s: float = 5.0
) -> AsyncIterator["Database"]:
    """A pool that may start while PostgreSQL is away: it connects on first use and heals by itself."""
    database = Database(url, min_size=min_size, max_size=max_size, acquire_s=acquire_s, command_s=command_s)
    try:
        yield database
    finally:
        await database.close()


class Database:
    """A pool of connections; each call takes one, a transaction keeps one. Raises Unavailable or Permanent."""

    def __init__(self, url: str, *, min_size: int, max_size: int, acquire_s: float, command_s: float) -> None:
        self._url = url
        self._sizes = (min_size, max_size)
        self._acquire_s = acquire_s
        self._command_s = command_s
        self._pool: asyncpg.Pool | None = None
        self._opening = asyncio.Lock()
        self._releases: set[asyncio.Task[None]] = set()

    async def rows(self, sql: str, *args: object) -> list[Row]:
        """All rows."""
        async with self._connection() as connection:
            return await connection.rows(sql, *args)

    async def row(self, sql: str, *args: object) -> Row | None:
        """The first row, or None."""
        async with self._connection() as connection:
            return await connection.row(sql, *args)

    async def value(self, sql: str, *args: object) -> Any:
        """The first column of the first row, or None."""
        async with self._connection() as connection:
            return await connection.value(sql, *args)

    async def run(self, sql: str, *args: object) -> int:
        """Execute; the number of rows touched."""
        async with self._connection() as connection:
            return await connection.run(sql, *args)

    async def run_many(self, sql: str, args: Sequence[Sequence[object]]) -> None:
        """Execute once per argument list, in one round trip."""
        async with self._connection() as connection:
            await connection.run_many(sql, args)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """One connection in one transaction: commits at the end, rolls back on any error."""
        async with self._connection() as connection, connection.raw.transaction():
            yield connection

    async def ping(self) -> None:
        """Raise Unavailable unless PostgreSQL answers."""
        await self.value("SELECT 1")

    async def close(self) -> None:
        """Close within 5 s, then terminate."""
        if self._pool is None:
            return
        try:
            await asyncio.gather(*self._releases)
            await asyncio.wait_for(self._pool.close(), timeout=5)
        except TimeoutError:
            self._pool.terminate()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator["_Connection"]:
        with _translated():
            pool = self._pool or await self._open()
            with ACQUIRE.time():
                raw = await pool.acquire(timeout=self._acquire_s)
            POOL.labels("idle").set(pool.get_idle_size())
            POOL.labels("open").set(pool.get_size())
            cancelled = False
            try:
                yield _Connection(raw)
            except asyncio.CancelledError:
                cancelled = True
                raise
            finally:
                release = asyncio.create_task(_release(pool, raw))
                self._releases.add(release)
                release.add_done_callback(self._releases.discard)
                if not cancelled:  # a frozen server would hold up a caller whose deadline has passed
                    await asyncio.shield(release)

    async def _open(self) -> asyncpg.Pool:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._url,
                    min_size=self._sizes[0],
                    max_size=self._sizes[1],
                    command_timeout=self._command_s,
                    timeout=max(self._acquire_s, 1.0),
                    init=_prepare,
                    reset=_unchanged,
                )
            return self._pool


class _Connection:
    def __init__(self, raw: asyncpg.Connection) -> None:
        self.raw = raw

    async def rows(self, sql: str, *args: object) -> list[Row]:
        found: list[Row] = await self.raw.fetch(sql, *args)
        return found

    async def row(self, sql: str, *args: object) -> Row | None:
        found: Row | None = await self.raw.fetchrow(sql, *args)
        return found

    async def value(self, sql: str, *args: object) -> Any:
        return await self.raw.fetchval(sql, *args)

    async def run(self, sql: str, *args: object) -> int:
        status: str = await self.raw.execute(sql, *args)
        tail = status.rsplit(" ", 1)[-1]
        return int(tail) if tail.isdigit() else 0

    async def run_many(self, sql: str, args: Sequence[Sequence[object]]) -> None:
        await self.raw.executemany(sql, args)


async def _release(pool: asyncpg.Pool, raw: asyncpg.Connection) -> None:
    """Give a connection back; one that broke in use may be gone from the pool already, and that is no news."""
    try:
        await pool.release(raw, timeout=2)
    except (asyncpg.InternalClientError, asyncpg.InterfaceError, asyncpg.PostgresError, OSError, TimeoutError) as error:
        log.debug("connection_not_released", error=type(error).__name__)


async def _unchanged(_: asyncpg.Connection) -> None:
    """Leave a session as it is: no code of ours changes its state, so a reset would be a round trip for nothing.

    Locks and settings are a transaction's; one left open is still rolled back by the driver.
    """


async def _prepare(raw: asyncpg.Connection) -> None:
    await raw.set_type_codec("jsonb", encoder=_encode_json, decoder=msgspec.json.decode, schema="pg_catalog")
    if await raw.fetchval("SELECT 1 FROM pg_extension WHERE extname = 'vector'"):
        await raw.set_type_codec("vector", schema="public", encoder=_to_vector, decoder=_from_vector, format="binary")


def _to_vector(vector: list[float] | npt.NDArray[np.float32]) -> bytes:
    return bytes(Vector(vector).to_binary())


def _from_vector(binary: bytes) -> npt.NDArray[np.float32]:
    return np.asarray(Vector.from_binary(binary).to_numpy(), dtype=np.float32)


def _encode_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


class _translated:  # noqa: N801 - reads as a word at its only use
    """Driver errors to ours: a broken connection or an overloaded server is worth another attempt, a bad row is not."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, ZantaraError):
            return
        if isinstance(error, asyncpg.PostgresError):
            state = error.sqlstate or "XX000"
            ERRORS.labels(state[:2]).inc()
            if state[:2] in _TRANSIENT:
                raise Unavailable(f"PostgreSQL: {type(error).__name__}") from error
            raise Permanent(f"PostgreSQL: {type(error).__name__}: {error}") from error
        if isinstance(error, OSError | TimeoutError | asyncpg.InterfaceError | asyncpg.InternalClientError):
            ERRORS.labels("connection").inc()
            raise Unavailable(f"PostgreSQL: {type(error).__name__}") from error
