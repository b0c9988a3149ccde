"""Imports: what is wrong is refused in words, what is new is embedded and written with its event, the rest is left."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar

import structlog

from cultural_rag import metrics
from cultural_rag.domain.checking import checked
from cultural_rag.domain.documents import Document, Known, Refused, read_document
from cultural_rag.domain.matrix import Vector
from cultural_rag.domain.notes import chunk_embedding_text, insight_embedding_text
from cultural_rag.domain.passages import FIGURE, embedding_text, figure_embedding_text
from cultural_rag.domain.rows import InsightRow, PriceRow, TopicRow
from zantara.clock import Clock
from zantara.embeddings import Embedder
from zantara.events import (
    CultureUpdated,
    DocumentImported,
    Event,
    ImportCulture,
    ImportDocument,
    ImportPrices,
    KnowledgeChanged,
    Meta,
    RowsImported,
)
from zantara.runtime.rounds import Wake

log = structlog.get_logger()

SERVICE = "cultural-rag"

R = TypeVar("R", TopicRow, InsightRow, PriceRow)


class Documents(Protocol):
    """Where documents are kept."""

    async def known(self, document_id: str) -> Known | None:
        """What is stored of a document; raises Unavailable."""
        ...

    async def save_document(
        self,
        document: Document,
        known: Known | None,
        vectors: Mapping[str, Vector],
        model: str,
        event: Event | None,
        meta: Meta,
    ) -> None:
        """Write it and its event in one transaction; raises Unavailable."""
        ...


class Prices(Protocol):
    """Where figures are kept."""

    async def prices(self, keys: Sequence[str]) -> dict[str, PriceRow]:
        """Stored rows by key; raises Unavailable."""
        ...

    async def save_prices(
        self,
        rows: Sequence[PriceRow],
        known: Mapping[str, PriceRow],
        vectors: Sequence[Vector],
        model: str,
        event: Event,
        meta: Meta,
    ) -> None:
        """Write them and their event in one transaction; raises Unavailable."""
        ...


Rows = tuple[Mapping[str, TopicRow], Mapping[str, InsightRow]]


class Notes(Protocol):
    """Where topics and insights are kept."""

    async def known(self) -> Rows:
        """Rows in use; raises Unavailable."""
        ...

    async def save(
        self,
        rows: Sequence[TopicRow | InsightRow],
        known: Rows,
        vectors: Sequence[Vector],
        model: str,
        event: Event,
        meta: Meta,
    ) -> None:
        """Write them and their event in one transaction; raises Unavailable."""
        ...


class TakeDocument:
    """Takes a document; the same text again changes nothing and publishes nothing."""

    def __init__(self, store: Documents, embedder: Embedder, outbox: Wake, clock: Clock) -> None:
        self._store = store
        self._embedder = embedder
        self._outbox = outbox
        self._clock = clock

    async def __call__(self, request: ImportDocument, meta: Meta) -> DocumentImported:
        """What became of the document; raises Unavailable."""
        document = read_document(request.name, request.markdown)
        if isinstance(document, Refused):
            metrics.IMPORTS.labels("document", "refused").inc()
            return DocumentImported(document_id=document.document_id, outcome="refused", faults=document.faults)
        outcome = await self._take(document, meta)
        metrics.IMPORTS.labels("document", outcome).inc()
        return DocumentImported(document_id=document.front.id, outcome=outcome, passages=len(document.passages))

    async def _take(self, document: Document, meta: Meta) -> str:
        known = await self._store.known(document.front.id)
        if known and known.checksum == document.checksum:
            return "unchanged"
        held = known.passage_ids if known else frozenset()
        front, new = document.front, [each for each in document.passages if each.passage_id not in held]
        texts = [embedding_text(front.title, each.heading, each.text, front.language) for each in new]
        vectors = await self._embedder.embed(texts)
        changed = held ^ {each.passage_id for each in document.passages}
        event = KnowledgeChanged(document_ids=(front.id,), passage_ids=tuple(sorted(changed))) if changed else None
        await self._store.save_document(
            document,
            known,
            {each.passage_id: vector for each, vector in zip(new, vectors, strict=True)},
            self._embedder.model,
            event,
            meta.child(source=SERVICE, clock=self._clock, role="knowledge.changed"),
        )
        self._outbox.wake()
        log.info("document_imported", document_id=front.id, changed=len(changed))
        return "changed" if known else "added"


class TakePrices:
    """Takes rows of the table of figures; good rows are taken, the others named."""

    def __init__(self, store: Prices, embedder: Embedder, outbox: Wake, clock: Clock) -> None:
        self._store = store
        self._embedder = embedder
        self._outbox = outbox
        self._clock = clock

    async def __call__(self, request: ImportPrices, meta: Meta) -> RowsImported:
        """How many figures are new or different; raises Unavailable."""
        given, faults = _accepted(PriceRow, request.rows, "rows", key="key")
        known = await self._store.prices(list(given))
        rows = [row for key, row in given.items() if known.get(key) != row]
        if rows:
            texts = [figure_embedding_text(row.subject, row.kind, row.text_en) for row in rows]
            vectors = await self._embedder.embed(texts)
            event = KnowledgeChanged(
                document_ids=tuple(sorted({row.document_id for row in rows})),
                passage_ids=tuple(sorted(FIGURE + row.key for row in rows)),
            )
            child = meta.child(source=SERVICE, clock=self._clock, role="knowledge.changed")
            await self._store.save_prices(rows, known, list(vectors), self._embedder.model, event, child)
            self._outbox.wake()
        _count("price", len(rows), faults)
        return RowsImported(changed=len(rows), faults=faults)


class TakeCulture:
    """Takes topics (a changed one as its next version) and insights; good rows are taken, the others named."""

    def __init__(self, store: Notes, embedder: Embedder, outbox: Wake, clock: Clock) -> None:
        self._store = store
        self._embedder = embedder
        self._outbox = outbox
        self._clock = clock

    async def __call__(self, request: ImportCulture, meta: Meta) -> RowsImported:
        """How many rows are new or different; raises Unavailable."""
        topics, topic_faults = _accepted(TopicRow, request.topics, "topics", key="topic")
        insights, insight_faults = _accepted(InsightRow, request.insights, "insights", key="id")
        known = await self._store.known()
        rows: list[TopicRow | InsightRow] = [row for key, row in topics.items() if known[0].get(key) != row]
        rows += [row for key, row in insights.items() if known[1].get(key) != row]
        if rows:
            vectors = await self._embedder.embed([_text(row) for row in rows])
            event = CultureUpdated(topics=tuple(sorted({row.topic for row in rows})))
            child = meta.child(source=SERVICE, clock=self._clock, role="culture.updated")
            await self._store.save(rows, known, list(vectors), self._embedder.model, event, child)
            self._outbox.wake()
        _count("culture", len(rows), faults := topic_faults + insight_faults)
        return RowsImported(changed=len(rows), faults=faults)


def _text(row: TopicRow | InsightRow) -> str:
    if isinstance(row, TopicRow):
        return chunk_embedding_text(row.title, row.content, row.language)
    return insight_embedding_text(row.signal, row.meaning, row.language)


def _accepted(
    type_: type[R], rows: Sequence[Mapping[str, Any]], name: str, *, key: str
) -> tuple[dict[str, R], tuple[str, ...]]:
    good: dict[str, R] = {}
    faults: list[str] = []
    for place, row in enumerate(rows):
        value, found = checked(type_, row)
        if value is not None and (own := str(getattr(value, key))) in good:
            found = (f"{key}: {own} given twice",)
        elif value is not None:
            good[own] = value
        faults += [f"{name}[{place}].{fault}" for fault in found]
    return good, tuple(faults)


def _count(kind: str, changed: int, faults: Sequence[str]) -> None:
    metrics.IMPORTS.labels(kind, "changed").inc(changed)
    metrics.IMPORTS.labels(kind, "refused").inc(len(faults))
