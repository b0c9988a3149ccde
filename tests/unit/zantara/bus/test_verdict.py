"""One pure function decides what becomes of a failed message."""

import pytest

from zantara.bus.verdict import Dead, Retry, judge
from zantara.errors import Invalid, Overdue, Permanent, Transient, Unavailable
from zantara.events import ConversationEnded
from zantara.topology import Consumer

CONSUMER = Consumer(name="c", service="s", event=ConversationEnded, max_attempts=3, delay_s=2, delay_cap_s=10)


@pytest.mark.parametrize(
    ("error", "attempt", "expected"),
    [
        (Transient("x"), 1, Retry(2)),
        (Transient("x"), 2, Retry(4)),
        (Transient("x"), 3, Dead("Transient: x (attempt 3 of 3)")),
        (Transient("x", retry_after_s=0.5), 2, Retry(0.5)),
        (Transient("x", retry_after_s=99), 1, Retry(10)),
        (Permanent("no"), 1, Dead("Permanent: no")),
        (Invalid("field: wrong"), 1, Dead("Invalid: field: wrong")),
        (KeyError("bug"), 1, Retry(2)),
        (KeyError("bug"), 3, Dead("KeyError: 'bug' (attempt 3 of 3)")),
        (Unavailable("away"), 3, Retry(8)),
        (Unavailable("away"), 4000, Retry(10)),
        (Overdue("slow", retry_after_s=7), 50, Retry(7)),
    ],
)
def test_verdict(error: Exception, attempt: int, expected: Retry | Dead) -> None:
    assert judge(error, attempt=attempt, consumer=CONSUMER) == expected


def test_jitter_shortens_the_delay_but_never_one_that_was_asked_for() -> None:
    assert judge(Transient("x"), attempt=2, consumer=CONSUMER, jitter=0.5) == Retry(2)
    assert judge(Transient("x", retry_after_s=3), attempt=2, consumer=CONSUMER, jitter=0.5) == Retry(3)


def test_a_reason_is_bounded() -> None:
    verdict = judge(Permanent("y" * 5000), attempt=1, consumer=CONSUMER)
    assert isinstance(verdict, Dead)
    assert len(verdict.reason) <= 500
