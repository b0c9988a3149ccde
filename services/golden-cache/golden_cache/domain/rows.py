"""What is kept beside an entry: where it comes from, how it stands, what happened to it and because of which event."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from golden_cache.domain.entries import LANGUAGES, GoldenEntry, Status
from zantara.text.normal import query_hash

Vector = NDArray[np.float32]
By = Literal["import", "night", "operator", "knowledge", "feedback"]
Kind = Literal["canonical", "variation", "hard_negative"]

_DAYS_A_MONTH = 30.44


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Who made an answer and how; `distinct_users` asked its cluster's queries in the night's window."""

    generated_by: str
    generation_method: str
    run_id: str = ""
    prompt_version: str = ""
    distinct_users: int = 0


CURATED = Origin(generated_by="curated", generation_method="curated")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An entry (its `version` is the stock's) with its record; `updated_at` is when somebody last vouched for it."""

    entry: GoldenEntry
    origin: Origin
    checksum: str
    valid_months: float | None
    status_by: By
    updated_at: datetime
    created_at: datetime
    status_reason: str = ""
    strikes: int = 0
    usage_count: int = 0
    last_used_at: datetime | None = None


class Phrasing(msgspec.Struct, frozen=True):
    """One text that is compared with."""

    kind: Kind
    language: str
    text: str


class Shelved(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as a replica reads it, with the vectors of one model by text; not every text need have one."""

    entry: GoldenEntry
    by: By
    vectors: Mapping[str, Vector]


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """A query that belongs to a cluster; `frequency` 0 is a curated phrasing."""

    text: str
    language: str
    similarity: float
    frequency: int


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that an event changed; `reason` where it left the stock."""

    cluster_id: str
    stock_version: int
    reason: str = ""


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an event."""

    event_id: str
    outcome: str
    moves: tuple[Move, ...] = ()


class Strike(msgspec.Struct, frozen=True, kw_only=True):
    """A bad rating of one answered turn."""

    event_id: str
    cluster_id: str
    turn_id: str
    rating: int
    struck_at: datetime


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that was not taken, and why."""

    event_id: str
    run_id: str
    cluster_id: str
    questions: Mapping[str, str]
    faults: tuple[str, ...]
    refused_at: datetime


def phrasings(entry: GoldenEntry) -> list[Phrasing]:
    """List everything that is compared with, questions first."""
    found = [Phrasing("canonical", language, text) for language, text in entry.questions.items()]
    for language, texts in entry.variations.items():
        found += [Phrasing("variation", language, text) for text in texts]
    return found + [Phrasing("hard_negative", each.language, each.text) for each in entry.hard_negatives]


def tidy(entry: GoldenEntry) -> GoldenEntry:
    """Put languages in their order and drop phrasings that fold to one already there in the same language."""
    seen: set[tuple[str, str]] = set()
    questions = {lang: entry.questions[lang] for lang in LANGUAGES if lang in entry.questions}
    seen.update((lang, query_hash(text)) for lang, text in questions.items())
    variations = {
        lang: tuple(text for text in entry.variations[lang] if _new((lang, query_hash(text)), seen))
        for lang in LANGUAGES
        if entry.variations.get(lang)
    }
    refused: set[tuple[str, str]] = set()
    return msgspec.structs.replace(
        entry,
        questions=questions,
        variations=variations,
        answers={lang: entry.answers[lang] for lang in LANGUAGES if lang in entry.answers},
        hard_negatives=tuple(
            each for each in entry.hard_negatives if _new((each.language, query_hash(each.text)), refused)
        ),
    )


def checksum(entry: GoldenEntry, valid_months: float | None) -> str:
    """SHA-256 of what a person would call the content: not of its state, version or date of expiry."""
    content = [*content_of(entry).values(), entry.confidence, valid_months]
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def content_of(entry: GoldenEntry) -> dict[str, Any]:
    """The entry in the golden pack's form."""
    plain = msgspec.to_builtins(entry)
    names = (
        "cluster_id", "topic", "asks", "subject", "questions", "variations", "hard_negatives", "answers", "sources",
    )  # fmt: skip
    return {name: plain[name] for name in names}


def shown(answer: Answer) -> dict[str, Any]:
    """The golden pack's form, with everything about its state under `state`."""
    record = msgspec.to_builtins(answer)
    entry = record.pop("entry")
    state = {name: entry[name] for name in ("status", "expires_at", "simulated")} | {"stock_version": entry["version"]}
    origin, months = record.pop("origin"), record.pop("valid_months")
    return {
        **content_of(answer.entry),
        "confidence": entry["confidence"],
        "valid_months": months,
        "state": {**state, **record, **origin},
    }


def holds(status: Status, by: By) -> bool:
    """Tell whether an answer stays in memory, served or not.

    One in quarantine, expired or overtaken by its documents keeps its questions from the nearest neighbour, which
    would be the wrong answer. What an operator retires is gone.
    """
    return status in {Status.APPROVED, Status.QUARANTINED} or (status is Status.RETIRED and by == "knowledge")


def stands(answer: Answer, now: datetime) -> bool:
    """Tell whether the answer is served (UTC)."""
    return answer.entry.served_at(now)


def standing(
    answer: Answer, status: Status, *, by: By, reason: str, version: int, now: datetime, expires_at: datetime | None
) -> Answer:
    """The answer in another state; an approved one begins without strikes."""
    entry = msgspec.structs.replace(answer.entry, status=status, version=version, expires_at=expires_at)
    strikes = 0 if status is Status.APPROVED else answer.strikes
    return msgspec.structs.replace(
        answer, entry=entry, status_by=by, status_reason=reason, strikes=strikes, updated_at=now
    )


def expiry(now: datetime, months: float | None) -> datetime | None:
    """That many months later, as the golden pack counts them; never without a number."""
    return None if months is None else now + timedelta(days=round(months * _DAYS_A_MONTH))


def first(by_language: Mapping[str, str]) -> str:
    """The English text, else the first there is."""
    return next(iter([by_language[lang] for lang in LANGUAGES if lang in by_language]), "")


def curated_queries(entry: GoldenEntry) -> list[Query]:
    """The phrasings as queries that nobody has asked yet."""
    return [Query(text=text, language=language, similarity=1.0, frequency=0) for text, language in entry.phrasings()]


def unclaimed(entry: GoldenEntry, claimed: Mapping[str, str]) -> GoldenEntry:
    """The entry without the variations whose hash another cluster has."""
    variations = {
        language: tuple(text for text in texts if query_hash(text) not in claimed)
        for language, texts in entry.variations.items()
    }
    return msgspec.structs.replace(entry, variations=variations)


def hashes(entry: GoldenEntry) -> list[str]:
    """The hashes of all texts that the entry answers."""
    return sorted({query_hash(text) for text, _ in entry.phrasings()})


def claims(entry: GoldenEntry, claimed: Mapping[str, str]) -> list[str]:
    """Faults for each phrasing that another cluster has, naming the field."""
    faults = []
    for language, question in entry.questions.items():
        faults += _claimed(f"questions.{language}", question, claimed)
    for language, texts in entry.variations.items():
        for place, text in enumerate(texts):
            faults += _claimed(f"variations.{language}[{place}]", text, claimed)
    return faults


def _claimed(field: str, text: str, claimed: Mapping[str, str]) -> list[str]:
    owner = claimed.get(query_hash(text))
    return [f"{field}: leads to {owner} already"] if owner else []


def _new(key: tuple[str, str], seen: set[tuple[str, str]]) -> bool:
    if key in seen:
        return False
    seen.add(key)
    return True
