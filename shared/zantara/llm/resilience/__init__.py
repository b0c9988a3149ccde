"""What stands between us and a provider in trouble: breaker, retry budget, concurrency share, deadlines."""

from zantara.llm.resilience.breaker import Breaker, BreakerPolicy, BreakerState
from zantara.llm.resilience.budget import BudgetPolicy, RetryBudget
from zantara.llm.resilience.guarded import Guarded, RetryPolicy
from zantara.llm.resilience.guards import GuardPolicy, Guards
from zantara.llm.resilience.share import ConcurrencyShare, Lane, SharePolicy, Traffic

__all__ = [
    "Breaker",
    "BreakerPolicy",
    "BreakerState",
    "BudgetPolicy",
    "ConcurrencyShare",
    "GuardPolicy",
    "Guarded",
    "Guards",
    "Lane",
    "RetryBudget",
    "RetryPolicy",
    "SharePolicy",
    "Traffic",
]
