"""A turn on record before its last byte goes out: PostgreSQL, else the spool; both gone is counted, never hidden."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import structlog

from chat_router import metrics
from chat_router.domain.turn import Record
from zantara.clock import Clock
from zantara.errors import Permanent, Transient, ZantaraError

log = structlog.get_logger()

_RECORD_S = 2.0
_REPLAY_S = 1.0


class Records(Protocol):
    """Where turns are kept."""

    async def record(self, record: Record) -> None:
        """Return when it is committed; raises Unavailable, or Permanent where it is refused."""
        ...


class Overflow(Protocol):
    """Where turns wait while that is away."""

    async def append(self, record: Record, order: str) -> None:
        """Return when it is on disk; raises Unavailable."""
        ...

    async def waiting(self) -> list[Path]:
        """What waits, oldest first."""
        ...

    async def read(self, file: Path) -> Record:
        """One of them; raises Unavailable, or Invalid where it cannot be read."""
        ...

    async def drop(self, file: Path) -> None:
        """It is kept now."""
        ...


class Recorder:
    """Keeps turns; `on_record` is called after each commit so that the relay publishes at once."""

    def __init__(self, records: Records, overflow: Overflow, clock: Clock, on_record: Callable[[], None]) -> None:
        self._records = records
        self._overflow = overflow
        self._clock = clock
        self._on_record = on_record

    async def __call__(self, record: Record) -> bool:
        """Whether it is committed; False when it waits in the spool or could be kept nowhere."""
        try:
            async with asyncio.timeout(_RECORD_S):
                await self._records.record(record)
        except (ZantaraError, TimeoutError) as error:
            log.warning("record_spooled", turn=record.turn["id"], error=str(error))
            await self._spool(record)
            return False
        self._on_record()
        return True

    async def _spool(self, record: Record) -> None:
        try:
            await self._overflow.append(record, f"{self._clock.now():%Y%m%dT%H%M%S%f}")
        except Transient:
            metrics.LOST.inc()
            log.exception("record_lost", turn=record.turn["id"])

    async def replay_forever(self) -> None:
        """Move what waits in the spool to PostgreSQL, in order, whenever that is possible."""
        while True:
            await self.replay()
            await self._clock.sleep(_REPLAY_S)

    async def replay(self) -> int:
        """Move what waits; returns how many turns. One that is refused stays where it is and holds up no other."""
        moved = 0
        for file in await self._overflow.waiting():
            try:
                await self._records.record(await self._overflow.read(file))
                await self._overflow.drop(file)
            except Transient:
                break
            except Permanent as error:
                log.error("record_refused", file=file.name, error=str(error))  # noqa: TRY400 - it comes back every second
                continue
            moved += 1
        if moved:
            self._on_record()
        return moved
