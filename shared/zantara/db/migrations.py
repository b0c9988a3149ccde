"""Numbered plain SQL, applied once each under a lock, with a checksum so that history cannot be rewritten."""

import hashlib
import re
from importlib.resources import files

import asyncpg
import msgspec

from zantara.errors import StartError, Unavailable

_LOCK = 7_210_411_001
_FILE = re.compile(r"^(\d{4})_(\w+)\.sql$")

_TABLE = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    package text NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (package, number)
)
"""


class Migration(msgspec.Struct, frozen=True, kw_only=True):
    """One file of `<package>/sql/migrations/`."""

    package: str
    number: int
    name: str
    sql: str

    @property
    def title(self) -> str:
        """Package, number and name."""
        return f"{self.package} {self.number:04d} {self.name}"

    @property
    def checksum(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(package: str) -> list[Migration]:
    """The migrations of a package in order; raises StartError on a gap, a double or a stray file name."""
    folder = files(package).joinpath("sql", "migrations")
    if not folder.is_dir():
        return []
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".sql"):
            continue
        match = _FILE.match(entry.name)
        if match is None:
            raise StartError(f"{package}: {entry.name} is no migration's name")
        text = entry.read_text(encoding="utf-8")
        found.append(Migration(package=package, number=int(match[1]), name=match[2], sql=text))
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise StartError(f"{package}: migrations are not numbered 1 to {len(found)}")
    return found


async def migrate(url: str, packages: tuple[str, ...]) -> list[str]:
    """Apply what is missing, each file in its own transaction; returns what was applied.

    Raises StartError when a file that was applied has changed since, Unavailable when PostgreSQL is away.
    """
    connection = await _connect(url)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        await connection.execute(_TABLE)
        applied = []
        for migration in await _missing(connection, packages):
            await _apply(connection, migration)
            applied.append(migration.title)
    finally:
        await connection.close()
    return applied


async def _apply(connection: asyncpg.Connection, migration: Migration) -> None:
    row = (migration.package, migration.number, migration.name, migration.checksum)
    try:
        async with connection.transaction():
            await connection.execute(migration.sql)
            await connection.execute(
                "INSERT INTO schema_migrations (package, number, name, checksum) VALUES ($1, $2, $3, $4)", *row
            )
    except asyncpg.PostgresError as error:
        raise StartError(
            f"{migration.title} cannot be applied: {error}. A table of that name may come from another program: "
            "rename it, or give ZANTARA a database of its own"
        ) from error


async def pending(url: str, packages: tuple[str, ...]) -> list[str]:
    """What `migrate` would apply."""
    connection = await _connect(url)
    try:
        await connection.execute(_TABLE)
        missing = await _missing(connection, packages)
    finally:
        await connection.close()
    return [migration.title for migration in missing]


async def _connect(url: str) -> asyncpg.Connection:
    try:
        return await asyncpg.connect(url, timeout=10)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        raise Unavailable(f"PostgreSQL: {type(error).__name__}: {error}") from error


async def _missing(connection: asyncpg.Connection, packages: tuple[str, ...]) -> list[Migration]:
    rows = await connection.fetch("SELECT package, number, checksum FROM schema_migrations")
    applied = {(row["package"], row["number"]): row["checksum"] for row in rows}
    missing = []
    for migration in (each for package in packages for each in migrations(package)):
        known = applied.get((migration.package, migration.number))
        if known is None:
            missing.append(migration)
        elif known != migration.checksum:
            raise StartError(f"{migration.title} was changed after it ran")
    return missing
