"""Whatever schema is asked, the JSON is valid for it, and quotes are literal."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.unit.zantara_cli.simulator.prompting import piece, prompt

from zantara_cli.simulator.mind import think

PIECES = (
    piece(
        "passage",
        "The fee is IDR 5,000,000 since 2026-03-01. It takes three weeks.",
        id="p1",
        title="Fees",
        language="en",
    ),
    piece("passage", "Extensions are filed online. Overstay costs IDR 1 million a day.", id="p2", title="Extensions"),
)


def answered(schema: dict[str, Any], *pieces: Any, question: str = "What is the fee?") -> Any:
    value = json.loads(think(prompt(question, *(pieces or PIECES), schema=schema)).text)
    Draft202012Validator(schema).validate(value)
    return value


_NAMES = st.sampled_from(["quote", "id", "title", "language", "score", "turn", "note", "kind", "why", "source_ids"])


def _bounds(low: str, high: str, most: int) -> st.SearchStrategy[dict[str, Any]]:
    pair = st.tuples(st.integers(0, most), st.integers(0, most)).map(sorted)
    return st.one_of(
        st.just({}), pair.map(lambda p: {low: p[0], high: p[1]}), pair.map(lambda p: {high: p[1]}),
    )  # fmt: skip


_LEAVES = st.one_of(
    _bounds("minLength", "maxLength", 60).map(lambda b: {"type": "string"} | b),
    _bounds("minimum", "maximum", 50).map(lambda b: {"type": "integer"} | b),
    _bounds("minimum", "maximum", 5).map(lambda b: {"type": "number"} | b),
    st.just({"type": "boolean"}),
    st.just({"type": "null"}),
    st.just({"type": ["string", "null"]}),
    st.just({"type": "string", "format": "date"}),
    st.just({"const": "fixed"}),
    st.lists(st.sampled_from(["visa", "tax", "fee", "none", 1, None]), min_size=1, unique=True).map(
        lambda e: {"enum": e}
    ),
)


def _nested(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    properties = st.dictionaries(_NAMES, inner, max_size=4)
    objects = st.builds(
        lambda fields, closed, every: {
            "type": "object",
            "properties": fields,
            "required": list(fields) if every else list(fields)[:1],
        }
        | ({"additionalProperties": False} if closed else {}),
        properties, st.booleans(), st.booleans(),
    )  # fmt: skip
    arrays = st.builds(lambda i, b: {"type": "array", "items": i} | b, inner, _bounds("minItems", "maxItems", 4))
    either = st.lists(inner, min_size=1, max_size=3).map(lambda branches: {"anyOf": branches})
    return st.one_of(objects, arrays, either)


@settings(max_examples=150, deadline=None)
@given(st.recursive(_LEAVES, _nested, max_leaves=8))
def test_json_is_valid_for_any_schema(schema: dict[str, Any]) -> None:
    answered(schema)


def test_references_unions_and_recursion() -> None:
    schema = {
        "$ref": "#/$defs/Node",
        "$defs": {
            "Node": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "minLength": 1},
                    "next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]},
                    "kids": {"type": "array", "items": {"$ref": "#/$defs/Node"}},
                    "both": {"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
                                       {"properties": {"b": {"type": "string"}}, "required": ["b"]}]},
                },
                "required": ["name", "next", "both"],
                "additionalProperties": False,
            }
        },
    }  # fmt: skip
    value = answered(schema)
    assert {"a", "b"} <= set(value["both"])


def test_quotes_are_literal_spans_and_ids_are_those_given() -> None:
    item = {
        "type": "object",
        "properties": {"id": {"type": "string"}, "quote": {"type": "string"}, "title": {"type": "string"}},
        "required": ["id", "quote", "title"],
    }
    value = answered({"type": "array", "items": item, "minItems": 2, "maxItems": 2})
    for one, source in zip(value, PIECES, strict=True):
        assert one["id"] == source.attributes["id"]
        assert one["title"] == source.attributes["title"]
        assert one["quote"] in source.text


def test_bounds_that_an_sdk_moved_into_the_description_still_hold() -> None:
    schema = {
        "type": "object",
        "properties": {
            "confidence": {"type": "number", "description": "How sure.\n\n{minimum: 0, maximum: 1}"},
            "tags": {"type": "array", "items": {"type": "string"}, "description": "{maxItems: 1}"},
        },
        "required": ["confidence", "tags"],
    }
    value = answered(schema)
    assert 0 <= value["confidence"] <= 1
    assert len(value["tags"]) <= 1


@pytest.mark.parametrize("pattern", [r"^\d{4}-\d{2}-\d{2}$", r"IDR [\d,]+", r"^[a-z]{2}$"])
def test_patterns_are_searched_in_the_material(pattern: str) -> None:
    answered({"type": "string", "pattern": pattern})


def test_an_enum_is_chosen_by_what_the_text_speaks_of() -> None:
    schema = {"enum": ["land_purchase", "overstay_penalty", "marriage"]}
    assert answered(schema, PIECES[1], question="label this") == "overstay_penalty"


def test_unique_items() -> None:
    schema = {"type": "array", "items": {"enum": ["a", "b", "c"]}, "uniqueItems": True, "minItems": 3}
    assert sorted(answered(schema)) == ["a", "b", "c"]
