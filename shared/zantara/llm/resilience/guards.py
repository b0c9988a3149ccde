"""The guards of one process: a breaker per provider and model, a share and a retry budget per provider."""

from collections.abc import Mapping

import msgspec

from zantara.clock import Clock
from zantara.llm.metrics import LlmMetrics
from zantara.llm.port import ChatModel
from zantara.llm.resilience.breaker import Breaker, BreakerPolicy
from zantara.llm.resilience.budget import BudgetPolicy, RetryBudget
from zantara.llm.resilience.guarded import Guarded, RetryPolicy
from zantara.llm.resilience.share import ConcurrencyShare, SharePolicy, Traffic


class GuardPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """All figures of the guards; the defaults are those of the specification."""

    breaker: BreakerPolicy = BreakerPolicy()
    budget: BudgetPolicy = BudgetPolicy()
    share: SharePolicy = SharePolicy()
    retry: RetryPolicy = RetryPolicy()


class Guards:
    """Made once in `main`; two guarded views of one model (chat and background) share its breaker and slots."""

    def __init__(self, clock: Clock, metrics: LlmMetrics, policy: GuardPolicy | None = None) -> None:
        self._clock = clock
        self._metrics = metrics
        self._policy = policy or GuardPolicy()
        self._breakers: dict[tuple[str, str], Breaker] = {}
        self._shares: dict[str, tuple[RetryBudget, ConcurrencyShare]] = {}

    @property
    def breakers(self) -> Mapping[tuple[str, str], Breaker]:
        """The breakers by provider and model."""
        return self._breakers

    def guard(self, model: ChatModel, *, traffic: Traffic = "interactive", retry: RetryPolicy | None = None) -> Guarded:
        """The model behind its guards; `RetryPolicy(attempts=1)` where a next rung is faster than a retry."""
        budget, share = self._provider(model.provider)
        return Guarded(
            model,
            breaker=self._breaker(model),
            budget=budget,
            limiter=share.lane(traffic),
            clock=self._clock,
            metrics=self._metrics,
            retry=retry or self._policy.retry,
        )

    def _breaker(self, model: ChatModel) -> Breaker:
        key = (model.provider, model.name)
        if key not in self._breakers:
            breaker = Breaker(self._clock, "/".join(key), self._policy.breaker)
            self._breakers[key] = breaker
            self._metrics.watch_breaker(*key, read=lambda: float(breaker.state.value))
        return self._breakers[key]

    def _provider(self, provider: str) -> tuple[RetryBudget, ConcurrencyShare]:
        if provider not in self._shares:
            budget = RetryBudget(self._clock, self._policy.budget)
            share = ConcurrencyShare(provider, self._policy.share)
            self._shares[provider] = (budget, share)
            self._metrics.watch_provider(provider, budget=lambda: budget.tokens, limit=lambda: float(share.limit))
        return self._shares[provider]
