"""The three ways work can fail, as one tree.

ZantaraError
├── Transient      worth another attempt: the bus redelivers after `retry_after_s`, a caller degrades
│   └── Unavailable    a part we depend on does not answer
│       └── Overdue    it answered too late: the caller's deadline has passed
├── Permanent      no attempt will help: the bus writes a dead letter
│   ├── Invalid        the input breaks its contract; `faults` name field and reason
│   └── NotFound       what was asked for does not exist (or not for this caller)
└── StartError     the process cannot start as configured
"""

from collections.abc import Sequence
from typing import TypeVar

E = TypeVar("E", bound=Exception)


class ZantaraError(Exception):
    """Root of every error that this code base raises on purpose."""


class Transient(ZantaraError):
    """Worth another attempt, not before `retry_after_s` seconds where that is known."""

    def __init__(self, message: str = "", *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Unavailable(Transient):
    """A part that this work depends on does not answer."""


class Overdue(Unavailable):
    """The answer did not come before the caller's deadline."""


class Permanent(ZantaraError):
    """No further attempt can succeed."""


class Invalid(Permanent):
    """The input breaks its contract; `faults` are `field: reason` lines."""

    def __init__(self, message: str, *, faults: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults) or (message,)


class NotFound(Permanent):
    """What was asked for does not exist, or not for this caller."""


class StartError(ZantaraError):
    """The process cannot start as configured; the message names every fault."""


def first_of(group: BaseExceptionGroup[E]) -> E:
    """The first error of a task group, out of all its wrappings: what is told where one must stand for all."""
    error = group.exceptions[0]
    return first_of(error) if isinstance(error, BaseExceptionGroup) else error
