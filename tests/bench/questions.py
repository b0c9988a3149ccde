"""What is asked. Each question is sorted beforehand, by the services' own rules, into what should become of it.

The services remember the embeddings of the last texts, so what is to be embedded is asked once in the whole run.
"""

import asyncio
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from chat_router.domain.classify import classify, load_classifier
from chat_router.domain.route import reply_language, wants_golden, wants_knowledge
from zantara.bus import Requester
from zantara.embeddings import Embedder
from zantara.events import Embedding, GoldenLookup

_TESTS = Path(__file__).parents[1]
_PACK = _TESTS.parent / "deploy" / "data" / "golden_pack" / "pack.jsonl"
_PARAPHRASES = _TESTS / "quality" / "data" / "faq_dev_queries.jsonl"

# Further paraphrases, which no folding of case or punctuation makes one with the first.
_GREETINGS = {
    "en": ("hi, ", "hello, one question: "),
    "it": ("ciao, ", "salve! "),
    "id": ("halo, ", "halo min, "),
}
_REWORDED = 4  # of each language's eight variations of an entry; the rest is spare
_SURE = 0.6
_AT_ONCE = 8


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A text, its embedding, the language of its answer, and the stock's answer to it if there is one."""

    text: str
    language: str
    embedding: Embedding
    match_type: str | None
    cluster_id: str | None
    wants_knowledge: bool


class Supply:
    """Questions that are handed out once; `all` of them may be asked where nobody remembers."""

    def __init__(self, name: str, questions: Iterable[Question]) -> None:
        self._name = name
        self.all = tuple(questions)
        self._left = iter(self.all)

    def take(self, times: int) -> list[Question]:
        """The next ones; fails where a round would have to repeat some."""
        taken = list(islice(self._left, times))
        assert len(taken) == times, f"{self._name}: {times - len(taken)} questions too few"
        return taken


class Questions(msgspec.Struct, frozen=True, kw_only=True):
    """What the golden stock holds word for word, in another wording, or not at all.

    `stored` is asked again and again, `reworded` is stored too but new to the router; `spare` is for cultural-rag,
    which may embed again what comes with an embedding (it reads Italian and Indonesian in English).
    """

    stored: list[Question]
    reworded: Supply
    paraphrased: Supply
    uncovered: Supply
    spare: Supply


class Sorter:
    """Reads a text as the router does and looks it up as it would."""

    def __init__(self, bus: Requester, embedder: Embedder) -> None:
        self._bus = bus
        self._embedder = embedder
        self._classifier = load_classifier(embedder.model)

    async def __call__(self, text: str) -> Question | None:
        """None where the language is so unsure that the person's own would decide."""
        vector = (await self._embedder.embed([text]))[0]
        read = classify(text, vector, turns_before=0, model=self._classifier)
        if read.language_confidence < _SURE:
            return None
        language = reply_language(read, wished=None, conversation=None, person=None)
        embedding = Embedding(model=self._embedder.model, vector=vector.tolist())
        request = GoldenLookup(query=text, language=language, context={"language": language}, embedding=embedding)
        found = await self._bus.request(request, timeout_s=5) if wants_golden(read) else None
        return Question(
            text=text,
            language=language,
            embedding=embedding,
            match_type=found.match_type if found else None,
            cluster_id=found.cluster_id if found else None,
            wants_knowledge=wants_knowledge(read),
        )

    async def all(self, texts: Iterable[str]) -> list[Question]:
        """Several at a time, in order."""
        waiting, found = iter(texts), list[Question]()
        while batch := list(islice(waiting, _AT_ONCE)):
            found += [question for question in await asyncio.gather(*map(self, batch)) if question]
        return found


async def sort_questions(bus: Requester, embedder: Embedder) -> Questions:
    """From the golden pack's wordings, and from paraphrases that are not in it."""
    sorter = Sorter(bus, embedder)
    pack = [json.loads(line) for line in _PACK.read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in _PARAPHRASES.read_text("utf-8").splitlines()]
    canonical = await sorter.all(text for entry in pack for text in entry["questions"].values())
    variations = await sorter.all(_variations(pack, slice(None, _REWORDED)))
    asked = await sorter.all(row["text"] for row in rows if row["faq_id"])
    hits = [each for each in asked if each.match_type == "semantic"]
    greeted = await sorter.all(_greeted(hits))
    spare = await sorter.all(_variations(pack, slice(_REWORDED, None)))
    return Questions(
        stored=[each for each in canonical if each.match_type == "exact"],
        reworded=Supply("reworded", (each for each in variations if each.match_type == "exact")),
        paraphrased=Supply("paraphrased", [*hits, *(each for each in greeted if each.match_type == "semantic")]),
        uncovered=Supply("uncovered", (each for each in asked if not each.match_type and each.wants_knowledge)),
        spare=Supply("spare", spare),
    )


def _variations(pack: Iterable[dict[str, dict[str, list[str]]]], which: slice) -> Iterator[str]:
    return (text for entry in pack for texts in entry["variations"].values() for text in texts[which])


def _greeted(questions: Iterable[Question]) -> Iterator[str]:
    return (greeting + question.text for question in questions for greeting in _GREETINGS[question.language])
