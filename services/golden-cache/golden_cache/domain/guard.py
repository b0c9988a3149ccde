"""The guard: decides without a model whether an entry answers a message, and says why not. It fails closed."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from golden_cache.domain.aspects import OPEN_ASPECTS
from golden_cache.domain.facets import Facets
from golden_cache.domain.leaning import Leaning
from golden_cache.domain.lexicon import Concepts
from golden_cache.domain.lexicon.forms import word_set
from golden_cache.domain.profile import Profile

MOST_WORDS = 40


class RejectReason(StrEnum):
    """Why a lookup missed; each is counted."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    SCOPE = "scope"
    LANGUAGE = "language"
    NO_CANDIDATE = "no_candidate"
    PERSONAL = "personal"
    CONTEXT = "context"
    STALE = "stale"
    ASPECT = "aspect"
    CODE = "code"
    SUBJECT = "subject"
    COMPANY_TYPE = "company_type"
    TAX = "tax"
    PERSON = "person"
    COUNTRY = "country"
    NATIONALITY = "nationality"
    PLACE = "place"
    EVENT = "event"
    YEAR = "year"
    NUMBER = "number"
    CURRENCY = "currency"
    NEGATION = "negation"
    NO_ANCHOR = "no_anchor"
    UNEXPLAINED = "unexplained"
    HARD_NEGATIVE = "hard_negative"
    BELOW_BOUNDARY = "below_boundary"
    AMBIGUOUS = "ambiguous"


class Verdict(msgspec.Struct, frozen=True):
    """What the guard says; `detail` names the thing that stood against it."""

    ok: bool
    reason: RejectReason | None = None
    detail: str = ""


ALLOWED = Verdict(ok=True)

_BY_CLASS = {
    "org": RejectReason.COMPANY_TYPE,
    "tax": RejectReason.TAX,
    "who": RejectReason.PERSON,
    "land": RejectReason.COUNTRY,
    "nat": RejectReason.NATIONALITY,
    "place": RejectReason.PLACE,
    "event": RejectReason.EVENT,
}
# Told in passing more often than meant: left to the measure of what stays unexplained.
PASSING = word_set(
    "who.friend who.family who.neighbour who.client who.colleague act.apply act.check act.add act.choose act.bring "
    "act.hold act.enter act.out"
)


# An aspect that is answered where another one is.
_ALSO = {"howlong": {"howlong", "processing", "validity"}, "amount": {"amount", "cost"}}


def verify(query: Facets, entry: Profile) -> Verdict:
    """Compare what is asked with what is covered; the first disagreement decides."""
    for check in _CHECKS:
        if (against := check(query, entry)) is not None:
            return against
    return ALLOWED


def is_generic(concept: str) -> bool:
    """Tell a concept that separates nothing (a visa, a permit, Bali)."""
    return concept.startswith("gen.")


def _length(query: Facets, entry: Profile) -> Verdict | None:
    return _refuse(RejectReason.TOO_LONG, query.length > MOST_WORDS)


def _personal(query: Facets, entry: Profile) -> Verdict | None:
    return _refuse(RejectReason.PERSONAL, Leaning.PERSONAL in query.leanings)


def _context(query: Facets, entry: Profile) -> Verdict | None:
    return _refuse(RejectReason.CONTEXT, Leaning.CONTEXT in query.leanings)


def _stale(query: Facets, entry: Profile) -> Verdict | None:
    leaning = (query.leanings & {Leaning.FRESH, Leaning.PAST, Leaning.FUTURE}) - entry.leanings
    return _refuse(RejectReason.STALE, bool(leaning), *leaning)


def _year(query: Facets, entry: Profile) -> Verdict | None:
    years = query.years - entry.years
    return _refuse(RejectReason.YEAR, bool(years), *map(str, years))


def _code(query: Facets, entry: Profile) -> Verdict | None:
    codes = query.codes - entry.codes
    return _refuse(RejectReason.CODE, bool(codes), *codes)


def _things(query: Facets, entry: Profile) -> Verdict | None:
    for thing in sorted(query.things):
        if not explains(entry, thing) and not PASSING.intersection(thing):
            kind = thing[0].split(".", 1)[0]
            return Verdict(ok=False, reason=_BY_CLASS.get(kind, RejectReason.SUBJECT), detail=thing[0])
    return None


def _aspect(query: Facets, entry: Profile) -> Verdict | None:
    for aspect in sorted(query.asks - OPEN_ASPECTS - {"status"}):
        if not entry.asks & _ALSO.get(aspect, {aspect}):
            return Verdict(ok=False, reason=RejectReason.ASPECT, detail=aspect)
    return None


def _number(query: Facets, entry: Profile) -> Verdict | None:
    for figure in sorted(query.quantities, key=lambda quantity: (quantity.value, quantity.unit)):
        if not any(figure.agrees(known) for known in entry.quantities):
            return Verdict(ok=False, reason=RejectReason.NUMBER, detail=f"{figure.value:g} {figure.unit}".rstrip())
    return None


def _currency(query: Facets, entry: Profile) -> Verdict | None:
    currencies = query.currencies - entry.currencies
    return _refuse(RejectReason.CURRENCY, bool(currencies), *currencies)


def _negation(query: Facets, entry: Profile) -> Verdict | None:
    denials = query.negated - entry.negated
    named = {c for thing in query.things for c in thing}
    missing = (entry.absent & named) - query.negated
    return _refuse(RejectReason.NEGATION, bool(denials or missing), *denials, *missing)


def explains(entry: Profile, thing: Concepts) -> bool:
    """Tell whether the entry speaks of a thing, or the thing is generic."""
    return any(is_generic(concept) or concept in entry.things for concept in thing)


def _refuse(reason: RejectReason, refused: bool, *details: str) -> Verdict | None:  # noqa: FBT001 - reads as a guard
    return Verdict(ok=False, reason=reason, detail=" ".join(sorted(details))) if refused else None


_CHECKS: tuple[Callable[[Facets, Profile], Verdict | None], ...] = (
    _length, _personal, _context, _stale, _year, _code, _things, _aspect, _number, _currency, _negation,
)  # fmt: skip
