"""Equivalent queries, found by a deterministic cosine graph; each cluster keeps its identity from week to week.

Leader clustering over the graph (Hartigan 1975): the most frequent query not yet in a cluster leads one, and every free
query at least `threshold` near to it joins. Single linkage would chain unlike questions together. Exact duplicates were
folded before, so they cannot be split.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from llama_worker.domain.queries import Query
from zantara.text.normal import normal_form

Vectors = NDArray[np.float32]

_SLUG_WORDS = 3


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
    unassigned = np.ones(len(queries), dtype=bool)
    found: list[Cluster] = []
    taken: set[str] = set()
    for leader in range(len(queries)):
        if not unassigned[leader]:
            continue
        similarity = vectors @ vectors[leader]
        near = np.flatnonzero(unassigned & (similarity >= threshold))
        near = near if leader in near else np.append(near, leader)
        unassigned[near] = False
        order = sorted(near.tolist(), key=lambda index: (index != leader, -similarity[index], index))
        members = tuple(Member(query=queries[index], similarity=round(float(similarity[index]), 4)) for index in order)
        candidate = _named(members, known, taken)
        taken.add(candidate.cluster_id)
        found.append(candidate)
    kept = [each for each in found if each.frequency >= min_queries and each.people >= min_people]
    return sorted(kept, key=lambda each: (-each.frequency, each.cluster_id))


def coverage(clusters: Sequence[Cluster], queries: Sequence[Query], top: int = 50) -> float:
    """Share of all asked queries that the `top` clusters hold, 0..1."""
    asked = sum(query.frequency for query in queries)
    return round(sum(each.frequency for each in clusters[:top]) / asked, 4) if asked else 0.0


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
