"""Everything that is known for a message, asked in parallel, each part with its deadline, each allowed to fail."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Protocol, TypeVar

import structlog

from chat_router import metrics
from chat_router.domain.classify import Classification
from chat_router.domain.route import stage, sure_language, wants_golden, wants_knowledge
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
    Reply,
    Request,
)
from zantara.topology import endpoint

log = structlog.get_logger()
T = TypeVar("T")
R = TypeVar("R", bound=Reply)

_HISTORY_S = 0.08
_HEAD_START_S = 0.003


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
        self, incoming: Incoming, read: Classification, language: str, embedding: Embedding, *, history: History
    ) -> Recalled:
        """Golden answer, cultural notes and passages, as far as the message wants them.

        A hit needs no others, so the golden lookup has a head start of 3 ms; a miss or a slow one runs beside them.
        """
        missed: list[str] = []
        golden = asyncio.create_task(self._golden(incoming, read, history.language, embedding, missed))
        tasks: list[asyncio.Future[Any]] = [golden]
        try:
            await asyncio.wait({golden}, timeout=_HEAD_START_S)
            if not (golden.done() and _is_hit(golden.result())):
                others = asyncio.gather(
                    self._culture(incoming, read, language, embedding, history.turns, missed),
                    self._knowledge(incoming, read, language, embedding, missed),
                )
                tasks.append(others)
            found = await golden
            if _is_hit(found):
                return Recalled(golden=found, missed=tuple(missed))
            culture, knowledge = await others
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        chunks = culture.chunks if culture else ()
        passages = knowledge.passages if knowledge else ()
        return Recalled(golden=found, chunks=chunks, passages=passages, missed=tuple(missed))

    async def _history(self, incoming: Incoming) -> History:
        if incoming.opens:
            return History()
        return await self._histories.history(incoming.conversation_id, self._history_turns)

    async def _memory(self, incoming: Incoming, missed: list[str]) -> Memory | None:
        if incoming.user_id is None:
            return None
        reply = await self._ask("memory", MemoryRecall(user_id=incoming.user_id), missed)
        return reply.memory if reply else None

    async def _golden(
        self,
        incoming: Incoming,
        read: Classification,
        conversation: str | None,
        embedding: Embedding,
        missed: list[str],
    ) -> GoldenReply | None:
        """In the message's language where that is sure, else in the wished or the conversation's; never in a guess."""
        if not wants_golden(read):
            return None
        spoken = incoming.language or conversation
        request = GoldenLookup(
            query=incoming.message,
            language=sure_language(read),
            context={"language": spoken} if spoken else {},
            embedding=embedding,
        )
        return await self._ask("golden", request, missed)

    async def _culture(
        self,
        incoming: Incoming,
        read: Classification,
        language: str,
        embedding: Embedding,
        turns: int,
        missed: list[str],
    ) -> CulturalReply | None:
        request = CulturalLookup(
            message=incoming.message,
            category=str(read.category),
            tone=read.tone,
            stage=stage(turns),
            language=language,
            embedding=embedding,
        )
        return await self._ask("culture", request, missed)

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


def _is_hit(found: GoldenReply | None) -> bool:
    return found is not None and found.hit


async def _within(timeout_s: float, part: str, work: Awaitable[T], missed: list[str]) -> T | None:
    try:
        async with asyncio.timeout(timeout_s):
            return await work
    except (Transient, Invalid, TimeoutError) as error:
        missed.append(part)
        metrics.DEGRADED.labels(part).inc()
        log.warning("recall_missed", part=part, error=f"{type(error).__name__}: {error}")
        return None
