"""One cluster's golden answer: passages, a draft, the checks, a proposal or a reason."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

import structlog

from llama_worker import metrics
from llama_worker.domain.clusters import Cluster
from llama_worker.domain.drafts import LANGUAGES, Accepted, Draft, accept, questions
from llama_worker.domain.runs import Outcome
from llama_worker.prompts import golden_answer_v1
from zantara.bus import Requester
from zantara.errors import Unavailable
from zantara.events import ClusterQuery, GoldenProposed, KnowledgeSearch, Passage
from zantara.llm import Completion, ModelRequest
from zantara.text.fence import new_tag

log = structlog.get_logger()

_SEARCH_S = 5.0
_PASSAGES_EACH = 4
_CONFIDENCE = 0.8
_MAX_QUERIES = 300
"""Of a cluster's wordings, the nearest go with the proposal: a message of the bus holds 1 MB."""


class Drafter(Protocol):
    """A model that writes drafts."""

    name: str

    async def __call__(self, request: ModelRequest) -> tuple[Draft, Completion]:
        """A draft and what it cost; raises Unavailable."""
        ...


class WriteGolden:
    """Writes one cluster's answer: the first writer whose draft passes the checks."""

    def __init__(self, requester: Requester, writers: Sequence[Drafter]) -> None:
        self._requester = requester
        self._writers = tuple(writers)

    async def __call__(self, run_id: str, cluster: Cluster) -> Outcome:
        """A proposal, or the reasons of all writers. Raises Unavailable where the passages cannot be had."""
        passages = await self._passages(cluster)
        if not passages:
            return Outcome(cluster_id=cluster.cluster_id, reason="no_passages")
        reasons: list[str] = []
        tokens = {"llama": 0, "claude": 0}
        for writer in self._writers:
            try:
                draft, done = await writer(golden_answer_v1.build(cluster, passages, tag=new_tag()))
            except Unavailable as error:
                reasons.append(str(error))
                continue
            tokens[writer.name] += done.usage.input_tokens + done.usage.output_tokens
            accepted = accept(draft, passages)
            if isinstance(accepted, Accepted) and (wordings := questions(_wordings(cluster), accepted)):
                metrics.WRITERS.labels(writer.name).inc()
                proposal = _proposal(run_id, cluster, accepted, wordings, done)
                return _outcome(cluster, tokens, proposal=proposal)
            reasons.append(f"{writer.name}:{accepted if isinstance(accepted, str) else 'no_question'}")
        return _outcome(cluster, tokens, reason=", ".join(reasons) or "no_writer")

    async def _passages(self, cluster: Cluster) -> list[Passage]:
        """The best passages in each language for the canonical question, each once, best first."""
        asked = cluster.canonical.text
        replies = await asyncio.gather(
            *(
                self._requester.request(
                    KnowledgeSearch(query=asked, language=language, limit=_PASSAGES_EACH), timeout_s=_SEARCH_S
                )
                for language in LANGUAGES
            )
        )
        found = {passage.passage_id or passage.text: passage for reply in replies for passage in reply.passages}
        return sorted(found.values(), key=lambda passage: (-passage.score, passage.passage_id))


def _wordings(cluster: Cluster) -> dict[str, str]:
    wordings: dict[str, str] = {}
    for member in cluster.members:
        wordings.setdefault(member.query.language, member.query.text)
    return wordings


def _proposal(
    run_id: str, cluster: Cluster, accepted: Accepted, wordings: dict[str, str], done: Completion
) -> GoldenProposed:
    return GoldenProposed(
        run_id=run_id,
        cluster_id=cluster.cluster_id,
        topic="",
        asks="",
        thing=(),
        questions=wordings,
        answers={language: accepted.answers[language] for language in wordings},
        variations={language: _with_asked(cluster, language, accepted) for language in wordings},
        hard_negatives=accepted.hard_negatives,
        sources=accepted.sources,
        confidence=_CONFIDENCE,
        distinct_users=cluster.people,
        queries=tuple(
            ClusterQuery(
                text=member.query.text,
                language=member.query.language,
                frequency=member.query.frequency,
                similarity=member.similarity,
            )
            for member in cluster.members[:_MAX_QUERIES]
        ),
        generated_by=done.model,
        prompt_version=golden_answer_v1.VERSION,
        simulated=done.simulated,
    )


def _with_asked(cluster: Cluster, language: str, accepted: Accepted) -> tuple[str, ...]:
    """What people asked, before what the model thought of."""
    asked = (member.query.text for member in cluster.members[:_MAX_QUERIES] if member.query.language == language)
    return tuple(dict.fromkeys((*asked, *accepted.variations.get(language, ()))))


def _outcome(
    cluster: Cluster, tokens: dict[str, int], *, proposal: GoldenProposed | None = None, reason: str = ""
) -> Outcome:
    return Outcome(
        cluster_id=cluster.cluster_id,
        proposal=proposal,
        reason=reason,
        llama_tokens=tokens["llama"],
        claude_tokens=tokens["claude"],
    )
