"""A retry budget: retries may add a tenth to the traffic, never multiply it (Google SRE, "Handling Overload")."""

import msgspec

from zantara.clock import Clock


class BudgetPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens per request, the most that can be saved up, and a trickle so that quiet times may retry too."""

    per_request: float = 0.1
    cap: float = 10.0
    floor: float = 1.0
    floor_per_s: float = 0.1


class RetryBudget:
    """A token bucket: every request pays in, every retry takes one token out."""

    def __init__(self, clock: Clock, policy: BudgetPolicy | None = None) -> None:
        self._clock = clock
        self._policy = policy or BudgetPolicy()
        self._tokens = self._policy.floor
        self._seen_s = clock.monotonic()

    @property
    def tokens(self) -> float:
        """Retries saved up."""
        self._trickle()
        return self._tokens

    def deposit(self) -> None:
        """One request was made."""
        self._trickle()
        self._tokens = min(self._policy.cap, self._tokens + self._policy.per_request)

    def spend(self) -> bool:
        """Take one retry out; False where there is none."""
        self._trickle()
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True

    def _trickle(self) -> None:
        """Fill up to the floor, never beyond it, with time."""
        now_s = self._clock.monotonic()
        elapsed_s, self._seen_s = now_s - self._seen_s, now_s
        if self._tokens < self._policy.floor:
            self._tokens = min(self._policy.floor, self._tokens + elapsed_s * self._policy.floor_per_s)
