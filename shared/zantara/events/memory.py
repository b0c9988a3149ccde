"""Events and requests of jiwa-enricher: what is understood of a person."""

from typing import ClassVar, Literal

import msgspec

from zantara.events.message import Event, Reply, Request


class MemoryEnriched(Event, frozen=True, kw_only=True):
    """A conversation was read; the person's profile is renewed."""

    subject: ClassVar[str] = "memory.enriched"

    conversation_id: str
    user_hash: str
    facts_added: int
    facts_closed: int
    dropped: dict[str, int]
    model: str
    simulated: bool = False


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One thing known of a person, with the words it stands on."""

    id: str
    slot: str
    value: str
    value_en: str
    certainty: Literal["stated", "deduced", "inferred"]
    confidence: float
    quote: str
    language: str
    updated_at: str


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """A person's profile: what the router needs (name, language, tone), the block for prompts, the facts behind it."""

    user_id: str
    name: str | None = None
    language: str | None = None
    tone: str | None = None
    block: str = ""
    facts: tuple[Fact, ...] = ()
    conversations: int = 0


class MemoryReply(Reply, frozen=True, kw_only=True):
    """The profile, or none where nothing is known."""

    memory: Memory | None


class MemoryRecall(Request[MemoryReply], frozen=True, kw_only=True):
    """What do we know of this person?"""

    subject: ClassVar[str] = "memory.recall"
    reply: ClassVar[type[Reply]] = MemoryReply

    user_id: str


class MemoryForgotten(Reply, frozen=True, kw_only=True):
    """How many facts were deleted."""

    facts: int


class ForgetMemory(Request[MemoryForgotten], frozen=True, kw_only=True):
    """Forget one fact of a person, or all of them."""

    subject: ClassVar[str] = "memory.forget"
    reply: ClassVar[type[Reply]] = MemoryForgotten

    user_id: str
    fact_id: str | None = None
