"""The queries of a week: masked, exact duplicates counted first, each with how many people asked it."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from zantara.text.normal import normal_form, query_hash
from zantara.text.privacy import mask

_MAX_LENGTH = 300
_MIN_WORDS = 2


class AskedQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A question as it stands in the record, and a pseudonym of who asked."""

    text: str
    language: str
    person: str


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """One distinct question: its commonest wording, how often it was asked, by whom (pseudonyms)."""

    hash: str
    text: str
    language: str
    frequency: int
    people: frozenset[str]


def distinct(asked: Iterable[AskedQuery]) -> list[Query]:
    """Fold equal normal forms; too long or too short for a general question is left out. Ordered by frequency, hash."""
    groups: dict[str, list[AskedQuery]] = defaultdict(list)
    for query in asked:
        words = normal_form(query.text).split()
        if len(query.text) <= _MAX_LENGTH and len(words) >= _MIN_WORDS:
            groups[query_hash(mask(query.text))].append(query)
    folded = [_fold(key, group) for key, group in groups.items()]
    return sorted(folded, key=lambda query: (-query.frequency, query.hash))


def _fold(key: str, group: list[AskedQuery]) -> Query:
    wordings: dict[tuple[str, str], int] = defaultdict(int)
    for query in group:
        wordings[mask(query.text), query.language] += 1
    (text, language), _ = min(wordings.items(), key=lambda pair: (-pair[1], pair[0]))
    people = frozenset(query.person for query in group)
    return Query(hash=key, text=text, language=language, frequency=len(group), people=people)
