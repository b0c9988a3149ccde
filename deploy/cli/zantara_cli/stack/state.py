"""The state file: what runs, written at every change, read by `zantara status` and by the next start."""

from pathlib import Path

import msgspec
import psutil

from zantara_cli.stack.board import Row


class StackState(msgspec.Struct, frozen=True, kw_only=True):
    """One instance. `created` maps a child's pid to its creation time, which tells it from a later namesake."""

    pid: int
    started_at: float
    url: str
    logs_dir: str
    simulated: tuple[str, ...] = ()
    ready_after_s: float | None = None
    rows: tuple[Row, ...] = ()
    created: dict[int, float] = {}


def write_state(file: Path, state: StackState) -> None:
    """Replace the file in one step."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_bytes(msgspec.json.encode(state))
    fresh.replace(file)


def read_state(file: Path) -> StackState | None:
    """The last state, or None where there is none that can be read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=StackState)
    except (OSError, msgspec.DecodeError):
        return None


def created_at(pid: int) -> float | None:
    """When a process was created (epoch seconds); None when it is gone."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return None
