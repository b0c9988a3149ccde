"""Rows from outside against their struct: every fault at once, each naming its field."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

R = TypeVar("R", bound=msgspec.Struct)

_SHOWN = 60


def checked(type_: type[R], row: Mapping[str, Any]) -> tuple[R | None, tuple[str, ...]]:
    """The row as its struct, or None with `field: reason` lines; an unknown field is a fault."""
    fields = {field.name: field for field in msgspec.structs.fields(type_)}
    faults = [f"{_shown(name)}: unknown field" for name in row if name not in fields]
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if name not in row:
            faults += [f"{name}: missing"] if field.required else []
            continue
        fault = unprintable(row[name])
        try:
            values[name] = msgspec.convert(row[name], field.type)
        except msgspec.ValidationError as error:
            fault = str(error)
        faults += [f"{name}: {fault}"] if fault else []
    return (None, tuple(faults)) if faults else (type_(**values), ())


def unprintable(value: object) -> str:
    """Why a text cannot be stored, or nothing: PostgreSQL keeps no NUL and no lone surrogate."""
    texts = value if isinstance(value, list | tuple) else [value]
    for text in texts:
        if isinstance(text, str) and ("\x00" in text or any("\ud800" <= char <= "\udfff" for char in text)):
            return "holds a character that cannot be stored"
    return ""


def _shown(name: object) -> str:
    return str(name)[:_SHOWN].encode("ascii", "backslashreplace").decode()
