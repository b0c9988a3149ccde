"""The last calls, bounded: how often upstream was asked, how each ended, whether a client that left was noticed."""

from collections import deque

import msgspec

from zantara.clock import Clock, new_id

_KEPT = 1000


class Call(msgspec.Struct, kw_only=True):
    """One call while it runs and after; times in milliseconds from its start."""

    id: str
    api: str
    route: str
    started: str
    model: str = ""
    stream: bool = False
    outcome: str = "running"
    faults: list[str] = []
    kind: str = ""
    schema: str = ""
    question: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    chunks: int = 0
    ttft_ms: float | None = None
    duration_ms: float | None = None
    client_gone: bool = False
    cancelled: bool = False


class CallLog:
    """A ring of calls, the newest last."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ring: deque[Call] = deque(maxlen=_KEPT)
        self._begun: dict[str, float] = {}
        self.total = 0

    def open(self, api: str, route: str, *, recorded: bool = True) -> Call:
        """Note that a call has begun; one that is not recorded is only measured."""
        call = Call(id=new_id(), api=api, route=route, started=self._clock.now().isoformat(), faults=[])
        self._begun[call.id] = self._clock.monotonic()
        if recorded:
            self._ring.append(call)
            self.total += 1
        return call

    def age_ms(self, call: Call) -> float:
        """Milliseconds since the call began."""
        return round((self._clock.monotonic() - self._begun.get(call.id, self._clock.monotonic())) * 1000, 1)

    def close(self, call: Call, outcome: str) -> None:
        """Note how a call ended."""
        call.outcome = outcome
        call.duration_ms = self.age_ms(call)
        self._begun.pop(call.id, None)

    def rows(self, **wanted: str) -> list[Call]:
        """The calls whose fields have these values."""
        return [call for call in self._ring if all(str(getattr(call, name)) == value for name, value in wanted.items())]

    def reset(self) -> None:
        """Forget all calls; those still running end unseen."""
        self._ring.clear()
        self.total = 0
