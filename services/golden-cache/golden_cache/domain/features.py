"""The features by which texts are compared beside their embeddings, and what each is worth.

A feature is a thing, a code, an unknown word's stem, an aspect or a denial; it weighs the more the fewer clusters
have it (inverse document frequency, Spärck Jones 1972).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from golden_cache.domain.facets import Facets
from golden_cache.domain.guard import explains, is_generic
from golden_cache.domain.lexicon import Concepts
from golden_cache.domain.profile import Profile
from golden_cache.domain.words import stem_of, word_keys

_SMALL_STOCK = 30
_LEAST = 0.05
_ASPECT_SHARE = 0.5
_GENERIC_SHARE = 0.35


def features(read: Facets) -> frozenset[str]:
    """Name all features of a text."""
    return frozenset(
        {concept for thing in read.things for concept in thing}
        | read.codes
        | {f"w:{stem_of(word)}" for word in read.words}
        | {f"a:{aspect}" for aspect in read.asks if aspect != "permission"}
        | {f"n:{denial}" for denial in read.negated}
    )


class Weights(msgspec.Struct, frozen=True):
    """What each feature is worth over a stock of `clusters`; an unknown one is worth the most."""

    clusters: int
    frequency: Mapping[str, int]

    def __getitem__(self, feature: str) -> float:
        """Weigh one feature; aspects and generic things weigh less than what they are said of."""
        seen = self.frequency.get(feature, 0)
        worth = max(_LEAST, math.log((self.clusters + _SMALL_STOCK) / (seen + 0.5)))
        if feature.startswith("a:"):
            return worth * _ASPECT_SHARE
        return worth * _GENERIC_SHARE if is_generic(feature) else worth

    def thing(self, thing: Concepts) -> float:
        """Weigh a thing by its least telling meaning."""
        return min(self[concept] for concept in thing)


def weights(stock: Iterable[frozenset[str]]) -> Weights:
    """Count in how many clusters each feature occurs; one set of features per cluster."""
    clusters = list(stock)
    return Weights(len(clusters), Counter(feature for cluster in clusters for feature in cluster))


def unexplained(query: Facets, entry: Profile, worth: Weights) -> float:
    """Measure the share of what a message says that the entry does not speak of (0..1; 1 for an empty message)."""
    said = missing = 0.0
    for word in query.words:
        weight = worth[f"w:{stem_of(word)}"]
        said += weight
        missing += 0.0 if entry.word_keys.intersection(word_keys(word)) else weight
    for thing in query.things:
        weight = worth.thing(thing)
        said += weight
        missing += 0.0 if explains(entry, thing) or entry.told.intersection(thing) else weight
    said += sum(worth[code] for code in query.codes)
    return missing / said if said else 1.0
