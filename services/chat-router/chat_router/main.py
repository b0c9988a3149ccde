"""chat-router: HTTP in, an answer out, the turn on record, the event on its way."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path

from chat_router import clients, handlers, routes
from chat_router.domain.classify import load_classifier
from chat_router.settings import RouterSettings
from chat_router.store import Spool, TurnStore
from zantara.db import Relay
from zantara.events import ImportConversation, KnowledgeChanged
from zantara.llm.configured import open_models
from zantara.runtime import Service, load, run
from zantara.runtime.parts import open_parts


async def build(stack: AsyncExitStack, env: Mapping[str, str]) -> Service:
    """Settings, resources, handlers, the service."""
    settings = load(RouterSettings, env)
    keys, pseudonym_key = routes.Keys.parse(settings.api_keys.reveal()), settings.pseudonym_key.reveal()
    clock, bus, database, embedder = await open_parts(stack, settings, service="chat-router", acquire_s=0.5)
    models = await open_models(stack, settings, clock, traffic="interactive", attempts=1)
    voices = clients.Voices(models, settings.simulated)
    reader = clients.LocalReader(embedder, load_classifier(embedder.model))
    store = TurnStore(database)
    relay = Relay(database, store.outbox, bus, clock)
    figures = handlers.KnownFigures(store, clock)
    recorder = handlers.Recorder(store, Spool(Path(settings.data_dir) / "chat-router" / "spool"), clock, relay.wake)
    patience = handlers.Patience(ttft_s=settings.ttft_s, gap_s=settings.gap_s, total_s=settings.total_s)
    ladder = handlers.Ladder(voices.models, clock, patience, simulated=voices.simulated)
    recall = handlers.Recall(store, bus, history_turns=settings.history_turns)
    answer = handlers.Answer(reader, recall, ladder, recorder, figures, clock, pseudonym_key=pseudonym_key)
    close = handlers.CloseConversation(store, clock)
    idle = handlers.EndIdle(store, close, clock, idle_s=settings.idle_s)
    pages: list[routes.Routes] = [
        routes.PageRoutes(), routes.ChatRoutes(answer), routes.ModelRoutes(voices.report()), routes.MemoryRoutes(bus),
        routes.ConversationRoutes(store, close, handlers.Rate(store, clock)),
    ]  # fmt: skip
    return Service(
        name="chat-router", bus=bus, host=settings.http_host, port=settings.http_port,
        responders={ImportConversation: handlers.TakeConversation(store, reader, clock, pseudonym_key=pseudonym_key)},
        hearers={KnowledgeChanged: figures},
        loops=[relay.run, recorder.replay_forever, idle.run, figures.run],
        warm=[reader.warm],
        pings={"postgres": database.ping, **voices.pings()},
        vital=frozenset(),
        middlewares=[routes.problems, routes.access(keys)],
        routes=[route for page in pages for route in page.routes()],
    )  # fmt: skip


def main() -> None:
    """Run until told to stop."""
    run(build)
