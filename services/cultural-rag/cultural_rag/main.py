"""cultural-rag as a process: the only place where ports meet adapters."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

from cultural_rag import handlers, metrics
from cultural_rag.settings import CulturalRagSettings
from cultural_rag.store import CultureStore, KnowledgeStore, VectorStore
from zantara import events
from zantara.db import Outbox, Relay
from zantara.runtime import Service, load, run
from zantara.runtime.parts import open_parts
from zantara.runtime.usage import UsageCount


async def build(stack: AsyncExitStack, env: Mapping[str, str]) -> Service:
    """The service, with everything that it holds open on the stack."""
    settings = load(CulturalRagSettings, env)
    clock, bus, database, embedder = await open_parts(stack, settings, service="cultural-rag")
    outbox, stock = Outbox("cultural_rag_outbox"), handlers.Stock()
    knowledge, culture = KnowledgeStore(database, outbox), CultureStore(database, outbox)
    relay = Relay(database, outbox, bus, clock)
    usage = UsageCount(culture, clock, metrics.UNCOUNTED, flush_s=settings.flush_s)
    stack.push_async_callback(usage.flush)
    stores = (knowledge, culture, VectorStore(database))
    refresh = handlers.Refresh(stock, stores, embedder, clock, catch_up_s=settings.catch_up_s)
    return Service(
        name="cultural-rag",
        bus=bus,
        host=settings.http_host,
        port=settings.http_port,
        responders={
            events.KnowledgeSearch: handlers.SearchKnowledge(stock, embedder),
            events.CulturalLookup: handlers.LookUpCulture(stock, embedder, usage),
            events.ImportDocument: handlers.TakeDocument(knowledge, embedder, relay, clock),
            events.ImportCulture: handlers.TakeCulture(culture, embedder, relay, clock),
            events.ImportPrices: handlers.TakePrices(knowledge, embedder, relay, clock),
        },
        hearers={events.KnowledgeChanged: refresh, events.CultureUpdated: refresh},
        loops=[refresh.run, relay.run, usage.run],
        warm=[refresh.warm],
        pings={"postgres": database.ping, "corpus": stock.ping_corpus, "culture": stock.ping_culture},
        vital=frozenset({"nats"}),
    )


def main() -> None:
    """Run until told to stop."""
    run(build)
