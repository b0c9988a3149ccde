"""One run of the stack, from the lock on its data to the clean end: what `zantara up` does."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator, Sequence

import psutil
from rich.console import Console

from zantara.topology import OPERATOR
from zantara_cli.stack.board import Board, Row
from zantara_cli.stack.instance import only_instance
from zantara_cli.stack.layout import Layout
from zantara_cli.stack.logs import rotate
from zantara_cli.stack.memory import memory_of
from zantara_cli.stack.plan import FRONT, Stack
from zantara_cli.stack.ports import LOOPBACK, require_free
from zantara_cli.stack.providers import Providers
from zantara_cli.stack.stale import end_stale
from zantara_cli.stack.state import StackState, created_at, read_state, write_state
from zantara_cli.stack.supervisor import Part, Supervisor, first_rows
from zantara_cli.stack.view import View, view_of

_READY_WITHIN_S = 60.0
_POLL_S = 0.1
_MEMORY_EVERY_S = 2.0
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Session:
    """Board, view, state file and supervisor of one run; `once_ready` is a command to run before the end."""

    def __init__(self, stack: Stack, console: Console, once_ready: Sequence[str] = ()) -> None:
        self._stack = stack
        self._once_ready = tuple(once_ready)
        self._status = 0
        self._memory: dict[str, int] = {}
        nodes = stack.nodes()
        self._parts = [node.name for node in nodes if isinstance(node, Part)]
        self._board = Board(first_rows(nodes, lambda name: str(stack.layout.log(name))))
        self._view: View = view_of(self._board, console, self._memory)
        self._recorder = Recorder(self._board, stack)
        self._supervisor = Supervisor(nodes, self._board)

    async def run(self) -> int:
        """Start, keep, stop; returns the status of `once_ready` (else 0). Raises StartError with the reason."""
        layout = self._stack.layout
        layout.prepare()
        with only_instance(layout.lock_file):
            for name in await asyncio.to_thread(end_stale, read_state(layout.state_file)):
                self._view.say(f"ended {name}, left over from an earlier run")
            self._recorder.begin()
            require_free(self._stack.settings.ports(simulator=bool(self._stack.providers.simulated)))
            for part in self._parts:
                rotate(layout.log(part))
            with self._view, self._signals():
                for note in self._stack.providers.notes:
                    self._view.say(f"note: {note}")
                async with self._measuring():
                    await self._supervisor.run(self._ready)
        return self._status

    async def _ready(self) -> None:
        """All is up: wait until all is ready too, tell, and run what was asked for."""
        not_ready = await self._wait_ready()
        elapsed_s = time.time() - psutil.Process().create_time()
        self._recorder.ready(elapsed_s)
        self._view.announce(
            f"ZANTARA is ready after {elapsed_s:.1f} s"
            if not not_ready
            else "ZANTARA runs, but not all of it is ready",
            greeting(self._recorder.url, self._stack.providers, self._stack.layout, not_ready),
        )
        if self._once_ready:
            await self._run_command()
            self._supervisor.stop()

    async def _run_command(self) -> None:
        process = await asyncio.create_subprocess_exec(*self._once_ready, env=self._operator_env())
        try:
            self._status = await process.wait()
        finally:
            if process.returncode is None:
                process.terminate()
                self._status = await process.wait()

    async def _wait_ready(self) -> list[Row]:
        """The parts that are not ready when patience ends."""
        deadline = time.monotonic() + _READY_WITHIN_S
        while True:
            missing = [row for name in self._parts if (row := self._board.row(name)).state != "ready"]
            if not missing or time.monotonic() > deadline or self._nothing_to_wait_for(missing):
                return missing
            await asyncio.sleep(_POLL_S)

    def _nothing_to_wait_for(self, missing: Sequence[Row]) -> bool:
        """Without the sample some parts are empty, and rightly say so."""
        empty = not self._stack.layout.sample_marker.exists()
        return empty and all(row.state == "alive" for row in missing)

    def _operator_env(self) -> dict[str, str]:
        return self._stack.env(OPERATOR, self._stack.settings.chat_router_port)

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in _STOP_SIGNALS:
            loop.add_signal_handler(number, self._stop)
        try:
            yield
        finally:
            for number in _STOP_SIGNALS:
                loop.remove_signal_handler(number)

    def _stop(self) -> None:
        self._supervisor.stop()
        self._view.say("stopping; once more to hasten")

    @contextlib.asynccontextmanager
    async def _measuring(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._measure())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def _measure(self) -> None:
        while True:
            pids = {row.name: row.pid for row in self._board.rows() if row.pid}
            for name, pid in pids.items():
                self._memory[name] = await asyncio.to_thread(memory_of, pid)
            await asyncio.sleep(_MEMORY_EVERY_S)


class Recorder:
    """Keeps the state file in step with the board."""

    def __init__(self, board: Board, stack: Stack) -> None:
        self.url = f"http://{LOOPBACK}:{stack.settings.service_port(FRONT)}/"
        self._board = board
        self._stack = stack
        self._created: dict[int, float] = {}
        self._started_at = time.time()
        self._ready_after_s: float | None = None
        board.listen(self._changed)

    def begin(self) -> None:
        """Replace what an earlier run left."""
        self._write()

    def ready(self, elapsed_s: float) -> None:
        """Note how long it took."""
        self._ready_after_s = round(elapsed_s, 2)
        self._write()

    def _changed(self, before: Row, after: Row) -> None:
        if after.pid is not None and after.pid != before.pid:
            created = created_at(after.pid)
            if created is not None:
                self._created[after.pid] = created
        self._write()

    def _write(self) -> None:
        alive = {row.pid for row in self._board.rows()}
        state = StackState(
            pid=os.getpid(), started_at=self._started_at, url=self.url, logs_dir=str(self._stack.layout.logs_dir),
            simulated=self._stack.providers.simulated, ready_after_s=self._ready_after_s, rows=self._board.rows(),
            created={pid: created for pid, created in self._created.items() if pid in alive},
        )  # fmt: skip
        with contextlib.suppress(OSError):  # a full disk must not keep parts from being stopped
            write_state(self._stack.layout.state_file, state)


def greeting(url: str, providers: Providers, layout: Layout, not_ready: Sequence[Row]) -> list[str]:
    """Where to go, what is real, where to look."""
    claude = "simulated (set ANTHROPIC_API_KEY for the real one)" if providers.claude_simulated else "real"
    llama = "simulated (set RUNPOD_LLAMA_ENDPOINT for the real one)" if providers.llama_simulated else "real"
    return [
        f"open     {url}",
        f"Claude   {claude}",
        f"LLAMA    {llama}",
        f"logs     {layout.logs_dir}",
        "stop     Ctrl-C",
        *(f"missing  {row.name}: {row.note or row.state}" for row in not_ready),
    ]
