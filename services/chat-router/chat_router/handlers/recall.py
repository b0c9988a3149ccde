"""Everything that is known for a message, asked in parallel, each part with its deadline, each allowed to fail."""

import asyncio
from collections.abc import Awaitable
from typing import Protocol, TypeVar

import structlog

from chat_router import metrics
from chat_router.domain.classify import Classification
from chat_router.domain.route import wants_golden, wants_knowledge
from chat_router.domain.turn import History, Incoming, Recalled
from zantara.bus import Requester
from zantara.errors import Invalid, NotFound, Transient
from zantara.events import (
    CulturalLookup,
    CulturalReply,
    Embedding,
    GoldenLookup,
    GoldenReply,
    KnowledgeReply,
    KnowledgeSearch,
    Memory,
    MemoryRecall,
    MemoryReply,
    Reply,
    Request,
)
from zantara.topology import endpoint

log = structlog.get_logger()
T = TypeVar("T")
R = TypeVar("R", bound=Reply)

_HISTORY_S = 0.08


class Histories(Protocol):
    """Where conversations are read from."""

    async def history(self, conversation_id: str, limit: int) -> History:
        """The last exchanges; raises Unavailable."""
        ...


class Recall:
    """Asks all parts at once; a part that misses its deadline is named, never waited for."""

    def __init__(self, histories: Histories, requester: Requester, *, history_turns: int) -> None:
        self._histories = histories
        self._requester = requester
        self._history_turns = history_turns

    async def before_reading(self, incoming: Incoming) -> tuple[History, Memory | None, list[str]]:
        """History and memory: what the message must be read with. Raises NotFound for another's conversation."""
        missed: list[str] = []
        history, memory = await asyncio.gather(
            _within(_HISTORY_S, "history", self._history(incoming), missed),
            self._memory(incoming, missed),
        )
        found = history or History()
        if found.user_id is not None and found.user_id != incoming.user_id:
            raise NotFound("no such conversation")
        return found, memory, missed

    async def context(
        self, incoming: Incoming, read: Classification, language: str, embedding: Embedding, *, turns: int
    ) -> Recalled:
        """Golden answer, cultural notes and passages, as far as the message wants them."""
        missed: list[str] = []
        stage = "first_contact" if turns < 3 else "ongoing"
        golden, culture, knowledge = await asyncio.gather(
            self._golden(incoming, read, language, embedding, missed),
            self._ask(
                "culture",
                CulturalLookup(
                    message=incoming.message,
                    category=str(read.category),
                    tone=read.tone,
                    stage=stage,
                    language=language,
                    embedding=embedding,
                ),
                missed,
            ),
            self._knowledge(incoming, read, language, embedding, missed),
        )
        chunks = culture.chunks if isinstance(culture, CulturalReply) else ()
        passages = knowledge.passages if isinstance(knowledge, KnowledgeReply) else ()
        return Recalled(golden=golden, chunks=chunks, passages=passages, missed=tuple(missed))

    async def _history(self, incoming: Incoming) -> History:
        return await self._histories.history(incoming.conversation_id, self._history_turns)

    async def _memory(self, incoming: Incoming, missed: list[str]) -> Memory | None:
        if incoming.user_id is None:
            return None
        reply = await self._ask("memory", MemoryRecall(user_id=incoming.user_id), missed)
        return reply.memory if isinstance(reply, MemoryReply) else None

    async def _golden(
        self, incoming: Incoming, read: Classification, language: str, embedding: Embedding, missed: list[str]
    ) -> GoldenReply | None:
        if not wants_golden(read):
            return None
        request = GoldenLookup(
            query=incoming.message, language=language, context={"language": language}, embedding=embedding
        )
        return await self._ask("golden", request, missed)

    async def _knowledge(
        self, incoming: Incoming, read: Classification, language: str, embedding: Embedding, missed: list[str]
    ) -> KnowledgeReply | None:
        if not wants_knowledge(read):
            return None
        request = KnowledgeSearch(query=incoming.message, language=language, embedding=embedding)
        return await self._ask("knowledge", request, missed)

    async def _ask(self, part: str, request: Request[R], missed: list[str]) -> R | None:
        timeout_s = endpoint(type(request)).deadline_ms / 1000
        return await _within(timeout_s, part, self._requester.request(request, timeout_s=timeout_s), missed)


async def _within(timeout_s: float, part: str, work: Awaitable[T], missed: list[str]) -> T | None:
    try:
        async with asyncio.timeout(timeout_s):
            return await work
    except (Transient, Invalid, TimeoutError) as error:
        missed.append(part)
        metrics.DEGRADED.labels(part).inc()
        log.warning("recall_missed", part=part, error=f"{type(error).__name__}: {error}")
        return None
