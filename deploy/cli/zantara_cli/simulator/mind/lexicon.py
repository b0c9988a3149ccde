"""Word lists in files of their own: TOML, alternatives between ` | ` or on lines of their own."""

import re
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")

_FOLDER = Path(__file__).with_name("lexicons")


def load(name: str, shape: type[T]) -> T:
    """The word list of this name, in its shape."""
    return msgspec.toml.decode((_FOLDER / f"{name}.toml").read_bytes(), type=shape)


def pattern(words: str, *, opens: bool = False) -> re.Pattern[str]:
    """Any of the alternatives as whole words; at the very beginning where it `opens`."""
    return re.compile(rf"{'^' if opens else ''}\b(?:{'|'.join(alternatives(words))})\b")


def alternatives(words: str) -> list[str]:
    """The alternatives of a list, one by one."""
    return [part.strip() for line in words.splitlines() for part in line.split(" | ") if part.strip()]
