"""Children and their supervisor, with small programs in place of servers."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from zantara.errors import StartError, Unavailable
from zantara_cli.stack.board import Board, Row
from zantara_cli.stack.ports import free_port, is_taken, require_free
from zantara_cli.stack.probe import DOWN, READY, Health, ask
from zantara_cli.stack.process import Child, Command, run, tail
from zantara_cli.stack.stale import end_stale
from zantara_cli.stack.state import StackState, created_at
from zantara_cli.stack.supervisor import Node, Part, PartFailed, Step, Supervisor, first_rows

pytestmark = pytest.mark.integration

SLEEP = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


def python(tmp_path: Path, program: str, *, name: str = "child", grace_s: float = 5.0) -> Command:
    return Command(name=name, argv=(sys.executable, "-c", program), log=tmp_path / f"{name}.log", grace_s=grace_s)


async def gone(pid: int) -> None:
    async with asyncio.timeout(5):
        while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            await asyncio.sleep(0.02)


async def written(file: Path, text: str) -> None:
    async with asyncio.timeout(10):
        while not file.exists() or text not in file.read_text():
            await asyncio.sleep(0.02)


async def test_a_child_writes_its_log_and_leads_its_own_session(tmp_path: Path) -> None:
    child = await Child.spawn(python(tmp_path, "import os; print(os.getsid(0) == os.getpid())"))
    assert await child.wait() == 0
    assert (tmp_path / "child.log").read_text() == "True\n"


async def test_a_child_is_asked_first_and_killed_after_its_grace(tmp_path: Path) -> None:
    child = await Child.spawn(python(tmp_path, DEAF, grace_s=0.2))
    await written(tmp_path / "child.log", "deaf")
    assert await child.stop() == -signal.SIGKILL
    assert await child.stop() == -signal.SIGKILL


async def test_killing_takes_the_grandchildren_along(tmp_path: Path) -> None:
    start = f"p = subprocess.Popen([sys.executable, '-c', {SLEEP!r}])"
    program = f"import subprocess, sys; {start}; print(p.pid, flush=True); p.wait()"
    child = await Child.spawn(python(tmp_path, program))
    await written(tmp_path / "child.log", "\n")
    await child.kill()
    await gone(int((tmp_path / "child.log").read_text()))


async def test_children_do_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys, pathlib\n"
        "from zantara_cli.stack.process import Child, Command\n"
        "async def main():\n"
        f"    command = Command(name='x', argv=(sys.executable, '-c', {SLEEP!r}), log=pathlib.Path(sys.argv[1]))\n"
        "    child = await Child.spawn(command)\n"
        "    print(child.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "x.log")], stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout
        pid = int(await asyncio.to_thread(parent.stdout.readline))
        parent.kill()
    await gone(pid)


async def test_a_short_command_that_fails_shows_its_words(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"(?s)child failed with 3.*the reason"):
        await run(python(tmp_path, "import sys; print('the reason'); sys.exit(3)"), timeout_s=10)


async def test_a_short_command_that_hangs_is_ended(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"took more than 0.2 s"):
        await run(python(tmp_path, SLEEP), timeout_s=0.2)


def test_the_tail_of_a_log(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text("".join(f"line {n}\n" for n in range(100_000)))
    assert tail(log, lines=2) == "line 99998\nline 99999"
    assert "No such file" in tail(tmp_path / "none", lines=2)


def test_a_taken_port_is_told_with_its_setting() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        port = listener.getsockname()[1]
        assert is_taken(port)
        with pytest.raises(StartError, match=rf"port {port} is taken.*ZANTARA_NATS_PORT"):
            require_free({"ZANTARA_NATS_PORT": port, "ZANTARA_HTTP_PORT": free_port()})
    require_free({"ZANTARA_NATS_PORT": port})


def test_two_settings_with_one_port_are_both_named() -> None:
    port = free_port()
    with pytest.raises(StartError, match=rf"B and A both say port {port}"):
        require_free({"A": port, "B": port})


async def test_nobody_on_a_port_is_down() -> None:
    assert await ask(free_port()) == DOWN


def orphan() -> int:
    """A process whose parent has gone, as a part's is after its supervisor was killed."""
    started = subprocess.run(
        ["sh", "-c", f"{sys.executable} -c '{SLEEP}' >/dev/null 2>&1 & echo $!"], stdout=subprocess.PIPE, check=True
    )
    return int(started.stdout)


