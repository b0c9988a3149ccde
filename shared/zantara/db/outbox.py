"""The transactional outbox: an event is written beside its cause in one transaction and published from there.

Each service owns its own table `<prefix>_outbox` (pattern: microservices.io, "Transactional outbox"):
    id text PRIMARY KEY, type text, body jsonb, headers jsonb, created_at timestamptz, published_at timestamptz
"""

import asyncio

import msgspec
import structlog
from prometheus_client import Counter, Gauge

from zantara.bus.port import Publisher
from zantara.clock import Clock
from zantara.db.database import Connection, Database
from zantara.errors import Invalid, Permanent, Transient
from zantara.events import EVENTS, Event, Meta

log = structlog.get_logger()

_PRUNE_S = 3600.0
_BATCH = 100

WAITING = Gauge("zantara_outbox_rows", "Rows not yet published, as last seen.")
OLDEST = Gauge("zantara_outbox_oldest_age_seconds", "Age of the oldest row not yet published.")

REFUSED = Counter("zantara_outbox_refused", "Rows that can never be published; must stay 0.")

_TYPES = {event.type_name(): event for event in EVENTS}


class Outbox:
    """Appends events to one table."""

    def __init__(self, table: str) -> None:
        if not table.isidentifier():
            raise ValueError(table)
        self.table = table

    async def append(self, connection: Connection, event: Event, meta: Meta) -> None:
        """Write one event in the caller's transaction; the same id again changes nothing."""
        await connection.run(self.insert_sql, *self.arguments(event, meta))

    @property
    def insert_sql(self) -> str:
        """Takes the four values of `arguments` as $1 to $4."""
        return f"INSERT INTO {self.table} (id, type, body, headers) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING"  # noqa: S608 - the table's name is checked

    def arguments(self, event: Event, meta: Meta) -> tuple[str, str, object, object]:
        """Id, type, body and headers of a row."""
        return meta.id, event.type_name(), msgspec.to_builtins(event), meta.headers()


class Relay:
    """Publishes an outbox in order: woken by the writer, else polling; several replicas share by SKIP LOCKED."""

    def __init__(
        self, database: Database, outbox: Outbox, publisher: Publisher, clock: Clock, *, poll_s: float = 0.5
    ) -> None:
        self._database = database
        self._publisher = publisher
        self._clock = clock
        self._poll_s = poll_s
        self._wake = asyncio.Event()
        table = outbox.table
        self._select = (
            f"SELECT id, type, body, headers, created_at FROM {table} WHERE published_at IS NULL "  # noqa: S608 - the table's name is checked
            f"ORDER BY created_at LIMIT {_BATCH} FOR UPDATE SKIP LOCKED"
        )
        self._mark = f"UPDATE {table} SET published_at = now() WHERE id = ANY($1)"  # noqa: S608 - the same
        self._prune = f"DELETE FROM {table} WHERE published_at < now() - interval '7 days'"  # noqa: S608 - the same

    def wake(self) -> None:
        """Say that there is something to publish."""
        self._wake.set()

    async def run(self) -> None:
        """Publish for ever; what cannot be published now waits. Once an hour, drop what was published a week ago."""
        prune_at = self._clock.monotonic()
        while True:
            try:
                published = await self.publish_batch()
                if self._clock.monotonic() >= prune_at:
                    await self.prune()
                    prune_at = self._clock.monotonic() + _PRUNE_S
            except Transient as error:
                log.warning("outbox_waiting", error=str(error))
                published = 0
                await self._clock.sleep(self._poll_s)
            if published < _BATCH:
                await self._pause()

    async def publish_batch(self) -> int:
        """Publish up to 100 rows and mark them in the same transaction; returns how many.

        Where the bus goes away in between, those before are marked and the error is raised after the commit. A row that
        can never be published is counted, marked and left for a person: it must not hold up those behind it.
        """
        done: list[str] = []
        failure: Transient | None = None
        async with self._database.transaction() as connection:
            rows = await connection.rows(self._select)
            WAITING.set(len(rows))
            OLDEST.set((self._clock.now() - rows[0]["created_at"]).total_seconds() if rows else 0)
            for row in rows:
                try:
                    await self._publish(row["type"], row["body"], row["headers"])
                except Transient as error:
                    failure = error
                    break
                except Permanent as error:
                    REFUSED.inc()
                    log.error("outbox_refused", id=row["id"], type=row["type"], error=str(error))  # noqa: TRY400 - no bug of ours to trace
                done.append(row["id"])
            if done:
                await connection.run(self._mark, done)
        if failure is not None:
            raise failure
        return len(done)

    async def prune(self) -> int:
        """Drop rows published over 7 days ago; returns how many."""
        return await self._database.run(self._prune)

    async def _publish(self, type_name: str, body: object, headers: dict[str, str]) -> None:
        try:
            event = msgspec.convert(body, _TYPES[type_name])
        except (KeyError, msgspec.ValidationError) as error:
            raise Invalid(f"{type_name}: {error}") from error
        await self._publisher.publish(event, Meta.parse(headers))

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._poll_s):
                await self._wake.wait()
        except TimeoutError:
            return
        finally:
            self._wake.clear()
