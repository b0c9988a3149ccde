"""The golden pack's form: one entry a JSON line, read with every fault named by line and field."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from golden_cache.domain.entries import GoldenEntry, HardNegative, Source, Status
from zantara.errors import Invalid

_DAYS_A_MONTH = 30.44
_UNSET = msgspec.NODEFAULT


class PackRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a pack; other fields are not looked at. `valid_months` count from the intake."""

    cluster_id: str
    topic: str
    asks: str
    subject: tuple[str, ...]
    questions: dict[str, str]
    answers: dict[str, str]
    sources: tuple[Source, ...]
    variations: dict[str, tuple[str, ...]] = {}
    hard_negatives: tuple[HardNegative, ...] = ()
    valid_months: float | None = None
    confidence: float = 1.0


def decode_pack_line(line: bytes, *, number: int, taken_at: datetime) -> GoldenEntry:
    """Read one line as a draft. Raises Invalid, each fault as `line 3, questions.it: what is wrong`."""
    try:
        row = msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"line {number}: {error}") from error
    try:
        return entry_of(row, taken_at=taken_at)
    except Invalid as error:
        faults = [f"line {number}, {fault}" for fault in error.faults]
        raise Invalid(f"line {number} is no golden answer", faults=faults) from error


def decode_pack(lines: Iterable[bytes], *, taken_at: datetime) -> tuple[list[GoldenEntry], list[str]]:
    """Read all lines that are not blank: the entries, and the faults of the lines that are none."""
    entries: list[GoldenEntry] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = decode_pack_line(line, number=number, taken_at=taken_at)
        except Invalid as error:
            faults += error.faults
            continue
        first = seen.setdefault(entry.cluster_id, number)
        if first == number:
            entries.append(entry)
        else:
            faults.append(f"line {number}, cluster_id: {entry.cluster_id} stands in line {first} too")
    return entries, faults


def entry_of(row: Mapping[str, Any], *, taken_at: datetime) -> GoldenEntry:
    """Turn one row into a draft entry. Raises Invalid, each fault as `field: what is wrong`."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for field in msgspec.structs.fields(PackRow):
        if field.encode_name in row:
            try:
                values[field.name] = msgspec.convert(row[field.encode_name], field.type)
            except msgspec.ValidationError as error:
                faults.append(_named(field.name, str(error)))
        elif field.default is _UNSET and field.default_factory is _UNSET:
            faults.append(f"{field.name}: missing")
    if faults:
        raise Invalid(f"{len(faults)} faults in a golden answer", faults=faults)
    return _entry(PackRow(**values), taken_at)


def _entry(row: PackRow, taken_at: datetime) -> GoldenEntry:
    return GoldenEntry(
        cluster_id=row.cluster_id,
        topic=row.topic,
        asks=row.asks,
        subject=row.subject,
        questions=row.questions,
        variations=row.variations,
        hard_negatives=row.hard_negatives,
        answers=row.answers,
        sources=row.sources,
        confidence=row.confidence,
        status=Status.DRAFT,
        expires_at=_expiry(row.valid_months, taken_at),
    )


def _expiry(months: float | None, taken_at: datetime) -> datetime | None:
    return None if months is None else taken_at + timedelta(days=round(months * _DAYS_A_MONTH))


def _named(field: str, message: str) -> str:
    """Join the field's name and the path inside it: ``Expected `str` - at `$[...]` `` becomes `questions[...]: ...`."""
    what, _, path = message.partition(" - at `")
    return f"{field}{path.rstrip('`').removeprefix('$')}: {what}"
