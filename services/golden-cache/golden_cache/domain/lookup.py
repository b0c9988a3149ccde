"""One lookup: exact, else the best cluster by meaning and words, its boundary, its hard negatives, then the guard."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec
import numpy as np

from golden_cache.domain.entries import Boundary, GoldenEntry
from golden_cache.domain.facets import Facets, facets
from golden_cache.domain.features import features, unexplained
from golden_cache.domain.guard import RejectReason, is_generic, verify
from golden_cache.domain.language import answer_language
from golden_cache.domain.profile import Profile
from golden_cache.domain.snapshot import Exact, Floats, Postings, Scope, Snapshot, unit
from golden_cache.domain.words import stem_of, word_keys
from zantara.text.normal import query_hash

_ANCHOR_WORTH = 2.0
_COSINE_SHARE = 0.5


class MatchType(StrEnum):
    """How a hit was found."""

    EXACT = "exact"
    SEMANTIC = "semantic"


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked up; `language` is that of the message where it is sure, `vector` of unit length or none."""

    text: str
    scope: Scope
    vector: Floats | None = None
    language: str | None = None
    conversation_language: str | None = None


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that answers; `similarity` is the cosine to the nearest phrasing, `score` the combined one."""

    entry: GoldenEntry
    language: str
    match_type: MatchType
    similarity: float
    score: float
    phrasing: str

    @property
    def answer(self) -> str:
        """The rendering in the language asked."""
        return self.entry.answers[self.language]


class Miss(msgspec.Struct, frozen=True, kw_only=True):
    """Why nothing is answered, and the cluster that came nearest."""

    reason: RejectReason
    detail: str = ""
    similarity: float = 0.0
    score: float = 0.0
    cluster_id: str | None = None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """The best cluster: its position, nearest row, scores, its nearest hard negative and the next cluster's score.

    `leads` tells whether the message is also nearer to this cluster as a whole than to any other.
    """

    cluster: int
    row: int
    similarity: float
    score: float
    negative: float
    runner_up: float
    leads: bool


def lookup(snapshot: Snapshot, query: Query) -> Hit | Miss:
    """Find the entry that answers, or say why none does."""
    if query.scope != snapshot.scope:
        return Miss(reason=RejectReason.SCOPE)
    exact = snapshot.exact.get(query_hash(query.text))
    if exact is not None:
        return _exact_hit(snapshot, query, exact)
    if query.vector is None or not snapshot.size:
        return Miss(reason=RejectReason.NO_CANDIDATE)
    read = facets(query.text, query.language)
    if not read.things and not read.words and not read.codes:
        return Miss(reason=RejectReason.EMPTY)
    return _judge(snapshot, query, read, nearest(snapshot, query.vector, read))


def nearest(snapshot: Snapshot, vector: Floats, read: Facets) -> Candidate:
    """Score every text by cosine and by shared features, and take the cluster of the best phrasing."""
    shares = unit(features(read), snapshot.worth)
    cosine = snapshot.vectors @ vector
    score = _COSINE_SHARE * cosine + (1.0 - _COSINE_SHARE) * _shared(snapshot.postings, shares, snapshot.size)
    wholes = _shared(snapshot.wholes, shares, len(snapshot.entries))
    best = np.maximum.reduceat(np.where(snapshot.positive, score, -1.0), snapshot.starts)
    negative = np.maximum.reduceat(np.where(snapshot.positive, -1.0, score), snapshot.starts)
    cluster = int(best.argmax())
    begin = int(snapshot.starts[cluster])
    end = int(snapshot.starts[cluster + 1]) if cluster + 1 < len(snapshot.starts) else snapshot.size
    here = np.where(snapshot.positive[begin:end], score[begin:end], -1.0)
    row = begin + int(here.argmax())
    return Candidate(
        cluster=cluster,
        row=row,
        similarity=float(cosine[row]),
        score=float(best[cluster]),
        negative=float(negative[cluster]),
        runner_up=float(np.partition(best, -2)[-2]) if len(best) > 1 else 0.0,
        leads=bool(wholes[cluster] >= wholes.max()),
    )


def _shared(postings: Mapping[str, Postings], shares: Mapping[str, float], size: int) -> Floats:
    """Cosine of the weighed features of a text with those of every row or cluster."""
    scores = np.zeros(size, dtype=np.float32)
    for feature, share in shares.items():
        if (found := postings.get(feature)) is not None:
            scores[found.places] += share * found.shares
    return scores


def _exact_hit(snapshot: Snapshot, query: Query, exact: Exact) -> Hit | Miss:
    entry = snapshot.entries[exact.cluster]
    language = answer_language(query.language, query.conversation_language)
    if language is None and len(exact.languages) == 1:
        (language,) = exact.languages
    if language is None or language not in entry.answers:
        return Miss(reason=RejectReason.LANGUAGE, similarity=1.0, score=1.0, cluster_id=entry.cluster_id)
    return Hit(
        entry=entry, language=language, match_type=MatchType.EXACT, similarity=1.0, score=1.0, phrasing=query.text
    )


def _judge(snapshot: Snapshot, query: Query, read: Facets, found: Candidate) -> Hit | Miss:
    entry = snapshot.entries[found.cluster]
    refusal = _against(snapshot, read, found)
    language = answer_language(query.language, query.conversation_language)
    if refusal is None and language is not None and language in entry.answers:
        return Hit(
            entry=entry,
            language=language,
            match_type=MatchType.SEMANTIC,
            similarity=found.similarity,
            score=found.score,
            phrasing=snapshot.rows[found.row].text,
        )
    reason, detail = refusal or (RejectReason.LANGUAGE, language or "")
    return Miss(
        reason=reason,
        detail=detail,
        similarity=found.similarity,
        score=found.score,
        cluster_id=entry.cluster_id,
    )


def _against(snapshot: Snapshot, read: Facets, found: Candidate) -> tuple[RejectReason, str] | None:
    """Name what speaks against the candidate; the guard speaks first, since its reasons say the most."""
    profile = snapshot.profiles[found.cluster]
    boundary = snapshot.entries[found.cluster].boundary
    verdict = verify(read, profile)
    if verdict.reason is not None:
        return verdict.reason, verdict.detail
    if not anchored(snapshot, read, profile):
        return RejectReason.NO_ANCHOR, ""
    missing = unexplained(read, profile, snapshot.worth)
    if missing > boundary.unexplained:
        return RejectReason.UNEXPLAINED, f"{missing:.2f}"
    return _beyond(boundary, found)


def _beyond(boundary: Boundary, found: Candidate) -> tuple[RejectReason, str] | None:
    if found.negative >= found.score:
        return RejectReason.HARD_NEGATIVE, f"{found.negative:.2f}"
    if found.score < boundary.score:
        return RejectReason.BELOW_BOUNDARY, f"{boundary.score:.2f}"
    if found.score - found.runner_up < boundary.lead or not found.leads:
        return RejectReason.AMBIGUOUS, f"{found.runner_up:.2f}"
    return None


def anchored(snapshot: Snapshot, read: Facets, profile: Profile) -> bool:
    """Tell whether the message names what the entry is about: its code, its subject, or what few others speak of."""
    if read.codes & profile.codes:
        return True
    named = {concept for thing in read.things for concept in thing if not is_generic(concept)} & profile.things
    if any(concept in profile.subject or snapshot.worth[concept] >= _ANCHOR_WORTH for concept in named):
        return True
    words = [f"w:{stem_of(word)}" for word in read.words if profile.word_keys & word_keys(word)]
    return any(word in snapshot.postings and snapshot.worth[word] >= _ANCHOR_WORTH for word in words)
