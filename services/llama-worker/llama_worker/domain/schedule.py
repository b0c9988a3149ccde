"""When the night's work is due: once a date, a missed night once."""

from datetime import date, datetime, timedelta


def due_date(now: datetime, *, hour_utc: int, installed_at: datetime, done: date | None) -> date | None:
    """The date whose night is due and not done; None when there is none. Both times are aware and in UTC.

    Only the last night counts: several missed nights are caught up by one run. A night before the installation is
    nobody's debt.
    """
    last = now.date() if now.hour >= hour_utc else now.date() - timedelta(days=1)
    starts = datetime(last.year, last.month, last.day, hour_utc, tzinfo=now.tzinfo)
    if starts < installed_at or (done is not None and done >= last):
        return None
    return last
