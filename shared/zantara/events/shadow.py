"""Events of shadow-judge: LLAMA measured beside what the user saw."""

from typing import ClassVar

from zantara.events.message import Event


class ShadowCompared(Event, frozen=True, kw_only=True):
    """One turn was answered by LLAMA too, unseen. Intent to treat: a time-out is a failure, not a gap."""

    subject: ClassVar[str] = "shadow.compared"

    comparison_id: str
    turn_id: str
    segment: str
    success: bool
    failure: str = ""
    latency_ms: float
    baseline_latency_ms: float
    similarity: float | None = None
    length_ratio: float | None = None
    language_match: bool | None = None
    simulated: bool = False
