"""The one definition of streams, consumers, requests and who may do what; everything else is derived from it."""

from typing import Any

import msgspec

from zantara import events
from zantara.events import Event, Request

DAY_S = 86_400
MIB = 1024 * 1024


class Stream(msgspec.Struct, frozen=True, kw_only=True):
    """A JetStream stream: its events, how long and how much it keeps, and its window for dropping duplicates."""

    name: str
    events: tuple[type[Event], ...]
    max_age_s: int = 7 * DAY_S
    max_bytes: int = 512 * MIB
    duplicate_window_s: int = 600
    subjects_beside: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """What the stream captures."""
        return tuple(event.subject for event in self.events) + self.subjects_beside


class Consumer(msgspec.Struct, frozen=True, kw_only=True):
    """A durable pull consumer: one event in, events out, and the policy of its attempts.

    A handler has `deadline_s`; heartbeats keep the message while it works. Attempt n is retried after
    `delay_s` x 2^(n-1), at most `delay_cap_s`; after `max_attempts` the message becomes a dead letter.
    """

    name: str
    service: str
    event: type[Event]
    publishes: tuple[type[Event], ...] = ()
    ack_wait_s: float = 30
    deadline_s: float = 300
    max_attempts: int = 8
    delay_s: float = 5
    delay_cap_s: float = 300
    concurrency: int = 4


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A request that one service answers, who asks, how long the asker waits, how many are served at once."""

    request: type[Request[Any]]
    service: str
    callers: tuple[str, ...]
    deadline_ms: int
    concurrency: int = 64


class Listener(msgspec.Struct, frozen=True, kw_only=True):
    """An event that every replica of a service hears at once, without keeping it: missing one must be harmless."""

    event: type[Event]
    service: str


SERVICES = ("golden-cache", "cultural-rag", "jiwa-enricher", "shadow-judge", "llama-worker", "chat-router")
"""In the order in which they start: who answers before who asks."""

OPERATOR = "operator"
PROVISIONER = "provisioner"

STREAMS = (
    Stream(
        name="CHAT",
        events=(events.ChatCompleted, events.ConversationEnded, events.ChatFeedback),
        max_bytes=4096 * MIB,
    ),
    Stream(name="NIGHT", events=(events.NightlyTick, events.NightlyCompleted), duplicate_window_s=DAY_S),
    Stream(
        name="STOCK",
        events=(
            events.GoldenProposed,
            events.GoldenPublished,
            events.GoldenRetired,
            events.KnowledgeChanged,
            events.CultureUpdated,
        ),
    ),
    Stream(name="INSIGHT", events=(events.MemoryEnriched, events.ShadowCompared), max_age_s=2 * DAY_S),
    Stream(name="DLQ", events=(), subjects_beside=("dlq.>",), max_age_s=30 * DAY_S, duplicate_window_s=3600),
)

CONSUMERS = (
    Consumer(
        name="golden-cache-proposals",
        service="golden-cache",
        event=events.GoldenProposed,
        publishes=(events.GoldenPublished,),
        deadline_s=60,
    ),
    Consumer(
        name="golden-cache-knowledge",
        service="golden-cache",
        event=events.KnowledgeChanged,
        publishes=(events.GoldenRetired,),
        deadline_s=60,
    ),
    Consumer(
        name="golden-cache-feedback",
        service="golden-cache",
        event=events.ChatFeedback,
        publishes=(events.GoldenRetired,),
        deadline_s=60,
    ),
    Consumer(
        name="shadow-judge-pairs",
        service="shadow-judge",
        event=events.ChatCompleted,
        publishes=(events.ShadowCompared,),
        deadline_s=60,
    ),
    Consumer(
        name="jiwa-enricher-conversations",
        service="jiwa-enricher",
        event=events.ConversationEnded,
        publishes=(events.MemoryEnriched,),
        deadline_s=300,
    ),
    Consumer(
        name="llama-worker-night",
        service="llama-worker",
        event=events.NightlyTick,
        publishes=(events.GoldenProposed, events.NightlyCompleted),
        deadline_s=3600,
        max_attempts=5,
        delay_s=30,
        concurrency=1,
    ),
)

ENDPOINTS = (
    Endpoint(request=events.GoldenLookup, service="golden-cache", callers=("chat-router", OPERATOR), deadline_ms=50),
    Endpoint(request=events.ImportGolden, service="golden-cache", callers=(OPERATOR,), deadline_ms=30_000),
    Endpoint(request=events.ListGolden, service="golden-cache", callers=(OPERATOR,), deadline_ms=5_000),
    Endpoint(request=events.ShowGolden, service="golden-cache", callers=(OPERATOR,), deadline_ms=5_000),
    Endpoint(request=events.SetGoldenStatus, service="golden-cache", callers=(OPERATOR,), deadline_ms=5_000),
    Endpoint(request=events.CulturalLookup, service="cultural-rag", callers=("chat-router", OPERATOR), deadline_ms=80),
    Endpoint(
        request=events.KnowledgeSearch,
        service="cultural-rag",
        callers=("chat-router", "llama-worker", OPERATOR),
        deadline_ms=150,
    ),
    Endpoint(request=events.ImportDocument, service="cultural-rag", callers=(OPERATOR,), deadline_ms=60_000),
    Endpoint(request=events.ImportCulture, service="cultural-rag", callers=(OPERATOR,), deadline_ms=60_000),
    Endpoint(request=events.ImportPrices, service="cultural-rag", callers=(OPERATOR,), deadline_ms=60_000),
    Endpoint(request=events.MemoryRecall, service="jiwa-enricher", callers=("chat-router", OPERATOR), deadline_ms=80),
    Endpoint(
        request=events.ForgetMemory, service="jiwa-enricher", callers=("chat-router", OPERATOR), deadline_ms=5_000
    ),
    Endpoint(request=events.ImportConversation, service="chat-router", callers=(OPERATOR,), deadline_ms=30_000),
    Endpoint(request=events.ShowNightly, service="llama-worker", callers=(OPERATOR,), deadline_ms=5_000),
)

LISTENERS = (
    Listener(event=events.GoldenPublished, service="golden-cache"),
    Listener(event=events.GoldenRetired, service="golden-cache"),
    Listener(event=events.KnowledgeChanged, service="cultural-rag"),
    Listener(event=events.CultureUpdated, service="cultural-rag"),
    Listener(event=events.KnowledgeChanged, service="chat-router"),
)

SPONTANEOUS: dict[str, tuple[type[Event], ...]] = {
    "chat-router": (events.ChatCompleted, events.ConversationEnded, events.ChatFeedback),
    "golden-cache": (events.GoldenPublished, events.GoldenRetired),
    "cultural-rag": (events.KnowledgeChanged, events.CultureUpdated),
    "llama-worker": (events.NightlyTick,),
    OPERATOR: (events.NightlyTick,),
}
"""What a service publishes without a consumed event behind it: from HTTP, a request, a clock."""
