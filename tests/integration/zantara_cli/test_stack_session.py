"""The whole stack as a process: real servers, stand-ins for the services, `zantara status` and friends beside it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from zantara.topology import SERVICES
from zantara_cli.commands.status import Report, report_of
from zantara_cli.stack.addresses import addresses_for, front_url
from zantara_cli.stack.forget import forget_data
from zantara_cli.stack.ports import free_port, is_taken
from zantara_cli.stack.state import StackState, read_state

pytestmark = pytest.mark.integration

RUN = Path(__file__).with_name("run_stack.py")
PORTS = (
    "ZANTARA_HTTP_PORT", "ZANTARA_GOLDEN_CACHE_PORT", "ZANTARA_CULTURAL_RAG_PORT", "ZANTARA_LLAMA_WORKER_PORT",
    "ZANTARA_SHADOW_JUDGE_PORT", "ZANTARA_JIWA_ENRICHER_PORT", "ZANTARA_NATS_PORT", "ZANTARA_NATS_MONITOR_PORT",
    "ZANTARA_POSTGRES_PORT",
)  # fmt: skip


class Instance:
    """One data directory and the processes run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fake = folder / "fake"
        self.fake.mkdir()
        self.data = folder / "data"
        self.output = folder / "output"
        self.running: list[subprocess.Popen[bytes]] = []
        self.env = {
            **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "NATS_URL"}},
            **{name: str(free_port()) for name in PORTS},
            "ZANTARA_DATA_DIR": str(self.data),
            "ZANTARA_MODEL_DIR": str(folder / "models"),
            "ZANTARA_NATS_SYNC_INTERVAL": "2m",
            "ANTHROPIC_API_KEY": "real",
            "RUNPOD_LLAMA_ENDPOINT": "http://127.0.0.1:9/v2/real",
        }

    def start(self, *once_ready: str) -> subprocess.Popen[bytes]:
        with self.output.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, str(RUN), str(self.fake), *once_ready], env=self.env, stdout=out, stderr=out
            )
        self.running.append(process)
        return process

    def once(self, *once_ready: str) -> int:
        with self.start(*once_ready) as process:
            return process.wait(40)

    def ready(self) -> StackState:
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline:
            state = read_state(self.data / "stack.json")
            if state and state.ready_after_s is not None and state.pid == self.running[-1].pid:
                return state
            time.sleep(0.05)
        raise AssertionError(self.told())

    def told(self) -> str:
        return self.output.read_text()

    def wish(self, name: str, text: str = "") -> None:
        (self.fake / name).write_text(text)

    def lines(self, name: str) -> list[str]:
        file = self.fake / name
        return file.read_text().splitlines() if file.exists() else []

    def pids(self) -> dict[str, int]:
        state = read_state(self.data / "stack.json")
        return {row.name: row.pid for row in state.rows if row.pid} if state else {}


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    made = Instance(tmp_path)
    yield made
    for process in made.running:
        if process.poll() is None:
            process.terminate()
        process.wait(30)
    forget_data(made.env)


def all_gone(pids: dict[str, int]) -> bool:
    return not any(
        psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in pids.values()
    )


def test_first_start_second_start_and_the_clean_end(instance: Instance) -> None:
    process = instance.start()
    instance.ready()
    pids = instance.pids()
    assert set(pids) == {"nats", "postgres", *SERVICES}
    started = instance.lines("starts")
    assert set(started[:-1]) == set(SERVICES[:-1])
    assert started[-1] == "chat-router"
    assert instance.env["ZANTARA_HTTP_PORT"] in instance.told(), "what is told must not wait in a buffer"

    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert all_gone(pids)
    assert instance.lines("ends")[0] == "chat-router"
    assert len(instance.lines("samples")) == 1

    assert instance.once("true") == 0
    assert len(instance.lines("samples")) == 1, "the sample is loaded once"
    assert len(instance.lines("starts")) == 2 * len(SERVICES)


def test_ctrl_c_stops_cleanly_too_and_the_command_decides_the_status(instance: Instance) -> None:
    assert instance.once("sh", "-c", 'test -n "$DATABASE_URL" && exit 7') == 7
    process = instance.start()
    instance.ready()
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert "stopping" in instance.told()


def test_a_closed_pipe_does_not_keep_it_from_stopping(instance: Instance) -> None:
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [sys.executable, str(RUN), str(instance.fake)], env=instance.env, stdout=writer, stderr=writer
    )
    instance.running.append(process)
    os.close(writer)
    os.close(reader)
    instance.ready()
    pids = instance.pids()
    process.send_signal(signal.SIGHUP)
    assert process.wait(20) in {0, 120}  # 120: python's own word for an output that nobody took
    assert all_gone(pids)


def test_each_service_gets_its_own_user_and_port(instance: Instance) -> None:
    instance.start()
    instance.ready()
    seen = {}
    for service in SERVICES:
        name = "ZANTARA_HTTP_PORT" if service == "chat-router" else f"ZANTARA_{service.replace('-', '_').upper()}_PORT"
        with urllib.request.urlopen(f"http://127.0.0.1:{instance.env[name]}/env", timeout=5) as answer:
            seen[service] = json.load(answer)["env"]
    for service, env in seen.items():
        assert env["NATS_URL"].startswith(f"nats://{service}:")
        assert env["DATABASE_URL"].startswith("postgresql://zantara:")
        assert env["ANTHROPIC_API_KEY"] == "real"
    assert len({env["NATS_URL"] for env in seen.values()}) == len(SERVICES)


