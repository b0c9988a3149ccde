from pathlib import Path

from zantara_cli.stack.board import Board, Row
from zantara_cli.stack.state import StackState, read_state, write_state


def test_listeners_hear_of_changes_and_only_of_those() -> None:
    board = Board([Row(name="nats"), Row(name="postgres")])
    heard: list[tuple[str, str]] = []
    board.listen(lambda before, after: heard.append((before.state, after.state)))
    board.change("nats", state="starting")
    board.change("nats", state="starting")
    board.change("nats", state="ready", pid=3)
    assert heard == [("waiting", "starting"), ("starting", "ready")]
    assert board.row("nats").pid == 3
    assert [row.name for row in board.rows()] == ["nats", "postgres"]


def test_the_state_survives_the_file(tmp_path: Path) -> None:
    state = StackState(
        pid=1, started_at=2.5, url="http://127.0.0.1:8080/", logs_dir="/l", simulated=("claude",), ready_after_s=6.5,
        rows=(Row(name="nats", state="ready", pid=7, port=4222),), created={7: 123.25},
    )  # fmt: skip
    write_state(tmp_path / "stack.json", state)
    assert read_state(tmp_path / "stack.json") == state


def test_no_state_or_a_damaged_one_is_none(tmp_path: Path) -> None:
    assert read_state(tmp_path / "stack.json") is None
    (tmp_path / "stack.json").write_text('{"pid": "x"')
    assert read_state(tmp_path / "stack.json") is None
