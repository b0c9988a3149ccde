"""Topics, insights and how often they were used."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from cultural_rag.domain.matrix import Vector
from cultural_rag.domain.notes import Chunk, Insight
from cultural_rag.domain.rows import InsightRow, TopicRow
from zantara.db import Connection, Database, Outbox, Row, load_statements
from zantara.errors import Unavailable
from zantara.events import Event, Meta

_NO_MODEL = "none"


class CultureStore:
    """Each import is one transaction, its event in the outbox beside it."""

    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox
        self._sql = load_statements("cultural_rag")

    async def revision(self) -> int:
        """How many imports there have been."""
        revision: int = await self._database.value(self._sql.revision, "culture")
        return revision

    async def chunks(self, model: str) -> list[Chunk]:
        """The topics in use, with vectors of this model."""
        rows = await self._database.rows(self._sql.active_topics, model)
        return [Chunk(**{**dict(row), "when_to_use": tuple(row["when_to_use"])}) for row in rows]

    async def insights(self, model: str) -> list[Insight]:
        """The insights in use, with vectors of this model."""
        return [Insight(**dict(row)) for row in await self._database.rows(self._sql.active_insights, model)]

    async def known(self) -> tuple[dict[str, TopicRow], dict[str, InsightRow]]:
        """Rows in use, by topic and by id, in the form in which they are imported."""
        return await self._known(self._database)

    async def save(
        self,
        rows: Sequence[TopicRow | InsightRow],
        known: tuple[Mapping[str, TopicRow], Mapping[str, InsightRow]],
        vectors: Sequence[Vector],
        model: str,
        event: Event,
        meta: Meta,
    ) -> None:
        """Write topics (as their next version) and insights; raises Unavailable where what was `known` has changed."""
        async with self._database.transaction() as connection:
            revision = await connection.value(self._sql.next_revision, "culture")
            if await self._known(connection) != known:
                raise Unavailable("culture was imported by somebody else meanwhile")
            for row, vector in zip(rows, vectors, strict=True):
                await self._put(connection, row, (vector, model, revision))
            await self._outbox.append(connection, event, meta)

    async def count(self, uses: Mapping[tuple[str, str], int], at: datetime) -> None:
        """Add uses by kind and key."""
        chunks = [(int(key), number, at) for (kind, key), number in uses.items() if kind == "chunk"]
        insights = [(key, number, at) for (kind, key), number in uses.items() if kind == "insight"]
        async with self._database.transaction() as connection:
            await connection.run_many(self._sql.count_topic, chunks)
            await connection.run_many(self._sql.count_insight, insights)

    async def _put(self, connection: Connection, row: TopicRow | InsightRow, tail: tuple[Vector, str, int]) -> None:
        if isinstance(row, InsightRow):
            values = (row.id, row.topic, row.language, row.signal, row.meaning, row.how_to_respond, "curated")
            await connection.run(self._sql.put_insight, *values, *tail)
            return
        await connection.run(self._sql.retire_topic, row.topic)
        told = (row.topic, row.title, row.content, list(row.when_to_use), row.tone, row.language, "curated")
        await connection.run(self._sql.add_topic, *told, *tail)

    async def _known(self, connection: Connection) -> tuple[dict[str, TopicRow], dict[str, InsightRow]]:
        topics = await connection.rows(self._sql.active_topics, _NO_MODEL)
        insights = await connection.rows(self._sql.active_insights, _NO_MODEL)
        return (
            {row["topic"]: msgspec.convert(_picked(row, TopicRow), TopicRow) for row in topics},
            {row["id"]: msgspec.convert(_picked(row, InsightRow), InsightRow) for row in insights},
        )


def _picked(row: Row, type_: type[TopicRow] | type[InsightRow]) -> dict[str, object]:
    return {name: row[name] for name in type_.__struct_fields__}
