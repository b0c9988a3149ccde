"""golden-cache: questions come in, prepared answers go out, or nothing does."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

from golden_cache import handlers, metrics
from golden_cache.settings import SERVICE, GoldenSettings
from golden_cache.store import PostgresStore
from zantara import events
from zantara.db import Outbox, Relay
from zantara.runtime import Service, load, run
from zantara.runtime.parts import open_parts
from zantara.runtime.usage import UsageCount


async def build(stack: AsyncExitStack, env: Mapping[str, str]) -> Service:
    """Settings, resources, handlers, the service."""
    settings = load(GoldenSettings, env)
    clock, bus, database, embedder = await open_parts(stack, settings, service=SERVICE)
    outbox, stock = Outbox("golden_cache_outbox"), handlers.Stock()
    store, relay = PostgresStore(database, outbox), Relay(database, outbox, bus, clock)
    usage = UsageCount(store, clock, metrics.UNCOUNTED, flush_s=settings.flush_s)
    stack.push_async_callback(usage.flush)
    refresh = handlers.Refresh(stock, store, embedder, clock, catch_up_s=settings.catch_up_s)
    terms = handlers.Terms(
        min_users=settings.min_users, auto_approve=settings.auto_approve, valid_months=settings.valid_months
    )
    return Service(
        name=SERVICE,
        bus=bus,
        host=settings.http_host,
        port=settings.http_port,
        handlers={
            events.GoldenProposed: handlers.TakeProposal(store, stock, embedder, clock, terms),
            events.KnowledgeChanged: handlers.RetireCiting(store, clock),
            events.ChatFeedback: handlers.CountStrike(store, clock, strikes=settings.strikes),
        },
        responders={
            events.GoldenLookup: handlers.LookUp(stock, embedder, usage, clock),
            events.ImportGolden: handlers.TakeEntry(store, embedder, relay, clock),
            events.ListGolden: handlers.ListAnswers(store),
            events.ShowGolden: handlers.ShowAnswer(store),
            events.SetGoldenStatus: handlers.SetStatus(store, relay, clock),
        },
        hearers={events.GoldenPublished: refresh, events.GoldenRetired: refresh},
        loops=[refresh.run, relay.run, usage.run],
        warm=[refresh.warm],
        pings={"postgres": database.ping, "loaded": stock.ping_loaded, "answers": stock.ping_answers},
        vital=frozenset({"nats", "loaded"}),
    )


def main() -> None:
    """Run until told to stop."""
    run(build)
