"""The clock of the night: publishes `nightly.tick` once a date, whatever restarts or replicas do."""

from datetime import date, datetime
from typing import Literal, Protocol

import structlog

from llama_worker.domain.schedule import due_date
from zantara.bus import Publisher
from zantara.clock import Clock
from zantara.errors import Transient
from zantara.events import Meta, NightlyTick

log = structlog.get_logger()

_JOB: Literal["golden"] = "golden"
_LOOK_S = 30.0


class Calendar(Protocol):
    """What has been done."""

    async def schedule(self, job: str) -> tuple[datetime, date | None]:
        """Since when the installation is there, and the last date begun."""
        ...


class Schedule:
    """Looks every 30 s; the tick's id is job and date, so the stream and the run's row both keep it one."""

    def __init__(self, calendar: Calendar, publisher: Publisher, clock: Clock, *, hour_utc: int) -> None:
        self._calendar = calendar
        self._publisher = publisher
        self._clock = clock
        self._hour_utc = hour_utc

    async def run(self) -> None:
        """Look for ever."""
        while True:
            try:
                await self.look()
            except Transient as error:
                log.warning("schedule_waits", error=str(error))
            await self._clock.sleep(_LOOK_S)

    async def look(self) -> date | None:
        """Tick if a night is due; returns its date."""
        installed_at, done = await self._calendar.schedule(_JOB)
        due = due_date(self._clock.now(), hour_utc=self._hour_utc, installed_at=installed_at, done=done)
        if due is None:
            return None
        meta = Meta.new(source="llama-worker", clock=self._clock, id=f"nightly-{_JOB}-{due}")
        await self._publisher.publish(NightlyTick(job=_JOB, run_date=due.isoformat()), meta)
        return due
