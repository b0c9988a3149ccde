"""`cultural.lookup`: the one to three notes that apply, or none; uses are counted behind the reply."""

from cultural_rag import metrics
from cultural_rag.domain.notes import Note, Situation
from cultural_rag.domain.terms import Query
from cultural_rag.handlers.reading import understood, vector_of
from cultural_rag.handlers.stock import Stock
from zantara.embeddings import Embedder
from zantara.events import CulturalChunk, CulturalLookup, CulturalReply, Meta
from zantara.runtime.usage import UsageCount
from zantara.text.segments import Category

MOST_NOTES = 3

_CATEGORIES = frozenset(map(str, Category))


class LookUpCulture:
    """Weighs the evidence that a note applies."""

    def __init__(self, stock: Stock, embedder: Embedder, usage: UsageCount[tuple[str, str]]) -> None:
        self._stock = stock
        self._embedder = embedder
        self._usage = usage

    async def __call__(self, request: CulturalLookup, meta: Meta) -> CulturalReply:
        """Notes, best first; raises Invalid, or Unavailable before the notes have been read."""
        query = understood(request.message, request.language, request.limit, most=MOST_NOTES, field="message")
        notes = await self._notes(query, request)
        for note in notes:
            self._usage.note((note.kind, note.key))
        category = request.category if request.category in _CATEGORIES else "unknown"
        metrics.LOOKUPS.labels(category, "found" if notes else "none").inc()
        return CulturalReply(
            chunks=tuple(
                CulturalChunk(topic=note.topic, content=note.content, score=note.score, kind=note.kind)
                for note in notes
            )
        )

    async def _notes(self, query: Query, request: CulturalLookup) -> list[Note]:
        index = self._stock.notes
        weighed = index.weigh(query, Situation(category=request.category, tone=request.tone, stage=request.stage))
        if weighed.hopeless:
            return []
        return index.choose(weighed, await vector_of(query, request.embedding, self._embedder), request.limit)
