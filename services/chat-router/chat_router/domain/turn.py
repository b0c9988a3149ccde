"""A turn of a conversation, from the message to the record: the structs that travel through the pipeline."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from chat_router.domain.classify import Classification
from zantara.events import CulturalChunk, GoldenReply, Memory, Passage, Source
from zantara.llm.port import Message, Usage

Role = Literal["client", "staff", "anonymous"]
Voice = Literal["claude-haiku", "claude-sonnet", "llama", "golden", "static"]


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """What a user sent, and who they are; `language` is their wish, `role` comes from the token.

    `opens` says that the conversation begins here, so that there is no history to look for.
    """

    message: str
    conversation_id: str
    user_id: str | None = None
    role: Role = "anonymous"
    language: str | None = None
    opens: bool = False


class History(msgspec.Struct, frozen=True, kw_only=True):
    """The conversation so far: its last exchanges, how many there were, whose it is, in which language."""

    messages: tuple[Message, ...] = ()
    turns: int = 0
    user_id: str | None = None
    language: str | None = None


class Recalled(msgspec.Struct, frozen=True, kw_only=True):
    """Everything recalled for a message; `missed` names what did not answer in time."""

    history: History = History()
    memory: Memory | None = None
    golden: GoldenReply | None = None
    chunks: tuple[CulturalChunk, ...] = ()
    passages: tuple[Passage, ...] = ()
    missed: tuple[str, ...] = ()


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A message understood, with everything recalled; `language` (it, en, id) is that of the reply."""

    id: str
    incoming: Incoming
    classification: Classification
    recalled: Recalled
    language: str


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What is known before the first word: who answers, why, from which sources."""

    id: str
    conversation_id: str
    ai_used: Voice
    model: str
    simulated: bool
    route: str
    cached: bool
    match_type: str | None
    cluster_id: str | None
    category: str
    language: str
    sources: tuple[Source, ...]
    cultural_topics: tuple[str, ...]
    degraded: tuple[str, ...]


class Delta(msgspec.Struct, frozen=True, kw_only=True):
    """Some words of the answer."""

    text: str


class Restart(msgspec.Struct, frozen=True, kw_only=True):
    """The words so far are void: another voice starts again."""

    reason: str


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer, as `POST /v1/chat` returns it."""

    id: str
    conversation_id: str
    response: str
    ai_used: Voice
    model: str
    simulated: bool
    route: str
    cached: bool
    match_type: str | None
    cluster_id: str | None
    sources: tuple[Source, ...]
    category: str
    language: str
    cultural_topics: tuple[str, ...]
    degraded: tuple[str, ...]
    latency_ms: float
    usage: Usage


Piece = Opening | Delta | Restart | Reply


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A turn as it is kept: the rows of conversation and turn, and of the outbox; JSON for the spool."""

    conversation: dict[str, Any]
    turn: dict[str, Any]
    outbox: dict[str, Any]


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded exchange, for showing a conversation."""

    id: str
    question: str
    answer: str
    language: str
    category: str
    ai_used: str
    model: str
    simulated: bool
    cached: bool
    sources: tuple[Source, ...]
    created_at: datetime
