"""jiwa-enricher as a process: the only place where ports meet adapters."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

from jiwa_enricher.clients import ModelReader
from jiwa_enricher.handlers import Enrich, Expire, Forget, Recall
from jiwa_enricher.settings import JiwaSettings
from jiwa_enricher.store import PostgresStore
from zantara.bus.jetstream import open_bus
from zantara.clock import SystemClock
from zantara.db import open_database
from zantara.events import ConversationEnded, ForgetMemory, MemoryRecall
from zantara.llm.configured import open_models
from zantara.runtime import Service, load, run
from zantara.runtime.logs import configure_logs


async def build(stack: AsyncExitStack, env: Mapping[str, str]) -> Service:
    """The service, with everything that it holds open on the stack."""
    settings = load(JiwaSettings, env)
    configure_logs("jiwa-enricher", settings.log_level)
    clock = SystemClock()
    bus = await stack.enter_async_context(open_bus(settings.nats_url.reveal(), service="jiwa-enricher", clock=clock))
    store = PostgresStore(await stack.enter_async_context(open_database(settings.database_url.reveal(), max_size=8)))
    models = await open_models(stack, settings, clock, traffic="background")
    reader = ModelReader(
        llama=models.llama,
        claude=models.haiku,
        clock=clock,
        reading_s=settings.reading_s,
        outage_retry_s=settings.outage_retry_s,
    )
    return Service(
        name="jiwa-enricher",
        bus=bus,
        host=settings.http_host,
        port=settings.http_port,
        handlers={ConversationEnded: Enrich(store, store, reader, clock)},
        responders={MemoryRecall: Recall(store, clock), ForgetMemory: Forget(store, clock)},
        loops=[Expire(store, clock, every_s=settings.expiry_every_s).run],
        pings={"postgres": store.ping, "models": reader.ping},
        vital=frozenset({"nats", "postgres"}),
    )


def main() -> None:
    """Run until told to stop."""
    run(build)
