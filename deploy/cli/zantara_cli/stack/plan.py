"""The parts of the whole system and what each waits for: the one place where the embedded stack is put together."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from zantara.embeddings import OFFLINE_MODEL
from zantara.topology import OPERATOR, PROVISIONER, SERVICES
from zantara.topology.permissions import users
from zantara_cli.stack.environment import Addresses, child_env
from zantara_cli.stack.layout import Layout
from zantara_cli.stack.nats import NatsServer
from zantara_cli.stack.postgres import PostgresServer
from zantara_cli.stack.probe import DOWN, READY, Health, ask
from zantara_cli.stack.process import Command
from zantara_cli.stack.providers import Providers, provider_env, providers_of
from zantara_cli.stack.secrets import passwords
from zantara_cli.stack.settings import StackSettings
from zantara_cli.stack.supervisor import Node, Part, Step

Progress = Callable[[str], None]
ApplySchema = Callable[[str, str], Awaitable[object]]
"""(database_url, nats_url): migrations and topology, idempotent."""

BuildModel = Callable[[Path, Progress], Path]
"""(model_dir, progress): the offline embedding model, once; blocking."""

LoadSample = Callable[[Mapping[str, str], Progress], Awaitable[None]]
"""(environment of the operator, progress): the sample corpus, sent to the running services."""

_SERVICE_GRACE_S = 20.0
FRONT = SERVICES[-1]
_PSEUDONYM = "pseudonym"


class Stack:
    """Servers, addresses and nodes of one instance; nothing runs before a supervisor has it.

    Without `durable`, PostgreSQL does not sync to disk: for tests, which throw their data away.
    """

    def __init__(
        self,
        settings: StackSettings,
        layout: Layout,
        user_env: Mapping[str, str],
        *,
        apply_schema: ApplySchema,
        build_model: BuildModel,
        load_sample: LoadSample | None = None,
        durable: bool = True,
    ) -> None:
        self.layout = layout
        self.settings = settings
        self.providers: Providers = providers_of(user_env)
        self._user_env = user_env
        self._apply_schema = apply_schema
        self._build_model = build_model
        self._load_sample = load_sample
        self._nats = NatsServer(
            layout.nats_dir, users(), port=settings.nats_port, monitor_port=settings.nats_monitor_port,
            sync_interval=settings.nats_sync_interval, log=layout.log("nats"),
        )  # fmt: skip
        self._postgres = PostgresServer(
            layout.postgres_dir, port=settings.postgres_port, user=settings.postgres_user, log=layout.log("postgres"),
            durable=durable,
        )  # fmt: skip

    def addresses(self, user: str) -> Addresses:
        """Database and bus as one user of the bus; valid once both servers have been prepared."""
        return Addresses(database_url=self._postgres.url(), nats_url=self._nats.url(user))

    def env(self, user: str, http_port: int) -> dict[str, str]:
        """The environment of a process that acts as that user of the bus."""
        return child_env(
            self._user_env, layout=self.layout, addresses=self.addresses(user), http_port=http_port,
            providers=provider_env(self.providers, self.settings.simulator_port),
            pseudonym_key=passwords(self.layout.data_dir, [_PSEUDONYM])[_PSEUDONYM],
        )  # fmt: skip

    def nodes(self) -> list[Node]:
        """Everything, in the order in which it is shown."""
        first: list[Node] = [self._nats_part(), self._postgres_part(), self._schema_step()]
        if self._user_env.get("EMBEDDING_MODEL", OFFLINE_MODEL) in {"", OFFLINE_MODEL}:
            first.append(Step(name="model", work=self._make_model))
        if self.providers.simulated:
            first.append(self._simulator_part())
        needed = tuple(node.name for node in first)
        behind = [self._service_part(service, after=needed) for service in SERVICES if service != FRONT]
        front = self._service_part(FRONT, after=(*needed, *(part.name for part in behind)))
        nodes = [*first, *behind, front]
        if self._load_sample and not self.layout.sample_marker.exists():
            nodes.append(Step(name="sample", work=self._sample, after=tuple(node.name for node in nodes), vital=False))
        return nodes

    async def _sample(self, progress: Progress) -> None:
        if self._load_sample:
            await self._load_sample(self.env(OPERATOR, self.settings.chat_router_port), progress)
            self.layout.sample_marker.touch()

    def _nats_part(self) -> Part:
        async def prepare() -> Command:
            return await asyncio.to_thread(self._nats.prepare)

        async def probe(_: int) -> Health:
            return await self._nats.health()

        return Part(name="nats", prepare=prepare, probe=probe, port=self._nats.port)

    def _postgres_part(self) -> Part:
        async def probe(pid: int) -> Health:
            return READY if self._postgres.is_ready(pid) else DOWN

        return Part(
            name="postgres", prepare=self._postgres.prepare, probe=probe, port=self._postgres.port,
            settle=self._postgres.finish, start_timeout_s=120.0,
        )  # fmt: skip

    def _schema_step(self) -> Step:
        async def work(progress: Progress) -> None:
            progress("migrations and topology")
            addresses = self.addresses(PROVISIONER)
            await self._apply_schema(addresses.database_url, addresses.nats_url)

        return Step(name="schema", work=work, after=("nats", "postgres"))

    async def _make_model(self, progress: Progress) -> None:
        loop = asyncio.get_running_loop()

        def report(text: str) -> None:
            loop.call_soon_threadsafe(progress, text)

        await asyncio.to_thread(self._build_model, self.layout.model_dir, report)

    def _simulator_part(self) -> Part:
        port = self.settings.simulator_port

        async def prepare() -> Command:
            env = {**self._user_env, "SIMULATOR_PORT": str(port), "PYTHONUNBUFFERED": "1"}
            return self._python("simulator", "zantara_cli.simulator", env)

        return Part(name="simulator", prepare=prepare, probe=_http_probe(port), port=port)

    def _service_part(self, service: str, *, after: tuple[str, ...]) -> Part:
        port = self.settings.service_port(service)

        async def prepare() -> Command:
            return self._python(service, service.replace("-", "_"), self.env(service, port))

        # Before the sample is there a service may rightly say that it is empty: alive is enough.
        patience_s = 30.0 if self.layout.sample_marker.exists() else 0.0
        return Part(
            name=service, prepare=prepare, probe=_http_probe(port), port=port, after=after, patience_s=patience_s
        )

    def _python(self, name: str, module: str, env: Mapping[str, str]) -> Command:
        return Command(
            name=name, argv=(sys.executable, "-m", module), env=env, log=self.layout.log(name), grace_s=_SERVICE_GRACE_S
        )


def _http_probe(port: int) -> Callable[[int], Awaitable[Health]]:
    async def probe(_: int) -> Health:
        return await ask(port)

    return probe
