"""An answer in the making: what every client keeps while a model talks."""

from zantara.clock import Clock
from zantara.llm.errors import BrokenStream, ModelError
from zantara.llm.models import is_simulated, priced
from zantara.llm.port import Completion, StopReason, Usage


class PartialAnswer:
    """Text, usage and times of one call, from its start to its Completion or its cut."""

    def __init__(self, provider: str, name: str, clock: Clock) -> None:
        self._provider = provider
        self._name = name
        self._clock = clock
        self._started_s = clock.monotonic()
        self._first_s: float | None = None
        self._parts: list[str] = []
        self.model = name
        self.usage = Usage()
        self.stop: StopReason | None = None

    @property
    def text(self) -> str:
        """All that came so far."""
        return "".join(self._parts)

    def add(self, text: str) -> str:
        """Note a piece of text; the first one that is not empty sets the time to first token."""
        if text and self._first_s is None:
            self._first_s = self._clock.monotonic()
        self._parts.append(text)
        return text

    def cut(self, error: ModelError | None = None) -> ModelError:
        """The error of an answer that ends here: its own kind before any text, BrokenStream after it."""
        if error is not None and not self.text:
            return error
        return BrokenStream(f"{self._provider}: {error or 'ended before its end'}", delivered=self.text)

    def completion(self, *, header: str | None, streamed: bool) -> Completion:
        """The finished answer, priced; `header` is the reply's `x-simulated`."""
        ttft_ms = (self._first_s - self._started_s) * 1000 if streamed and self._first_s is not None else None
        return Completion(
            text=self.text,
            provider=self._provider,
            model=self.model,
            usage=priced(self._name, self.usage),
            stop_reason=self.stop or "other",
            latency_ms=(self._clock.monotonic() - self._started_s) * 1000,
            ttft_ms=ttft_ms,
            simulated=is_simulated(self.model, header),
        )
