"""What becomes of a message whose handler failed: one pure function decides."""

import msgspec

from zantara.errors import Permanent, Transient
from zantara.topology import Consumer


class Retry(msgspec.Struct, frozen=True):
    """Give it back for another attempt after `delay_s` seconds."""

    delay_s: float


class Dead(msgspec.Struct, frozen=True):
    """Write a dead letter with the reason and let go of it."""

    reason: str


def judge(error: Exception, *, attempt: int, consumer: Consumer, jitter: float = 1.0) -> Retry | Dead:
    """Permanent is dead at once; everything else is retried with doubling delay until the attempts end.

    `attempt` counts from 1; `jitter` in 0.5..1 spreads the retries of many messages. A Transient that knows when to
    come back (`retry_after_s`, an open breaker) is believed within the cap and burns no attempt beyond the last.
    """
    reason = f"{type(error).__name__}: {error}"[:500]
    if isinstance(error, Permanent):
        return Dead(reason)
    if attempt >= consumer.max_attempts:
        return Dead(f"{reason} (attempt {attempt} of {consumer.max_attempts})")
    asked = error.retry_after_s if isinstance(error, Transient) else None
    delay_s = consumer.delay_s * 2 ** (attempt - 1) * jitter if asked is None else asked
    return Retry(min(delay_s, consumer.delay_cap_s))
