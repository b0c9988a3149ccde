"""A circuit breaker per provider and model: after enough failures it stops asking, then lets one probe through.

Nygard, "Release It!": closed → open → half-open.
"""

import math
from collections import deque
from enum import Enum

import msgspec

from zantara.clock import Clock
from zantara.llm.errors import (
    AuthenticationFailed,
    BillingStop,
    BreakerOpen,
    BrokenStream,
    Overloaded,
    ServerFault,
    TimedOut,
    Unreachable,
)

_PROBE_WAIT_S = 1.0

COUNTED = (Unreachable, TimedOut, Overloaded, ServerFault, BrokenStream)
"""Errors that speak against the provider; 4xx, our own limits and cold workers do not."""

TRIPPING = (BillingStop, AuthenticationFailed)
"""Errors that only an operator can end: they open the breaker at once and for long."""


class BreakerPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """When to open: a failure share over enough calls in the window, or failures in a row.

    A timeout speaks against the provider only where it was given `patience_s`: on the last rung of a ladder, or
    for a caller in a hurry, a call may have no more than a blink left.
    """

    failure_share: float = 0.5
    min_calls: int = 20
    window_s: float = 60.0
    in_a_row: int = 5
    open_s: float = 15.0
    long_open_s: float = 600.0
    patience_s: float = 1.0


class BreakerState(Enum):
    """The value is what the metric shows."""

    CLOSED = 0
    HALF_OPEN = 1
    OPEN = 2


class Breaker:
    """Counts what calls report; `enter` admits a call or raises BreakerOpen."""

    def __init__(self, clock: Clock, target: str, policy: BreakerPolicy | None = None) -> None:
        self.target = target
        self._clock = clock
        self._policy = policy or BreakerPolicy()
        self._window: deque[tuple[float, bool]] = deque()
        self._failures = 0
        self._in_a_row = 0
        self._open_until_s: float | None = None
        self._probing = False
        self._era = 0

    @property
    def state(self) -> BreakerState:
        """Closed, open, or half-open once the time of an open breaker is up."""
        if self._open_until_s is None:
            return BreakerState.CLOSED
        return BreakerState.OPEN if self.retry_after_s > 0 else BreakerState.HALF_OPEN

    @property
    def retry_after_s(self) -> float:
        """Seconds until the next probe may go."""
        return max(0.0, (self._open_until_s or 0.0) - self._clock.monotonic())

    def enter(self) -> "Permit":
        """Admit one call: any while closed, one at a time while half-open. Raises BreakerOpen."""
        state = self.state
        if state is BreakerState.OPEN or (state is BreakerState.HALF_OPEN and self._probing):
            wait_s = self.retry_after_s or _PROBE_WAIT_S
            raise BreakerOpen(f"{self.target}: breaker is {state.name.lower()}", retry_after_s=wait_s)
        if state is BreakerState.HALF_OPEN:
            self._probing = True
        return Permit(self, self._era)

    def settle(self, era: int, error: BaseException | None, *, answered: bool, lasted_s: float) -> None:
        """Take in the end of a call admitted in that era; calls from before the last change of state are void."""
        if era != self._era:
            return
        self._probing = False
        hurried = isinstance(error, TimedOut) and lasted_s < self._policy.patience_s
        if isinstance(error, TRIPPING):
            self._open(self._policy.long_open_s)
        elif isinstance(error, COUNTED) and not hurried:
            self._failed()
        elif answered:
            self._succeeded()

    def _succeeded(self) -> None:
        if self._open_until_s is not None:
            self._reset()
            return
        self._in_a_row = 0
        self._note(failed=False)

    def _failed(self) -> None:
        if self._open_until_s is not None:
            self._open(self._policy.open_s)
            return
        self._in_a_row += 1
        self._note(failed=True)
        calls = len(self._window)
        too_many = calls >= self._policy.min_calls and self._failures >= self._policy.failure_share * calls
        if too_many or self._in_a_row >= self._policy.in_a_row:
            self._open(self._policy.open_s)

    def _note(self, *, failed: bool) -> None:
        now_s = self._clock.monotonic()
        self._window.append((now_s, failed))
        self._failures += failed
        while self._window and self._window[0][0] <= now_s - self._policy.window_s:
            self._failures -= self._window.popleft()[1]

    def _open(self, seconds: float) -> None:
        self._reset()
        self._open_until_s = self._clock.monotonic() + seconds

    def _reset(self) -> None:
        self._window.clear()
        self._failures = self._in_a_row = 0
        self._open_until_s = None
        self._probing = False
        self._era += 1


class Permit(msgspec.Struct, frozen=True):
    """One admitted call, to be settled once."""

    breaker: Breaker
    era: int

    def settle(self, error: BaseException | None, *, answered: bool, lasted_s: float = math.inf) -> None:
        """Report its end: an error that counts, an answer, or (an abandoned call, a 4xx) neither."""
        self.breaker.settle(self.era, error, answered=answered, lasted_s=lasted_s)
