"""`make bench`: the whole system measured beside its floors in one run, printed as one table. No time is asserted.

With BENCH_OUT set the figures are written to `figures.json` in that folder too.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from functools import partial
from pathlib import Path
from time import perf_counter

import msgspec
import nats
import pytest
import uvloop
from bench import machine, report
from bench.floors import floors
from bench.hits import Hits
from bench.lookups import Lookups
from bench.measure import Measure, in_rounds
from bench.model_calls import API_HEADERS, ModelCalls
from bench.questions import sort_questions
from bench.reading import Reading
from bench.report import Report
from bench.wire import Wire
from nats.js import JetStreamContext
from rich.console import Console
from system import System, running

from zantara.bus.jetstream import open_bus
from zantara.clock import SystemClock
from zantara.embeddings import OFFLINE_MODEL, open_embedder
from zantara.runtime.logs import configure_logs
from zantara.topology import CONSUMERS, OPERATOR, Consumer, stream_of
from zantara.topology.permissions import inbox_prefix
from zantara_cli.stack.ports import free_port
from zantara_cli.stack.postgres import DATABASE, OWNER
from zantara_cli.stack.secrets import known_passwords

pytestmark = pytest.mark.timeout(600)

ROOT = Path(__file__).parents[2]
ROUNDS = 5
KNOWN_PEOPLE = "SELECT user_id FROM memory_profiles ORDER BY user_id LIMIT 40"
UNPUBLISHED = "SELECT 1 FROM chat_router_outbox WHERE published_at IS NULL LIMIT 1"
FIRST_QUESTION = "What are the requirements for an investor KITAS (E28A)?"
IDLE_S = 3.0

# As in production, but for the models: the simulator answers without delay, and nothing is compared in the background.
SETTINGS = {
    "SIMULATOR_CLAUDE_TTFT_MS": "0",
    "SIMULATOR_CLAUDE_TOKEN_MS": "0",
    "SHADOW_SHARE": "0",
    "ZANTARA_NATS_SYNC_INTERVAL": "always",
    "PYTHONDONTWRITEBYTECODE": "",  # where it is set, every start compiles everything: a person's does not
}


def test_figures(tmp_path: Path) -> None:
    load_before = machine.load()
    found = uvloop.run(measured(tmp_path, load_before))
    console = Console(width=132)
    console.print()
    report.show(found, console)
    if folder := os.environ.get("BENCH_OUT"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / "figures.json").write_bytes(msgspec.json.format(msgspec.json.encode(found)))


async def measured(folder: Path, load_before: float) -> Report:
    """Start once for the sample corpus, start again for what is measured."""
    configure_logs("bench", "error")
    async with running(folder, **SETTINGS) as system:
        await settled(system)
    port = free_port()
    started = perf_counter()
    answering = asyncio.create_task(first_answer(port))
    async with running(folder, **SETTINGS, ZANTARA_HTTP_PORT=str(port)) as system:
        start_s = await answering - started
        await settled(system)
        await asyncio.sleep(IDLE_S)
        memory = machine.resident_mb(system)
        async with measures(system, folder, port) as everything:
            foreign = machine.Foreign()
            results = await in_rounds(everything, ROUNDS, partial(settled, system))
            foreign_cores = foreign.cores()
    single = [report.single(name, f"{name}, idle", mb, "MB", "< 250") for name, mb in memory.items()]
    single.append(report.single("start", "second start to the first answer", start_s, "s", "< 10"))
    return Report(
        machine=machine.describe(),
        rounds=ROUNDS,
        load_before=load_before,
        foreign_cores=foreign_cores,
        doubts=doubts(load_before, foreign_cores),
        lines=[*report.lines(results), *single],
    )


@asynccontextmanager
async def measures(system: System, folder: Path, port: int) -> AsyncIterator[list[Measure]]:
    """Everything that is done in a round."""
    async with AsyncExitStack() as stack:
        embedder = open_embedder(OFFLINE_MODEL, ROOT / ".zantara" / "models")
        stack.callback(embedder.close)
        bus = await stack.enter_async_context(open_bus(system.nats_url(), service=OPERATOR, clock=SystemClock()))
        questions = await sort_questions(bus, embedder)
        people = [row["user_id"] for row in await system.rows(KNOWN_PEOPLE)]
        texts = [question.text for question in questions.uncovered.all]
        bare = await stack.enter_async_context(floors(folder, database_url(system), embedder, texts))
        wire = stack.enter_context(closing(Wire(port)))
        hits = Hits(wire, questions, people, partial(machine.system_cpu_s, system))
        simulator = stack.enter_context(closing(Wire(int(system.env["ZANTARA_SIMULATOR_PORT"]), API_HEADERS)))
        models = ModelCalls(system, wire, simulator, questions, people)
        await hits.warm()
        yield [
            *bare,
            *hits.measures(),
            *Lookups(bus, questions, people).measures(),
            *Reading(embedder, questions.uncovered.all).measures(),
            *models.measures(),
        ]


async def settled(system: System) -> None:
    """Wait until the router has published all that it has recorded, and every consumer has nothing left to do."""
    client = await nats.connect(system.nats_url(), inbox_prefix=inbox_prefix(OPERATOR).encode())
    context = client.jetstream()
    try:
        async with asyncio.timeout(120):
            while await system.rows(UNPUBLISHED):
                await asyncio.sleep(0.1)
            for consumer in CONSUMERS:
                while await busy(context, consumer):
                    await asyncio.sleep(0.1)
    finally:
        await client.close()


async def busy(context: JetStreamContext, consumer: Consumer) -> bool:
    """Whether something waits for it, or is in its hands."""
    info = await context.consumer_info(stream_of(consumer.event).name, consumer.name)
    return bool(info.num_pending or info.num_ack_pending)


async def first_answer(port: int) -> float:
    """The moment at which a prepared answer first comes whole; asked from before anything listens."""
    with closing(Wire(port)) as wire:
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                reply = msgspec.json.decode(await wire.post("/v1/chat", {"message": FIRST_QUESTION}))
                if reply["cached"] and not reply["degraded"]:
                    return perf_counter()
            await asyncio.sleep(0.02)


def database_url(system: System) -> str:
    """The owner's."""
    password = known_passwords(system.data / "postgres")[OWNER]
    return f"postgresql://{OWNER}:{password}@127.0.0.1:{system.env['ZANTARA_POSTGRES_PORT']}/{DATABASE}"


def doubts(load_before: float, foreign_cores: float) -> list[str]:
    """Why the figures may not be trusted."""
    found = []
    if load_before > machine.QUIET_LOAD:
        found.append(f"the load was {load_before:.1f} before it began (quiet is below {machine.QUIET_LOAD})")
    if foreign_cores > machine.QUIET_CORES:
        found.append(f"others used {foreign_cores:.2f} cores meanwhile (quiet is below {machine.QUIET_CORES})")
    return found
