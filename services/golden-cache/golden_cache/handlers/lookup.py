"""`golden.lookup`: from memory only; a text that is stored word for word needs no vector."""

import msgspec

from golden_cache import metrics
from golden_cache.domain.guard import RejectReason
from golden_cache.domain.language import sure_language
from golden_cache.domain.lookup import Hit, Miss, Query, lookup
from golden_cache.domain.rows import Vector
from golden_cache.handlers.stock import Stock
from zantara.clock import Clock
from zantara.embeddings import Embedder, carried_vector
from zantara.events import GoldenLookup, GoldenReply, Meta, Source
from zantara.runtime.usage import UsageCount
from zantara.text.language import identify

MOST_CHARS = 1000
"""A longer message is no general question; the guard would refuse it after work that can be spared."""


class LookUp:
    """Finds the answer that is there already, or says why there is none."""

    def __init__(self, stock: Stock, embedder: Embedder, usage: UsageCount[str], clock: Clock) -> None:
        self._stock = stock
        self._embedder = embedder
        self._usage = usage
        self._clock = clock

    async def __call__(self, request: GoldenLookup, meta: Meta) -> GoldenReply:
        """A hit or a miss; raises Unavailable before the stock has been read, Invalid for a broken vector."""
        started = self._clock.monotonic()
        found = await self._find(request)
        if isinstance(found, Hit) and not found.entry.served_at(self._clock.now()):
            found = Miss(reason=RejectReason.STALE, similarity=found.similarity, cluster_id=found.entry.cluster_id)
        result = found.match_type if isinstance(found, Hit) else "miss"
        metrics.LOOKUPS.labels(result).inc()
        metrics.LOOKUP.labels(result).observe(self._clock.monotonic() - started)
        if isinstance(found, Miss):
            metrics.REJECTS.labels(found.reason).inc()
            return GoldenReply(hit=False, similarity=_rounded(found.similarity), reason=found.reason.value)
        metrics.LANGUAGES.labels(found.language).inc()
        self._usage.note(found.entry.cluster_id)
        return _reply(found)

    async def _find(self, request: GoldenLookup) -> Hit | Miss:
        text = request.query
        if not text.strip():
            return Miss(reason=RejectReason.EMPTY)
        if len(text) > MOST_CHARS:
            return Miss(reason=RejectReason.TOO_LONG)
        snapshot = self._stock.snapshot
        query = Query(
            text=text,
            scope=snapshot.scope,
            language=request.language or sure_language(identify(text)),
            conversation_language=request.context.get("language"),
        )
        found = lookup(snapshot, query)
        if isinstance(found, Hit) or found.reason is not RejectReason.NO_CANDIDATE or not snapshot.size:
            return found
        return lookup(self._stock.snapshot, msgspec.structs.replace(query, vector=await self._vector(request)))

    async def _vector(self, request: GoldenLookup) -> Vector:
        """The carried one where it is of this model, else one made here."""
        carried = carried_vector(request.embedding, self._embedder)
        metrics.EMBEDDED.labels("made" if carried is None else "carried").inc()
        return await self._embedder.embed_one(request.query) if carried is None else carried


def _reply(hit: Hit) -> GoldenReply:
    return GoldenReply(
        hit=True,
        match_type="exact" if hit.match_type == "exact" else "semantic",
        cluster_id=hit.entry.cluster_id,
        answer=hit.answer,
        language=hit.language,
        sources=tuple(
            Source(
                id=each.document_id,
                title=each.title,
                score=1.0 if each.score is None else each.score,
                as_of=each.as_of,
            )
            for each in hit.entry.sources
        ),
        confidence=hit.entry.confidence,
        similarity=_rounded(hit.similarity),
        simulated=hit.entry.simulated,
    )


def _rounded(similarity: float) -> float:
    return round(similarity, 4)
