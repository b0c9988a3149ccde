"""One child process with an owner: its own session, its output in a file, gone when its parent is gone."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from zantara.errors import StartError
from zantara_cli.stack.account import Account

_LAUNCH = Path(__file__).with_name("launch.py")


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """What to run and how to end it: `stop_signal`, then SIGKILL to the whole group after `grace_s`."""

    name: str
    argv: tuple[str, ...]
    log: Path
    env: Mapping[str, str] | None = None
    cwd: Path | None = None
    account: Account | None = None
    stop_signal: int = signal.SIGTERM
    grace_s: float = 10.0


class Child:
    """A running command. Built by `spawn`; always `stop` it."""

    def __init__(self, command: Command, process: asyncio.subprocess.Process) -> None:
        self.command = command
        self.started_at = time.time()
        self._process = process
        self._end = asyncio.ensure_future(process.wait())

    @classmethod
    async def spawn(cls, command: Command) -> "Child":
        """Start the command in a session of its own (a Ctrl-C in the terminal reaches only its owner)."""
        account = command.account
        identity = (account.uid, account.gid) if account else (-1, -1)
        launcher = (sys.executable, "-I", "-S", str(_LAUNCH), str(int(command.stop_signal)), str(os.getpid()))
        command.log.parent.mkdir(parents=True, exist_ok=True)
        with command.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *launcher, *map(str, identity), "--", *command.argv,
                stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
                env=None if command.env is None else dict(command.env),
                cwd=command.cwd, start_new_session=True,
            )  # fmt: skip
        return cls(command, process)

    @property
    def pid(self) -> int:
        """Its process id, and that of its group."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """None while it runs; negative: the signal that ended it."""
        return self._process.returncode

    async def wait(self) -> int:
        """Wait for its end; returns the code as in `returncode`."""
        return await asyncio.shield(self._end)

    async def ends_within(self, timeout_s: float) -> bool:
        """Wait for its end, but not longer than that; tells whether it has come."""
        await asyncio.wait({self._end}, timeout=timeout_s)
        return self._end.done()

    def send(self, signal_number: int) -> None:
        """Send a signal to the process alone."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal_number)

    async def stop(self, grace_s: float | None = None) -> int:
        """Ask it to end, insist after the grace period; safe to call twice."""
        if self.returncode is None:
            self.send(self.command.stop_signal)
            if not await self.ends_within(self.command.grace_s if grace_s is None else grace_s):
                return await self.kill()
        return await self.wait()

    async def kill(self) -> int:
        """End the whole group at once."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        return await self.wait()


async def run(command: Command, *, timeout_s: float) -> None:
    """Run a short command to its end; raises StartError with the end of its log when it fails."""
    child = await Child.spawn(command)
    try:
        in_time = await child.ends_within(timeout_s)
    finally:
        code = await child.kill()
    if not in_time:
        raise StartError(f"{command.name} took more than {timeout_s:g} s; see {command.log}")
    if code != 0:
        raise StartError(f"{command.name} failed with {code}:\n{tail(command.log, lines=12)}")


def tail(log: Path, *, lines: int) -> str:
    """The last lines of a log, for a person who must see why a part died."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 32_768))
            text = file.read().decode("utf-8", "replace")
    except OSError as error:
        return f"({error})"
    return "\n".join(text.splitlines()[-lines:])
