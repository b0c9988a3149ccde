"""What is known of every part, as values: the live view, the state file and `zantara status` all show the same rows."""

from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

State = Literal["waiting", "working", "starting", "alive", "ready", "done", "backoff", "failed", "stopping", "stopped"]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One part: `since` is when this process or step began (epoch seconds), `note` what is missing or going on."""

    name: str
    state: State = "waiting"
    pid: int | None = None
    since: float | None = None
    restarts: int = 0
    port: int | None = None
    note: str = ""
    log: str = ""


Listener = Callable[[Row, Row], None]


class Board:
    """The current rows in start order; listeners get (before, after) of each change."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = {row.name: row for row in rows}
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Be told of every change."""
        self._listeners.append(listener)

    def rows(self) -> tuple[Row, ...]:
        """All rows in order."""
        return tuple(self._rows.values())

    def row(self, name: str) -> Row:
        """One row."""
        return self._rows[name]

    def change(self, name: str, **changes: object) -> None:
        """Replace fields of a row; nothing is told when nothing differs."""
        before = self._rows[name]
        after: Row = msgspec.structs.replace(before, **changes)
        if after != before:
            self._rows[name] = after
            for listener in self._listeners:
                listener(before, after)
