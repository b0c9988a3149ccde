"""When a dead part is started again, and when that is given up."""

from collections.abc import Sequence

import msgspec

FIRST_DELAY_S = 0.5
LONGEST_DELAY_S = 15.0
WINDOW_S = 60.0
DEATHS_IN_WINDOW = 5


class Death(msgspec.Struct, frozen=True, kw_only=True):
    """When it died (monotonic seconds) and how long it had run."""

    at_s: float
    uptime_s: float


def delay_after(deaths: Sequence[Death]) -> float | None:
    """Seconds to wait after the last death, doubled with each that followed a short life; None: give up."""
    last = deaths[-1]
    recent = [death for death in deaths if last.at_s - death.at_s < WINDOW_S]
    if len(recent) >= DEATHS_IN_WINDOW:
        return None
    streak = 0
    for death in reversed(deaths):
        if death.uptime_s >= WINDOW_S:
            break
        streak += 1
    return min(LONGEST_DELAY_S, FIRST_DELAY_S * 2.0 ** max(0, streak - 1))
