"""Takes `chat.completed`, lets LLAMA answer the same request, keeps the pair."""

from collections.abc import Sequence
from typing import Protocol

import structlog

from shadow_judge import metrics
from shadow_judge.domain import Attempt, Comparison, Snapshot, compare, skip_reason
from zantara.clock import Clock, child_id
from zantara.events import ChatCompleted, Event, Meta, ShadowCompared

log = structlog.get_logger()


class Pairs(Protocol):
    """Where turns are read and pairs are kept."""

    async def snapshot(self, turn_id: str) -> Snapshot:
        """The turn as it was; raises NotFound."""
        ...

    async def find(self, comparison_id: str) -> Comparison | None:
        """A pair that is there."""
        ...

    async def keep(self, comparison: Comparison, answer: str) -> None:
        """Keep a pair, once."""
        ...


class Lines(Protocol):
    """The day's file."""

    async def append(self, comparison: Comparison, *, check: bool = False) -> None:
        """Write a pair's line; with `check` only where it is not there."""
        ...


class Llama(Protocol):
    """LLAMA under its time limit."""

    async def __call__(self, snapshot: Snapshot) -> Attempt:
        """Its answer or its failure; raises Unavailable where it may not be asked now (breaker, switch)."""
        ...


class Similarity(Protocol):
    """How near two answers are in meaning."""

    async def __call__(self, one: str, other: str) -> float:
        """A cosine."""
        ...


class CompareTurn:
    """One pair per sampled turn, whatever is redelivered: row first, then line, then event."""

    def __init__(
        self, pairs: Pairs, lines: Lines, llama: Llama, similarity: Similarity, clock: Clock, *, enabled: bool,
        share: float,
    ) -> None:  # fmt: skip
        self._pairs = pairs
        self._lines = lines
        self._llama = llama
        self._similarity = similarity
        self._clock = clock
        self._enabled = enabled
        self._share = share

    async def __call__(self, event: ChatCompleted, meta: Meta) -> Sequence[Event]:
        """The comparison as an event, or nothing where the turn is not compared."""
        reason = skip_reason(event, enabled=self._enabled, share=self._share)
        if reason:
            metrics.SKIPPED.labels(reason).inc()
            return ()
        comparison_id = child_id(event.turn_id, "comparison")
        known = await self._pairs.find(comparison_id)
        comparison = known or await self._compare(event, comparison_id)
        if comparison is None:
            return ()
        await self._lines.append(comparison, check=meta.attempt > 1)
        return [_told(comparison)]

    async def _compare(self, event: ChatCompleted, comparison_id: str) -> Comparison | None:
        snapshot = await self._pairs.snapshot(event.turn_id)
        if snapshot.prompt is None:
            metrics.SKIPPED.labels("no_prompt").inc()
            return None
        attempt = await self._llama(snapshot)
        similarity = await self._similarity(snapshot.answer, attempt.text) if attempt.text else None
        comparison = compare(
            event, snapshot, attempt, comparison_id=comparison_id, at=self._clock.now(), similarity=similarity
        )
        await self._pairs.keep(comparison, attempt.text)
        metrics.PAIRS.labels(comparison.segment, comparison.failure or "success").inc()
        metrics.LLAMA_LATENCY.observe(attempt.latency_ms / 1000)
        return comparison


def _told(comparison: Comparison) -> ShadowCompared:
    return ShadowCompared(
        comparison_id=comparison.comparison_id,
        turn_id=comparison.turn_id,
        segment=comparison.segment,
        success=comparison.success,
        failure=comparison.failure,
        latency_ms=comparison.llama_latency_ms,
        baseline_latency_ms=comparison.baseline_latency_ms,
        similarity=comparison.similarity,
        length_ratio=comparison.length_ratio,
        language_match=comparison.language_match,
        simulated=comparison.simulated,
    )
