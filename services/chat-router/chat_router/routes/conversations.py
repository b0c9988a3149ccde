"""Conversations: read one, close one, rate an answer."""

from typing import Annotated, Protocol

import msgspec
from aiohttp import web

from chat_router.domain.turn import Exchange
from chat_router.handlers import CloseConversation, Rate
from chat_router.routes.problems import Name, body, path_id, respond
from zantara.db import Row


class FeedbackBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rating, 1 (bad) to 5 (good)."""

    turn_id: Name
    rating: Annotated[int, msgspec.Meta(ge=1, le=5)]
    comment: Annotated[str, msgspec.Meta(max_length=2000, pattern=r"^[^\x00]*\Z")] = ""
    conversation_id: Name | None = None


class Shown(Protocol):
    """Where a conversation is read."""

    async def conversation(self, conversation_id: str) -> tuple[Row, list[Exchange]]:
        """Raises NotFound."""
        ...


class ConversationRoutes:
    """What can be done with a conversation beside talking."""

    def __init__(self, shown: Shown, close: CloseConversation, rate: Rate) -> None:
        self._shown = shown
        self._close = close
        self._rate = rate

    def routes(self) -> list[web.RouteDef]:
        """To be added to the application."""
        return [
            web.get("/v1/conversations/{id}", self._show),
            web.post("/v1/conversations/{id}/close", self._end),
            web.post("/v1/feedback", self._feedback),
        ]

    async def _show(self, request: web.Request) -> web.Response:
        row, exchanges = await self._shown.conversation(path_id(request))
        turns = [turn for exchange in exchanges for turn in _sides(exchange)]
        return respond(
            {
                "conversation_id": row["id"],
                "user_id": row["user_id"],
                "language": row["language"],
                "created_at": row["created_at"],
                "ended_at": row["ended_at"],
                "turns": turns,
            }
        )

    async def _end(self, request: web.Request) -> web.Response:
        conversation_id = path_id(request)
        was_open = await self._close(conversation_id)
        return respond({"conversation_id": conversation_id, "closed": was_open})

    async def _feedback(self, request: web.Request) -> web.Response:
        asked = await body(request, FeedbackBody)
        kept = await self._rate(asked.turn_id, asked.rating, asked.comment, asked.conversation_id or "")
        return respond({"id": kept.feedback_id, "turn_id": kept.turn_id, "rating": kept.rating}, status=201)


def _sides(exchange: Exchange) -> list[dict[str, object]]:
    return [
        {"id": exchange.id, "role": "user", "text": exchange.question, "created_at": exchange.created_at},
        {
            "id": exchange.id,
            "role": "assistant",
            "text": exchange.answer,
            "language": exchange.language,
            "category": exchange.category,
            "ai_used": exchange.ai_used,
            "model": exchange.model,
            "simulated": exchange.simulated,
            "cached": exchange.cached,
            "sources": exchange.sources,
            "created_at": exchange.created_at,
        },
    ]
