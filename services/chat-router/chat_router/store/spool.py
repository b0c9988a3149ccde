"""A spool on disk for turns that PostgreSQL could not take: fsynced before the reply's last byte, replayed in order."""

import asyncio
import os
from pathlib import Path

import msgspec

from chat_router import metrics
from chat_router.domain.turn import Record
from zantara.errors import Invalid, Unavailable

_MAX_RECORDS = 10_000


class Spool:
    """One file a turn, named by time and id; a file is complete or absent (written aside, synced, renamed)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def append(self, record: Record, order: str) -> None:
        """Keep a record; raises Unavailable when the disk does not take it or the spool is full."""
        try:
            await asyncio.to_thread(self._write, record, order)
        except OSError as error:
            raise Unavailable(f"spool: {error.strerror}") from error

    async def waiting(self) -> list[Path]:
        """The files, oldest first."""
        files = await asyncio.to_thread(self._files)
        metrics.SPOOLED.set(len(files))
        return files

    async def read(self, file: Path) -> Record:
        """The record of a file; raises Unavailable, or Invalid where it holds none."""
        try:
            return msgspec.json.decode(await asyncio.to_thread(file.read_bytes), type=Record)
        except OSError as error:
            raise Unavailable(f"spool: {error.strerror}") from error
        except msgspec.DecodeError as error:
            raise Invalid(f"spool: {file.name}: {error}") from error

    async def drop(self, file: Path) -> None:
        """Forget a file whose record is in PostgreSQL."""
        try:
            await asyncio.to_thread(file.unlink, missing_ok=True)
        except OSError as error:
            raise Unavailable(f"spool: {error.strerror}") from error

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.json")) if self._folder.is_dir() else []

    def _write(self, record: Record, order: str) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if len(self._files()) >= _MAX_RECORDS:
            raise OSError(0, "full")
        final = self._folder / f"{order}-{record.turn['id']}.json"
        part = final.with_suffix(".part")
        with part.open("wb") as file:
            file.write(msgspec.json.encode(record))
            file.flush()
            os.fsync(file.fileno())
        part.rename(final)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
