"""The immutable in-process index: all phrasings of all served entries, their vectors, features and profiles."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import TypeAlias, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from golden_cache.domain.entries import GoldenEntry
from golden_cache.domain.features import Weights, features, weights
from golden_cache.domain.profile import Profile
from golden_cache.domain.reading import Reading
from zantara.text.normal import query_hash

Floats: TypeAlias = NDArray[np.float32]
Integers: TypeAlias = NDArray[np.int32]
Number = TypeVar("Number", bound=np.generic)


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """What must be equal for an answer to be the same answer: a lookup in another scope finds nothing."""

    embedding_model: str
    persona: str = "default"
    policy_version: str = "1"


class Row(msgspec.Struct, frozen=True):
    """One text of the index: a phrasing or a hard negative of a cluster."""

    cluster: int
    text: str
    language: str
    negative: bool


class Exact(msgspec.Struct, frozen=True):
    """Where an exact text leads: the cluster and the languages it is stored in."""

    cluster: int
    languages: frozenset[str]


class Postings(msgspec.Struct, frozen=True):
    """The places (rows or clusters) that have a feature, and its share in each one's unit vector."""

    places: Integers
    shares: Floats


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Entries by position; `rows` and `vectors` (rows, dimension) run by cluster, `starts` holds each one's first.

    `postings` lead from features to rows, `wholes` to clusters: the mean of a cluster's phrasings, of unit length.
    """

    scope: Scope
    entries: tuple[GoldenEntry, ...]
    profiles: tuple[Profile, ...]
    exact: Mapping[str, Exact]
    rows: tuple[Row, ...]
    starts: Integers
    positive: NDArray[np.bool_]
    vectors: Floats
    postings: Mapping[str, Postings]
    wholes: Mapping[str, Postings]
    worth: Weights

    @property
    def size(self) -> int:
        """How many texts are compared with."""
        return len(self.rows)


def served(entries: Iterable[GoldenEntry], now: datetime) -> list[GoldenEntry]:
    """Pick the entries that may be served, in a stable order."""
    return sorted((e for e in entries if e.served_at(now)), key=lambda entry: entry.cluster_id)


def texts_of(readings: Iterable[Reading]) -> list[str]:
    """List the texts that need a vector, in the order in which `build` takes the vectors."""
    return [text.text for reading in readings for text in reading.texts]


def build(readings: Sequence[Reading], vectors: Floats, scope: Scope) -> Snapshot:
    """Build a snapshot; `vectors` are those of `texts_of(readings)`, of unit length and of the scope's model."""
    rows = [Row(at, t.text, t.language, t.negative) for at, reading in enumerate(readings) for t in reading.texts]
    if len(rows) != len(vectors):
        raise ValueError(f"{len(rows)} texts, {len(vectors)} vectors")
    if any(not reading.texts for reading in readings):
        raise ValueError("an entry without a text")
    worth = weights(_named(reading) for reading in readings)
    units = [[unit(features(text.read), worth) for text in reading.texts] for reading in readings]
    return Snapshot(
        scope=scope,
        entries=tuple(reading.entry for reading in readings),
        profiles=tuple(reading.profile for reading in readings),
        exact=_exact(rows),
        rows=tuple(rows),
        starts=_starts(readings),
        positive=_fixed(np.array([not row.negative for row in rows], dtype=np.bool_)),
        vectors=_fixed(np.ascontiguousarray(vectors, dtype=np.float32)),
        postings=_postings(chain.from_iterable(units)),
        wholes=_postings(_whole(reading, some) for reading, some in zip(readings, units, strict=True)),
        worth=worth,
    )


def unit(named: frozenset[str], worth: Weights) -> dict[str, float]:
    """Scale the features of a text to unit length."""
    return _scaled({feature: worth[feature] for feature in named})


def _named(reading: Reading) -> frozenset[str]:
    return frozenset().union(*(features(text.read) for text in reading.texts if not text.negative))


def _exact(rows: Iterable[Row]) -> dict[str, Exact]:
    """Lead each text to its cluster; a text that two clusters claim, or that one refuses, leads nowhere."""
    languages: dict[str, set[str]] = defaultdict(set)
    clusters: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        key = query_hash(row.text)
        languages[key].add(row.language)
        clusters[key].add(-1 if row.negative else row.cluster)
    return {
        key: Exact(next(iter(found)), frozenset(languages[key]))
        for key, found in clusters.items()
        if len(found) == 1 and -1 not in found
    }


def _starts(readings: Sequence[Reading]) -> Integers:
    sizes = [len(reading.texts) for reading in readings]
    return _fixed(np.cumsum([0, *sizes], dtype=np.int32)[:-1].copy())


def _whole(reading: Reading, units: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Add the phrasings of a cluster up to one vector of unit length."""
    total: dict[str, float] = defaultdict(float)
    for text, shares in zip(reading.texts, units, strict=True):
        if not text.negative:
            for feature, share in shares.items():
                total[feature] += share
    return _scaled(total)


def _scaled(shares: Mapping[str, float]) -> dict[str, float]:
    norm = math.sqrt(sum(share * share for share in shares.values())) or 1.0
    return {feature: share / norm for feature, share in shares.items()}


def _postings(units: Iterable[Mapping[str, float]]) -> dict[str, Postings]:
    places: dict[str, list[int]] = defaultdict(list)
    shares: dict[str, list[float]] = defaultdict(list)
    for at, some in enumerate(units):
        for feature, share in some.items():
            places[feature].append(at)
            shares[feature].append(share)
    return {
        feature: Postings(
            _fixed(np.array(places[feature], dtype=np.int32)), _fixed(np.array(shares[feature], dtype=np.float32))
        )
        for feature in places
    }


def _fixed(array: NDArray[Number]) -> NDArray[Number]:
    array.setflags(write=False)
    return array
