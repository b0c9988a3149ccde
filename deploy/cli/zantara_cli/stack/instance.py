"""One instance per data directory: a lock that the kernel drops with its holder, whatever happened to it."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from zantara.errors import StartError


@contextlib.contextmanager
def only_instance(lock_file: Path) -> Iterator[None]:
    """Hold the lock for a block; raises StartError that names the process which holds it already."""
    with lock_file.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StartError(_occupied(lock_file)) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
        file.truncate(0)


def holder(lock_file: Path) -> int | None:
    """The process that holds the lock; None when nobody does."""
    try:
        with lock_file.open("r+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        text = lock_file.read_text("ascii").strip()
        return int(text) if text.isdigit() else 0
    except FileNotFoundError:
        return None
    return None


def _occupied(lock_file: Path) -> str:
    pid = lock_file.read_text("ascii").strip() or "unknown"
    return (
        f"another instance runs here already (process {pid}, data in {lock_file.parent}):\n"
        f"stop it with Ctrl-C or `kill {pid}`, or set ZANTARA_DATA_DIR and the ports to others"
    )
