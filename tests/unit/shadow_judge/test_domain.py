"""Whom to compare, and what a comparison says."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadow_judge.domain import Attempt, Snapshot, compare, sampled, skip_reason
from zantara.events import ChatCompleted

EVENT = ChatCompleted(
    turn_id="t", conversation_id="c", user_hash="u", language="it", category="emotional", ai_used="claude-haiku",
    model="claude-haiku-4-5", route="emotional:claude-haiku", latency_ms=900,
)  # fmt: skip
SNAPSHOT = Snapshot(
    question="ho paura di sbagliare", answer="Capisco, andiamo con calma un passo alla volta.", language="it",
    prompt={}, latency_ms=900, cost_usd=0.002,
)  # fmt: skip
AT = datetime(2026, 11, 20, tzinfo=UTC)


def pair(attempt: Attempt) -> tuple[bool, str]:
    made = compare(EVENT, SNAPSHOT, attempt, comparison_id="x", at=AT, similarity=None)
    return made.success, made.failure


@given(st.text(min_size=1), st.floats(0, 1), st.floats(0, 1))
def test_a_user_in_a_small_sample_is_in_every_larger_one(key: str, one: float, other: float) -> None:
    small, large = sorted((one, other))
    assert not sampled(key, small) or sampled(key, large)
    assert sampled(key, 1.0)
    assert not sampled(key, 0.0)


def test_the_sample_has_about_its_share() -> None:
    share = sum(sampled(f"user-{number}", 0.1) for number in range(5000)) / 5000
    assert 0.08 < share < 0.12


@pytest.mark.parametrize(
    ("changes", "enabled", "share", "reason"),
    [
        ({}, True, 1.0, None),
        ({}, False, 1.0, "switched_off"),
        ({"status": "partial"}, True, 1.0, "partial"),
        ({"ai_used": "golden"}, True, 1.0, "not_generated"),
        ({"ai_used": "static"}, True, 1.0, "not_generated"),
        ({}, True, 0.0, "not_sampled"),
    ],
)
def test_skipped_turns_have_a_reason(changes: dict[str, str], enabled: bool, share: float, reason: str | None) -> None:
    event = ChatCompleted(**{**{name: getattr(EVENT, name) for name in EVENT.__struct_fields__}, **changes})
    assert skip_reason(event, enabled=enabled, share=share) == reason


def test_failures_count_whatever_their_kind() -> None:
    assert pair(Attempt(text="Certo, capisco bene: respiri, e facciamo insieme un passo alla volta.")) == (True, "")
    assert pair(Attempt(failure="TimedOut")) == (False, "TimedOut")
    assert pair(Attempt(text="   ")) == (False, "empty")
    assert pair(Attempt(text="I understand, let us take it one step at a time together.")) == (False, "wrong_language")
