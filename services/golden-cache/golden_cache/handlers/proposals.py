"""Takes `golden.proposed`: what may be published is written with its vectors, the rest is kept with its reasons."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
    standing,
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


class _Case(NamedTuple):
    """A proposal in hand, as the entry that it could become."""

    event: GoldenProposed
    meta: Meta
    entry: GoldenEntry
    vectors: Mapping[str, Vector]


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
        case = _Case(event, meta, entry, vectors)
        near = None if faults else self._near(case)
        async with self._ledger.changing() as change:
            done = await change.intake(meta.id)
            if done is None:
                done = await self._decide(change, case, [str(fault) for fault in faults], near)
                await change.keep(done)
        return done

    def _near(self, case: _Case) -> str | None:
        """Another answer in memory that the canonical questions lead to: two of one kind would hide each other."""
        snapshot = self._stock.snapshot
        for language, text in case.entry.questions.items():
            query = Query(text=text, scope=snapshot.scope, vector=case.vectors[text], language=language)
            found = lookup(snapshot, query)
            if isinstance(found, Hit) and found.entry.cluster_id != case.entry.cluster_id:
                return found.entry.cluster_id
        return None

    async def _decide(self, change: Change, case: _Case, faults: list[str], near: str | None) -> Intake:
        cluster_id, now = case.entry.cluster_id, self._clock.now()
        claimed = await change.claimed(hashes(case.entry), besides=cluster_id, at=now)
        known, other = await change.answer(case.event.cluster_id), await change.answer(near) if near else None
        reasons = [*faults, *self._standing_against(known), *claims(unvaried(case.entry), claimed)]
        if other and stands(other, now):
            reasons.append(f"questions: answered by {near} already")
            await change.assign(other.entry.cluster_id, queries_of(case.event), now)
        if reasons:
            return await self._refuse(change, case, reasons)
        if other:
            await self._replace(change, other, by=cluster_id)
        answer = self._answer(case.event, unclaimed(case.entry, claimed), await change.next_version(), known)
        await change.put(answer, case.vectors, self._embedder.model)
        await change.assign(cluster_id, queries_of(case.event), now)
        outcome = "published" if answer.entry.status is Status.APPROVED else "draft"
        move = Move(cluster_id=cluster_id, stock_version=answer.entry.version)
        return Intake(event_id=case.meta.id, outcome=outcome, moves=(move,))

    async def _replace(self, change: Change, old: Answer, *, by: str) -> None:
        """An answer that is not served any more gives its questions up to the new one."""
        await change.mark(
            standing(
                old,
                Status.RETIRED,
                by="night",
                reason=f"replaced by {by}",
                version=await change.next_version(),
                now=self._clock.now(),
                expires_at=old.entry.expires_at,
            )
        )

    def _standing_against(self, known: Answer | None) -> list[str]:
        """The night never overrules a person."""
        if known is None:
            return []
        if known.entry.status is Status.RETIRED and known.status_by == "operator":
            return ["cluster_id: retired by an operator"]
        if known.origin == CURATED and stands(known, self._clock.now()):
            return ["cluster_id: a curated answer is in stock"]
        return []

    async def _refuse(self, change: Change, case: _Case, reasons: list[str]) -> Intake:
        refusal = Refusal(
            event_id=case.meta.id,
            run_id=case.event.run_id,
            cluster_id=case.event.cluster_id,
            questions=case.event.questions,
            faults=tuple(reasons),
            refused_at=self._clock.now(),
        )
        await change.refuse(refusal)
        return Intake(event_id=case.meta.id, outcome="refused")

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
