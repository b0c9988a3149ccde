"""Named SQL: a `.sql` file holds statements under `-- name: insert_turn`, each with a comment line of why."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from zantara.errors import StartError

_NAME = re.compile(r"^-- name: (\w+)\s*$", re.MULTILINE)


class Statements:
    """The statements of one file, by attribute; an unknown name is an AttributeError at once."""

    def __init__(self, statements: Mapping[str, str]) -> None:
        self._statements = dict(statements)

    def __getattr__(self, name: str) -> str:
        try:
            return self._statements[name]
        except KeyError:
            raise AttributeError(f"no statement {name!r}") from None

    def names(self) -> tuple[str, ...]:
        """All names, in file order."""
        return tuple(self._statements)


@cache
def load_statements(package: str, file: str = "queries.sql") -> Statements:
    """The statements of `<package>/sql/<file>`; raises StartError on an empty file or a name given twice."""
    return parse_statements(files(package).joinpath("sql", file).read_text(encoding="utf-8"), where=f"{package}/{file}")


def parse_statements(text: str, *, where: str) -> Statements:
    """Split the text of a `.sql` file at its `-- name:` lines."""
    parts = _NAME.split(text)[1:]
    pairs = [(name, body.strip()) for name, body in zip(parts[::2], parts[1::2], strict=True)]
    found = dict(pairs)
    if not found or len(found) != len(pairs):
        raise StartError(f"{where}: no statements, or one name twice")
    return Statements(found)
