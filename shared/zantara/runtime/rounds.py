"""Work done in rounds: again when somebody wakes it, and every so often, in case nobody did."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

from zantara.clock import Clock
from zantara.errors import Transient

log = structlog.get_logger()


class Wake(Protocol):
    """Whoever does the work in rounds: of the outbox, of a snapshot."""

    def wake(self) -> None:
        """Say that there is something to do."""
        ...


class Rounds:
    """The pace of a replica that keeps in step; what wakes it within `settle_s` is served by one round."""

    def __init__(self, clock: Clock, *, every_s: float, settle_s: float) -> None:
        self._clock = clock
        self._every_s = every_s
        self._settle_s = settle_s
        self._woken = asyncio.Event()

    @property
    def woken(self) -> bool:
        """Whether the next round is due already."""
        return self._woken.is_set()

    def wake(self) -> None:
        """Say that there is something to do."""
        self._woken.set()

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Attempt the work for ever: at once, when woken, and after `every_s` at the latest."""
        while True:
            await attempt(work)
            await self._pause()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._every_s):
                await self._woken.wait()
        except TimeoutError:
            return
        await self._clock.sleep(self._settle_s)
        self._woken.clear()


async def attempt(work: Callable[[], Awaitable[None]]) -> None:
    """One round; where a part is away it is told and left to the next."""
    try:
        await work()
    except Transient as error:
        log.warning("not_refreshed", error=str(error))
