"""What becomes of a message whose handler failed: one pure function decides."""

import msgspec

from zantara.errors import Permanent, Transient, Unavailable
from zantara.topology import Consumer

_MAX_DOUBLINGS = 20


class Retry(msgspec.Struct, frozen=True):
    """Give it back for another attempt after `delay_s` seconds."""

    delay_s: float


class Dead(msgspec.Struct, frozen=True):
    """Write a dead letter with the reason and let go of it."""

    reason: str


def judge(error: Exception, *, attempt: int, consumer: Consumer, jitter: float = 1.0) -> Retry | Dead:
    """Permanent is dead at once; a part that is away is waited for; anything else has `max_attempts`.

    `attempt` counts deliveries from 1; `jitter` in 0.5..1 spreads the retries of many messages. An error that knows
    when to come back (`retry_after_s`, an open breaker) is believed within the cap. Unavailable never ends in a dead
    letter: an outage is not the message's fault, and the stream's age bounds the wait.
    """
    reason = f"{type(error).__name__}: {error}"[:500]
    if isinstance(error, Permanent):
        return Dead(reason)
    if attempt >= consumer.max_attempts and not isinstance(error, Unavailable):
        return Dead(f"{reason} (attempt {attempt} of {consumer.max_attempts})")
    asked_s = error.retry_after_s if isinstance(error, Transient) else None
    backoff_s = consumer.delay_s * 2 ** min(attempt - 1, _MAX_DOUBLINGS) * jitter
    return Retry(min(backoff_s if asked_s is None else asked_s, consumer.delay_cap_s))
