"""The knowledge corpus in memory: hybrid search over passages and figures, with a floor below which nothing applies."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from cultural_rag.domain.fusion import first, fuse
from cultural_rag.domain.lexical import LexicalIndex
from cultural_rag.domain.matrix import Vector, matrix
from cultural_rag.domain.terms import Query, english_of, index_terms

TITLE_COUNTS = 2
"""How often a title counts beside the text."""

PER_DOCUMENT = 2
"""Passages of one document in one answer, so that a second document is heard."""

SAME_LANGUAGE = 1.02
"""A passage in the asked language wins against a near equal."""

FLOOR = 0.2
"""Least relevance of the corpus to a query for anything to be returned at all."""

UNKNOWN_COSINE = 0.35
"""Stands for the best cosine while no passage has a vector of the present model: the words decide."""

_COSINE = 10.2
_COVERAGE = 3.4
_BIAS = -5.8

FIGURE = "figure:"
"""Prefix of the passage id of a row of the price table."""


class StoredPassage(msgspec.Struct, frozen=True, kw_only=True):
    """A passage as the store gives it; `vector` is empty where the present model has not embedded it yet."""

    passage_id: str
    document_id: str
    title: str
    heading: str
    text: str
    language: str
    source: str
    as_of: str
    vector: Any = None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot lacks: all passages of changed documents, and changed figures."""

    documents: frozenset[str]
    passages: tuple[StoredPassage, ...]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A passage with its score in 0..1."""

    passage: StoredPassage
    score: float


def embedding_text(title: str, heading: str, text: str, language: str) -> str:
    """What is embedded for a passage: with its headings, read in English."""
    return english_of(". ".join(part for part in (title, heading, text) if part), language)


def figure_passage(
    *, key: str, kind: str, subject: str, text_en: str, document_id: str, as_of: str, source: str, vector: Any
) -> StoredPassage:
    """A row of the price table as a short passage of the document it was read in."""
    return StoredPassage(
        passage_id=FIGURE + key,
        document_id=document_id,
        title=_figure_title(subject),
        heading=_figure_heading(kind),
        text=text_en,
        language="en",
        source=source,
        as_of=as_of,
        vector=vector,
    )


def figure_embedding_text(subject: str, kind: str, text_en: str) -> str:
    """What is embedded for a row of the price table."""
    return embedding_text(_figure_title(subject), _figure_heading(kind), text_en, "en")


def _figure_title(subject: str) -> str:
    return f"Figures: {subject}"


def _figure_heading(kind: str) -> str:
    return kind.replace("_", " ")


class PassageIndex:
    """An immutable snapshot of the corpus; `merged` makes the next one, re-reading only what changed."""

    def __init__(self, passages: Sequence[StoredPassage], terms: Mapping[str, Counter[str]], dimension: int) -> None:
        self.passages = tuple(passages)
        self._terms = {passage.passage_id: terms[passage.passage_id] for passage in passages}
        self._dimension = dimension
        self._lexical = LexicalIndex([self._terms[passage.passage_id] for passage in passages])
        self._languages = np.array([passage.language for passage in passages])
        self._vectors = matrix([passage.vector for passage in passages], dimension)

    @classmethod
    def empty(cls, dimension: int) -> "PassageIndex":
        """A corpus without passages."""
        return cls((), {}, dimension)

    def merged(self, changes: Changes) -> "PassageIndex":
        """The next snapshot: the passages of changed documents and the changed figures give way."""
        fresh = {each.passage_id: each for each in changes.passages}
        kept = [each for each in self.passages if each.passage_id not in fresh and not _replaced(each, changes)]
        passages = sorted([*kept, *fresh.values()], key=lambda each: each.passage_id)
        terms = {passage_id: _terms_of(each) for passage_id, each in fresh.items()}
        return PassageIndex(passages, {**self._terms, **terms}, self._dimension)

    def search(self, query: Query, vector: Vector, limit: int) -> list[Hit]:
        """The passages that answer the query, best first; none where even the best is not relevant."""
        if not self.passages:
            return []
        lexical = self._lexical.search(query.weights)
        cosines = self._vectors @ vector
        cosine = float(cosines.max()) if self._vectors.any() else UNKNOWN_COSINE
        relevance = _relevance(cosine, float(lexical.coverage.max()))
        if relevance < FLOOR:
            return []
        fused = fuse((lexical.scores, cosines)) * np.where(self._languages == query.language, SAME_LANGUAGE, 1.0)
        scores = relevance * np.minimum(fused, 1.0)
        return [
            Hit(passage=self.passages[place], score=round(float(scores[place]), 4))
            for place in self._varied(fused, limit)
        ]

    def _varied(self, fused: npt.NDArray[np.float64], limit: int) -> list[int]:
        taken: Counter[str] = Counter()
        places: list[int] = []
        for place in first(fused, len(fused)).tolist():
            document = self.passages[place].document_id
            if len(places) == limit or fused[place] <= 0:
                break
            if taken[document] < PER_DOCUMENT:
                taken[document] += 1
                places.append(place)
        return places


def _replaced(passage: StoredPassage, changes: Changes) -> bool:
    return passage.document_id in changes.documents and not passage.passage_id.startswith(FIGURE)


def _terms_of(passage: StoredPassage) -> Counter[str]:
    text = " ".join([passage.title] * TITLE_COUNTS + [passage.heading, passage.text])
    return index_terms(text, passage.language)


def _relevance(cosine: float, coverage: float) -> float:
    """Probability that the corpus is about the query: logistic in the best cosine and the best coverage.

    Fitted on FAQ paraphrases against off-topic messages with the offline model; `tests/quality/test_retrieval.py`
    prints what the floor keeps.
    """
    return 1 / (1 + math.exp(-(_COSINE * cosine + _COVERAGE * coverage + _BIAS)))
