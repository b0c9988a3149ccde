"""A turn as rows and event: what is kept of it, and what is told of it."""

import hashlib
import hmac
from datetime import datetime
from typing import Any, Literal

import msgspec

from chat_router.domain.classify import Classification
from chat_router.domain.turn import Record, Reply, Turn
from zantara.clock import child_id
from zantara.events import ChatCompleted, Meta
from zantara.llm.port import ModelRequest


def user_hash(user_id: str | None, key: str) -> str | None:
    """The pseudonym of a user: HMAC-SHA-256, 32 hexadecimal digits."""
    if user_id is None:
        return None
    return hmac.new(key.encode(), user_id.encode(), hashlib.sha256).hexdigest()[:32]


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What a record holds beside turn and reply: when, for whom, how it ended, what the model was asked."""

    at: datetime
    meta: Meta
    pseudonym: str | None
    status: Literal["complete", "partial"]
    ttft_ms: float | None
    prompt: ModelRequest | None
    prompt_hash: str


def record(turn: Turn, reply: Reply, around: Circumstances) -> Record:
    """The rows of conversation and turn, and the event with its headers."""
    incoming, at = turn.incoming, around.at.isoformat()
    conversation = {
        "id": incoming.conversation_id,
        "user_id": incoming.user_id,
        "user_hash": around.pseudonym,
        "role": incoming.role,
        "language": turn.language,
        "channel": "web",
        "last_turn_at": at,
    }
    event = _event(turn, reply, around)
    outbox = {"id": around.meta.id, "type": event.type_name(), "body": event, "headers": around.meta.headers()}
    row = {
        **_reading(turn.classification),
        "id": reply.id,
        "conversation_id": reply.conversation_id,
        "question": incoming.message,
        "answer": reply.response,
        "status": around.status,
        "language": turn.language,
        "ttft_ms": around.ttft_ms,
        "prompt": around.prompt,
        "prompt_hash": around.prompt_hash,
        "created_at": at,
        **{name: getattr(reply, name) for name in _KEPT},
    }
    return msgspec.convert(msgspec.to_builtins({"conversation": conversation, "turn": row, "outbox": outbox}), Record)


_KEPT = (
    "ai_used", "model", "simulated", "route", "cached", "match_type", "cluster_id", "sources", "cultural_topics",
    "degraded", "usage", "latency_ms",
)  # fmt: skip


def imported_turn(
    conversation_id: str, position: int, question: str, answer: str, at: datetime, read: Classification
) -> dict[str, Any]:
    """The row of an exchange that was had elsewhere."""
    return {
        **_reading(read),
        "id": child_id(conversation_id, "turn", position),
        "conversation_id": conversation_id,
        "position": position,
        "question": question,
        "answer": answer,
        "status": "complete",
        "language": str(read.language),
        "ai_used": "imported",
        "model": "",
        "simulated": False,
        "route": "imported",
        "cached": False,
        "sources": [],
        "cultural_topics": [],
        "degraded": [],
        "usage": {},
        "latency_ms": 0.0,
        "prompt_hash": "",
        "created_at": at.isoformat(),
    }


def _reading(read: Classification) -> dict[str, Any]:
    return {"category": str(read.category), "personal": read.personal, "standalone": read.standalone}


def _event(turn: Turn, reply: Reply, around: Circumstances) -> ChatCompleted:
    return ChatCompleted(
        turn_id=reply.id,
        conversation_id=reply.conversation_id,
        user_hash=around.pseudonym,
        language=turn.language,
        category=str(turn.classification.category),
        ai_used=reply.ai_used,
        model=reply.model,
        route=reply.route,
        latency_ms=reply.latency_ms,
        status=around.status,
        ttft_ms=around.ttft_ms,
        cached=reply.cached,
        match_type=reply.match_type,
        cluster_id=reply.cluster_id,
        simulated=reply.simulated,
        input_tokens=reply.usage.input_tokens,
        output_tokens=reply.usage.output_tokens,
        cost_usd=reply.usage.cost_usd,
        prompt_hash=around.prompt_hash,
        degraded=reply.degraded,
    )
