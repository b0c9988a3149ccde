"""The night is due once a date, whatever clocks and restarts do."""

from datetime import UTC, date, datetime

import pytest

from llama_worker.domain.schedule import due_date

INSTALLED = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "done", "due"),
    [
        (datetime(2026, 11, 20, 3, 0, tzinfo=UTC), date(2026, 11, 19), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 2, 59, tzinfo=UTC), date(2026, 11, 19), None),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), date(2026, 11, 20), None),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), date(2026, 11, 12), date(2026, 11, 20)),
        (datetime(2026, 11, 20, 1, 0, tzinfo=UTC), date(2026, 11, 12), date(2026, 11, 19)),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), date(2026, 11, 25), None),
        (datetime(2026, 11, 1, 18, 0, tzinfo=UTC), None, None),
        (datetime(2026, 11, 2, 3, 30, tzinfo=UTC), None, date(2026, 11, 2)),
    ],
    ids=["due", "not-yet", "done", "caught-up-once", "missed-before-midnight", "clock-went-back", "new", "first-night"],
)
def test_due(now: datetime, done: date | None, due: date | None) -> None:
    assert due_date(now, hour_utc=3, installed_at=INSTALLED, done=done) == due
