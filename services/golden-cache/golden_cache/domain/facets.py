"""What a message asks, about which thing, with which figures and which polarity: read without a model."""

import re

import msgspec

from golden_cache.domain.aspects import asked
from golden_cache.domain.leaning import Leaning, leanings
from golden_cache.domain.lexicon import Concepts, lexicon
from golden_cache.domain.polarity import lacking, negated
from golden_cache.domain.quantities import Quantity, quantities
from golden_cache.domain.spans import is_code, is_year, spans
from zantara.text.normal import normal_form, unaccented

MAX_WORDS = 60
_SPLIT_CODE = re.compile(r"\b([a-f]) (\d{1,2}[a-z])\b")


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """One message read.

    `things` holds the alternatives of each recognised thing, `words` what no lexicon knows, `negated` what is denied,
    `lacking` what is said to be absent (`without`); `length` counts all words, also those beyond `MAX_WORDS`.
    """

    language: str | None
    asks: frozenset[str]
    things: frozenset[Concepts]
    words: frozenset[str]
    codes: frozenset[str]
    years: frozenset[int]
    quantities: frozenset[Quantity]
    currencies: frozenset[str]
    negated: frozenset[str]
    lacking: frozenset[str]
    leanings: frozenset[Leaning]
    length: int


def facets(text: str, language: str | None) -> Facets:
    """Read one message; what lies beyond `MAX_WORDS` is not read, and the guard refuses a message of that length."""
    tokens = split(text)
    read = tokens[:MAX_WORDS]
    found = spans(read, lexicon())
    concepts = [span.concepts for span in found if span.concepts]
    things = frozenset(span.things for span in found if span.things)
    figures, currencies = quantities([t for t in read if not is_code(t) and not is_year(t)])
    return Facets(
        language=language,
        asks=asked(found, frozenset(c for thing in things for c in thing), figures=bool(figures)),
        things=things,
        words=frozenset(span.tokens[0] for span in found if span.content and not span.concepts),
        codes=frozenset(filter(is_code, read)),
        years=frozenset(int(token) for token in read if is_year(token)),
        quantities=figures,
        currencies=currencies,
        negated=negated(read, found),
        lacking=lacking(found),
        leanings=leanings(read, concepts),
        length=len(tokens),
    )


def split(text: str) -> list[str]:
    """Split a text into the words that lexicons know: normal form without diacritics, broken codes joined."""
    form = unaccented(normal_form(text)).replace(" per cento", " percento")
    return _SPLIT_CODE.sub(r"\1\2", form).split()
