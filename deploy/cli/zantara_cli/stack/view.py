"""What a person sees while the stack runs: a live table on a terminal, plain lines anywhere else.

Nobody looking any more (a closed terminal, a broken pipe) is no reason to fail: parts must still be stopped.
"""

import contextlib
import functools
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console, RenderableType
from rich.live import Live
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from zantara_cli.stack.board import Board, Row, State

_STYLES: Mapping[State, str] = {
    "waiting": "dim",
    "working": "cyan",
    "starting": "cyan",
    "alive": "yellow",
    "ready": "green",
    "done": "green",
    "backoff": "red",
    "failed": "bold red",
    "stopping": "yellow",
    "stopped": "dim",
}


class View(Protocol):
    """Shows the board while entered; `say` adds a line, `announce` a box."""

    def __enter__(self) -> Self:
        """Begin to show."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing, leaving the last state on the screen."""
        ...

    def say(self, text: str) -> None:
        """One line."""
        ...

    def announce(self, title: str, lines: list[str]) -> None:
        """A few lines that should not be missed."""
        ...


def view_of(board: Board, console: Console, memory: Mapping[str, int]) -> View:
    """The live view on a terminal, else the plain one."""
    return (
        LiveView(board, console, memory)
        if console.is_terminal
        else PlainView(board, functools.partial(print, flush=True))
    )


class PlainView:
    """A line for each change of state, for logs and pipes."""

    def __init__(self, board: Board, out: Callable[[str], None]) -> None:
        self._out = out
        board.listen(self._changed)

    def __enter__(self) -> Self:
        """Nothing to begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to end."""

    def say(self, text: str) -> None:
        """One line with the time."""
        with contextlib.suppress(OSError):
            self._out(f"{time.strftime('%H:%M:%S')} {text}")

    def announce(self, title: str, lines: list[str]) -> None:
        """The lines, set off by empty ones."""
        with contextlib.suppress(OSError):
            self._out("\n".join(("", title, *(f"  {line}" for line in lines), "")))

    def _changed(self, before: Row, after: Row) -> None:
        if after.state != before.state or (after.state == "working" and after.note != before.note):
            self.say(line_of(after))


class LiveView:
    """A table that redraws itself; lines and boxes scroll above it."""

    def __init__(self, board: Board, console: Console, memory: Mapping[str, int]) -> None:
        self._board = board
        self._memory = memory
        self._console = console
        self._live = Live(get_renderable=self._render, console=console, refresh_per_second=2, redirect_stdout=False)

    def __enter__(self) -> Self:
        """Take the bottom of the terminal."""
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last table standing."""
        with contextlib.suppress(OSError):
            self._live.stop()

    def say(self, text: str) -> None:
        """One line above the table."""
        with contextlib.suppress(OSError):
            self._console.print(escape(text), highlight=False)

    def announce(self, title: str, lines: list[str]) -> None:
        """A box above the table."""
        box = Panel("\n".join(map(escape, lines)), title=escape(title), expand=False, padding=(1, 3))
        with contextlib.suppress(OSError):
            self._console.print(box)

    def _render(self) -> RenderableType:
        return table_of(self._board.rows(), self._memory, now=time.time())


def table_of(rows: tuple[Row, ...], memory: Mapping[str, int], *, now: float) -> Table:
    """Part, state, process, uptime, restarts, memory, port, note."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("part", "state", "pid", "uptime", "restarts", "memory", "port", ""):
        table.add_column(title, justify="right" if title in {"pid", "restarts", "memory", "port", "uptime"} else "left")
    for row in rows:
        style = _STYLES[row.state]
        table.add_row(
            row.name, f"[{style}]{row.state}[/]", str(row.pid or ""), _uptime(row, now), str(row.restarts or ""),
            megabytes(memory.get(row.name, 0) if row.pid else 0), str(row.port or ""), escape(row.note[:70]),
        )  # fmt: skip
    return table


def line_of(row: Row) -> str:
    """One row as a line of a log."""
    facts = [f"pid {row.pid}" if row.pid else "", f"port {row.port}" if row.port and row.state == "ready" else ""]
    shown = ", ".join(fact for fact in facts if fact)
    return f"{row.name:<14} {row.state}" + (f" ({shown})" if shown else "") + (f": {row.note}" if row.note else "")


def duration(seconds: float) -> str:
    """`7 s`, `3 min`, `2 h 05`: as long as it must be."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{seconds // 60:.0f} min"
    return f"{seconds // 3600:.0f} h {seconds % 3600 // 60:02.0f}"


def megabytes(size_bytes: int) -> str:
    """Whole megabytes, or nothing."""
    return f"{size_bytes / 1_048_576:.0f} MB" if size_bytes else ""


def _uptime(row: Row, now: float) -> str:
    return duration(now - row.since) if row.pid and row.since else ""
