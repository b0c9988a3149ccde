"""Which aspects a message asks for; `how much` and `how long` are told by what stands beside them."""

from collections.abc import Sequence

from golden_cache.domain.lexicon.forms import word_set
from golden_cache.domain.spans import Span

_PREFIX = "ask."
# With one of these, "how much" wants a sum to hold or a rate, not a price to pay.
_QUANTIFIED = word_set(
    "prop.deposit prop.savings prop.bonds biz.capital biz.shares biz.headcount biz.revenue biz.director tax.income "
    "tax.tax tax.brackets tax.vat tax.pph21 tax.corporate tax.half tax.ptkp tax.transfer tax.dividend tax.pkp "
    "tax.rental tax.return work.salary work.minwage work.staff work.dkptka visa.investor visa.retire visa.levy "
    "money.account money.money who.child gen.person"
)
_LASTING = frozenset({"gen.stay"})
_MEASURED = frozenset({"cost", "amount", "times", "processing", "validity", "howlong"})
_FIRST_WORDS = 3
_LAST_WORDS = 2
# How nearly anything may be asked: noted, but no reason to refuse.
OPEN_ASPECTS = frozenset({"permission", "definition", "who", "requirements"})


def asked(spans: Sequence[Span], things: frozenset[str], *, figures: bool) -> frozenset[str]:
    """Resolve the aspects named in a message; `howlong` stays where neither processing nor validity is meant."""
    aspects = {c[len(_PREFIX) :] for span in spans for c in span.concepts if c.startswith(_PREFIX)}
    cue = "cue" in aspects
    if "whenever" in aspects and _asks_when(spans):
        aspects.add("when")
    if "howmany" in aspects:
        aspects.add("amount")
    aspects -= {"cue", "whenever", "howmany"}
    return frozenset(_measures(aspects, things, cue=cue, figures=figures))


def _asks_when(spans: Sequence[Span]) -> bool:
    """Tell the question `when` from the conjunction: it opens or closes the message."""
    length = spans[-1].start + len(spans[-1].tokens)
    return any(
        "ask.whenever" in span.concepts and (span.start < _FIRST_WORDS or span.start >= length - _LAST_WORDS)
        for span in spans
    )


def _measures(aspects: set[str], things: frozenset[str], *, cue: bool, figures: bool) -> set[str]:
    if "howlong" in aspects:
        aspects = (aspects - {"howlong", "howmuch"}) | {_how_long(aspects, things, cue=cue)}
    if "when" in aspects and cue:
        aspects |= {"processing"}
    if "rate" in aspects:
        aspects = (aspects - {"rate"}) | {"amount" if _is_taxed(things) else "cost"}
    if "howmuch" in aspects:
        aspects = aspects - {"howmuch"}
        if not aspects & _MEASURED:
            aspects |= {_how_much(aspects, things, figures=figures)}
    return aspects - {"amount"} if "cost" in aspects else aspects


def _how_much(aspects: set[str], things: frozenset[str], *, figures: bool) -> str:
    if things & _LASTING and not things & _QUANTIFIED:
        return "validity"
    return "amount" if figures or "requirements" in aspects or things & _QUANTIFIED else "cost"


def _how_long(aspects: set[str], things: frozenset[str], *, cue: bool) -> str:
    lasting = "validity" in aspects or bool(things & _LASTING)
    if "processing" in aspects or (cue and not lasting):
        return "processing"
    return "validity" if lasting and not cue else "howlong"


def _is_taxed(things: frozenset[str]) -> bool:
    return any(thing.startswith("tax.") for thing in things)
