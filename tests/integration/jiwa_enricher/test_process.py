"""The service as its own process: wired by `main`, ready, killed in the middle of a conversation, started again."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import nats
import pytest
from aiohttp import ClientError, ClientSession
from conftest import eventually

from zantara.bus import Bus
from zantara.errors import Unavailable
from zantara.events import Memory, MemoryRecall
from zantara.topology import PROVISIONER
from zantara_cli.stack.nats import NatsServer
from zantara_cli.stack.ports import free_port

pytestmark = pytest.mark.integration


class Process:
    """One run of `python -m jiwa_enricher`."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process = process
        self._url = f"http://127.0.0.1:{port}"

    async def page(self, path: str) -> tuple[int, str]:
        try:
            async with ClientSession() as session, session.get(self._url + path) as reply:
                return reply.status, await reply.text()
        except ClientError:
            return 0, ""

    async def ready(self) -> bool:
        return (await self.page("/readyz"))[0] == 200


@asynccontextmanager
async def started(env: Mapping[str, str]) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "jiwa_enricher", env={**os.environ, **env}, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        yield Process(process, int(env["ZANTARA_HTTP_PORT"]))
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), timeout=20)


@pytest.fixture
def env(nats_server: NatsServer, fresh_database: Any, simulator: Any) -> dict[str, str]:
    return {
        "DATABASE_URL": fresh_database.url,
        "NATS_URL": nats_server.url("jiwa-enricher"),
        "ZANTARA_HTTP_PORT": str(free_port()),
        "RUNPOD_LLAMA_ENDPOINT": simulator.llama_endpoint,
        "RUNPOD_API_KEY": "simulated",
        "ANTHROPIC_BASE_URL": simulator.base,
        "ANTHROPIC_API_KEY": "simulated",
    }


async def known(bus: Bus, user_id: str) -> Memory | None:
    try:
        return (await bus.request(MemoryRecall(user_id=user_id), timeout_s=2)).memory
    except Unavailable:
        return None


async def test_wired_ready_measured_and_stopped_cleanly(
    env: dict[str, str], router: Any, router_bus: Bus, talk: Any
) -> None:
    marta = talk.sample("cd001")
    await router.record(marta)
    async with started(env) as service:
        await eventually(service.ready, timeout_s=20)
        await router.end(marta)
        memory = await eventually(lambda: known(router_bus, "cust_001"), timeout_s=20)
        assert memory is not None
        assert memory.name == "Marta"
        _, ready = await service.page("/readyz")
        assert '"profiles":1' in ready
        _, metrics = await service.page("/metrics")
        assert 'zantara_jiwa_conversations_total{outcome="enriched"} 1.0' in metrics
        assert "cust_001" not in metrics
        service.process.terminate()
        assert await asyncio.wait_for(service.process.wait(), timeout=20) == 0


async def test_claude_steps_in_where_llama_fails(
    env: dict[str, str], router: Any, router_bus: Bus, simulator: Any, fresh_database: Any, talk: Any
) -> None:
    await simulator.fault(fault="fail_job", match={"api": "runpod"}, arg="out of memory")
    marta = talk.sample("cd001")
    await router.record(marta)
    async with started(env) as service:
        await eventually(service.ready, timeout_s=20)
        await router.end(marta)
        assert await eventually(lambda: known(router_bus, "cust_001"), timeout_s=20)
        _, metrics = await service.page("/metrics")
    assert "zantara_jiwa_fallbacks_total 1.0" in metrics
    row = await fresh_database.database.row("SELECT model, fallback, simulated FROM enrichments")
    assert row["model"].startswith("simulated-claude")
    assert (row["fallback"], row["simulated"]) == (True, True)


@pytest.mark.timeout(150)
async def test_killed_in_the_middle_of_a_conversation_then_exactly_once(
    env: dict[str, str],
    router: Any,
    router_bus: Bus,
    simulator: Any,
    fresh_database: Any,
    nats_server: NatsServer,
    talk: Any,
) -> None:
    await redeliver_after(nats_server, seconds=3)
    await simulator.fault(fault="delay", arg=1500, times=1)
    marta = talk.sample("cd001")
    await router.record(marta)
    async with started(env) as service:
        await router.end(marta)
        await eventually(lambda: asked(simulator), timeout_s=30)
        service.process.kill()
        await service.process.wait()
    assert await fresh_database.database.value("SELECT count(*) FROM enrichments") == 0
    async with started({**env, "ZANTARA_HTTP_PORT": str(free_port())}):
        memory = await eventually(lambda: known(router_bus, "cust_001"), timeout_s=30)
        assert memory is not None
        await eventually(lambda: published(nats_server))
        await asyncio.sleep(4)  # a further redelivery would come now
        assert await known(router_bus, "cust_001") == memory
    assert await fresh_database.database.value("SELECT count(*) FROM enrichments") == 1
    ids = await fresh_database.database.rows("SELECT user_id, slot, value FROM memory_facts")
    assert len(ids) == len({tuple(row.values()) for row in ids})
    assert await published(nats_server) == 1


async def test_bad_settings_name_every_fault(env: dict[str, str]) -> None:
    bad = {**env, "NATS_URL": "", "LLAMA_ENABLED": "perhaps", "JIWA_READING_S": "-1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "jiwa_enricher", env={**os.environ, **bad}, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert all(name in said.decode() for name in ("NATS_URL", "LLAMA_ENABLED", "JIWA_READING_S"))


async def asked(simulator: Any) -> bool:
    return bool(await simulator.calls() >= 1)


async def redeliver_after(server: NatsServer, *, seconds: float) -> None:
    client = await nats.connect(server.url(PROVISIONER), inbox_prefix=b"_INBOX_provisioner")
    context = client.jetstream()
    config = (await context.consumer_info("CHAT", "jiwa-enricher-conversations")).config
    config.ack_wait = seconds
    await context.add_consumer("CHAT", config)
    await client.close()


async def published(server: NatsServer) -> int:
    client = await nats.connect(server.url(PROVISIONER), inbox_prefix=b"_INBOX_provisioner")
    info = await client.jetstream().stream_info("INSIGHT", subjects_filter="memory.enriched")
    await client.close()
    return (info.state.subjects or {}).get("memory.enriched", 0)
