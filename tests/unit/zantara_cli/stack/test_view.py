import io

from rich.console import Console

from zantara_cli.stack.board import Board, Row
from zantara_cli.stack.layout import layout_of
from zantara_cli.stack.providers import providers_of
from zantara_cli.stack.session import greeting
from zantara_cli.stack.view import LiveView, PlainView, duration, line_of, megabytes, table_of, view_of


def test_durations_read_well() -> None:
    assert [duration(seconds) for seconds in (0.4, 59, 61, 3599, 7500)] == ["0 s", "59 s", "1 min", "59 min", "2 h 05"]


def test_memory_in_megabytes() -> None:
    assert megabytes(130 * 1024 * 1024) == "130 MB"
    assert megabytes(0) == ""


def test_the_table_has_every_figure_of_a_part() -> None:
    rows = (Row(name="nats", state="ready", pid=12, since=100.0, port=4222), Row(name="schema", state="done"))
    console = Console(file=io.StringIO(), width=120)
    console.print(
        table_of(
            (*rows, Row(name="chat-router", state="backoff", restarts=2, note="[x] again")), {"nats": 2**24}, now=160.0
        )
    )
    text = console.file.getvalue() if isinstance(console.file, io.StringIO) else ""
    nats = next(line for line in text.splitlines() if line.startswith("nats"))
    assert nats.split() == ["nats", "ready", "12", "1", "min", "16", "MB", "4222"]
    assert "backoff" in text
    assert "[x] again" in text


def test_the_plain_view_tells_changes_of_state_once() -> None:
    board = Board([Row(name="nats", port=4222)])
    lines: list[str] = []
    view = PlainView(board, lines.append)
    with view:
        board.change("nats", state="starting", pid=5)
        board.change("nats", state="ready")
        board.change("nats", note="slow")
        board.change("nats", state="ready")
        view.announce("ready", ["open x"])
    assert [line.split(" ", 1)[1].split() for line in lines[:2]] == [
        ["nats", "starting", "(pid", "5)"],
        ["nats", "ready", "(pid", "5,", "port", "4222)"],
    ]
    assert lines[2:] == ["\nready\n  open x\n"]


def test_progress_of_a_step_is_told() -> None:
    board = Board([Row(name="sample")])
    lines: list[str] = []
    PlainView(board, lines.append)
    board.change("sample", state="working")
    board.change("sample", note="knowledge 3/60")
    assert lines[-1].endswith("working: knowledge 3/60")


def test_a_terminal_gets_the_live_view_and_a_pipe_the_plain_one() -> None:
    board = Board([])
    assert isinstance(view_of(board, Console(file=io.StringIO(), force_terminal=True), {}), LiveView)
    assert isinstance(view_of(board, Console(file=io.StringIO()), {}), PlainView)


def test_the_live_view_shows_the_board() -> None:
    board = Board([Row(name="nats")])
    out = io.StringIO()
    with LiveView(board, Console(file=out, force_terminal=True, width=100), {}) as view:
        board.change("nats", state="ready", note="[not markup]")
        view.say("a line with [brackets]")
        view.announce("ready", ["open http://127.0.0.1:8080/"])
    assert "[brackets]" in out.getvalue()
    assert "http://127.0.0.1:8080/" in out.getvalue()
    assert "[not markup]" in out.getvalue()


def test_a_line_names_what_is_known() -> None:
    assert line_of(Row(name="nats", state="failed", note="ended with status 1")).split() == [
        "nats", "failed:", "ended", "with", "status", "1",
    ]  # fmt: skip


def test_the_greeting_says_what_is_simulated_and_what_is_missing() -> None:
    layout = layout_of("/d/data", "/d/models")
    missing = [Row(name="cultural-rag", state="alive", note="content: no passages")]
    lines = "\n".join(greeting("http://127.0.0.1:8080/", providers_of({"ANTHROPIC_API_KEY": "k"}), layout, missing))
    assert "http://127.0.0.1:8080/" in lines
    assert "Claude   real" in lines
    assert "LLAMA    simulated" in lines
    assert "/d/logs" in lines
    assert "cultural-rag: content: no passages" in lines


def test_a_broken_pipe_does_not_reach_the_supervisor() -> None:
    def broken(_: str) -> None:
        raise BrokenPipeError

    board = Board([Row(name="nats")])
    with PlainView(board, broken) as view:
        board.change("nats", state="stopping")
        view.say("x")
        view.announce("x", [])
    assert board.row("nats").state == "stopping"
