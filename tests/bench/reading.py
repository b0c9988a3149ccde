"""Classification of a message, in this process: alone, and with the embedding that it needs."""

from collections.abc import Sequence
from itertools import cycle, islice
from time import perf_counter

from bench.measure import Measure, Sample, closed
from bench.questions import Question

from chat_router.domain.classify import Classification, classify, load_classifier
from zantara.embeddings import Embedder
from zantara.text.segments import BUSINESS, Category

_PASSAGES_HELP = BUSINESS | {Category.URGENT_COMPLAINT, Category.CULTURAL}


class Reading:
    """The measure; its questions are of the categories with which passages can help, or unsure."""

    def __init__(self, embedder: Embedder, questions: Sequence[Question]) -> None:
        self._embedder = embedder
        self._classifier = load_classifier(embedder.model)
        self._questions = cycle(questions)

    def measures(self) -> list[Measure]:
        """One after the other, as the router does: a model that has just run leaves no cache warm."""
        return [Measure(times=60, take=self._take)]

    async def _take(self, times: int) -> dict[str, Sample]:
        beside: list[float] = []

        async def read(question: Question) -> Classification:
            vector = (await self._embedder.embed([question.text]))[0]  # unlike `embed_one`, it remembers nothing
            began = perf_counter()
            found = classify(question.text, vector, turns_before=0, model=self._classifier)
            beside.append((perf_counter() - began) * 1000)
            return found

        whole = await closed(read, islice(self._questions, times), _as_before)
        return {"read": whole, "classified": Sample(values=beside)}


def _as_before(_: Question, read: Classification) -> bool:
    assert not read.certain or read.category in _PASSAGES_HELP, read
    return True
