"""Negation in three languages: what is denied, told from the `boleh gak?` that only asks."""

from golden_cache.domain.lexicon.forms import word_set
from golden_cache.domain.lexicon.grammar import NEGATIONS, TAG_FOLLOWERS, TAG_MODALS
from golden_cache.domain.spans import Span

_NEGATIONS = word_set(NEGATIONS)
_TAG_MODALS = word_set(TAG_MODALS)
_TAG_FOLLOWERS = word_set(TAG_FOLLOWERS)
_INDONESIAN = word_set("tidak nggak gak ga enggak engga ngga kagak ndak tak tdk gk")
_WITHOUT = frozenset({"without", "senza", "tanpa"})
_REACH = 4
_NOTHING = "?"


def negated(tokens: list[str], spans: list[Span]) -> frozenset[str]:
    """Name the first thing after each denial; `?` where it denies nothing that is known."""
    return frozenset(
        _target(spans[at + 1 : at + 1 + _REACH])
        for at, span in enumerate(spans)
        if span.tokens[0] in _NEGATIONS and len(span.tokens) == 1 and not _is_tag(tokens, span.start)
    )


def lacking(spans: list[Span]) -> frozenset[str]:
    """Name what is said to be absent: the thing after `without`, `senza`, `tanpa`."""
    return frozenset(
        _target(spans[at + 1 : at + 1 + _REACH]) for at, span in enumerate(spans) if span.tokens[0] in _WITHOUT
    )


def _is_tag(tokens: list[str], at: int) -> bool:
    before = tokens[at - 1] if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    if not after:
        return True
    if tokens[at] in _INDONESIAN:
        return before in _TAG_MODALS
    return before in {"o", "or"} and after in _TAG_FOLLOWERS


def _target(following: list[Span]) -> str:
    found = [
        span.things[0] if span.things else span.tokens[0][:5]
        for span in following
        if span.things or (span.content and not span.concepts)
    ]
    telling = [target for target in found if not target.startswith("gen.")]
    return (telling or found or [_NOTHING])[0]
