"""Golden hits over HTTP: a message in, the prepared answer out, the turn on record."""

from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Any

import msgspec
from bench.measure import Measure, Sample, closed, open_loop
from bench.questions import Question, Questions
from bench.wire import Wire

RATE_PER_S = 100.0
WORKERS = 16


class Hits:
    """The measures; each question is asked by a person whom the system knows, in a conversation of its own.

    `cpu_s` is the CPU time that the system has taken so far.
    """

    def __init__(self, wire: Wire, questions: Questions, people: Sequence[str], cpu_s: Callable[[], float]) -> None:
        self._wire = wire
        self._cpu_s = cpu_s
        self._questions = questions
        self._stored = cycle(questions.stored)
        self._people = cycle(people)

    def measures(self) -> list[Measure]:
        """Exact, exact but new to the router, semantic; one by one, at a rate, at full speed."""
        return [
            Measure(times=150, take=self._exact),
            Measure(times=60, take=self._reworded),
            Measure(times=150, take=self._exact_at_a_rate),
            Measure(times=1000, take=self._exact_at_full_speed),
            Measure(times=70, take=self._semantic),
            Measure(times=110, take=self._semantic_at_a_rate),
        ]

    async def warm(self) -> None:
        """Every stored question once, so that from then on each has been asked before."""
        await closed(self._ask, self._questions.stored, hit)

    async def _exact(self, times: int) -> dict[str, Sample]:
        before_s = self._cpu_s()
        hits = await closed(self._ask, islice(self._stored, times), hit)
        return {"exact": hits, "exact_cpu": Sample(values=[(self._cpu_s() - before_s) * 1000 / times])}

    async def _reworded(self, times: int) -> dict[str, Sample]:
        return {"exact_new": await closed(self._ask, self._questions.reworded.take(times), hit)}

    async def _exact_at_a_rate(self, times: int) -> dict[str, Sample]:
        asked = list(islice(self._stored, times))
        return {"exact_rate": await open_loop(self._ask, asked, hit, per_s=RATE_PER_S)}

    async def _exact_at_full_speed(self, times: int) -> dict[str, Sample]:
        return {"exact_full": await closed(self._ask, islice(self._stored, times), hit, workers=WORKERS)}

    async def _semantic(self, times: int) -> dict[str, Sample]:
        return {"semantic": await closed(self._ask, self._questions.paraphrased.take(times), hit)}

    async def _semantic_at_a_rate(self, times: int) -> dict[str, Sample]:
        asked = self._questions.paraphrased.take(times)
        return {"semantic_rate": await open_loop(self._ask, asked, hit, per_s=RATE_PER_S)}

    async def _ask(self, question: Question) -> bytes:
        return await self._wire.post("/v1/chat", {"message": question.text, "user_id": next(self._people)})


def hit(question: Question, body: bytes) -> bool:
    """The stock's answer, found in the way that was foreseen; a part that missed its deadline is named, not wrong."""
    reply: dict[str, Any] = msgspec.json.decode(body)
    if reply["degraded"]:
        return False
    found = (reply["cached"], reply["match_type"], reply["cluster_id"], reply["language"])
    assert found == (True, question.match_type, question.cluster_id, question.language), (question.text, reply)
    assert reply["response"]
    return True
