import pytest

from zantara_cli.stack.probe import reason


def test_failing_parts_are_named_with_why() -> None:
    body = b'{"status":"unready","parts":{"nats":{"ok":true},"content":{"ok":false,"error":"no passages"}}}'
    assert reason(body) == "content: no passages"


def test_nothing_fails_nothing_told() -> None:
    assert reason(b'{"status":"ready","parts":{"nats":{"ok":true,"streams":5}}}') == ""


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"status":"ok"}', b'{"parts":{"nats":"down"}}'])
def test_another_answer_tells_nothing(body: bytes) -> None:
    assert reason(body) == ""
