"""A draft of a golden answer: what the model must give, and why a draft may not be proposed."""

from collections.abc import Mapping, Sequence

import msgspec

from zantara.events import HardNegative, Passage, Source
from zantara.text.figures import unsupported
from zantara.text.language import identify
from zantara.text.privacy import personal_data

LANGUAGES = ("en", "it", "id")
_MIN_LENGTH = 60
_MAX_LENGTH = 3000
_MAX_VARIATIONS = 8
_ORDERS = ("ignore previous", "ignora le istruzioni", "abaikan instruksi", "system prompt", "as an ai")


class Texts(msgspec.Struct, frozen=True, kw_only=True):
    """A text per language, null where the passages do not allow one."""

    en: str | None = None
    it: str | None = None
    id: str | None = None


class Lists(msgspec.Struct, frozen=True, kw_only=True):
    """Phrasings per language."""

    en: tuple[str, ...] = ()
    it: tuple[str, ...] = ()
    id: tuple[str, ...] = ()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What the model is asked for; `covered` false says that the passages do not answer the question."""

    covered: bool
    answers: Texts
    variations: Lists
    hard_negatives: tuple[HardNegative, ...]
    sources: tuple[str, ...]


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a draft that may be proposed, by language."""

    answers: dict[str, str]
    variations: dict[str, tuple[str, ...]]
    hard_negatives: tuple[HardNegative, ...]
    sources: tuple[Source, ...]


def accept(draft: Draft, passages: Sequence[Passage]) -> Accepted | str:
    """The acceptable part, or the reason why there is none.

    A rendering that fails is left out, so that its language misses; without any rendering the draft is dropped with
    the first reason. Every figure must stand in a passage, every source must be one of the passages.
    """
    if not draft.covered:
        return "not_covered"
    cited = {passage.document_id: passage for passage in passages if _cites(draft.sources, passage)}
    if not cited:
        return "no_sources"
    answers: dict[str, str] = {}
    reasons: list[str] = []
    for language, text in msgspec.structs.asdict(draft.answers).items():
        reason = _fault(text, language, passages)
        if reason is None and text is not None:
            answers[language] = text.strip()
        elif text:
            reasons.append(reason or "")
    if not answers:
        return reasons[0] if reasons else "empty"
    return Accepted(
        answers=answers,
        variations={language: _phrasings(getattr(draft.variations, language)) for language in LANGUAGES},
        hard_negatives=tuple(each for each in draft.hard_negatives if not personal_data(each.text)),
        sources=tuple(
            Source(id=passage.document_id, title=passage.title, score=passage.score, as_of=passage.as_of)
            for passage in cited.values()
        ),
    )


def questions(wordings: Mapping[str, str], accepted: Accepted) -> dict[str, str]:
    """The canonical question per language that has an answer: asked so, else the first phrasing in it."""
    found: dict[str, str] = {}
    for language in accepted.answers:
        phrasings = accepted.variations.get(language, ())
        wording = wordings.get(language) or (phrasings[0] if phrasings else None)
        if wording:
            found[language] = wording
    return found


def _cites(sources: Sequence[str], passage: Passage) -> bool:
    return passage.passage_id in sources or passage.document_id in sources


def _fault(text: str | None, language: str, passages: Sequence[Passage]) -> str | None:
    if text is None or not text.strip():
        return "empty"
    checks = (
        ("length", not _MIN_LENGTH <= len(text) <= _MAX_LENGTH),
        ("wrong_language", identify(text).language != language),
        ("personal_data", bool(personal_data(text))),
        ("instruction", any(order in text.casefold() for order in _ORDERS)),
        ("unsupported_figure", bool(unsupported(text, [f"{each.title} {each.text}" for each in passages]))),
    )
    return next((reason for reason, failed in checks if failed), None)


def _phrasings(texts: Sequence[str]) -> tuple[str, ...]:
    clean = (text.strip() for text in texts if text.strip() and not personal_data(text))
    return tuple(dict.fromkeys(clean))[:_MAX_VARIATIONS]
