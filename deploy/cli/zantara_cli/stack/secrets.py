"""Passwords of the embedded servers: made once, kept in a file that only its owner can read."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

import msgspec

from zantara.errors import StartError

_FILE = "passwords.json"


def passwords(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """The password of each name; missing ones are made and stored (mode 0600) before they are used."""
    file = folder / _FILE
    known = known_passwords(folder)
    missing = [name for name in names if name not in known]
    if missing:
        known |= {name: secrets.token_urlsafe(24) for name in missing}
        write_private(file, msgspec.json.format(msgspec.json.encode(known)).decode() + "\n")
    return {name: known[name] for name in names}


def write_private(file: Path, text: str) -> None:
    """Replace the file in one step, readable by its owner alone from the first byte."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def known_passwords(folder: Path) -> dict[str, str]:
    """What has been made so far; raises StartError where the file is damaged."""
    file = folder / _FILE
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except msgspec.DecodeError as error:
        raise StartError(
            f"{file} is damaged ({error}); restore it, or forget all data with `make clean-data`"
        ) from None
