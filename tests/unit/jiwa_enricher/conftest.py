"""Turns, claims, candidates and facts with defaults that hold, so that a test names only what it is about."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jiwa_enricher.domain import LIFETIME, Candidate, Certainty, Claim, KnownFact, Slot, Transcript, Turn
from zantara.clock import ManualClock

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class Make:
    """Builds what tests need; the n-th turn is n minutes after `at`."""

    now = NOW

    def turn(
        self, question: str, *, number: int = 1, answer: str = "Certo.", language: str = "it", **rest: Any
    ) -> Turn:
        at = rest.pop("at", NOW - timedelta(hours=1)) + timedelta(minutes=number)
        return Turn(
            id=rest.pop("id", f"turn-{number}"),
            number=number,
            question=question,
            answer=answer,
            language=language,
            at=at,
        )

    def transcript(self, *questions: str, id: str = "conv-1", user_id: str | None = "anna", **rest: Any) -> Transcript:  # noqa: A002
        language = rest.get("language", "it")
        turns = tuple(
            self.turn(question, number=number, id=f"{id}-{number}", **rest)
            for number, question in enumerate(questions, start=1)
        )
        return Transcript(conversation_id=id, user_id=user_id, language=language, turns=turns)

    def claim(self, slot: str, value: str, quote: str | None = None, **rest: Any) -> Claim:
        fields = {"turn": 1, "certainty": "stated", "confidence": 0.9, "value_en": "", **rest}
        return Claim(slot=slot, value=value, quote=value if quote is None else quote, **fields)

    def candidate(self, slot: Slot, value: str, **rest: Any) -> Candidate:
        fields: dict[str, Any] = {
            "value_en": "",
            "certainty": Certainty.STATED,
            "confidence": 0.8,
            "quote": value,
            "turn_id": f"turn of {value}",
            "language": "it",
            "said_at": NOW - timedelta(hours=1),
            **rest,
        }
        return Candidate(slot=slot, value=value, **fields)

    def fact(self, slot: Slot, value: str, **rest: Any) -> KnownFact:
        said_at = rest.pop("said_at", NOW - timedelta(days=1))
        fields: dict[str, Any] = {
            "id": f"fact of {value}",
            "value_en": "",
            "certainty": Certainty.STATED,
            "confidence": 0.8,
            "quote": value,
            "turn_id": f"turn of {value}",
            "conversation_id": "conv-0",
            "language": "it",
            "valid_from": said_at,
            "confirmed_at": said_at,
            "created_at": said_at,
            "expires_at": said_at + LIFETIME[slot],
            "model": "llama-3.1-8b",
            "prompt_version": "jiwa_facts_v1@test",
            **rest,
        }
        return KnownFact(slot=slot, value=value, **fields)


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
def manual_clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture(scope="session")
def make_language() -> Make:
    """The same, for property tests, which share one for all examples."""
    return Make()
