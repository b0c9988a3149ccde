"""Equivalent queries, found by a deterministic cosine graph; each cluster keeps its identity from week to week.

Leader clustering over the graph (Hartigan 1975): the most frequent query not yet in a cluster leads one, and every free
query at least `threshold` near to it joins. Single linkage would chain unlike questions together. Exact duplicates were
folded before, so they cannot be split. Matrix products of blocks of leaders find who may be near; since their last bits
depend on block and machine, sums in a fixed order decide.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from llama_worker.domain.queries import Query
from zantara.text.normal import normal_form

Vectors = NDArray[np.float32]
Places = NDArray[np.intp]
Similarities = NDArray[np.float64]

_SLUG_WORDS = 3
_BLOCK = 256
_SLACK = 1e-3
"""Far above the rounding of a float32 product of unit vectors."""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A query in its cluster, and its similarity to the canonical one."""

    query: Query
    similarity: float


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """Equivalent queries; the first member is the canonical one."""

    cluster_id: str
    members: tuple[Member, ...]
    known: bool = False

    @property
    def canonical(self) -> Query:
        """The most frequent query of the cluster."""
        return self.members[0].query

    @property
    def frequency(self) -> int:
        """How often any of its queries was asked."""
        return sum(member.query.frequency for member in self.members)

    @property
    def people(self) -> int:
        """How many distinct people asked."""
        return len(frozenset[str]().union(*(member.query.people for member in self.members)))


def cluster(
    queries: Sequence[Query],
    vectors: Vectors,
    *,
    threshold: float,
    min_queries: int,
    min_people: int,
    known: Mapping[str, str],
) -> list[Cluster]:
    """Clusters by falling frequency; `queries` in falling frequency, `vectors` of unit length in the same order.

    `known` maps the hash of a query to the cluster it belonged to before: the id lives on.
    """
    found: list[Cluster] = []
    taken: set[str] = set()
    for near, similarity in _groups(vectors, threshold):
        members = tuple(
            Member(query=queries[index], similarity=round(float(value), 4))
            for index, value in zip(near, similarity, strict=True)
        )
        candidate = _named(members, known, taken)
        taken.add(candidate.cluster_id)
        found.append(candidate)
    kept = [each for each in found if each.frequency >= min_queries and each.people >= min_people]
    return sorted(kept, key=lambda each: (-each.frequency, each.cluster_id))


def coverage(clusters: Sequence[Cluster], queries: Sequence[Query], top: int = 50) -> float:
    """Share of all asked queries that the `top` clusters hold, 0..1."""
    asked = sum(query.frequency for query in queries)
    return round(sum(each.frequency for each in clusters[:top]) / asked, 4) if asked else 0.0


def _groups(vectors: Vectors, threshold: float) -> Iterator[tuple[Places, Similarities]]:
    """Each leader's group, itself first, then by falling similarity; every place is in one group."""
    unassigned = np.ones(len(vectors), dtype=bool)
    while len(free := np.flatnonzero(unassigned)):
        leaders = free[:_BLOCK]
        rough = vectors[leaders] @ vectors[free].T
        for leader, row in zip(leaders, rough, strict=True):
            if not unassigned[leader]:
                continue
            maybe = free[row >= threshold - _SLACK]
            near, similarity = _near(vectors, leader, maybe[unassigned[maybe]], threshold)
            unassigned[near] = False
            yield near, similarity


def _near(vectors: Vectors, leader: np.intp, maybe: Places, threshold: float) -> tuple[Places, Similarities]:
    """Those of the candidates that are near indeed, in order; the leader whatever its length."""
    others = maybe[maybe != leader]
    similarity = _similarity(vectors, leader, others)
    others, similarity = others[similarity >= threshold], similarity[similarity >= threshold]
    order = np.lexsort((others, -similarity))
    own = np.array([leader])
    return np.append(own, others[order]), np.append(_similarity(vectors, leader, own), similarity[order])


def _similarity(vectors: Vectors, leader: np.intp, others: Places) -> Similarities:
    """Cosine of unit vectors, each summed by itself: no neighbour in the matrix can move its last bit."""
    products: Similarities = vectors[others].astype(np.float64) * vectors[leader]
    return np.asarray(products.sum(axis=1), dtype=np.float64)


def _named(members: tuple[Member, ...], known: Mapping[str, str], taken: set[str]) -> Cluster:
    """The id that most of its queries had before, else one made of the canonical query."""
    votes: dict[str, int] = {}
    for member in members:
        before = known.get(member.query.hash)
        if before is not None and before not in taken:
            votes[before] = votes.get(before, 0) + member.query.frequency
    if votes:
        return Cluster(cluster_id=max(sorted(votes), key=votes.__getitem__), members=members, known=True)
    canonical = members[0].query
    words = re.findall(r"[a-z0-9]{3,}", normal_form(canonical.text))
    slug = "-".join(sorted(set(words), key=lambda word: (-len(word), word))[:_SLUG_WORDS])
    return Cluster(cluster_id=f"{slug or 'query'}-{canonical.hash[:8]}"[:100], members=members)
