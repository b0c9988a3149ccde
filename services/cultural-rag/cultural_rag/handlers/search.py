"""`knowledge.search`: from memory, so that neither PostgreSQL nor an import can slow it."""

from cultural_rag import metrics
from cultural_rag.domain.passages import Hit
from cultural_rag.handlers.reading import understood, vector_of
from cultural_rag.handlers.stock import Stock
from zantara.embeddings import Embedder
from zantara.events import KnowledgeReply, KnowledgeSearch, Meta, Passage

MOST_PASSAGES = 20


class SearchKnowledge:
    """Finds the passages that answer a question, or none."""

    def __init__(self, stock: Stock, embedder: Embedder) -> None:
        self._stock = stock
        self._embedder = embedder

    async def __call__(self, request: KnowledgeSearch, meta: Meta) -> KnowledgeReply:
        """Passages, best first; raises Invalid, or Unavailable before the corpus has been read."""
        query = understood(request.query, request.language, request.limit, most=MOST_PASSAGES, field="query")
        vector = await vector_of(query, request.embedding, self._embedder)
        hits = self._stock.passages.search(query, vector, request.limit)
        metrics.SEARCHES.labels(query.language or "mixed", "found" if hits else "none").inc()
        return KnowledgeReply(passages=tuple(_passage(hit) for hit in hits))


def _passage(hit: Hit) -> Passage:
    found = hit.passage
    return Passage(
        document_id=found.document_id,
        title=found.title,
        text=found.text,
        score=hit.score,
        source=found.source,
        as_of=found.as_of,
        passage_id=found.passage_id,
        language=found.language,
    )
