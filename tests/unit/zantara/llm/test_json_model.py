from typing import Annotated, Literal

import msgspec
import pytest

from zantara.llm import (
    BadOutput,
    Deadline,
    ModelRequest,
    Refused,
    ScriptedModel,
    Truncated,
    Usage,
    complete_json,
    parse_json,
    schema_of,
)
from zantara.llm.scripted import Say


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    winner: Literal["a", "b", "tie"]
    score: Annotated[float, msgspec.Meta(ge=0, le=1)]
    reasons: list[str] = []


class Tree(msgspec.Struct, frozen=True):
    children: list["Tree"] = []


GOOD = '{"winner": "a", "score": 0.5}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"  {GOOD}\n",
        f"```json\n{GOOD}\n```",
        f"Here is my verdict:\n```\n{GOOD}\n```\nThank you.",
        f"Sure! {GOOD} Hope this helps.",
    ],
)
def test_json_is_found_alone_in_a_block_or_amid_prose(text: str) -> None:
    assert parse_json(text, Verdict) == Verdict(winner="a", score=0.5)


@pytest.mark.parametrize("text", ["", "no json here", '{"winner": "a"', '{"winner": "c", "score": 0.5}'])
def test_anything_else_is_a_decode_error(text: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        parse_json(text, Verdict)


def test_the_fault_of_a_wrong_shape_wins_over_the_fault_of_the_prose() -> None:
    with pytest.raises(msgspec.ValidationError, match="winner"):
        parse_json('Well: {"winner": "c", "score": 0.5}', Verdict)


def test_a_list_is_found_too() -> None:
    assert parse_json("Topics: [1, 2, 3].", list[int]) == [1, 2, 3]


def test_a_schema_stands_at_the_top_with_its_title() -> None:
    schema = schema_of(Verdict)
    assert (schema["title"], schema["type"]) == ("Verdict", "object")
    assert "$ref" not in schema
    assert "$defs" not in schema


def test_a_recursive_schema_keeps_its_definition() -> None:
    schema = schema_of(Tree)
    assert schema["properties"]["children"]["items"] == {"$ref": "#/$defs/Tree"}
    assert "Tree" in schema["$defs"]


async def test_the_schema_of_the_type_goes_with_the_request(request_: ModelRequest, deadline: Deadline) -> None:
    model = ScriptedModel(GOOD)
    value, _ = await complete_json(model, request_, deadline, Verdict)
    assert value == Verdict(winner="a", score=0.5)
    assert model.requests[0].schema == schema_of(Verdict)


async def test_a_schema_of_the_callers_own_is_kept(request_: ModelRequest, deadline: Deadline) -> None:
    model = ScriptedModel(GOOD)
    own = {"title": "Mine", "type": "object"}
    await complete_json(model, msgspec.structs.replace(request_, schema=own), deadline, Verdict)
    assert model.requests[0].schema == own


async def test_a_bad_answer_is_shown_its_fault_and_repaired(request_: ModelRequest, deadline: Deadline) -> None:
    usage = Usage(input_tokens=10, output_tokens=5)
    bad = '{"winner": "c", "score": 0.5}'
    model = ScriptedModel(Say(text=bad, usage=usage), Say(text=GOOD, usage=usage))
    value, completion = await complete_json(model, request_, deadline, Verdict)
    assert value.winner == "a"
    assert completion.usage == usage + usage
    asked = model.requests[1].messages
    assert asked[-2].content == bad
    assert "winner" in asked[-1].content


async def test_an_empty_answer_is_repaired_without_an_empty_turn(request_: ModelRequest, deadline: Deadline) -> None:
    model = ScriptedModel("", GOOD)
    await complete_json(model, request_, deadline, Verdict)
    assert all(turn.content for turn in model.requests[1].messages)


async def test_a_second_bad_answer_is_bad_output(request_: ModelRequest, deadline: Deadline) -> None:
    model = ScriptedModel("not json")
    with pytest.raises(BadOutput):
        await complete_json(model, request_, deadline, Verdict)
    assert len(model.requests) == 2


@pytest.mark.parametrize(("stop", "error"), [("length", Truncated), ("refusal", Refused)])
async def test_an_answer_that_is_not_whole_is_not_repaired(
    request_: ModelRequest, deadline: Deadline, stop: Literal["length", "refusal"], error: type[Exception]
) -> None:
    model = ScriptedModel(Say(text='{"winner": ', stop=stop))
    with pytest.raises(error):
        await complete_json(model, request_, deadline, Verdict)
    assert len(model.requests) == 1
