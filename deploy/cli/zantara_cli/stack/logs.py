"""Log files that do not grow for ever: rotated by size when the stack starts."""

from pathlib import Path

LIMIT_BYTES = 10 * 1024 * 1024
KEPT = 3


def rotate(log: Path, *, limit_bytes: int = LIMIT_BYTES, kept: int = KEPT) -> bool:
    """Move a log beyond the limit to `.1`, older ones one further; the oldest goes. Tells whether it moved."""
    if not log.exists() or log.stat().st_size <= limit_bytes:
        return False
    for number in range(kept - 1, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number + 1}"))
    log.replace(log.with_name(f"{log.name}.1"))
    return True
