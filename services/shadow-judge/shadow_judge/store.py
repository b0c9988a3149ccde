"""Comparisons in PostgreSQL, and the day's file beside it."""

import asyncio
import os
from pathlib import Path

import msgspec

from shadow_judge.domain import Comparison, Snapshot
from zantara.db import Database, load_statements
from zantara.errors import NotFound, Unavailable


class ComparisonStore:
    """The only writer of shadow_comparisons."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = load_statements("shadow_judge")

    async def snapshot(self, turn_id: str) -> Snapshot:
        """The turn as it was; raises NotFound."""
        row = await self._database.row(self._sql.snapshot, turn_id)
        if row is None:
            raise NotFound(f"no turn {turn_id}")
        return msgspec.convert(dict(row), Snapshot)

    async def find(self, comparison_id: str) -> Comparison | None:
        """A pair that was made before."""
        row = await self._database.row(self._sql.comparison, comparison_id)
        return msgspec.convert(dict(row), Comparison) if row else None

    async def keep(self, comparison: Comparison, answer: str) -> None:
        """Keep a pair with LLAMA's words; once."""
        await self._database.run(
            self._sql.insert_comparison, {**msgspec.to_builtins(comparison), "llama_answer": answer}
        )


class DayFile:
    """`shadow_comparison_{date}.jsonl`: one line a pair, appended and synced, no user's words in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def append(self, comparison: Comparison, *, check: bool = False) -> None:
        """Write the line; with `check` only where the file does not hold it. Raises Unavailable on a full disk."""
        try:
            await asyncio.to_thread(self._append, comparison, check)
        except OSError as error:
            raise Unavailable(f"{self._folder}: {error.strerror}") from error

    def _append(self, comparison: Comparison, check: bool) -> None:  # noqa: FBT001 - private, named by its caller
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"shadow_comparison_{comparison.compared_at:%Y-%m-%d}.jsonl"
        before = file.read_bytes() if check and file.exists() else b""
        if comparison.comparison_id.encode() in before:
            return
        with file.open("ab") as out:
            if before and not before.endswith(b"\n"):
                out.write(b"\n")  # a line that a crash cut short
            out.write(msgspec.json.encode(comparison) + b"\n")
            out.flush()
            os.fsync(out.fileno())
