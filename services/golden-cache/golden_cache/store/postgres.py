"""All writes of this service's tables; every change of the stock is one transaction under one lock."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import msgspec

from golden_cache.domain.rows import Answer, Intake, Move, Query, Refusal, Shelved, Strike, Vector, phrasings
from golden_cache.store.columns import to_answer, to_columns, to_entry
from zantara.db import Connection, Database, Outbox, Row, load_statements
from zantara.events import Event, Meta
from zantara.text.normal import query_hash


class PostgresStore:
    """Reads take what they get; writes go through `changing`."""

    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox
        self._sql = load_statements("golden_cache")

    async def version(self) -> int:
        """The highest version in stock, 0 where there is none."""
        version: int = await self._database.value(self._sql.version)
        return version

    async def since(self, version: int, model: str) -> list[Shelved]:
        """Every answer above a version, in whatever state, with its vectors of this model."""
        async with self._database.transaction() as connection:
            rows = await connection.rows(self._sql.since, version)
            found = await connection.rows(self._sql.vectors, [row["cluster_id"] for row in rows], model)
        vectors: dict[str, dict[str, Vector]] = defaultdict(dict)
        for each in found:
            vectors[each["cluster_id"]][each["text"]] = each["embedding"]
        return [Shelved(entry=to_entry(row), by=row["status_by"], vectors=vectors[row["cluster_id"]]) for row in rows]

    async def embed(self, cluster_id: str, vectors: Mapping[str, Vector], model: str) -> None:
        """Replace vectors of another model, by text."""
        values = [(cluster_id, text, vector, model) for text, vector in vectors.items()]
        await self._database.run_many(self._sql.embed, values)

    async def answer(self, cluster_id: str) -> Answer | None:
        """One answer."""
        return _answer(await self._database.row(self._sql.answer, cluster_id))

    async def answers(self, status: str | None, limit: int) -> list[Answer]:
        """Answers, most used first."""
        return [to_answer(row) for row in await self._database.rows(self._sql.answers, status, limit)]

    async def intake(self, event_id: str) -> Intake | None:
        """What this event has done already."""
        return _intake(await self._database.row(self._sql.intake, event_id))

    async def count(self, uses: Mapping[str, int], at: datetime) -> None:
        """Add uses by cluster."""
        await self._database.run(self._sql.count_uses, list(uses), list(uses.values()), at)

    @asynccontextmanager
    async def changing(self) -> AsyncIterator["PostgresChange"]:
        """One change at a time; an error inside leaves nothing behind."""
        async with self._database.transaction() as connection:
            await connection.run(self._sql.lock)
            yield PostgresChange(connection, self._outbox)


class PostgresChange:
    """Reads and writes inside one transaction."""

    def __init__(self, connection: Connection, outbox: Outbox) -> None:
        self._connection = connection
        self._outbox = outbox
        self._sql = load_statements("golden_cache")

    async def intake(self, event_id: str) -> Intake | None:
        """What this event has done already."""
        return _intake(await self._connection.row(self._sql.intake, event_id))

    async def keep(self, intake: Intake) -> None:
        """Fence an event; raises Permanent where that is done."""
        moves = msgspec.to_builtins(intake.moves)
        await self._connection.run(self._sql.insert_intake, intake.event_id, intake.outcome, moves)

    async def next_version(self) -> int:
        """The version of the next answer that changes."""
        version: int = await self._connection.value(self._sql.next_version)
        return version

    async def answer(self, cluster_id: str) -> Answer | None:
        """One answer."""
        return _answer(await self._connection.row(self._sql.answer, cluster_id))

    async def citing(self, document_ids: Sequence[str], before: datetime) -> list[Answer]:
        """Answers in stock that stand on one of these documents and were last vouched for before a time."""
        return [to_answer(row) for row in await self._connection.rows(self._sql.citing, list(document_ids), before)]

    async def claimed(self, hashes: Sequence[str], *, besides: str, at: datetime) -> dict[str, str]:
        """Which of these texts lead to another answer in stock that has not expired: cluster by hash."""
        rows = await self._connection.rows(self._sql.claimed, list(hashes), besides, at)
        return {row["hash"]: row["cluster_id"] for row in rows}

    async def put(self, answer: Answer, vectors: Mapping[str, Vector], model: str) -> None:
        """Write an answer whole, with a vector for each of its texts."""
        cluster_id = answer.entry.cluster_id
        await self._connection.run(self._sql.put_answer, to_columns(answer))
        await self._connection.run(self._sql.drop_phrasings, cluster_id)
        rows = [
            (cluster_id, each.kind, each.language, query_hash(each.text), each.text, vectors[each.text], model)
            for each in phrasings(answer.entry)
        ]
        await self._connection.run_many(self._sql.put_phrasing, rows)

    async def mark(self, answer: Answer) -> None:
        """Write the state of an answer."""
        entry = answer.entry
        await self._connection.run(
            self._sql.set_standing,
            entry.cluster_id,
            entry.status,
            answer.status_by,
            answer.status_reason,
            answer.strikes,
            entry.version,
            entry.expires_at,
            answer.updated_at,
        )

    async def assign(self, cluster_id: str, queries: Sequence[Query], at: datetime) -> None:
        """Say which cluster queries belong to."""
        rows = {
            (hash_ := query_hash(each.text)): (
                cluster_id, each.text, hash_, each.language, each.similarity, each.frequency, at,
            )
            for each in queries
        }  # fmt: skip
        await self._connection.run_many(self._sql.assign, list(rows.values()))

    async def strike(self, strike: Strike) -> bool:
        """Count a strike; False where that turn has struck before."""
        values = (strike.event_id, strike.cluster_id, strike.turn_id, strike.rating, strike.struck_at)
        if not await self._connection.run(self._sql.insert_strike, *values):
            return False
        await self._connection.run(self._sql.count_strike, strike.cluster_id)
        return True

    async def refuse(self, refusal: Refusal) -> None:
        """Keep why a proposal was not taken."""
        await self._connection.run(
            self._sql.insert_refusal,
            refusal.event_id,
            refusal.run_id,
            refusal.cluster_id,
            dict(refusal.questions),
            list(refusal.faults),
            refusal.refused_at,
        )

    async def announce(self, event: Event, meta: Meta) -> None:
        """Put an event into the outbox."""
        await self._outbox.append(self._connection, event, meta)


def _answer(row: Row | None) -> Answer | None:
    return to_answer(row) if row is not None else None


def _intake(row: Row | None) -> Intake | None:
    if row is None:
        return None
    moves = msgspec.convert(row["moves"], tuple[Move, ...])
    return Intake(event_id=row["event_id"], outcome=row["outcome"], moves=moves)
