"""Rows of the sample files: taken as they stand, refused by field."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cultural_rag.domain.checking import checked
from cultural_rag.domain.rows import InsightRow, PriceRow, TopicRow

SHIPPED = Path(__file__).parents[3] / "deploy" / "data"

PRICE = {
    "key": "lamp_fee",
    "kind": "fee",
    "subject": "lamp",
    "value": 400,
    "unit": "shells",
    "text_en": "The lamp costs 400 shells.",
    "document_id": "faro-01",
    "as_of": "2026-05",
    "certainty": "stated",
}


@pytest.mark.parametrize(
    ("file", "type_"),
    [("culture/topics.jsonl", TopicRow), ("culture/insights.jsonl", InsightRow), ("prices/table.jsonl", PriceRow)],
)
def test_shipped_rows_are_taken_whole(file: str, type_: type[msgspec.Struct]) -> None:
    for line in (SHIPPED / file).read_text("utf-8").splitlines():
        given = json.loads(line)
        row, faults = checked(type_, given)
        assert not faults
        assert row is not None
        assert json.loads(msgspec.json.encode(row)) == given


@pytest.mark.parametrize("value", [400, 2.5, [1, 3], "2025-05-29", "E33G"])
def test_a_figure_keeps_its_form(value: object) -> None:
    row, _ = checked(PriceRow, {**PRICE, "value": value})
    assert row is not None
    assert json.loads(msgspec.json.encode(row.value)) == value
    assert type(row.value) is (tuple if isinstance(value, list) else type(value))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "gift"}, "kind: Invalid enum value 'gift'"),
        ({"value": None}, "value: Expected"),
        ({"value": ["a"]}, "value: Expected"),
        ({"as_of": "soon"}, "as_of: Expected"),
        ({"as_of": "2026-13"}, "as_of: Expected"),
        ({"key": "Lamp Fee"}, "key: Expected"),
        ({"text_en": ""}, "text_en: Expected"),
        ({"unit": "a\x00"}, "unit: holds a character that cannot be stored"),
        ({"colour": 1}, "colour: unknown field"),
        ({"x" * 500: 1}, "x" * 60 + ": unknown field"),
    ],
)
def test_a_fault_names_its_field(change: dict[str, Any], fault: str) -> None:
    row, faults = checked(PriceRow, {**PRICE, **change})
    assert row is None
    assert len(faults) == 1
    assert faults[0].startswith(fault)


def test_missing_fields_are_all_named() -> None:
    assert checked(PriceRow, {})[1] == tuple(f"{name}: missing" for name in PRICE)
