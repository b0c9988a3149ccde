"""Which entries may come into stock: pure checks of an imported or proposed one, each fault with field and reason."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from golden_cache.domain.entries import LANGUAGES, GoldenEntry
from golden_cache.domain.language import sure_language
from zantara.text.figures import unsupported
from zantara.text.language import identify
from zantara.text.normal import query_hash, tokens
from zantara.text.privacy import personal_data

ANSWER_WORDS = (15, 260)
PHRASING_CHARS = 400
MOST_VARIATIONS = 200

_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{2,79}")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?")
_INSTRUCTION = re.compile(
    r"""(?ix)
    \b(?:ignore|disregard|forget)\b[\w\s]{0,30}\b(?:instruction|prompt|rule|above)
    | \b(?:ignora|dimentica|trascura)\b[\w\s]{0,30}\b(?:istruzion|prompt|regol)
    | \b(?:abaikan|lupakan)\b[\w\s]{0,30}\b(?:instruksi|perintah|prompt|aturan)
    | \b(?:system|developer)\s+(?:prompt|message)\b
    | \byou\s+are\s+now\b | \bsei\s+ora\b | \banda\s+sekarang\s+adalah\b
    | \bas\s+an\s+ai\b | \bcome\s+(?:ia|intelligenza\s+artificiale)\b | \bsebagai\s+(?:ai|kecerdasan\s+buatan)\b
    | ^\s*(?:system|assistant|user|human)\s*: | </?\w+[^>]*> | ``` | \{\{ | <\|
    """,
    re.MULTILINE,
)


class FaultReason(StrEnum):
    """Why an entry is refused."""

    MISSING = "missing"
    FORM = "form"
    NO_SOURCE = "no_source"
    LANGUAGE = "language"
    PERSONAL_DATA = "personal_data"
    UNSUPPORTED_FIGURE = "unsupported_figure"
    LENGTH = "length"
    INSTRUCTION = "instruction"
    CONTRADICTION = "contradiction"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault: the field (`answers.it`, `variations.en[3]`), the reason, and what was found."""

    field: str
    reason: FaultReason
    detail: str = ""

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.field}: {self.reason.value.replace('_', ' ')}{f' ({self.detail})' if self.detail else ''}"


def admit(entry: GoldenEntry, source_texts: Iterable[str] | None = None) -> list[Fault]:
    """Check an entry whole; with the texts of its sources, its figures and codes must stand in them."""
    return [
        *_form(entry),
        *_languages(entry),
        *_sources(entry),
        *_answers(entry, None if source_texts is None else list(source_texts)),
        *_wordings(entry),
        *_contents(entry),
        *_contradictions(entry),
    ]


def _form(entry: GoldenEntry) -> Iterator[Fault]:
    if not _SLUG.fullmatch(entry.cluster_id):
        yield Fault(field="cluster_id", reason=FaultReason.FORM, detail=entry.cluster_id[:40])
    if not entry.subject:
        yield Fault(field="subject", reason=FaultReason.MISSING)
    if not 0.0 <= entry.confidence <= 1.0:
        yield Fault(field="confidence", reason=FaultReason.FORM, detail=f"{entry.confidence:g}")
    for name, by_language in (("questions", entry.questions), ("answers", entry.answers)):
        for language in LANGUAGES:
            if not by_language.get(language, "").strip():
                yield Fault(field=f"{name}.{language}", reason=FaultReason.MISSING)


def _languages(entry: GoldenEntry) -> Iterator[Fault]:
    for name, languages in (
        ("questions", set(entry.questions)),
        ("answers", set(entry.answers)),
        ("variations", set(entry.variations)),
        ("hard_negatives", {negative.language for negative in entry.hard_negatives}),
    ):
        for language in sorted(languages - set(LANGUAGES)):
            yield Fault(field=name, reason=FaultReason.LANGUAGE, detail=f"unknown language {language}")


def _sources(entry: GoldenEntry) -> Iterator[Fault]:
    if not entry.sources:
        yield Fault(field="sources", reason=FaultReason.NO_SOURCE)
    for at, source in enumerate(entry.sources):
        if not source.document_id.strip() or not source.title.strip():
            yield Fault(field=f"sources[{at}]", reason=FaultReason.MISSING)
        if not _MONTH.fullmatch(source.as_of):
            yield Fault(field=f"sources[{at}].as_of", reason=FaultReason.FORM, detail=source.as_of[:20])


def _answers(entry: GoldenEntry, source_texts: list[str] | None) -> Iterator[Fault]:
    for language, answer in entry.answers.items():
        field = f"answers.{language}"
        words = len(tokens(answer))
        if not ANSWER_WORDS[0] <= words <= ANSWER_WORDS[1]:
            yield Fault(field=field, reason=FaultReason.LENGTH, detail=f"{words} words")
        if (written := _main_language(answer)) != language:
            yield Fault(field=field, reason=FaultReason.LANGUAGE, detail=written)
        strange = () if source_texts is None else unsupported(answer, source_texts)
        if strange:
            yield Fault(field=field, reason=FaultReason.UNSUPPORTED_FIGURE, detail=", ".join(strange))


def _main_language(text: str) -> str:
    """Name the language that carries a long text, whatever terms it borrows."""
    scores = identify(text).scores
    return max(LANGUAGES, key=lambda language: scores[language])


def _wordings(entry: GoldenEntry) -> Iterator[Fault]:
    for language, variations in entry.variations.items():
        if len(variations) > MOST_VARIATIONS:
            yield Fault(field=f"variations.{language}", reason=FaultReason.LENGTH, detail=f"{len(variations)} texts")
    for field, text, language in _phrasings(entry):
        if not text.strip() or len(text) > PHRASING_CHARS:
            yield Fault(field=field, reason=FaultReason.LENGTH, detail=f"{len(text)} characters")
        guess = sure_language(identify(text))
        if guess is not None and guess != language:
            yield Fault(field=field, reason=FaultReason.LANGUAGE, detail=guess)


def _contents(entry: GoldenEntry) -> Iterator[Fault]:
    for field, text in _all_texts(entry):
        if kinds := personal_data(text):
            yield Fault(field=field, reason=FaultReason.PERSONAL_DATA, detail=", ".join(kinds))
        if found := _INSTRUCTION.search(text):
            yield Fault(field=field, reason=FaultReason.INSTRUCTION, detail=found[0].strip()[:60])


def _contradictions(entry: GoldenEntry) -> Iterator[Fault]:
    answered = {query_hash(text) for text, _ in entry.phrasings()}
    for at, negative in enumerate(entry.hard_negatives):
        if query_hash(negative.text) in answered:
            yield Fault(field=f"hard_negatives[{at}]", reason=FaultReason.CONTRADICTION, detail="also a phrasing")


def _phrasings(entry: GoldenEntry) -> Iterator[tuple[str, str, str]]:
    for language, question in entry.questions.items():
        yield f"questions.{language}", question, language
    for language, variations in entry.variations.items():
        yield from ((f"variations.{language}[{at}]", text, language) for at, text in enumerate(variations))


def _all_texts(entry: GoldenEntry) -> Iterator[tuple[str, str]]:
    yield from ((field, text) for field, text, _ in _phrasings(entry))
    yield from ((f"hard_negatives[{at}]", negative.text) for at, negative in enumerate(entry.hard_negatives))
    yield from ((f"answers.{language}", answer) for language, answer in entry.answers.items())
