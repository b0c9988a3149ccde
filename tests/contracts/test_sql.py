"""Each table has one writing service, statements exist for what stores call, migrations are sound."""

import re
from pathlib import Path

import pytest

from zantara.db.migrations import migrations
from zantara.db.statements import load_statements
from zantara.topology import SERVICES

ROOT = Path(__file__).parents[2]
PACKAGES = tuple(service.replace("-", "_") for service in SERVICES)

_WRITES = re.compile(r"\b(?:INSERT\s+INTO|UPDATE(?!\s+SET)|DELETE\s+FROM)\s+(?!SET\b)([a-z_]+)", re.IGNORECASE)
_CREATES = re.compile(r"\bCREATE\s+TABLE\s+([a-z_]+)", re.IGNORECASE)


def _folder(package: str) -> Path:
    return ROOT / "services" / package.replace("_", "-") / package


def _tables(package: str) -> set[str]:
    return {table for migration in migrations(package) for table in _CREATES.findall(migration.sql)}


def test_no_two_services_create_one_table() -> None:
    seen: dict[str, str] = {}
    for package in PACKAGES:
        for table in _tables(package):
            assert table not in seen, f"{table}: {package} and {seen[table]}"
            seen[table] = package


@pytest.mark.parametrize("package", PACKAGES)
def test_a_service_writes_only_its_own_tables(package: str) -> None:
    own = _tables(package)
    for file in (_folder(package) / "sql").glob("*.sql"):
        code = re.sub(r"--.*", "", file.read_text())
        code = re.sub(r"DO\s+UPDATE\s+SET|FOR\s+UPDATE", "", code)
        assert set(_WRITES.findall(code)) <= own, file


@pytest.mark.parametrize("package", PACKAGES)
def test_migrations_never_hide_a_strangers_table(package: str) -> None:
    for migration in migrations(package):
        assert not re.search(r"CREATE\s+TABLE\s+IF\s+NOT\s+EXISTS", migration.sql, re.IGNORECASE)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_statement_is_used_and_has_a_line_of_why(package: str) -> None:
    if not (_folder(package) / "sql" / "queries.sql").exists():
        pytest.skip("no statements")
    code = "\n".join(file.read_text() for file in _folder(package).rglob("*.py"))
    statements = load_statements(package)
    for name in statements.names():
        assert re.search(rf"\.{name}\b", code), f"{package}: {name} is never used"
        assert getattr(statements, name).startswith("-- "), f"{package}: {name} has no line of why"
