"""Files of the corpus as requests: documents, figures, culture, golden answers, conversations.

A broken line is named with its file and number; nothing of a file with a broken line is sent.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from zantara.bus import Bus
from zantara.errors import Invalid
from zantara.events import (
    ConversationImported,
    DocumentImported,
    GoldenImported,
    ImportConversation,
    ImportCulture,
    ImportDocument,
    ImportedTurn,
    ImportGolden,
    ImportPrices,
    RowsImported,
)
from zantara_cli.operator import ask, ask_all

T = TypeVar("T")
Done = Callable[[Any], None]

MAX_DOCUMENT_BYTES = 700_000
_BATCH = 50


async def import_documents(bus: Bus, folder: Path, done: Done) -> list[DocumentImported]:
    """Every Markdown file of a folder (README aside); raises Invalid where there is none or one is unreadable."""
    return await ask_all(bus, _documents(folder), done)


async def import_golden(bus: Bus, file: Path, done: Done) -> list[GoldenImported]:
    """Curated answers, one a line."""
    return await ask_all(bus, [ImportGolden(entry=entry) for entry in rows(file)], done)


async def import_prices(bus: Bus, file: Path, done: Done) -> list[RowsImported]:
    """The curated table, one figure a line."""
    return await ask_all(bus, [ImportPrices(rows=batch) for batch in _batches(rows(file))], done, at_once=1)


async def import_culture(bus: Bus, folder: Path, done: Done) -> RowsImported:
    """`topics.jsonl` and `insights.jsonl` of a folder."""
    request = ImportCulture(
        topics=tuple(rows(folder / "topics.jsonl")), insights=tuple(rows(folder / "insights.jsonl"))
    )
    reply = await ask(bus, request)
    done(reply)
    return reply


async def import_conversations(
    bus: Bus, file: Path, done: Done, *, shift: timedelta = timedelta()
) -> list[ConversationImported]:
    """Recorded conversations, one a line, their times moved by `shift`."""
    requests = [_conversation(row, f"{file}:{number}", shift) for number, row in enumerate(rows(file), start=1)]
    return await ask_all(bus, requests, done)


def shift_to_yesterday(file: Path, now: datetime | None = None) -> timedelta:
    """Whole days that bring the last turn of a file to yesterday, so that a sample is never stale."""
    last = max(datetime.fromisoformat(turn["timestamp"]) for row in rows(file) for turn in row["turns"])
    yesterday = (now or datetime.now(UTC)).date() - timedelta(days=1)
    return timedelta(days=(yesterday - last.astimezone(UTC).date()).days)


def rows(file: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file; raises Invalid naming every broken line."""
    found: list[dict[str, Any]] = []
    faults: list[str] = []
    for number, line in enumerate(_text(file).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line.encode(), type=dict[str, Any]))
        except msgspec.DecodeError as error:
            faults.append(f"{file}:{number}: {error}")
    if faults:
        raise Invalid("\n".join(faults), faults=faults)
    return found


def _documents(folder: Path) -> list[ImportDocument]:
    files = sorted(file for file in folder.glob("*.md") if file.name.lower() != "readme.md")
    if not files:
        raise Invalid(f"{folder}: no Markdown documents")
    return [ImportDocument(name=file.name, markdown=_text(file)) for file in files]


def _conversation(row: dict[str, Any], where: str, shift: timedelta) -> ImportConversation:
    try:
        turns = tuple(
            ImportedTurn(
                role=turn["role"],
                text=turn["text"],
                timestamp=(datetime.fromisoformat(turn["timestamp"]) + shift).isoformat(),
            )
            for turn in row["turns"]
        )
        return ImportConversation(
            conversation_id=row["conversation_id"],
            user_id=row.get("user_id"),
            language=row.get("language", ""),
            channel=row.get("channel", "import"),
            turns=turns,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(f"{where}: {type(error).__name__}: {error}") from error


def _batches(items: list[T]) -> Iterator[tuple[T, ...]]:
    for start in range(0, len(items), _BATCH):
        yield tuple(items[start : start + _BATCH])


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file}: {error.strerror}") from error
    if len(data) > MAX_DOCUMENT_BYTES and file.suffix == ".md":
        raise Invalid(f"{file}: larger than {MAX_DOCUMENT_BYTES} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(f"{file}: not UTF-8 ({error.reason} at byte {error.start})") from error
