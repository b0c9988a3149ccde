"""Golden entries: one intent, a rendering in each language, the phrasings that lead to it and those that must not."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

LANGUAGES = ("en", "it", "id")


class Status(StrEnum):
    """Where an entry stands; only `approved` is ever served."""

    DRAFT = "draft"
    APPROVED = "approved"
    QUARANTINED = "quarantined"
    RETIRED = "retired"


class HardNegative(msgspec.Struct, frozen=True, kw_only=True):
    """A near question that must not get this answer; `why` is `category: note`."""

    text: str
    language: str
    why: str


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A document the answer stands on; `as_of` is its month (YYYY-MM), `score` its relevance 0..1 where known."""

    document_id: str
    title: str
    as_of: str
    score: float | None = None


class Boundary(msgspec.Struct, frozen=True, kw_only=True):
    """What a match needs: the least score, the least lead over the next cluster, the most that may stay unexplained.

    Scores are the mean of cosine and lexical similarity (0..1). The defaults are the prior of an entry without
    a boundary of its own; `tests/quality/test_golden.py` measures them.
    """

    score: float = 0.5
    lead: float = 0.06
    unexplained: float = 0.25


class GoldenEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One golden answer. Mappings are by language (`en`, `it`, `id`); `simulated` where a simulator wrote it."""

    cluster_id: str
    topic: str
    asks: str
    subject: tuple[str, ...]
    questions: Mapping[str, str]
    variations: Mapping[str, tuple[str, ...]]
    hard_negatives: tuple[HardNegative, ...]
    answers: Mapping[str, str]
    sources: tuple[Source, ...]
    confidence: float = 1.0
    simulated: bool = False
    status: Status = Status.DRAFT
    version: int = 1
    expires_at: datetime | None = None
    boundary: Boundary = Boundary()

    def phrasings(self) -> Iterator[tuple[str, str]]:
        """Yield (text, language) of every question that this entry answers."""
        for language, question in self.questions.items():
            yield question, language
        for language, variations in self.variations.items():
            yield from ((text, language) for text in variations)

    def served_at(self, now: datetime) -> bool:
        """Tell whether the entry may be served: approved and not past its expiry (both in UTC)."""
        return self.status is Status.APPROVED and (self.expires_at is None or now < self.expires_at)
