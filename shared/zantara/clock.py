"""The only source of time and of ids, so that tests can hold both still."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4, uuid5

_NAMESPACE = UUID("6b7a2d6e-5d0e-5c57-9a0b-0a7a8e1f5a11")


class Clock(Protocol):
    """Wall time (UTC), monotonic seconds, and sleep."""

    def now(self) -> datetime:
        """Wall time with its zone."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary point."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Suspend the task."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Wall time with its zone (UTC)."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds from an arbitrary point; never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Suspend the task."""
        await asyncio.sleep(seconds)


class ManualClock:
    """A clock that moves only when told: `sleep` advances it at once."""

    def __init__(self, start: datetime = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)) -> None:
        self._start = start
        self._elapsed_s = 0.0

    def now(self) -> datetime:
        """Start plus everything advanced so far."""
        return self._start + timedelta(seconds=self._elapsed_s)

    def monotonic(self) -> float:
        """Seconds advanced so far."""
        return self._elapsed_s

    def advance(self, seconds: float) -> None:
        """Move time forward."""
        self._elapsed_s += seconds

    async def sleep(self, seconds: float) -> None:
        """Advance by that much and let other tasks run."""
        self.advance(seconds)
        await asyncio.sleep(0)


def new_id() -> str:
    """A fresh random id (UUID4) as text."""
    return str(uuid4())


def child_id(parent: str, *parts: object) -> str:
    """The id that follows from a parent's id and a role, equal at every redelivery (UUID5)."""
    return str(uuid5(_NAMESPACE, ":".join((parent, *map(str, parts)))))
