"""Requests over NATS, as the router sends them: embedding carried, or made by the service that answers."""

from collections.abc import Callable, Iterable, Sequence
from itertools import cycle, islice
from typing import Any

from bench.measure import Measure, Sample, closed
from bench.questions import Question, Questions

from zantara.bus import Requester
from zantara.events import (
    CulturalLookup,
    CulturalReply,
    Embedding,
    GoldenLookup,
    GoldenReply,
    KnowledgeReply,
    KnowledgeSearch,
    MemoryRecall,
    MemoryReply,
)

_PATIENCE_S = 5.0

Build = Callable[[Question, Embedding | None], Any]
Right = Callable[[Question, Any], bool]
Supplying = Callable[[int], Iterable[Question]]


class Lookups:
    """The measures. What a service may have to embed is sent to it once."""

    def __init__(self, bus: Requester, questions: Questions, people: Sequence[str]) -> None:
        self._bus = bus
        self._stored = cycle(questions.stored)
        self._paraphrased = questions.paraphrased.all  # golden-cache never embeds what the router sends
        self._spare = questions.spare
        self._people = cycle(people)

    def measures(self) -> list[Measure]:
        """Golden answers, culture, passages, memory."""
        carried, made = cycle(self._paraphrased), cycle(self._paraphrased)
        return [
            self._measure(150, "golden_exact", lambda n: islice(self._stored, n), _golden, _found, carried=False),
            self._measure(80, "golden_carried", lambda n: islice(carried, n), _golden, _found, carried=True),
            self._measure(50, "golden_made", lambda n: islice(made, n), _golden, _found, carried=False),
            self._measure(34, "culture_carried", self._spare.take, _culture, _chunks, carried=True),
            self._measure(34, "culture_made", self._spare.take, _culture, _chunks, carried=False),
            self._measure(34, "knowledge_carried", self._spare.take, _knowledge, _passages, carried=True),
            self._measure(34, "knowledge_made", self._spare.take, _knowledge, _passages, carried=False),
            Measure(times=150, take=self._memory),
        ]

    def _measure(
        self, times: int, figure: str, supply: Supplying, build: Build, right: Right, *, carried: bool
    ) -> Measure:
        async def ask(question: Question) -> Any:
            request = build(question, question.embedding if carried else None)
            return await self._bus.request(request, timeout_s=_PATIENCE_S)

        async def take(wanted: int) -> dict[str, Sample]:
            return {figure: await closed(ask, supply(wanted), right)}

        return Measure(times=times, take=take)

    async def _memory(self, times: int) -> dict[str, Sample]:
        return {"memory": await closed(self._recall, list(islice(self._people, times)), _remembered)}

    async def _recall(self, user_id: str) -> MemoryReply:
        return await self._bus.request(MemoryRecall(user_id=user_id), timeout_s=_PATIENCE_S)


def _golden(question: Question, embedding: Embedding | None) -> GoldenLookup:
    language = question.language
    return GoldenLookup(query=question.text, language=language, context={"language": language}, embedding=embedding)


def _culture(question: Question, embedding: Embedding | None) -> CulturalLookup:
    return CulturalLookup(message=question.text, stage="first_contact", language=question.language, embedding=embedding)


def _knowledge(question: Question, embedding: Embedding | None) -> KnowledgeSearch:
    return KnowledgeSearch(query=question.text, language=question.language, embedding=embedding)


def _found(question: Question, reply: GoldenReply) -> bool:
    assert (reply.match_type, reply.cluster_id) == (question.match_type, question.cluster_id), question.text
    return True


def _chunks(_: Question, reply: CulturalReply) -> bool:
    assert len(reply.chunks) <= 3
    return True


def _passages(_: Question, reply: KnowledgeReply) -> bool:
    scores = [passage.score for passage in reply.passages]
    assert len(scores) <= 5
    assert scores == sorted(scores, reverse=True)
    return True


def _remembered(user_id: str, reply: MemoryReply) -> bool:
    assert reply.memory is not None
    assert reply.memory.user_id == user_id
    return True
