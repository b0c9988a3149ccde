"""llama-worker: a tick comes in, the night's work is done, proposals go out."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

from llama_worker.clients import Writer
from llama_worker.handlers import RunNight, Schedule, TellNight, WriteGolden
from llama_worker.handlers.night import ClusterRule
from llama_worker.settings import WorkerSettings
from llama_worker.store import NightStore
from zantara.events import NightlyTick, ShowNightly
from zantara.llm.configured import open_models
from zantara.runtime import Service, load, run
from zantara.runtime.parts import open_parts


async def build(stack: AsyncExitStack, env: Mapping[str, str]) -> Service:
    """Settings, resources, handlers, the service."""
    settings = load(WorkerSettings, env)
    clock, bus, database, embedder = await open_parts(
        stack, settings, service="llama-worker", late_embedder=True, command_s=60
    )
    models = await open_models(stack, settings, clock, traffic="background")
    named = (("llama", models.llama), ("claude", models.haiku))
    writers = [Writer(name, model, clock, limit_s=settings.answer_s) for name, model in named if model is not None]
    store = NightStore(database)
    rule = ClusterRule(
        threshold=settings.cluster_threshold,
        min_queries=settings.cluster_min_queries,
        min_people=settings.cluster_min_users,
    )
    return Service(
        name="llama-worker",
        bus=bus,
        host=settings.http_host,
        port=settings.http_port,
        handlers={
            NightlyTick: RunNight(store, embedder, WriteGolden(bus, writers), rule, concurrency=settings.concurrency)
        },
        responders={ShowNightly: TellNight(store)},
        loops=[Schedule(store, bus, clock, hour_utc=settings.night_hour_utc).run],
        pings={"postgres": database.ping},
    )


def main() -> None:
    """Run until told to stop."""
    run(build)
