"""The life of a conversation beside its turns: closed, idle, rated, taken over from elsewhere."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

import structlog

from chat_router.domain.classify import Classification
from chat_router.domain.record import imported_turn, user_hash
from zantara.clock import Clock, child_id
from zantara.errors import Invalid, NotFound, Transient
from zantara.events import (
    ChatFeedback,
    ConversationEnded,
    ConversationImported,
    Embedding,
    ImportConversation,
    ImportedTurn,
    Meta,
)

log = structlog.get_logger()

_SOURCE = "chat-router"
_SWEEP_S = 10.0


class Conversations(Protocol):
    """Where conversations are kept."""

    async def close(
        self, conversation_id: str, reason: str, meta: Meta, *, idle_s: float | None = None
    ) -> ConversationEnded | None:
        """End it, with its event; None when it was ended, or somebody has spoken within `idle_s`."""
        ...

    async def idle(self, idle_s: float) -> list[str]:
        """Which are idle that long."""
        ...

    async def rate(self, feedback: ChatFeedback, comment: str, meta: Meta) -> ChatFeedback:
        """Keep a rating with its words, and its event."""
        ...

    async def take(self, conversation: dict[str, Any], turns: list[dict[str, Any]], meta: Meta) -> bool:
        """Keep a recorded conversation, with its end; False when it is there."""
        ...


class Reader(Protocol):
    """Understands a message."""

    async def embed(self, message: str) -> Embedding:
        """Its embedding."""
        ...

    def read(self, message: str, embedding: Embedding, *, turns_before: int) -> Classification:
        """What it wants."""
        ...


class CloseConversation:
    """A conversation is over: the client says so, or nobody has spoken for `idle_s` seconds."""

    def __init__(self, conversations: Conversations, clock: Clock) -> None:
        self._conversations = conversations
        self._clock = clock

    async def __call__(self, conversation_id: str, *, idle_s: float | None = None) -> bool:
        """Whether it was open (and idle); raises NotFound."""
        meta = Meta.new(source=_SOURCE, clock=self._clock)
        reason = "closed" if idle_s is None else "idle"
        return await self._conversations.close(conversation_id, reason, meta, idle_s=idle_s) is not None


class EndIdle:
    """Ends what has been idle for the set time; timers need no memory, so restarts lose none."""

    def __init__(self, conversations: Conversations, close: CloseConversation, clock: Clock, *, idle_s: float) -> None:
        self._conversations = conversations
        self._close = close
        self._clock = clock
        self._idle_s = idle_s

    async def run(self) -> None:
        """Sweep for ever."""
        while True:
            try:
                await self.sweep()
            except Transient as error:
                log.warning("sweep_failed", error=str(error))
            await self._clock.sleep(min(_SWEEP_S, self._idle_s / 2))

    async def sweep(self) -> int:
        """End what is idle; returns how many."""
        ended = 0
        for conversation_id in await self._conversations.idle(self._idle_s):
            try:
                ended += await self._close(conversation_id, idle_s=self._idle_s)
            except NotFound:
                continue
        return ended


class Rate:
    """A user rates an answer."""

    def __init__(self, conversations: Conversations, clock: Clock) -> None:
        self._conversations = conversations
        self._clock = clock

    async def __call__(self, turn_id: str, rating: int, comment: str, conversation_id: str = "") -> ChatFeedback:
        """The rating as kept; raises NotFound. The same words about the same turn are one rating."""
        digest = hashlib.sha256(f"{rating}:{comment}".encode()).hexdigest()
        feedback_id = child_id(turn_id, "feedback", digest)
        meta = Meta.new(source=_SOURCE, clock=self._clock, id=feedback_id)
        feedback = ChatFeedback(
            feedback_id=feedback_id, turn_id=turn_id, conversation_id=conversation_id, rating=rating
        )
        return await self._conversations.rate(feedback, comment, meta)


class TakeConversation:
    """Takes a recorded conversation over, once; its questions are classified as if they had been asked here."""

    def __init__(self, conversations: Conversations, reader: Reader, clock: Clock, *, pseudonym_key: str) -> None:
        self._conversations = conversations
        self._reader = reader
        self._clock = clock
        self._pseudonym_key = pseudonym_key

    async def __call__(self, request: ImportConversation, meta: Meta) -> ConversationImported:
        """How many exchanges were taken; raises Invalid on a conversation without a question."""
        exchanges = pair(request.turns)
        if not exchanges:
            raise Invalid("turns: no question of a user")
        rows = []
        for position, (question, answer, at) in enumerate(exchanges, start=1):
            read = self._reader.read(question, await self._reader.embed(question), turns_before=position - 1)
            rows.append(imported_turn(request.conversation_id, position, question, answer, at, read))
        conversation = {
            "id": request.conversation_id,
            "user_id": request.user_id,
            "user_hash": user_hash(request.user_id, self._pseudonym_key),
            "role": "client" if request.user_id else "anonymous",
            "language": request.language or rows[0]["language"],
            "channel": request.channel,
            "created_at": exchanges[0][2].isoformat(),
            "last_turn_at": exchanges[-1][2].isoformat(),
        }
        new = await self._conversations.take(
            conversation,
            rows,
            Meta.new(source=_SOURCE, clock=self._clock, id=child_id(request.conversation_id, "ended")),
        )
        return ConversationImported(turns=len(rows) if new else 0)


class _Exchange(NamedTuple):
    asked: list[str]
    answered: list[str]
    at: datetime


def pair(turns: Sequence[ImportedTurn]) -> list[tuple[str, str, datetime]]:
    """Question, answer and time of each exchange; several messages in a row of one side are one. Raises Invalid."""
    exchanges: list[_Exchange] = []
    for turn in turns:
        at = _time(turn.timestamp)
        if turn.role == "user" and (not exchanges or exchanges[-1].answered):
            exchanges.append(_Exchange([turn.text], [], at))
        elif exchanges:
            last = exchanges[-1]
            (last.asked if turn.role == "user" else last.answered).append(turn.text)
    return [("\n".join(each.asked), "\n".join(each.answered), each.at) for each in exchanges]


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"timestamp: {text!r} is no ISO 8601 time") from error
    if at.tzinfo is None:
        raise Invalid(f"timestamp: {text!r} has no zone")
    return at
