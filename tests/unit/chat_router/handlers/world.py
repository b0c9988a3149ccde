"""A router without sockets: the in-memory bus, scripted models, a record that can be looked at."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from prometheus_client import CollectorRegistry

from chat_router.domain.classify import Classification
from chat_router.domain.turn import History, Incoming, Piece, Record, Reply
from chat_router.handlers import Answer, KnownFigures, Ladder, Patience, Recall
from zantara.bus import MemoryBus
from zantara.clock import SystemClock
from zantara.errors import Unavailable
from zantara.events import (
    CulturalChunk,
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
    Meta,
    Passage,
    Source,
)
from zantara.llm import ScriptedModel
from zantara.llm.metrics import LlmMetrics
from zantara.llm.resilience import Guards, RetryPolicy
from zantara.text.segments import Category, Language

READ = Classification(
    language=Language.EN, language_confidence=0.95, category=Category.BUSINESS_SIMPLE, category_confidence=0.9,
    certain=True, tone="warm", emotional_signals=(), cultural_signals=(), standalone=True, personal=False,
    about_conversation=False,
)  # fmt: skip
PASSAGE = Passage(
    document_id="visa-15", passage_id="visa-15#1", title="Overstay", text="Overstay costs IDR 1,000,000 a day.",
    score=0.9, source="GR 45/2024", as_of="2026-06", language="en",
)  # fmt: skip
CHUNK = CulturalChunk(topic="face_saving_culture", content="Say no softly.", score=0.8, kind="chunk")
GOLDEN = GoldenReply(
    hit=True, match_type="semantic", cluster_id="overstay", answer="IDR 1,000,000 a day.", language="en",
    sources=(Source(id="visa-15", title="Overstay", score=0.9, as_of="2026-06"),), confidence=0.9, similarity=0.93,
)  # fmt: skip


class World:
    """Everything around `Answer`, each part changeable."""

    def __init__(self, *, haiku: ScriptedModel | None = None, sonnet: ScriptedModel | None = None) -> None:
        self.bus = MemoryBus(service="chat-router")
        self.reading = READ
        self.history_value = History()
        self.records: list[Record] = []
        self.golden = GoldenReply(hit=False, reason="no_match")
        self.memory: Memory | None = None
        self.passages = (PASSAGE,)
        self.chunks = (CHUNK,)
        self.asked: list[str] = []
        self.lookups: list[GoldenLookup] = []
        self.slow: dict[str, float] = {}
        self.record_fails = False
        self.haiku = haiku or ScriptedModel("Overstay costs IDR 1,000,000 a day.", name="haiku")
        self.sonnet = sonnet or ScriptedModel("From sonnet.", name="sonnet")
        self.llama = ScriptedModel("From llama.", name="llama")

    async def answer(self, message: str = "How much is the overstay fine?", **fields: Any) -> list[Piece]:
        """All pieces of a turn."""
        return [piece async for piece in self.handler()(self.incoming(message, **fields))]

    async def reply(self, message: str = "How much is the overstay fine?", **fields: Any) -> Reply:
        """The reply of a turn."""
        last = (await self.answer(message, **fields))[-1]
        assert isinstance(last, Reply)
        return last

    def incoming(self, message: str, **fields: Any) -> Incoming:
        return Incoming(**{"message": message, "conversation_id": "c1", **fields})

    def handler(self) -> Answer:
        clock = SystemClock()
        guards = Guards(clock, LlmMetrics(CollectorRegistry()))
        scripted = {"claude-haiku": self.haiku, "claude-sonnet": self.sonnet, "llama": self.llama}
        voices = {name: guards.guard(model, retry=RetryPolicy(attempts=1)) for name, model in scripted.items()}
        patience = Patience(ttft_s=0.3, gap_s=0.3, total_s=2)
        ladder = Ladder(voices, clock, patience, simulated=frozenset({"claude-haiku"}))
        recall = Recall(self, self.bus, history_turns=4)
        return Answer(self, recall, ladder, self.keep, KnownFigures(self, clock), clock, pseudonym_key="k")

    async def embed(self, message: str) -> Embedding:
        return Embedding(model="m", vector=[1.0])

    def read(self, message: str, embedding: Embedding, *, turns_before: int) -> Classification:
        return self.reading

    async def history(self, conversation_id: str, limit: int) -> History:
        await self._wait("history")
        return self.history_value

    async def price_texts(self) -> list[str]:
        return []

    async def keep(self, record: Record) -> bool:
        await self._wait("record")
        self.records.append(record)
        return not self.record_fails

    @asynccontextmanager
    async def services(self, *absent: str) -> AsyncIterator[None]:
        """The services that answer, in this process."""
        loops = {
            "golden": (GoldenLookup, "golden-cache", self._golden),
            "culture": (CulturalLookup, "cultural-rag", self._culture),
            "knowledge": (KnowledgeSearch, "cultural-rag", self._knowledge),
            "memory": (MemoryRecall, "jiwa-enricher", self._memory),
        }
        tasks = [
            asyncio.create_task(self.bus.for_service(service).respond(request, responder))
            for part, (request, service, responder) in loops.items()
            if part not in absent
        ]
        await asyncio.sleep(0)
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def changed(self, **fields: Any) -> None:
        """Another reading of the message."""
        self.reading = msgspec.structs.replace(self.reading, **fields)

    async def _golden(self, request: GoldenLookup, _: Meta) -> GoldenReply:
        await self._wait("golden")
        self.lookups.append(request)
        return self.golden

    async def _culture(self, request: CulturalLookup, _: Meta) -> CulturalReply:
        await self._wait("culture")
        return CulturalReply(chunks=self.chunks)

    async def _knowledge(self, request: KnowledgeSearch, _: Meta) -> KnowledgeReply:
        await self._wait("knowledge")
        return KnowledgeReply(passages=self.passages)

    async def _memory(self, request: MemoryRecall, _: Meta) -> MemoryReply:
        await self._wait("memory")
        return MemoryReply(memory=self.memory)

    async def _wait(self, part: str) -> None:
        self.asked.append(part)
        delay_s = self.slow.get(part, 0.0)
        if delay_s < 0:
            raise Unavailable(part)
        await asyncio.sleep(delay_s)
