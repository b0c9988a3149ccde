"""golden-cache: questions come in, prepared answers go out, or nothing does."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

from golden_cache.handlers import (
    CountStrike,
    ListAnswers,
    LookUp,
    Refresh,
    RetireCiting,
    SetStatus,
    ShowAnswer,
    Stock,
    TakeEntry,
    TakeProposal,
    Terms,
    Usage,
)
from golden_cache.settings import SERVICE, GoldenSettings
from golden_cache.store import PostgresStore
from zantara import events
from zantara.db import Outbox, Relay
from zantara.runtime import Service, load, run
from zantara.runtime.parts import open_parts


async def build(stack: AsyncExitStack, env: Mapping[str, str]) -> Service:
    """Settings, resources, handlers, the service."""
    settings = load(GoldenSettings, env)
    clock, bus, database, embedder = await open_parts(stack, settings, service=SERVICE)
    outbox, stock = Outbox("golden_cache_outbox"), Stock()
    store, relay = PostgresStore(database, outbox), Relay(database, outbox, bus, clock)
    usage = Usage(store, clock, flush_s=settings.flush_s)
    stack.push_async_callback(usage.flush)
    refresh = Refresh(stock, store, embedder, clock, catch_up_s=settings.catch_up_s)
    terms = Terms(min_users=settings.min_users, auto_approve=settings.auto_approve, valid_months=settings.valid_months)
    return Service(
        name=SERVICE,
        bus=bus,
        host=settings.http_host,
        port=settings.http_port,
        handlers={
            events.GoldenProposed: TakeProposal(store, stock, embedder, clock, terms),
            events.KnowledgeChanged: RetireCiting(store, clock),
            events.ChatFeedback: CountStrike(store, clock, strikes=settings.strikes),
        },
        responders={
            events.GoldenLookup: LookUp(stock, embedder, usage, clock),
            events.ImportGolden: TakeEntry(store, embedder, relay, clock),
            events.ListGolden: ListAnswers(store),
            events.ShowGolden: ShowAnswer(store),
            events.SetGoldenStatus: SetStatus(store, relay, clock),
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
