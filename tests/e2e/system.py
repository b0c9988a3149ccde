"""The whole system as a person starts it, on ports and folders of its own."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import msgspec

from zantara.topology import OPERATOR
from zantara_cli.stack.postgres import DATABASE, OWNER
from zantara_cli.stack.secrets import known_passwords
from zantara_cli.stack.state import StackState, read_state

ROOT = Path(__file__).parents[2]
_PORTS = (
    "ZANTARA_HTTP_PORT", "ZANTARA_GOLDEN_CACHE_PORT", "ZANTARA_CULTURAL_RAG_PORT", "ZANTARA_LLAMA_WORKER_PORT",
    "ZANTARA_SHADOW_JUDGE_PORT", "ZANTARA_JIWA_ENRICHER_PORT", "ZANTARA_SIMULATOR_PORT", "ZANTARA_NATS_PORT",
    "ZANTARA_NATS_MONITOR_PORT", "ZANTARA_POSTGRES_PORT",
)  # fmt: skip
_READY_S = 180.0


class System:
    """A running instance: HTTP, command line, database, and its processes."""

    def __init__(self, env: dict[str, str], session: aiohttp.ClientSession) -> None:
        self.env = env
        self._session = session
        self.url = f"http://127.0.0.1:{env['ZANTARA_HTTP_PORT']}"
        self.simulator = f"http://127.0.0.1:{env['ZANTARA_SIMULATOR_PORT']}"
        self.data = Path(env["ZANTARA_DATA_DIR"])

    async def chat(self, message: str, **fields: Any) -> dict[str, Any]:
        """The reply of `POST /v1/chat`."""
        status, body = await self.post("/v1/chat", {"message": message, **fields})
        assert status == 200, body
        return body

    async def post(self, path: str, body: Any) -> tuple[int, Any]:
        """Status and JSON of a request with a JSON body."""
        return await self.send("POST", path, json.dumps(body).encode())

    async def send(self, method: str, path: str, data: bytes = b"") -> tuple[int, Any]:
        """Status and JSON of a request with any bytes."""
        async with self._session.request(
            method, self.url + path, data=data, headers={"Content-Type": "application/json"}
        ) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else None

    async def get(self, path: str, base: str | None = None) -> Any:
        """JSON of a page."""
        async with self._session.get((base or self.url) + path) as answer:
            return json.loads(await answer.text())

    async def stream(self, message: str, **fields: Any) -> list[tuple[str, dict[str, Any]]]:
        """The events of a streamed chat as (name, data)."""
        body = {"message": message, "stream": True, **fields}
        events: list[tuple[str, dict[str, Any]]] = []
        async with self._session.post(self.url + "/v1/chat", json=body) as answer:
            assert answer.headers["Content-Type"].startswith("text/event-stream")
            name = ""
            async for line in answer.content:
                if line.startswith(b"event: "):
                    name = line[7:].decode().strip()
                elif line.startswith(b"data: "):
                    events.append((name, json.loads(line[6:])))
        return events

    async def simulate(self, fault: dict[str, Any]) -> None:
        """Ask the simulator for a fault."""
        async with self._session.post(self.simulator + "/simulator/faults", json=fault) as answer:
            assert answer.status < 300, await answer.text()

    async def heal(self) -> None:
        """No more faults."""
        async with self._session.delete(self.simulator + "/simulator/faults") as answer:
            assert answer.status < 300

    async def rows(self, sql: str, *args: object) -> list[dict[str, Any]]:
        """Rows of the database; waits while it is on its way back."""
        password = known_passwords(self.data / "postgres")[OWNER]
        url = f"postgresql://{OWNER}:{password}@127.0.0.1:{self.env['ZANTARA_POSTGRES_PORT']}/{DATABASE}"
        async with asyncio.timeout(60):
            connection = await _connected(url)
        try:
            return [dict(row) for row in await connection.fetch(sql, *args)]
        finally:
            await connection.close()

    def nats_url(self, user: str = OPERATOR) -> str:
        """Where NATS is, as that user."""
        password = known_passwords(self.data / "nats")[user]
        return f"nats://{user}:{password}@127.0.0.1:{self.env['ZANTARA_NATS_PORT']}"

    async def command(self, *arguments: str) -> tuple[int, str]:
        """Status and output of a `zantara` command."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "zantara_cli", *arguments,
            env=self.env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        output, _ = await process.communicate()
        return process.returncode or 0, output.decode()

    @property
    def state(self) -> StackState:
        """What runs."""
        state = read_state(self.data / "stack.json")
        assert state is not None
        return state

    def pid(self, part: str) -> int:
        """The process of a part."""
        found = next(row.pid for row in self.state.rows if row.name == part)
        assert found is not None
        return found

    @asynccontextmanager
    async def frozen(self, part: str) -> AsyncIterator[None]:
        """A part that hangs for the length of a block (SIGSTOP), as a machine that stopped answering."""
        pid = self.pid(part)
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def kill(self, part: str) -> None:
        """Kill -9; the supervisor brings it back."""
        os.kill(self.pid(part), signal.SIGKILL)

    async def ready(self) -> bool:
        """Whether every part is ready."""
        try:
            state = self.state
        except AssertionError:
            return False
        return state.ready_after_s is not None and all(row.state in ("ready", "done") for row in state.rows)


async def _connected(url: str) -> asyncpg.Connection:
    while True:
        try:
            return await asyncpg.connect(url)
        except (OSError, asyncpg.CannotConnectNowError):
            await asyncio.sleep(0.2)


def _free_ports(count: int) -> list[int]:
    """So many different ports: all are held while the next is picked."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Ports and folders of its own; no keys, so that Claude and LLAMA are simulated."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ANTHROPIC", "RUNPOD", "HF_"))}
    env |= dict(zip(_PORTS, map(str, _free_ports(len(_PORTS))), strict=True))
    env |= {
        "ZANTARA_DATA_DIR": str(folder / "data"),
        "ZANTARA_MODEL_DIR": str(ROOT / ".zantara" / "models"),
        "ZANTARA_NATS_SYNC_INTERVAL": "2s",
        "SIMULATOR_CLAUDE_TTFT_MS": "5",
        "SIMULATOR_CLAUDE_TOKEN_MS": "0",
        "SIMULATOR_LLAMA_MS": "50",
        "CHAT_TTFT_S": "1",
        "CHAT_GAP_S": "1",
        "SHADOW_SHARE": "1",
        "CONVERSATION_IDLE_S": "3600",
        **more,
    }
    return env


@asynccontextmanager
async def running(folder: Path, *arguments: str, **more: str) -> AsyncIterator[System]:
    """`zantara up` until everything is ready; at the end SIGTERM, and it must end by itself."""
    env = environment(folder, **more)
    with (folder / "up.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "zantara_cli", "up", *arguments, env=env, cwd=ROOT, stdout=log, stderr=log
        )
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90)) as session:
            system = System(env, session)
            await _wait(system, process, folder)
            yield system
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(60):
            await process.wait()


async def _wait(system: System, process: asyncio.subprocess.Process, folder: Path) -> None:
    try:
        async with asyncio.timeout(_READY_S):
            while process.returncode is None:
                if await system.ready():
                    return
                await asyncio.sleep(0.2)
    except TimeoutError:
        pass
    raise AssertionError(f"not ready:\n{(folder / 'up.log').read_text()[-4000:]}\n{_rows(system)}")


def _rows(system: System) -> str:
    try:
        return "\n".join(str(msgspec.to_builtins(row)) for row in system.state.rows)
    except AssertionError:
        return "no state"