async def test_what_is_left_of_a_killed_instance_is_ended() -> None:
    left, stranger = orphan(), orphan()
    try:
        rows = (Row(name="nats", pid=left), Row(name="reused", pid=stranger), Row(name="schema"))
        created = {left: created_at(left) or 0.0, stranger: 1.0}
        state = StackState(pid=1, started_at=0, url="", logs_dir="", rows=rows, created=created)
        assert await asyncio.to_thread(end_stale, state) == ["nats"]
        await gone(left)
        assert psutil.Process(stranger).is_running(), "a later process with the same pid must not be touched"
    finally:
        os.kill(stranger, signal.SIGKILL)


def test_without_a_state_nothing_is_ended() -> None:
    assert end_stale(None) == []


class Bench:
    """Parts made of small programs; a part is ready when it has written its name into its log."""

    def __init__(self, tmp_path: Path) -> None:
        self.tmp_path = tmp_path
        self.nodes: list[Node] = []
        self.order: list[str] = []

    def part(
        self, name: str, *after: str, program: str = "", grace_s: float = 5.0, health: Health = READY, **more: float
    ) -> Command:
        log = self.tmp_path / f"{name}.log"
        text = f"print({name!r}, flush=True); " + (program or SLEEP)
        command = python(self.tmp_path, text, name=name, grace_s=grace_s)

        async def prepare() -> Command:
            self.order.append(name)
            log.unlink(missing_ok=True)
            return command

        async def probe(_: int) -> Health:
            return health if log.exists() and name in log.read_text() else DOWN

        self.nodes.append(Part(name=name, prepare=prepare, probe=probe, after=after, **more))
        return command

    def step(self, name: str, *after: str, error: Exception | None = None, vital: bool = True) -> None:
        async def work(progress: Callable[[str], None]) -> None:
            self.order.append(name)
            progress("half")
            if error:
                raise error

        self.nodes.append(Step(name=name, work=work, after=after, vital=vital))

    def supervisor(self) -> tuple[Supervisor, Board]:
        board = Board(first_rows(self.nodes, lambda name: str(self.tmp_path / f"{name}.log")))
        return Supervisor(self.nodes, board), board


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


async def test_parts_start_after_what_they_need_and_stop_in_reverse(bench: Bench) -> None:
    bench.part("front", "back", "other")
    bench.part("back", "schema")
    bench.part("other", "schema")
    bench.step("schema", "server")
    bench.part("server")
    supervisor, board = bench.supervisor()
    stopped: list[str] = []
    board.listen(lambda _, after: stopped.append(after.name) if after.state == "stopped" else None)

    async def up() -> None:
        assert {row.state for row in board.rows()} == {"ready", "done"}
        supervisor.stop()

    await supervisor.run(up)
    assert bench.order[:2] == ["server", "schema"]
    assert set(bench.order[2:4]) == {"back", "other"}
    assert bench.order[4:] == ["front"]
    assert stopped[0] == "front"
    assert stopped[-1] == "server"


async def test_independent_parts_start_at_once(bench: Bench) -> None:
    for name in "abcd":
        bench.part(name, program=SLEEP)
    bench.step("slow")
    supervisor, _ = bench.supervisor()

    async def up() -> None:
        supervisor.stop()

    await supervisor.run(up)
    assert bench.order[:4] == list("abcd")


async def test_what_dies_is_started_again(bench: Bench) -> None:
    bench.part("server")
    supervisor, board = bench.supervisor()
    pids: list[int] = []
    board.listen(lambda _, after: after.state == "ready" and after.pid and pids.append(after.pid))

    async def up() -> None:
        os.kill(pids[0], signal.SIGKILL)
        async with asyncio.timeout(10):
            while len(pids) < 2:
                await asyncio.sleep(0.02)
        supervisor.stop()

    await supervisor.run(up)
    assert pids[0] != pids[1]
    assert board.row("server").restarts == 1
    assert bench.order == ["server", "server"]


