"""Keeps one part alive: start, watch its health, see its death, wait, start again, or give up loudly."""

import asyncio
import time

from zantara.errors import StartError
from zantara_cli.stack.board import Board
from zantara_cli.stack.probe import Health
from zantara_cli.stack.process import Child, tail
from zantara_cli.stack.supervisor.parts import Part
from zantara_cli.stack.supervisor.restarts import Death, delay_after

_POLL_STARTING_S = 0.05
_POLL_RUNNING_S = 2.0
_SHOWN_LINES = 15


class PartFailed(StartError):
    """A part died too often to go on."""


class Keeper:
    """The owner of one part's process; `up` is set when the part has been up for the first time."""

    def __init__(self, part: Part, board: Board) -> None:
        self.part = part
        self.up = asyncio.Event()
        self.child: Child | None = None
        self._board = board
        self._deaths: list[Death] = []
        self._settled = False

    async def keep(self) -> None:
        """Never returns: ends by cancellation or with PartFailed. The child is left to `stop`."""
        while True:
            began = time.monotonic()
            self.child = await Child.spawn(await self.part.prepare())
            self._show(state="starting", pid=self.child.pid, since=self.child.started_at, note="")
            end = await self._watch(self.child)
            self._deaths.append(Death(at_s=time.monotonic(), uptime_s=time.monotonic() - began))
            await self._back_off(end)

    async def stop(self, hurry: asyncio.Event) -> None:
        """End the process: in its own time, or at once when `hurry` is set."""
        child = self.child
        if child is None or child.returncode is not None:
            self._show(state="stopped", pid=None, note="")
            return
        self._show(state="stopping", note="")
        ending = asyncio.create_task(child.stop())
        hastened = asyncio.create_task(hurry.wait())
        await asyncio.wait({ending, hastened}, return_when=asyncio.FIRST_COMPLETED)
        hastened.cancel()
        if not ending.done():
            await child.kill()
        await ending
        self._show(state="stopped", pid=None)

    async def _watch(self, child: Child) -> str:
        """Follow its health until it ends; returns how it ended."""
        began = time.monotonic()
        up = False
        while True:
            health = await self.part.probe(child.pid)
            waited = time.monotonic() - began
            if health.level == "down" and not up and waited > self.part.start_timeout_s:
                await child.kill()
                return f"did not answer within {self.part.start_timeout_s:g} s"
            if not up and self._is_up(health, waited) and child.returncode is None:
                up = True
                await self._settle()
            self._show_health(health, up=up)
            if await child.ends_within(_POLL_RUNNING_S if up else _POLL_STARTING_S):
                return _ending(await child.wait())

    def _is_up(self, health: Health, waited_s: float) -> bool:
        return health.level == "ready" or (health.level == "alive" and waited_s >= self.part.patience_s)

    async def _settle(self) -> None:
        if self.part.settle and not self._settled:
            await self.part.settle()
        self._settled = True
        self.up.set()

    async def _back_off(self, end: str) -> None:
        delay_s = delay_after(self._deaths)
        if delay_s is None:
            self._show(state="failed", pid=None, note=end)
            raise PartFailed(self._obituary(end))
        self._show(
            state="backoff", pid=None, since=None, restarts=len(self._deaths), note=f"{end}; again in {delay_s:g} s"
        )
        await asyncio.sleep(delay_s)

    def _obituary(self, end: str) -> str:
        log = self.child.command.log if self.child else None
        last = tail(log, lines=_SHOWN_LINES) if log else ""
        return f"{self.part.name} died {len(self._deaths)} times ({end}); its log is {log}, which ends:\n{last}"

    def _show_health(self, health: Health, *, up: bool) -> None:
        if health.level == "down":
            self._show(state="alive" if up else "starting", note="does not answer" if up else "")
        else:
            self._show(state=health.level, note=health.note)

    def _show(self, **changes: object) -> None:
        self._board.change(self.part.name, **changes)


def _ending(code: int) -> str:
    return f"was ended by signal {-code}" if code < 0 else f"ended with status {code}"
