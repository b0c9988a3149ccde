"""Events of chat-router. They carry ids and figures; the text stays in its tables."""

from typing import ClassVar, Literal

import msgspec

from zantara.events.message import Event, Reply, Request


class ChatCompleted(Event, frozen=True, kw_only=True):
    """A user has been answered, and the turn is on record.

    `user_hash` is a pseudonym; `route` names the rule that chose the voice; `ai_used` is one of claude-haiku,
    claude-sonnet, llama, golden, static; times in ms, money in USD.
    """

    subject: ClassVar[str] = "chat.completed"

    turn_id: str
    conversation_id: str
    user_hash: str | None
    language: str
    category: str
    ai_used: str
    model: str
    route: str
    latency_ms: float
    status: Literal["complete", "partial"] = "complete"
    ttft_ms: float | None = None
    cached: bool = False
    match_type: str | None = None
    cluster_id: str | None = None
    simulated: bool = False
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    prompt_hash: str = ""
    degraded: tuple[str, ...] = ()


class ConversationEnded(Event, frozen=True, kw_only=True):
    """A conversation was closed by the client or has been idle for the set time."""

    subject: ClassVar[str] = "conversation.ended"

    conversation_id: str
    user_hash: str | None
    turns: int
    reason: Literal["idle", "closed", "imported"]
    language: str


class ChatFeedback(Event, frozen=True, kw_only=True):
    """A user rated an answer, 1 (bad) to 5 (good); `cluster_id` where a golden answer was given."""

    subject: ClassVar[str] = "chat.feedback"

    feedback_id: str
    turn_id: str
    conversation_id: str
    rating: int
    cluster_id: str | None = None


class ImportedTurn(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of a recorded conversation, with its own time (ISO 8601)."""

    role: Literal["user", "assistant"]
    text: str
    timestamp: str


class ConversationImported(Reply, frozen=True, kw_only=True):
    """How many turns were taken; zero when the conversation was there already."""

    turns: int


class ImportConversation(Request[ConversationImported], frozen=True, kw_only=True):
    """Take a recorded conversation into the record, once."""

    subject: ClassVar[str] = "conversations.import"
    reply: ClassVar[type[Reply]] = ConversationImported

    conversation_id: str
    user_id: str | None = None
    language: str = ""
    channel: str = "import"
    turns: tuple[ImportedTurn, ...]
