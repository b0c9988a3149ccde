"""Conversations, turns and feedback in PostgreSQL; every write leaves its event in the outbox beside it."""

from typing import Any

import msgspec

from chat_router.domain.turn import Exchange, History, Record
from zantara.db import Database, Outbox, Row, load_statements
from zantara.errors import NotFound
from zantara.events import ChatFeedback, ConversationEnded, Meta, Source
from zantara.llm import Message


class TurnStore:
    """The only writer of conversations, turns, feedback and chat_router_outbox."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = load_statements("chat_router")
        self.outbox = Outbox("chat_router_outbox")

    async def record(self, record: Record) -> None:
        """Conversation, turn and event in one transaction; recording a turn twice changes nothing."""
        await self._database.run(self._sql.record_turn, record.conversation, record.turn, record.outbox)

    async def history(self, conversation_id: str, limit: int) -> History:
        """The last `limit` exchanges; empty for a conversation that does not exist."""
        rows = await self._database.rows(self._sql.history, conversation_id, limit)
        if not rows:
            return History()
        messages = [message for row in rows if row["question"] is not None for message in _messages(row)]
        return History(
            messages=tuple(messages), turns=rows[0]["turns"], user_id=rows[0]["user_id"], language=rows[0]["language"]
        )

    async def conversation(self, conversation_id: str) -> tuple[Row, list[Exchange]]:
        """Its row and its exchanges; raises NotFound."""
        row = await self._database.row(self._sql.conversation, conversation_id)
        if row is None:
            raise NotFound("no such conversation")
        exchanges = await self._database.rows(self._sql.exchanges, conversation_id)
        return row, [_exchange(each) for each in exchanges]

    async def rate(self, feedback: ChatFeedback, comment: str, meta: Meta) -> ChatFeedback:
        """Keep a rating with its words; returns the event, which has none, with the golden cluster. Raises NotFound."""
        async with self._database.transaction() as connection:
            turn = await connection.row(self._sql.turn, feedback.turn_id)
            if turn is None or feedback.conversation_id not in ("", turn["conversation_id"]):
                raise NotFound("no such turn")
            whole = msgspec.structs.replace(
                feedback, conversation_id=turn["conversation_id"], cluster_id=turn["cluster_id"]
            )
            values = (whole.feedback_id, whole.turn_id, whole.rating, comment)
            if await connection.run(self._sql.insert_feedback, *values):
                await self.outbox.append(connection, whole, meta)
        return whole

    async def close(
        self, conversation_id: str, reason: str, meta: Meta, *, idle_s: float | None = None
    ) -> ConversationEnded | None:
        """End a conversation; None when it was ended already, or not idle for `idle_s`. Raises NotFound."""
        async with self._database.transaction() as connection:
            row = await connection.row(self._sql.end_conversation, conversation_id, reason, idle_s)
            if row is None:
                if await connection.row(self._sql.conversation, conversation_id) is None:
                    raise NotFound("no such conversation")
                return None
            event = _ended(row, reason)
            await self.outbox.append(connection, event, meta)
        return event

    async def idle(self, idle_s: float) -> list[str]:
        """Ids of open conversations that have been idle that long."""
        rows = await self._database.rows(self._sql.idle_conversations, idle_s)
        return [row["id"] for row in rows]

    async def take(self, conversation: dict[str, Any], turns: list[dict[str, Any]], meta: Meta) -> bool:
        """Keep a recorded conversation with its end; False when it was there already."""
        async with self._database.transaction() as connection:
            new = await connection.row(self._sql.import_conversation, conversation)
            if new is None:
                return False
            await connection.run(self._sql.import_turns, turns)
            row = {**conversation, "turns": len(turns)}
            await self.outbox.append(connection, _ended(row, "imported"), meta)
        return True

    async def price_texts(self) -> list[str]:
        """Each curated figure as a sentence and as a value."""
        rows = await self._database.rows(self._sql.price_texts)
        return [f"{row['text_en']} {row['value']}" for row in rows]


def _messages(row: Row) -> tuple[Message, Message]:
    return Message(role="user", content=row["question"]), Message(role="assistant", content=row["answer"])


def _exchange(row: Row) -> Exchange:
    return Exchange(**{**dict(row), "sources": msgspec.convert(row["sources"], tuple[Source, ...])})


def _ended(row: Row, reason: str) -> ConversationEnded:
    return msgspec.convert(
        {
            "conversation_id": row["id"],
            "user_hash": row["user_hash"],
            "turns": row["turns"],
            "reason": reason,
            "language": row["language"],
        },
        ConversationEnded,
    )
