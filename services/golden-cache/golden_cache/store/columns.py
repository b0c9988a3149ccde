"""An answer as a row of golden_answers, and back."""

from typing import Any

import msgspec

from golden_cache.domain.entries import LANGUAGES, Boundary, GoldenEntry
from golden_cache.domain.rows import Answer, Origin, first
from zantara.db import Row

_PRIOR = Boundary()
_SAME = ("cluster_id", "topic", "asks", "sources", "hard_negatives", "confidence", "simulated")


def to_columns(answer: Answer) -> dict[str, Any]:
    """The values of `put_answer`, as JSON takes them."""
    entry = answer.entry
    plain = msgspec.to_builtins(entry)
    return {
        **{name: plain[name] for name in (*_SAME, "subject", "questions", "answers")},
        "variations_by_language": plain["variations"],
        "canonical_question": first(entry.questions),
        "variations": [text for texts in entry.variations.values() for text in texts],
        "answer": first(entry.answers),
        "boundary": None if entry.boundary == _PRIOR else plain["boundary"],
        "status": plain["status"],
        "stock_version": entry.version,
        "expires_at": plain["expires_at"],
        **_record(answer),
        **msgspec.to_builtins(answer.origin),
    }


def to_answer(row: Row) -> Answer:
    """The answer of a row."""
    return Answer(
        entry=to_entry(row),
        origin=Origin(**{name: row[name] for name in Origin.__struct_fields__}),
        **{name: row[name] for name in Answer.__struct_fields__ if name not in {"entry", "origin"}},
    )


def to_entry(row: Row) -> GoldenEntry:
    """The entry of a row; languages come back in their own order, jsonb does not keep it."""
    plain = {name: row[name] for name in _SAME}
    plain |= {"subject": list(row["subject"]), "status": row["status"], "version": row["stock_version"]}
    plain |= {"questions": _ordered(row["questions"]), "answers": _ordered(row["answers"])}
    plain |= {"variations": _ordered(row["variations_by_language"]), "expires_at": row["expires_at"]}
    return msgspec.convert({**plain, "boundary": row["boundary"] or msgspec.to_builtins(_PRIOR)}, GoldenEntry)


def _record(answer: Answer) -> dict[str, Any]:
    names = ("checksum", "valid_months", "status_by", "status_reason", "strikes", "created_at", "updated_at")
    return {name: msgspec.to_builtins(getattr(answer, name)) for name in names}


def _ordered(by_language: dict[str, Any]) -> dict[str, Any]:
    return {language: by_language[language] for language in LANGUAGES if language in by_language}
