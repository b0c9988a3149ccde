"""BM25 (Robertson and Zaragoza 2009) over terms, in memory: a passage's score and the share of a query it holds."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt

K1 = 1.2
B = 0.75

Scores = npt.NDArray[np.float64]


class Matches(msgspec.Struct, frozen=True, kw_only=True):
    """Per text: the BM25 score, and the share 0..1 of the query's weight (idf) that the text holds."""

    scores: Scores
    coverage: Scores


class _Posting(msgspec.Struct, frozen=True, kw_only=True):
    places: npt.NDArray[np.intp]
    scores: Scores
    idf: float


class LexicalIndex:
    """Immutable once built; a search touches only the postings of its terms."""

    def __init__(self, texts: Sequence[Mapping[str, int]]) -> None:
        self._size = len(texts)
        lengths = np.array([sum(text.values()) for text in texts] or [1], dtype=np.float64)
        norms = K1 * (1 - B + B * lengths / max(lengths.mean(), 1.0))
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, text in enumerate(texts):
            for term, count in text.items():
                found[term].append((place, count))
        self._postings = {term: self._posting(pairs, norms) for term, pairs in found.items()}

    def search(self, weights: Mapping[str, float]) -> Matches:
        """Score every text against weighted terms."""
        scores = np.zeros(self._size)
        held = np.zeros(self._size)
        total = 0.0
        for term, weight in weights.items():
            posting = self._postings.get(term)
            if ":" not in term:
                total += weight * (posting.idf if posting else self._idf(0))
            if posting:
                scores[posting.places] += weight * posting.scores
                held[posting.places] += weight * posting.idf
        return Matches(scores=scores, coverage=np.minimum(held / total, 1.0) if total else held)

    def _posting(self, pairs: list[tuple[int, int]], norms: Scores) -> _Posting:
        places = np.array([place for place, _ in pairs], dtype=np.intp)
        counts = np.array([count for _, count in pairs], dtype=np.float64)
        idf = self._idf(len(pairs))
        return _Posting(places=places, scores=idf * counts * (K1 + 1) / (counts + norms[places]), idf=idf)

    def _idf(self, texts_with_term: int) -> float:
        return math.log(1 + (self._size - texts_with_term + 0.5) / (texts_with_term + 0.5))