async def test_status_and_commands_find_the_running_instance(instance: Instance) -> None:
    assert await report_of(instance.env) == Report(running=False, ready=False)
    instance.start()
    await asyncio.to_thread(instance.ready)
    report = await report_of(instance.env)
    assert report.running
    assert report.ready, report
    assert report.pid == instance.running[0].pid
    assert all(report.memory_bytes[service] > 1_000_000 for service in SERVICES)
    addresses = addresses_for(instance.env)
    assert addresses.nats_url == instance.lines("samples")[0]
    assert [addresses.database_url] == instance.lines("schema")[:1]
    assert front_url(instance.env) == f"http://127.0.0.1:{instance.env['ZANTARA_HTTP_PORT']}/"

    instance.wish("golden-cache.unready", "no golden answers")
    report = await report_of(instance.env)
    assert not report.ready
    row = next(row for row in report.rows if row.name == "golden-cache")
    assert (row.state, row.note) == ("alive", "content: no golden answers")


def test_a_second_instance_is_refused_and_the_first_does_not_mind(instance: Instance) -> None:
    first = instance.start()
    instance.ready()
    before = instance.told()
    assert instance.once() == 1
    told = instance.told()[len(before) :]
    assert f"process {first.pid}" in told
    assert "ZANTARA_DATA_DIR" in told
    assert first.poll() is None
    assert "Traceback" not in instance.told()


def test_a_taken_port_is_told_with_its_setting(instance: Instance) -> None:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", int(instance.env["ZANTARA_POSTGRES_PORT"])))
        listener.listen(1)
        assert instance.once() == 1
    assert f"port {instance.env['ZANTARA_POSTGRES_PORT']} is taken" in instance.told()
    assert "ZANTARA_POSTGRES_PORT" in instance.told()
    assert instance.lines("starts") == []


def test_a_killed_supervisor_leaves_nothing_and_can_be_started_again(instance: Instance) -> None:
    first = instance.start()
    instance.ready()
    pids = instance.pids()
    first.kill()
    first.wait(10)
    assert instance.once("true") == 0
    assert all_gone(pids)


def test_what_dies_comes_back(instance: Instance) -> None:
    instance.start()
    instance.ready()
    before = instance.pids()
    for victim in ("golden-cache", "postgres", "nats"):
        os.kill(before[victim], signal.SIGKILL)
        deadline = time.monotonic() + 20
        while True:
            state = read_state(instance.data / "stack.json")
            row = next(row for row in state.rows if row.name == victim) if state else None
            if row and row.state == "ready" and row.pid != before[victim]:
                assert row.restarts == 1
                break
            assert time.monotonic() < deadline, instance.told()
            time.sleep(0.05)
    assert instance.pids()["chat-router"] == before["chat-router"]


def test_what_keeps_dying_ends_it_all_with_its_last_words(instance: Instance) -> None:
    instance.wish("shadow-judge.crash")
    assert instance.once() == 1
    told = instance.told()
    assert "shadow-judge died 5 times" in told
    assert str(instance.folder / "logs" / "shadow-judge.log") in told
    assert "the reason of the crash" in told
    assert instance.lines("starts").count("shadow-judge") == 5
    assert all(not is_taken(int(instance.env[name])) for name in PORTS)


def test_a_migration_that_fails_ends_it_before_any_service(instance: Instance) -> None:
    instance.wish("schema.fails")
    assert instance.once() == 1
    assert "migration 0007 was changed" in instance.told()
    assert instance.lines("starts") == []


def test_a_sample_that_fails_is_told_and_tried_again(instance: Instance) -> None:
    instance.wish("sample.fails")
    assert instance.once("true") == 0
    assert "cultural-rag does not answer" in instance.told()
    (instance.fake / "sample.fails").unlink()
    assert instance.once("true") == 0
    assert len(instance.lines("samples")) == 1


def test_an_empty_service_without_a_sample_is_told_but_runs(instance: Instance) -> None:
    instance.wish("cultural-rag.unready", "no passages")
    instance.wish("sample.fails")
    assert instance.once("true") == 0
    assert "cultural-rag: content: no passages" in instance.told()


def test_data_are_forgotten_only_when_nothing_runs(instance: Instance) -> None:
    program = [sys.executable, "-m", "zantara_cli.stack.forget"]
    process = instance.start()
    instance.ready()
    refused = subprocess.run(program, env=instance.env, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert str(process.pid) in refused.stderr
    assert instance.data.exists()
    process.terminate()
    process.wait(20)
    done = subprocess.run(program, env=instance.env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not instance.data.exists()


def test_a_folder_that_is_not_ours_is_not_removed(instance: Instance) -> None:
    (instance.folder / "photos").mkdir()
    (instance.folder / "photos" / "one.jpg").touch()
    program = [sys.executable, "-m", "zantara_cli.stack.forget"]
    env = instance.env | {"ZANTARA_DATA_DIR": str(instance.folder / "photos")}
    refused = subprocess.run(program, env=env, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert (instance.folder / "photos" / "one.jpg").exists()
