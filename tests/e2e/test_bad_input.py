"""Bad input is a problem document that names the field; nothing of it is stored."""

from typing import Any

import pytest
from system import System

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]

CASES: dict[str, tuple[bytes, int, str]] = {
    "malformed": (b'{"message": "hi"', 400, ""),
    "no-json": (b"hello", 400, ""),
    "bad-utf8": (b'{"message": "\xff\xfe"}', 400, ""),
    "empty-body": (b"", 400, ""),
    "list": (b'["message"]', 422, "body"),
    "empty": (b'{"message": ""}', 422, "message"),
    "blank": (b'{"message": "  \\n "}', 422, "message"),
    "nul": (b'{"message": "a\\u0000b"}', 422, "message"),
    "long": (b'{"message": "' + b"x" * 9000 + b'"}', 422, "message"),
    "missing": (b'{"user_id": "u"}', 422, "message"),
    "unknown": (b'{"message": "hi", "mesage": "x"}', 422, "mesage"),
    "number": (b'{"message": 7}', 422, "message"),
    "language": (b'{"message": "hi", "language": "fr"}', 422, "language"),
    "stream": (b'{"message": "hi", "stream": "yes"}', 422, "stream"),
    "user": (b'{"message": "hi", "user_id": "a b"}', 422, "user_id"),
    "conversation": (b'{"message": "hi", "conversation_id": ""}', 422, "conversation_id"),
}


@pytest.mark.parametrize("case", CASES)
async def test_a_bad_chat_is_a_problem_that_names_the_field(system: System, case: str) -> None:
    body, expected, field = CASES[case]
    before = await _turns(system)
    status, problem = await system.send("POST", "/v1/chat", body)
    assert status == expected, problem
    assert problem["status"] == expected
    assert problem["type"].startswith("urn:zantara:problem:")
    assert [fault["field"] for fault in problem.get("faults", [])] == ([field] if field else [])
    assert await _turns(system) == before


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"turn_id": "t", "rating": 9}, 422, "rating"),
        ({"turn_id": "t", "rating": "5"}, 422, "rating"),
        ({"rating": 3}, 422, "turn_id"),
        ({"turn_id": "no-such-turn", "rating": 3}, 404, ""),
    ],
)
async def test_bad_feedback(system: System, body: dict[str, Any], status: int, field: str) -> None:
    got, problem = await system.post("/v1/feedback", body)
    assert got == status
    assert [fault["field"] for fault in problem.get("faults", [])] == ([field] if field else [])


async def test_too_large_a_body_is_refused(system: System) -> None:
    status, problem = await system.send("POST", "/v1/chat", b'{"message": "' + b"x" * 100_000 + b'"}')
    assert (status, problem["status"]) == (413, 413)


@pytest.mark.parametrize("path", ["/v1/conversations/none", "/v1/nothing", "/page/secret.py"])
async def test_what_is_not_there_is_a_problem_too(system: System, path: str) -> None:
    status, problem = await system.send("GET", path)
    assert (status, problem["status"]) == (404, 404)


async def _turns(system: System) -> int:
    (row,) = await system.rows("SELECT count(*) AS n FROM turns")
    return int(row["n"])
