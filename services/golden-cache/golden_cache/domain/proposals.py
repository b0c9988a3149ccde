"""What the night proposes, as an entry: gaps filled from its questions, weak texts left out, what is left checked."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from golden_cache.domain.admit import Fault, FaultReason, admit
from golden_cache.domain.entries import GoldenEntry, HardNegative, Source
from golden_cache.domain.facets import facets, split
from golden_cache.domain.lexicon import lexicon
from golden_cache.domain.rows import Origin, Query, tidy
from golden_cache.domain.spans import Span, is_code, spans
from zantara.events import GoldenProposed
from zantara.text.normal import normal_form

NIGHT_METHOD = "llama_rag"

_TEXT = re.compile(r"(variations\.\w+|hard_negatives)\[(\d+)\]")
_TOPICS = {
    "visa": "visa", "biz": "company", "org": "company", "tax": "tax", "prop": "property", "work": "work",
    "money": "banking", "health": "health", "cult": "culture", "event": "culture",
}  # fmt: skip
_MOST_TAGS = 6
# Who asks, from where and what they do says little about what the answer is about.
_PASSING = frozenset({"gen", "who", "nat", "land", "place", "act"})


def origin_of(event: GoldenProposed) -> Origin:
    """Who wrote the proposal."""
    return Origin(
        generated_by=event.generated_by,
        generation_method=NIGHT_METHOD,
        run_id=event.run_id,
        prompt_version=event.prompt_version,
        distinct_users=event.distinct_users,
    )


def queries_of(event: GoldenProposed) -> list[Query]:
    """What users asked."""
    return [
        Query(text=each.text, language=each.language, similarity=each.similarity, frequency=each.frequency)
        for each in event.queries
    ]


def weigh(event: GoldenProposed, *, min_users: int) -> tuple[GoldenEntry, list[Fault]]:
    """The entry that could be published, and what is against it.

    A phrasing or hard negative with a fault of its own is left out; a language without question and answer is no fault
    as long as another is whole, since a lookup in it simply misses.
    """
    entry = _fitting(tidy(_entry(event)))
    faults = [fault for fault in [*admit(entry), *unfit(entry)] if not _absent(fault, entry)]
    if event.distinct_users < min_users:
        detail = f"{event.distinct_users} of {min_users}"
        faults.append(Fault(field="distinct_users", reason=FaultReason.MISSING, detail=detail))
    return entry, faults


def unfit(entry: GoldenEntry) -> list[Fault]:
    """What no store could keep (PostgreSQL takes no NUL) and what no lookup could tell apart (texts without words)."""
    plain = msgspec.json.encode(entry)
    faults = [Fault(field="entry", reason=FaultReason.FORM, detail="holds a NUL character")] * (b"\\u0000" in plain)
    for field, text in _compared(entry):
        if not normal_form(text):
            faults.append(Fault(field=field, reason=FaultReason.FORM, detail="no words"))
    return faults


def _entry(event: GoldenProposed) -> GoldenEntry:
    questions = {lang: text for lang, text in event.questions.items() if lang in event.answers}
    cut = [spans(split(text), lexicon()) for text in questions.values()]
    return GoldenEntry(
        cluster_id=event.cluster_id,
        topic=event.topic or _topic(cut),
        asks=event.asks or _asks([*questions.items(), *_all(event.variations)]),
        subject=event.thing or _subject(cut),
        questions=questions,
        variations=event.variations,
        hard_negatives=tuple(
            HardNegative(text=each.text, language=each.language, why=each.why) for each in event.hard_negatives
        ),
        answers={lang: text for lang, text in event.answers.items() if lang in questions},
        sources=tuple(
            Source(document_id=each.id, title=each.title, as_of=each.as_of, score=each.score) for each in event.sources
        ),
        confidence=event.confidence,
        simulated=event.simulated,
    )


def _fitting(entry: GoldenEntry) -> GoldenEntry:
    """Without the variations and hard negatives that have a fault, or that are in a language without an answer."""
    bad = {found[0] for fault in [*admit(entry), *unfit(entry)] if (found := _TEXT.fullmatch(fault.field))}
    variations = {
        language: tuple(text for at, text in enumerate(texts) if f"variations.{language}[{at}]" not in bad)
        for language, texts in entry.variations.items()
        if language in entry.answers
    }
    negatives = tuple(each for at, each in enumerate(entry.hard_negatives) if f"hard_negatives[{at}]" not in bad)
    return msgspec.structs.replace(entry, variations=variations, hard_negatives=negatives)


def _absent(fault: Fault, entry: GoldenEntry) -> bool:
    name, _, language = fault.field.partition(".")
    whole = fault.reason is not FaultReason.MISSING or name not in {"questions", "answers"}
    return not whole and bool(entry.answers) and language not in entry.answers


def _asks(texts: Iterable[tuple[str, str]]) -> str:
    """The aspect that most phrasings ask for; an aspect of no name of its own widens nothing."""
    wanted = Counter(aspect for language, text in texts for aspect in sorted(facets(text, language).asks))
    return wanted.most_common(1)[0][0] if wanted else "rules"


def _subject(cut: Sequence[Sequence[Span]]) -> tuple[str, ...]:
    """The words of the questions that name a thing or a code, else those that no lexicon knows."""
    named = [" ".join(span.tokens) for found in cut for span in found if _names(span)]
    unknown = [span.tokens[0] for found in cut for span in found if span.content and not span.concepts]
    return tuple(dict.fromkeys(named or unknown))[:_MOST_TAGS]


def _names(span: Span) -> bool:
    return is_code(span.tokens[0]) or any(thing.split(".", 1)[0] not in _PASSING for thing in span.things)


def _topic(cut: Sequence[Sequence[Span]]) -> str:
    classes = Counter(thing.split(".", 1)[0] for found in cut for span in found for thing in span.things)
    known = [_TOPICS[name] for name, _ in classes.most_common() if name in _TOPICS]
    return known[0] if known else "general"


def _all(by_language: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in by_language.items() for text in texts]


def _compared(entry: GoldenEntry) -> list[tuple[str, str]]:
    found = [(f"questions.{language}", text) for language, text in entry.questions.items()]
    for language, texts in entry.variations.items():
        found += [(f"variations.{language}[{at}]", text) for at, text in enumerate(texts)]
    return found + [(f"hard_negatives[{at}]", each.text) for at, each in enumerate(entry.hard_negatives)]
