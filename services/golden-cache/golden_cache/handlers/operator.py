"""What operators ask: the answers, one of them whole, and a change of its state."""

import structlog

from golden_cache import metrics
from golden_cache.domain.entries import Status
from golden_cache.domain.rows import Answer, expiry, first, shown, standing, stands
from golden_cache.handlers.ports import Ledger
from golden_cache.settings import SERVICE
from zantara.clock import Clock
from zantara.errors import Invalid, NotFound
from zantara.events import (
    GoldenListed,
    GoldenPublished,
    GoldenRetired,
    GoldenShown,
    GoldenStatusSet,
    GoldenSummary,
    ListGolden,
    Meta,
    SetGoldenStatus,
    ShowGolden,
)
from zantara.runtime.rounds import Wake

log = structlog.get_logger()

MOST_LISTED = 10_000


class ListAnswers:
    """Lists the answers, most used first."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def __call__(self, request: ListGolden, meta: Meta) -> GoldenListed:
        """Answers in brief; raises Invalid, Unavailable."""
        faults = []
        if request.status is not None and request.status not in set(Status):
            faults.append(f"status: one of {', '.join(Status)}")
        if not 1 <= request.limit <= MOST_LISTED:
            faults.append(f"limit: 1 to {MOST_LISTED}, not {request.limit}")
        if faults:
            raise Invalid("; ".join(faults), faults=faults)
        return GoldenListed(entries=tuple(map(_summary, await self._ledger.answers(request.status, request.limit))))


class ShowAnswer:
    """Shows one answer in the golden pack's form, with its state beside it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def __call__(self, request: ShowGolden, meta: Meta) -> GoldenShown:
        """The answer; raises NotFound, Unavailable."""
        return GoldenShown(entry=shown(await _known(self._ledger, request.cluster_id)))


class SetStatus:
    """Approves or retires an answer; approving renews what has expired and forgives its strikes."""

    def __init__(self, ledger: Ledger, outbox: Wake, clock: Clock) -> None:
        self._ledger = ledger
        self._outbox = outbox
        self._clock = clock

    async def __call__(self, request: SetGoldenStatus, meta: Meta) -> GoldenStatusSet:
        """The state now; raises NotFound, Unavailable. A state that it has already changes nothing."""
        status = Status(request.status)
        async with self._ledger.changing() as change:
            answer = await change.answer(request.cluster_id)
            if answer is None:
                raise NotFound(f"no golden answer {request.cluster_id}")
            if not self._settled(answer, status):
                after = self._after(answer, status, request.reason, await change.next_version())
                await change.mark(after)
                event = _event(after)
                await change.announce(event, meta.child(source=SERVICE, clock=self._clock, role=event.subject))
        self._outbox.wake()
        log.info("status_set", cluster_id=request.cluster_id, status=status)
        return GoldenStatusSet(cluster_id=request.cluster_id, status=status)

    def _settled(self, answer: Answer, status: Status) -> bool:
        if status is Status.APPROVED:
            return stands(answer, self._clock.now()) and answer.strikes == 0
        return answer.entry.status is status and answer.status_by == "operator"

    def _after(self, answer: Answer, status: Status, reason: str, version: int) -> Answer:
        now, expires_at = self._clock.now(), answer.entry.expires_at
        if status is Status.APPROVED and expires_at is not None and expires_at <= now:
            expires_at = expiry(now, answer.valid_months)
        if status is Status.RETIRED:
            metrics.RETIRED.labels("operator").inc()
        return standing(answer, status, by="operator", reason=reason, version=version, now=now, expires_at=expires_at)


async def _known(ledger: Ledger, cluster_id: str) -> Answer:
    answer = await ledger.answer(cluster_id)
    if answer is None:
        raise NotFound(f"no golden answer {cluster_id}")
    return answer


def _event(answer: Answer) -> GoldenPublished | GoldenRetired:
    cluster_id, version = answer.entry.cluster_id, answer.entry.version
    if answer.entry.status is Status.APPROVED:
        return GoldenPublished(cluster_id=cluster_id, stock_version=version)
    return GoldenRetired(cluster_id=cluster_id, stock_version=version, reason=answer.status_reason)


def _summary(answer: Answer) -> GoldenSummary:
    entry = answer.entry
    return GoldenSummary(
        cluster_id=entry.cluster_id,
        question=first(entry.questions),
        status=entry.status,
        topic=entry.topic,
        languages=tuple(entry.answers),
        confidence=entry.confidence,
        usage_count=answer.usage_count,
        strikes=answer.strikes,
        generated_by=answer.origin.generated_by,
    )
