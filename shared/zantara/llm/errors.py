"""How asking a model can fail, as one tree.

ModelError
├── Unreachable           no connection could be had (Unavailable)
├── TimedOut              connect, ttft, gap or total passed (Overdue)
├── Overloaded            529, 503: the provider sheds load (Transient)
├── RateLimited           429 (Transient, `retry_after_s`)
├── ServerFault           any other 5xx, or a job that failed (Transient)
├── BrokenStream          cut before its end; `delivered` is what came (Transient)
├── JobLost               the queue no longer knows the job (Transient)
├── ColdWorker            the job never left the queue: no worker was awake (Transient)
├── BreakerOpen           not asked: the breaker is open (Unavailable)
├── Busy                  not asked: our own share of calls is used up (Transient)
├── BillingStop           no credit (Transient: the work is sound, an operator must act)
├── AuthenticationFailed  401, 403 (Transient, for the same reason)
├── BadOutput             not the JSON that was asked for, after one repair (Transient: models vary)
├── Refused               the model declines (Permanent)
├── Truncated             the answer hit max_tokens where only a whole one is of use (Permanent)
└── InvalidRequest        400, 404, 413, 422: this request can never work (Permanent)
"""

from typing import ClassVar

from zantara.errors import Overdue, Permanent, Transient, Unavailable, ZantaraError
from zantara.llm.port import Stage

LONG_OUTAGE_S = 600.0


class ModelError(ZantaraError):
    """Root of all that can go wrong between us and a model."""

    slug: ClassVar[str] = "error"

    @property
    def outcome(self) -> str:
        """A short word for logs and metric labels."""
        return self.slug


class Unreachable(ModelError, Unavailable):
    """No connection to the provider."""

    slug = "unreachable"


class TimedOut(ModelError, Overdue):
    """A deadline passed; `stage` says which."""

    slug = "timeout"

    def __init__(self, message: str = "", *, stage: Stage) -> None:
        super().__init__(message or f"{stage} deadline passed")
        self.stage: Stage = stage

    @property
    def outcome(self) -> str:
        """The slug with the stage."""
        return f"{self.slug}_{self.stage}"


class Overloaded(ModelError, Transient):
    """The provider sheds load (529, 503)."""

    slug = "overloaded"


class RateLimited(ModelError, Transient):
    """Too many requests or tokens (429)."""

    slug = "rate_limited"


class ServerFault(ModelError, Transient):
    """The provider failed (5xx, or a job that ended in failure)."""

    slug = "server_fault"


class BrokenStream(ModelError, Transient):
    """The stream ended before the answer did; `delivered` is the text that had come by then."""

    slug = "broken_stream"

    def __init__(self, message: str = "", *, delivered: str = "") -> None:
        super().__init__(message)
        self.delivered = delivered


class JobLost(ModelError, Transient):
    """The queue does not know the job any more: expired, purged or cancelled by somebody else."""

    slug = "job_lost"


class ColdWorker(ModelError, Transient):
    """The job never left the queue: no worker was awake."""

    slug = "cold_worker"


class BreakerOpen(ModelError, Unavailable):
    """Not asked, because the last calls failed; `retry_after_s` says when the next probe may go."""

    slug = "breaker_open"


class Busy(ModelError, Transient):
    """Not asked, because our own limit of concurrent calls is reached."""

    slug = "busy"


class BillingStop(ModelError, Transient):
    """The account has no credit; nothing will work until an operator acts."""

    slug = "billing_stop"

    def __init__(self, message: str = "", *, retry_after_s: float | None = LONG_OUTAGE_S) -> None:
        super().__init__(message, retry_after_s=retry_after_s)


class AuthenticationFailed(ModelError, Transient):
    """The key is wrong, revoked or lacks the right; nothing will work until an operator acts."""

    slug = "authentication"

    def __init__(self, message: str = "", *, retry_after_s: float | None = LONG_OUTAGE_S) -> None:
        super().__init__(message, retry_after_s=retry_after_s)


class BadOutput(ModelError, Transient):
    """The answer is not what the schema asks for, even after its repair."""

    slug = "bad_output"


class Refused(ModelError, Permanent):
    """The model declined to answer."""

    slug = "refused"


class Truncated(ModelError, Permanent):
    """The answer was cut at max_tokens where only a whole one is of use."""

    slug = "truncated"


class InvalidRequest(ModelError, Permanent):
    """The provider rejects this request and always will (400, 404, 413, 422)."""

    slug = "invalid_request"
