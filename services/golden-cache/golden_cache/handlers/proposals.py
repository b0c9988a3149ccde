"""Takes `golden.proposed`: what may be published is written with its vectors, the rest is kept with its reasons."""

from collections.abc import Mapping, Sequence

import msgspec
import structlog

from golden_cache import metrics
from golden_cache.domain.entries import GoldenEntry, Status
from golden_cache.domain.lookup import Hit, Query, lookup
from golden_cache.domain.proposals import origin_of, queries_of, weigh
from golden_cache.domain.rows import (
    CURATED,
    Answer,
    Intake,
    Move,
    Refusal,
    Vector,
    checksum,
    claims,
    expiry,
    hashes,
    phrasings,
    stands,
    unclaimed,
)
from golden_cache.handlers.ports import Change, Ledger
from golden_cache.handlers.stock import Stock
from zantara.clock import Clock
from zantara.embeddings import Embedder
from zantara.events import Event, GoldenProposed, GoldenPublished, Meta

log = structlog.get_logger()


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """On which terms proposals are taken."""

    min_users: int
    auto_approve: bool
    valid_months: float


class TakeProposal:
    """One proposal, once: published, kept as a draft, or refused."""

    def __init__(self, ledger: Ledger, stock: Stock, embedder: Embedder, clock: Clock, terms: Terms) -> None:
        self._ledger = ledger
        self._stock = stock
        self._embedder = embedder
        self._clock = clock
        self._terms = terms

    async def __call__(self, event: GoldenProposed, meta: Meta) -> Sequence[Event]:
        """`golden.published`, or nothing; the same event again gives the same."""
        done = await self._ledger.intake(meta.id)
        if done is None:
            done = await self._take(event, meta)
            metrics.PROPOSALS.labels(done.outcome).inc()
            log.info("proposal_taken", cluster_id=event.cluster_id, outcome=done.outcome)
        return [GoldenPublished(cluster_id=each.cluster_id, stock_version=each.stock_version) for each in done.moves]

    async def _take(self, event: GoldenProposed, meta: Meta) -> Intake:
        entry, faults = weigh(event, min_users=self._terms.min_users)
        vectors: dict[str, Vector] = {}
        if not faults:
            texts = list(dict.fromkeys(each.text for each in phrasings(entry)))
            vectors = dict(zip(texts, await self._embedder.embed(texts), strict=True))
        owner = None if faults else self._covering(entry, vectors)
        async with self._ledger.changing() as change:
            if done := await change.intake(meta.id):
                return done
            reasons = [str(fault) for fault in faults]
            if owner:
                reasons.append(f"questions: answered by {owner} already")
                if await change.answer(owner):
                    await change.assign(owner, queries_of(event), self._clock.now())
            return await self._decide(change, event, meta, entry, vectors, reasons)

    def _covering(self, entry: GoldenEntry, vectors: Mapping[str, Vector]) -> str | None:
        """Another answer in stock that the canonical questions lead to: two of one kind would hide each other."""
        snapshot = self._stock.snapshot
        for language, text in entry.questions.items():
            query = Query(text=text, scope=snapshot.scope, vector=vectors[text], language=language)
            found = lookup(snapshot, query)
            if isinstance(found, Hit) and found.entry.cluster_id != entry.cluster_id:
                return found.entry.cluster_id
        return None

    async def _decide(
        self,
        change: Change,
        event: GoldenProposed,
        meta: Meta,
        entry: GoldenEntry,
        vectors: Mapping[str, Vector],
        reasons: list[str],
    ) -> Intake:
        known = await change.answer(event.cluster_id)
        claimed = await change.claimed(hashes(entry), besides=entry.cluster_id)
        reasons = reasons + self._standing_against(known) + claims(unvaried(entry), claimed)
        if reasons:
            return await self._refuse(change, event, meta, reasons)
        answer = self._answer(event, unclaimed(entry, claimed), await change.next_version(), known)
        await change.put(answer, vectors, self._embedder.model)
        await change.assign(entry.cluster_id, queries_of(event), answer.updated_at)
        outcome = "published" if answer.entry.status is Status.APPROVED else "draft"
        moves = (Move(cluster_id=entry.cluster_id, stock_version=answer.entry.version),)
        done = Intake(event_id=meta.id, outcome=outcome, moves=moves)
        await change.keep(done)
        return done

    def _standing_against(self, known: Answer | None) -> list[str]:
        """The night never overrules a person."""
        if known is None:
            return []
        if known.entry.status is Status.RETIRED and known.status_by == "operator":
            return ["cluster_id: retired by an operator"]
        if known.origin == CURATED and stands(known, self._clock.now()):
            return ["cluster_id: a curated answer is in stock"]
        return []

    async def _refuse(self, change: Change, event: GoldenProposed, meta: Meta, reasons: list[str]) -> Intake:
        refusal = Refusal(
            event_id=meta.id,
            run_id=event.run_id,
            cluster_id=event.cluster_id,
            questions=event.questions,
            faults=tuple(reasons),
            refused_at=self._clock.now(),
        )
        await change.refuse(refusal)
        done = Intake(event_id=meta.id, outcome="refused")
        await change.keep(done)
        return done

    def _answer(self, event: GoldenProposed, entry: GoldenEntry, version: int, known: Answer | None) -> Answer:
        now, months = self._clock.now(), self._terms.valid_months
        entry = msgspec.structs.replace(
            entry,
            status=Status.APPROVED if self._terms.auto_approve else Status.DRAFT,
            version=version,
            expires_at=expiry(now, months),
        )
        return Answer(
            entry=entry,
            origin=origin_of(event),
            checksum=checksum(entry, months),
            valid_months=months,
            status_by="night",
            updated_at=now,
            created_at=known.created_at if known else now,
        )


def unvaried(entry: GoldenEntry) -> GoldenEntry:
    """The entry with its canonical questions only."""
    return msgspec.structs.replace(entry, variations={})
