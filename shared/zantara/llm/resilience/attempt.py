"""One attempt at a model: admitted by breaker and share, its end told to both and to the metrics."""

import asyncio
from types import TracebackType
from typing import Self

from zantara.clock import Clock
from zantara.llm.errors import ModelError, RateLimited
from zantara.llm.metrics import LlmMetrics
from zantara.llm.port import Completion
from zantara.llm.resilience.breaker import Breaker
from zantara.llm.resilience.share import Lane


class Attempt:
    """An async context around one call; `note` its completion inside."""

    def __init__(
        self,
        *,
        model: str,
        provider: str,
        breaker: Breaker,
        limiter: Lane,
        clock: Clock,
        metrics: LlmMetrics,
        within_s: float,
    ) -> None:
        self._target = (provider, model)
        self._breaker = breaker
        self._limiter = limiter
        self._clock = clock
        self._metrics = metrics
        self._within_s = within_s
        self._started_s = 0.0
        self._completion: Completion | None = None

    def note(self, completion: Completion) -> None:
        """The provider has answered."""
        self._completion = completion

    async def __aenter__(self) -> Self:
        """Ask breaker and share. Raises BreakerOpen, Busy."""
        try:
            self._permit = self._breaker.enter()
            await self._take_slot()
        except ModelError as error:
            self._metrics.refused(*self._target, error.outcome)
            raise
        self._started_s = self._clock.monotonic()
        self._metrics.started(*self._target)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        completion = self._completion
        if isinstance(error, RateLimited):
            self._limiter.share.throttled()
        elif completion is not None:
            self._limiter.share.answered()
            self._metrics.answered(*self._target, completion)
        self._limiter.release()
        seconds = self._clock.monotonic() - self._started_s
        self._permit.settle(error, answered=completion is not None, lasted_s=seconds)
        self._metrics.ended(*self._target, outcome=_outcome(error, completion), seconds=seconds)

    async def _take_slot(self) -> None:
        try:
            await self._limiter.take(self._within_s)
        except (ModelError, asyncio.CancelledError):
            self._permit.settle(None, answered=False)
            raise


def _outcome(error: BaseException | None, completion: Completion | None) -> str:
    """What the metric calls it: ok or the stop reason, the error's word, `cancelled` where the caller left."""
    if completion is not None:
        return "ok" if completion.stop_reason == "end" else completion.stop_reason
    if isinstance(error, ModelError):
        return error.outcome
    return "cancelled" if isinstance(error, (asyncio.CancelledError, GeneratorExit)) else "error"
