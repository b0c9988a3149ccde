"""What an entry covers, gathered from its phrasings, its answers and its hard negatives: the guard's other side."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from golden_cache.domain.entries import GoldenEntry
from golden_cache.domain.facets import Facets, facets
from golden_cache.domain.leaning import Leaning
from golden_cache.domain.quantities import Quantity
from golden_cache.domain.words import word_keys

_ASPECTS = {
    "cost": frozenset({"cost", "amount"}),
    "duration": frozenset({"processing", "validity"}),
    "requirements": frozenset({"requirements", "documents"}),
    "documents": frozenset({"documents", "requirements"}),
    "process": frozenset({"process"}),
    "penalty": frozenset({"penalty"}),
    "comparison": frozenset({"comparison"}),
    "definition": frozenset({"definition"}),
}
_MOSTLY = 0.6
_OFTEN = 0.25
# A phrasing that shares its thing with a hard negative proves little.
_OUTWEIGHS = 2

T = TypeVar("T")


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """The union of what an entry's phrasings say, and for figures and words of what its answers say too.

    `subject` are the things its subject tags name, `told` those that only its answers name, `absent` those that its
    phrasings mostly name as missing (`without a permit`).
    """

    cluster_id: str
    asks: frozenset[str]
    subject: frozenset[str]
    things: frozenset[str]
    told: frozenset[str]
    word_keys: frozenset[str]
    codes: frozenset[str]
    years: frozenset[int]
    quantities: frozenset[Quantity]
    currencies: frozenset[str]
    negated: frozenset[str]
    absent: frozenset[str]
    leanings: frozenset[Leaning]


def gather(
    entry: GoldenEntry, *, phrasings: Sequence[Facets], negatives: Sequence[Facets], answers: Sequence[Facets]
) -> Profile:
    """Gather from texts already read (fitting leaves one phrasing out at a time)."""
    said = [*phrasings, *answers]
    subject = [facets(tag, None) for tag in entry.subject]
    canonical = [facets(question, language) for language, question in entry.questions.items()]
    return Profile(
        cluster_id=entry.cluster_id,
        asks=_covered_aspects(phrasings, negatives)
        | _union(read.asks for read in canonical)
        | _ASPECTS.get(entry.asks, frozenset()),
        subject=frozenset(c for c in _things(subject) if not c.startswith("gen.")) | _union(s.codes for s in subject),
        things=_covered_things(phrasings, negatives) | _things([*subject, *canonical]),
        told=_things(answers),
        word_keys=frozenset(key for read in said for word in read.words for key in word_keys(word)),
        codes=_union(read.codes for read in phrasings),
        years=_union(read.years for read in phrasings),
        quantities=_union(read.quantities for read in said),
        currencies=_union(read.currencies for read in said),
        negated=_denied(phrasings, (read.negated for read in phrasings), _OFTEN),
        absent=_denied(phrasings, (read.lacking for read in phrasings), _MOSTLY),
        leanings=_union(read.leanings for read in phrasings),
    )


def _covered_aspects(phrasings: Sequence[Facets], negatives: Sequence[Facets]) -> frozenset[str]:
    wanted = Counter(aspect for read in phrasings for aspect in read.asks)
    refused = Counter(aspect for read in negatives for aspect in read.asks)
    return frozenset(a for a, times in wanted.items() if times > _OUTWEIGHS * refused[a])


def _denied(phrasings: Sequence[Facets], denials: Iterable[frozenset[str]], share: float) -> frozenset[str]:
    """Take what is denied in at least this share of the phrasings that name it."""
    named = Counter(c for read in phrasings for c in _things([read]))
    denied = Counter(thing for some in denials for thing in some)
    return frozenset(thing for thing, times in denied.items() if times >= share * max(named[thing], 1))


def _covered_things(phrasings: Sequence[Facets], negatives: Sequence[Facets]) -> frozenset[str]:
    wanted = Counter(c for read in phrasings for c in _things([read]))
    refused = Counter(c for read in negatives for c in _things([read]))
    return frozenset(c for c, times in wanted.items() if times > _OUTWEIGHS * refused[c])


def _things(read: Iterable[Facets]) -> frozenset[str]:
    return frozenset(c for one in read for thing in one.things for c in thing)


def _union(sets: Iterable[frozenset[T]]) -> frozenset[T]:
    return frozenset().union(*sets)
