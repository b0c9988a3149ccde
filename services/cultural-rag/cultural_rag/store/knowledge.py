"""Documents, passages and figures."""

from collections.abc import Mapping, Sequence

from cultural_rag.domain.documents import Document, Known
from cultural_rag.domain.matrix import Vector
from cultural_rag.domain.passages import Changes, StoredPassage, figure_passage
from cultural_rag.domain.rows import PriceRow
from zantara.db import Connection, Database, Outbox, Row, load_statements
from zantara.errors import Unavailable
from zantara.events import Event, Meta


class KnowledgeStore:
    """Each import is one transaction, its event in the outbox beside it."""

    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox
        self._sql = load_statements("cultural_rag")

    async def known(self, document_id: str) -> Known | None:
        """What is stored of a document."""
        return await self._known(self._database, document_id)

    async def save_document(
        self,
        document: Document,
        known: Known | None,
        vectors: Mapping[str, Vector],
        model: str,
        event: Event | None,
        meta: Meta,
    ) -> None:
        """Write a document over what was `known`; raises Unavailable where that has changed meanwhile."""
        async with self._database.transaction() as connection:
            revision = await connection.value(self._sql.next_revision, "knowledge")
            if await self._known(connection, document.front.id) != known:
                raise Unavailable(f"{document.front.id} was imported by somebody else meanwhile")
            version = await connection.value(self._sql.put_document, *_document_values(document), revision)
            gone = set(known.passage_ids if known else ()) - {passage.passage_id for passage in document.passages}
            await connection.run(self._sql.drop_passages, sorted(gone))
            for passage in document.passages:
                if passage.passage_id not in vectors:
                    await connection.run(self._sql.move_passage, passage.passage_id, passage.position)
                    continue
                await connection.run(
                    self._sql.put_passage,
                    passage.passage_id,
                    document.front.id,
                    passage.position,
                    passage.heading,
                    passage.text,
                    document.front.language,
                    vectors[passage.passage_id],
                    model,
                    passage.checksum,
                    version,
                )
            if event:
                await self._outbox.append(connection, event, meta)

    async def prices(self, keys: Sequence[str]) -> dict[str, PriceRow]:
        """Stored rows by key."""
        return await self._prices(self._database, keys)

    async def save_prices(
        self,
        rows: Sequence[PriceRow],
        known: Mapping[str, PriceRow],
        vectors: Sequence[Vector],
        model: str,
        event: Event,
        meta: Meta,
    ) -> None:
        """Write rows over what was `known`; raises Unavailable where that has changed meanwhile."""
        async with self._database.transaction() as connection:
            revision = await connection.value(self._sql.next_revision, "knowledge")
            keys = [row.key for row in rows]
            if await self._prices(connection, keys) != {key: known[key] for key in keys if key in known}:
                raise Unavailable("figures were imported by somebody else meanwhile")
            await connection.run_many(
                self._sql.put_price,
                [(*_price_values(row), vector, model, revision) for row, vector in zip(rows, vectors, strict=True)],
            )
            await self._outbox.append(connection, event, meta)

    async def revision(self) -> int:
        """How many imports there have been."""
        revision: int = await self._database.value(self._sql.revision, "knowledge")
        return revision

    async def changes(self, since: int, model: str) -> Changes:
        """Everything that has changed after a revision, as it is now."""
        documents = [row["id"] for row in await self._database.rows(self._sql.changed_documents, since)]
        passages = await self._database.rows(self._sql.passages_of, documents, model) if documents else []
        prices = await self._database.rows(self._sql.changed_prices, since, model)
        read = [StoredPassage(**dict(row)) for row in passages]
        read += [figure_passage(**dict(row)) for row in prices]
        return Changes(documents=frozenset(documents), passages=tuple(read))

    async def _known(self, connection: Connection, document_id: str) -> Known | None:
        row = await connection.row(self._sql.document, document_id)
        return Known(checksum=row["checksum"], passage_ids=frozenset(row["passage_ids"])) if row else None

    async def _prices(self, connection: Connection, keys: Sequence[str]) -> dict[str, PriceRow]:
        rows = await connection.rows(self._sql.prices, list(keys))
        return {row["key"]: _price(row) for row in rows}


def _document_values(document: Document) -> tuple[object, ...]:
    front = document.front
    return (
        front.id,
        front.title,
        front.language,
        front.topic,
        front.audience,
        front.priority,
        front.confidence,
        front.source,
        front.as_of,
        document.checksum,
    )


def _price_values(row: PriceRow) -> tuple[object, ...]:
    return (
        row.key,
        row.kind,
        row.subject,
        row.value,
        row.unit,
        row.text_en,
        row.document_id,
        row.as_of,
        row.certainty,
    )


def _price(row: Row) -> PriceRow:
    value = row["value"]
    return PriceRow(**{**row, "value": tuple(value) if isinstance(value, list) else value})