async def test_what_keeps_dying_is_given_up_loudly_and_all_is_stopped(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zantara_cli.stack.supervisor.restarts.FIRST_DELAY_S", 0.01)
    bench.part("server")
    bench.part("broken", "server", program="import sys; print('no such table'); sys.exit(3)", health=DOWN)
    supervisor, board = bench.supervisor()
    with pytest.raises(PartFailed) as caught:
        await supervisor.run(never)
    for told in ("broken", "5 times", "status 3", "broken.log", "no such table"):
        assert told in str(caught.value)
    assert board.row("server").state == "stopped"
    assert board.row("server").pid is None


async def test_a_part_that_never_answers_is_given_up(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zantara_cli.stack.supervisor.restarts.FIRST_DELAY_S", 0.01)
    bench.part("mute", health=DOWN, start_timeout_s=0.1)
    supervisor, _ = bench.supervisor()
    with pytest.raises(PartFailed, match=r"did not answer within 0.1 s"):
        await supervisor.run(never)


async def test_a_part_that_answers_but_is_not_ready_does_not_hold_up_the_rest(bench: Bench) -> None:
    bench.part("empty", health=Health(level="alive", note="no passages"), patience_s=0.1)
    bench.part("front", "empty")
    supervisor, board = bench.supervisor()

    async def up() -> None:
        assert board.row("empty").state == "alive"
        assert board.row("empty").note == "no passages"
        supervisor.stop()

    await supervisor.run(up)
    assert bench.order == ["empty", "front"]


async def test_a_vital_step_that_fails_ends_everything(bench: Bench) -> None:
    bench.part("server")
    bench.step("schema", "server", error=Unavailable("the database went away"))
    bench.part("service", "schema")
    supervisor, board = bench.supervisor()
    with pytest.raises(StartError, match=r"schema: the database went away"):
        await supervisor.run(never)
    assert bench.order == ["server", "schema"]
    assert board.row("schema").state == "failed"
    assert board.row("server").state == "stopped"


async def test_another_step_may_fail(bench: Bench) -> None:
    grouped = ExceptionGroup("retries", [ExceptionGroup("once", [Unavailable("nobody answers")])])
    bench.step("sample", error=grouped, vital=False)
    bench.part("front", "sample")
    supervisor, board = bench.supervisor()

    async def up() -> None:
        assert board.row("sample").note == "nobody answers"
        supervisor.stop()

    await supervisor.run(up)
    assert bench.order == ["sample", "front"]


async def test_settling_comes_before_whatever_is_after(bench: Bench) -> None:
    async def settle() -> None:
        bench.order.append("settled")

    bench.part("server")
    first = bench.nodes[0]
    assert isinstance(first, Part)
    bench.nodes[0] = Part(name="server", prepare=first.prepare, probe=first.probe, settle=settle)
    bench.step("schema", "server")
    supervisor, _ = bench.supervisor()

    async def up() -> None:
        supervisor.stop()

    await supervisor.run(up)
    assert bench.order == ["server", "settled", "schema"]


async def test_asked_twice_it_does_not_wait_for_the_deaf(bench: Bench) -> None:
    bench.part("deaf", program=DEAF, grace_s=30.0)
    supervisor, _ = bench.supervisor()

    async def up() -> None:
        await written(bench.tmp_path / "deaf.log", "deaf\ndeaf")
        supervisor.stop()
        asyncio.get_running_loop().call_later(0.2, supervisor.stop)

    began = time.monotonic()
    await supervisor.run(up)
    assert time.monotonic() - began < 10


async def test_asked_to_stop_while_parts_still_wait(bench: Bench) -> None:
    bench.part("server", health=DOWN)
    bench.part("service", "server")
    supervisor, board = bench.supervisor()
    asyncio.get_running_loop().call_later(0.5, supervisor.stop)
    await supervisor.run(never)
    assert bench.order == ["server"]
    assert {row.state for row in board.rows()} == {"stopped"}


async def never() -> None:
    pytest.fail("all is up, which it must not be")
