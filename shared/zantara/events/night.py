"""Events and requests of llama-worker: the night's work."""

from typing import ClassVar, Literal

from zantara.events.message import Event, Reply, Request


class NightlyTick(Event, frozen=True, kw_only=True):
    """It is time for the night's work of a date; one run per job and date, whoever ticks how often.

    `run_id` names a run asked for by hand; the schedule leaves it empty.
    """

    subject: ClassVar[str] = "nightly.tick"

    job: Literal["golden"]
    run_date: str
    run_id: str = ""
    days: int = 7
    max_golden: int = 50


class NightlyCompleted(Event, frozen=True, kw_only=True):
    """A run has ended: `failed` also when it produced nothing although there was something to do."""

    subject: ClassVar[str] = "nightly.completed"

    run_id: str
    job: str
    run_date: str
    status: Literal["completed", "failed"]
    queries: int
    clusters: int
    golden_answers: int
    dropped: dict[str, int]
    error: str = ""


class NightlyProgress(Reply, frozen=True, kw_only=True):
    """Where a run stands: step, done of total, and the outcome at its end."""

    run_id: str
    status: str
    step: str = ""
    done: int = 0
    total: int = 0
    queries: int = 0
    clusters: int = 0
    golden_answers: int = 0
    coverage: float = 0.0
    dropped: dict[str, int] = {}
    error: str = ""


class ShowNightly(Request[NightlyProgress], frozen=True, kw_only=True):
    """Where does this run stand?"""

    subject: ClassVar[str] = "nightly.status"
    reply: ClassVar[type[Reply]] = NightlyProgress

    run_id: str
