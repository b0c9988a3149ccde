"""Budgets as gates: short functions, short files, short mains. An exception stands here with its reason."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [
    file
    for folder in ("shared", "services", "deploy")
    for file in sorted((ROOT / folder).rglob("*.py"))
    if ".venv" not in file.parts
]

MAX_FILE = 400
MAX_BODY = 50
MAX_MAIN = 60
MAX_P90 = 20

EXCEPTIONS: dict[str, str] = {}
"""`path` or `path:function` to the reason why it may be longer."""


def _bodies(file: Path) -> list[tuple[str, int]]:
    tree = ast.parse(file.read_text())
    return [
        (node.name, (node.end_lineno or node.lineno) - _start(node) + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _start(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and len(node.body) > 1
    return node.body[1].lineno if documented else first.lineno


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_file_is_within_its_budget(file: Path) -> None:
    lines = file.read_text().count("\n")
    assert lines <= MAX_FILE or _name(file) in EXCEPTIONS, f"{lines} lines"
    long = [
        (name, length)
        for name, length in _bodies(file)
        if length > MAX_BODY and f"{_name(file)}:{name}" not in EXCEPTIONS
    ]
    assert not long


def test_nine_functions_in_ten_are_short() -> None:
    lengths = sorted(length for file in FILES for _, length in _bodies(file))
    assert lengths[int(len(lengths) * 0.9)] <= MAX_P90


@pytest.mark.parametrize("file", sorted((ROOT / "services").glob("*/*/main.py")), ids=_name)
def test_main_is_a_table_of_contents(file: Path) -> None:
    assert file.read_text().count("\n") <= MAX_MAIN


def test_no_exception_is_stale() -> None:
    for entry in EXCEPTIONS:
        assert (ROOT / entry.partition(":")[0]).exists(), entry


def test_no_grab_bag_modules() -> None:
    names = {"utils", "helpers", "common", "misc", "base"}
    assert not [_name(file) for file in FILES if file.stem in names]
