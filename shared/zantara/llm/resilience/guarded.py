"""A chat model behind breaker, share, deadlines and the only retries there are."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from random import SystemRandom
from typing import Any

import msgspec

from zantara.clock import Clock
from zantara.errors import Transient
from zantara.llm.errors import (
    BrokenStream,
    ModelError,
    Overloaded,
    RateLimited,
    ServerFault,
    TimedOut,
    Unreachable,
)
from zantara.llm.metrics import LlmMetrics
from zantara.llm.port import ChatModel, Completion, Deadline, ModelRequest, Piece, reading
from zantara.llm.resilience.attempt import Attempt
from zantara.llm.resilience.breaker import Breaker, BreakerState
from zantara.llm.resilience.budget import RetryBudget
from zantara.llm.resilience.share import Lane

RETRIED = (Unreachable, Overloaded, RateLimited, ServerFault, BrokenStream)
"""Worth a second attempt; a passed deadline is not: the next rung is faster than the same hang again."""


class RetryPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """Attempts in all, and the full jitter between them (AWS Builders' Library)."""

    attempts: int = 2
    base_s: float = 0.25
    cap_s: float = 4.0

    def pause_s(self, attempt: int, jitter: float) -> float:
        """The pause after that attempt (1 is the first), for a jitter in [0, 1)."""
        return min(self.cap_s, self.base_s * 2.0 ** (attempt - 1)) * jitter


class Guarded:
    """A ChatModel that asks another one politely.

    An attempt goes out only where the breaker admits it and a slot is free; it is retried only before its first
    token, within the retry budget, and only where the pause (and the provider's retry-after) fits the deadline.
    """

    def __init__(
        self,
        model: ChatModel,
        *,
        breaker: Breaker,
        budget: RetryBudget,
        limiter: Lane,
        clock: Clock,
        metrics: LlmMetrics,
        retry: RetryPolicy | None = None,
        jitter: Callable[[], float] | None = None,
    ) -> None:
        self._model = model
        self._breaker = breaker
        self._budget = budget
        self._limiter = limiter
        self._clock = clock
        self._metrics = metrics
        self._retry = retry or RetryPolicy()
        self._jitter = jitter or SystemRandom().random

    @property
    def name(self) -> str:
        """The model's own name."""
        return self._model.name

    @property
    def provider(self) -> str:
        """The model's own provider."""
        return self._model.provider

    @property
    def breaker(self) -> Breaker:
        """The breaker in front of this model: a route may look at its state before it asks."""
        return self._breaker

    async def complete(self, request: ModelRequest, deadline: Deadline) -> Completion:
        """The whole answer, within the deadline's total."""
        self._budget.deposit()
        attempt = 1
        while True:
            try:
                return await self._complete_once(request, deadline)
            except ModelError as error:
                if not await self._may_retry(error, attempt, deadline):
                    raise
            attempt += 1

    async def stream(self, request: ModelRequest, deadline: Deadline) -> AsyncGenerator[Piece]:
        """Text deltas, then the completion, each within its deadline; no retry once a delta is out."""
        self._budget.deposit()
        attempt, begun = 1, False
        while True:
            try:
                async with reading(self._stream_once(request, deadline)) as pieces:
                    async for piece in pieces:
                        begun = True
                        yield piece
            except ModelError as error:
                if begun or not await self._may_retry(error, attempt, deadline):
                    raise
            else:
                return
            attempt += 1

    async def _complete_once(self, request: ModelRequest, deadline: Deadline) -> Completion:
        async with self._attempt(deadline) as attempt:
            completion = await self._in_time(self._model.complete(request, deadline), deadline)
            attempt.note(completion)
            return completion

    async def _stream_once(self, request: ModelRequest, deadline: Deadline) -> AsyncGenerator[Piece]:
        delivered: list[str] = []
        async with (
            self._attempt(deadline) as attempt,
            reading(self._model.stream(request, deadline)) as pieces,
        ):
            while not isinstance(piece := await self._next(pieces, deadline, delivered), Completion):
                delivered.append(piece)
                yield piece
            attempt.note(piece)
        yield piece

    def _attempt(self, deadline: Deadline) -> Attempt:
        remaining_s = deadline.remaining_s(self._clock)
        if remaining_s <= 0:
            raise TimedOut(stage="total")
        return Attempt(
            model=self.name,
            provider=self.provider,
            breaker=self._breaker,
            limiter=self._limiter,
            clock=self._clock,
            metrics=self._metrics,
            within_s=remaining_s,
        )

    async def _in_time(self, call: Coroutine[Any, Any, Completion], deadline: Deadline) -> Completion:
        try:
            async with asyncio.timeout(deadline.remaining_s(self._clock)):
                return await call
        except TimeoutError:
            raise TimedOut(f"{self.provider}: no answer in time", stage="total") from None

    async def _next(self, pieces: AsyncIterator[Piece], deadline: Deadline, delivered: list[str]) -> Piece:
        limit_s, stage = deadline.next_limit(self._clock, first=not delivered)
        try:
            async with asyncio.timeout(limit_s):
                return await anext(pieces)
        except TimeoutError:
            raise TimedOut(f"{self.provider}: {stage} deadline passed", stage=stage) from None
        except StopAsyncIteration:
            raise BrokenStream(f"{self.provider}: ended without completion", delivered="".join(delivered)) from None

    async def _may_retry(self, error: ModelError, attempt: int, deadline: Deadline) -> bool:
        """Decide on a further attempt and, where there is one, pause for it."""
        pause_s = self._retry.pause_s(attempt, self._jitter())
        if isinstance(error, Transient):
            pause_s = max(pause_s, error.retry_after_s or 0.0)
        worth_it = (
            isinstance(error, RETRIED)
            and attempt < self._retry.attempts
            and pause_s < deadline.remaining_s(self._clock)
            and self._breaker.state is not BreakerState.OPEN
        )
        if not worth_it or not self._budget.spend():
            return False
        self._metrics.retried(self.provider, self.name, error.outcome)
        await self._clock.sleep(pause_s)
        return True
