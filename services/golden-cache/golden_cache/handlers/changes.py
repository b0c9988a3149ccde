"""Takes `knowledge.changed` and `chat.feedback`: what an answer stands on moved, or somebody rated it badly."""

from collections.abc import Sequence

import msgspec
import structlog

from golden_cache import metrics
from golden_cache.domain.entries import Status
from golden_cache.domain.rows import Answer, By, Intake, Move, Strike, standing
from golden_cache.handlers.ports import Change, Ledger
from zantara.clock import Clock
from zantara.events import ChatFeedback, Event, GoldenRetired, KnowledgeChanged, Meta

log = structlog.get_logger()

BAD_RATING = 2


class RetireCiting:
    """Retires the answers that stand on a changed document, unless they were vouched for after the change."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    async def __call__(self, event: KnowledgeChanged, meta: Meta) -> Sequence[Event]:
        """One `golden.retired` each; the same event again gives the same."""
        async with self._ledger.changing() as change:
            done = await change.intake(meta.id)
            if done is None:
                moves = [
                    await _withdraw(
                        change,
                        answer,
                        Status.RETIRED,
                        by="knowledge",
                        reason=_changed(answer, event),
                        clock=self._clock,
                    )
                    for answer in await change.citing(event.document_ids, meta.occurred_at)
                ]
                done = Intake(event_id=meta.id, outcome="retired" if moves else "none", moves=tuple(moves))
                await change.keep(done)
        return _told(done)


class CountStrike:
    """Counts bad ratings of golden answers; so many of them put an answer into quarantine."""

    def __init__(self, ledger: Ledger, clock: Clock, *, strikes: int) -> None:
        self._ledger = ledger
        self._clock = clock
        self._strikes = strikes

    async def __call__(self, event: ChatFeedback, meta: Meta) -> Sequence[Event]:
        """`golden.retired` where the answer leaves the stock; the same event again gives the same."""
        if event.cluster_id is None or event.rating > BAD_RATING:
            return ()
        async with self._ledger.changing() as change:
            done = await change.intake(meta.id)
            if done is None:
                done = await self._strike(change, event.cluster_id, event, meta)
                await change.keep(done)
        return _told(done)

    async def _strike(self, change: Change, cluster_id: str, event: ChatFeedback, meta: Meta) -> Intake:
        """A rating of content that has been replaced, or of a turn that has struck already, is none."""
        answer = await change.answer(cluster_id)
        if answer is None or answer.entry.status is not Status.APPROVED or meta.occurred_at <= answer.updated_at:
            return Intake(event_id=meta.id, outcome="ignored")
        strike = Strike(
            event_id=meta.id,
            cluster_id=cluster_id,
            turn_id=event.turn_id,
            rating=event.rating,
            struck_at=meta.occurred_at,
        )
        if not await change.strike(strike):
            return Intake(event_id=meta.id, outcome="repeated")
        metrics.STRIKES.inc()
        struck = msgspec.structs.replace(answer, strikes=answer.strikes + 1)
        if struck.strikes < self._strikes:
            return Intake(event_id=meta.id, outcome="strike")
        reason = f"{struck.strikes} bad ratings"
        move = await _withdraw(change, struck, Status.QUARANTINED, by="feedback", reason=reason, clock=self._clock)
        return Intake(event_id=meta.id, outcome="quarantined", moves=(move,))


async def _withdraw(change: Change, answer: Answer, status: Status, *, by: By, reason: str, clock: Clock) -> Move:
    version = await change.next_version()
    await change.mark(
        standing(
            answer, status, by=by, reason=reason, version=version, now=clock.now(), expires_at=answer.entry.expires_at
        )
    )
    metrics.RETIRED.labels(by).inc()
    cluster_id = answer.entry.cluster_id
    log.info("answer_withdrawn", cluster_id=cluster_id, status=status, reason=reason)
    return Move(cluster_id=cluster_id, stock_version=version, reason=reason)


def _changed(answer: Answer, event: KnowledgeChanged) -> str:
    moved = sorted({each.document_id for each in answer.entry.sources} & set(event.document_ids))
    return f"changed: {', '.join(moved)}"


def _told(done: Intake) -> list[Event]:
    return [
        GoldenRetired(cluster_id=each.cluster_id, stock_version=each.stock_version, reason=each.reason)
        for each in done.moves
    ]
