"""Keeps a replica's memory in step: at an event, and every so often by revision, in case an event was missed."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog

from cultural_rag import metrics
from cultural_rag.domain.matrix import Vector
from cultural_rag.domain.notes import Chunk, Insight, NoteIndex, situation_text
from cultural_rag.domain.passages import Changes, PassageIndex
from cultural_rag.domain.stale import Stale
from cultural_rag.handlers.stock import Stock
from zantara.clock import Clock
from zantara.embeddings import Embedder
from zantara.events import CultureUpdated, KnowledgeChanged, Meta
from zantara.runtime.rounds import Rounds, attempt

log = structlog.get_logger()

SETTLE_S = 0.5
"""Imports come in rows; one reading serves all that arrive within this time."""

BATCH = 32
"""Rows embedded between two writes, when the model has changed."""


class Knowledge(Protocol):
    """Where the corpus is read."""

    async def revision(self) -> int:
        """How many imports there have been; raises Unavailable."""
        ...

    async def changes(self, since: int, model: str) -> Changes:
        """What changed after a revision; raises Unavailable."""
        ...


class Culture(Protocol):
    """Where the notes are read."""

    async def revision(self) -> int:
        """How many imports there have been; raises Unavailable."""
        ...

    async def chunks(self, model: str) -> list[Chunk]:
        """The topics in use; raises Unavailable."""
        ...

    async def insights(self, model: str) -> list[Insight]:
        """The insights in use; raises Unavailable."""
        ...


class Vectors(Protocol):
    """Where vectors of another model are found and replaced."""

    async def stale(self, model: str, limit: int) -> list[Stale]:
        """Some rows to embed; none once all are of this model."""
        ...

    async def save(self, rows: Sequence[Stale], vectors: Sequence[Vector], model: str) -> None:
        """Write the vectors of rows of one kind."""
        ...


class Refresh:
    """Reads what is new into the stock; also embeds what has no vector of the present model."""

    def __init__(
        self,
        stock: Stock,
        stores: tuple[Knowledge, Culture, Vectors],
        embedder: Embedder,
        clock: Clock,
        *,
        catch_up_s: float,
        settle_s: float = SETTLE_S,
    ) -> None:
        self._stock = stock
        self._knowledge, self._culture, self._vectors = stores
        self._embedder = embedder
        self._rounds = Rounds(clock, every_s=catch_up_s, settle_s=settle_s)
        self._situations: dict[str, Vector] = {}

    async def __call__(self, event: KnowledgeChanged | CultureUpdated, meta: Meta) -> None:
        """Something was imported, here or by another replica."""
        self._rounds.wake()

    async def warm(self) -> None:
        """Read everything once before readiness; without PostgreSQL the service starts all the same."""
        await attempt(self.read)

    async def run(self) -> None:
        """Stay in step for ever."""
        await self._rounds.run(self._catch_up)

    async def read(self) -> None:
        """Read what is new; raises Unavailable."""
        await self._read_knowledge()
        await self._read_culture()

    async def embed_stale(self) -> int:
        """Embed the rows without a vector of the present model; returns how many. Raises Unavailable."""
        done = 0
        while rows := await self._vectors.stale(self._embedder.model, BATCH):
            metrics.UNEMBEDDED.set(len(rows))
            vectors = await self._embedder.embed([row.text for row in rows])
            await self._vectors.save(rows, list(vectors), self._embedder.model)
            done += len(rows)
        metrics.UNEMBEDDED.set(0)
        return done

    async def _catch_up(self) -> None:
        await self.read()
        if await self.embed_stale():
            await self.read()

    async def _read_knowledge(self) -> None:
        revision = await self._knowledge.revision()
        since = self._stock.knowledge_revision
        if revision == since:
            return
        if revision < since:  # another database, or one restored from a backup
            since = -1
        changes = await self._knowledge.changes(since, self._embedder.model)
        base = PassageIndex.empty(self._embedder.dimension) if since < 0 else self._stock.passages
        self._stock.put_passages(await asyncio.to_thread(base.merged, changes), revision)
        log.info("knowledge_read", revision=revision, changed=len(changes.passages))

    async def _read_culture(self) -> None:
        revision = await self._culture.revision()
        if revision == self._stock.culture_revision:
            return
        chunks = await self._culture.chunks(self._embedder.model)
        insights = await self._culture.insights(self._embedder.model)
        await self._embed_situations(chunks)
        notes = await asyncio.to_thread(NoteIndex, chunks, insights, self._situations, self._embedder.dimension)
        self._stock.put_notes(notes, revision)
        log.info("culture_read", revision=revision, topics=len(chunks), insights=len(insights))

    async def _embed_situations(self, chunks: Sequence[Chunk]) -> None:
        phrases = dict.fromkeys(phrase for chunk in chunks for phrase in chunk.when_to_use)
        new = [phrase for phrase in phrases if phrase not in self._situations]
        vectors = await self._embedder.embed([situation_text(phrase) for phrase in new])
        self._situations.update(zip(new, vectors, strict=True))
