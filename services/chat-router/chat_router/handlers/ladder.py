"""The fallback ladder: one voice after the other under one deadline, unseen before the first word, open after it."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

import msgspec
import structlog

from chat_router import metrics
from chat_router.domain.route import Route
from chat_router.domain.turn import Delta, Restart, Voice
from zantara.clock import Clock
from zantara.llm import ChatModel, Completion, Deadline, ModelRequest, reading
from zantara.llm.errors import BadOutput, ModelError

log = structlog.get_logger()

_LLAMA_S = 10.0


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """How a rung ended well: who spoke, and the whole completion."""

    voice: Voice
    completion: Completion


class Exhausted(msgspec.Struct, frozen=True, kw_only=True):
    """No voice could answer."""


class Speaking(msgspec.Struct, frozen=True, kw_only=True):
    """This voice is about to say its first word."""

    voice: Voice
    model: str
    simulated: bool


Step = Speaking | Delta | Restart | Spoken | Exhausted


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long to wait: for a first token, between two tokens, and for all rungs together, in seconds."""

    ttft_s: float
    gap_s: float
    total_s: float


class Ladder:
    """Streams an answer from the first voice that can give one; failed rungs are appended to `failed`."""

    def __init__(
        self, voices: Mapping[Voice, ChatModel], clock: Clock, patience: Patience, *, simulated: frozenset[Voice]
    ) -> None:
        self._voices = voices
        self._clock = clock
        self._patience = patience
        self._simulated = simulated

    async def __call__(self, route: Route, request: ModelRequest, failed: list[str]) -> AsyncGenerator[Step, None]:
        """Speaking, deltas and Spoken; a Restart between two voices when words had gone out; Exhausted at the end."""
        patience = self._patience
        whole = Deadline.after(self._clock, patience.total_s, ttft_s=patience.ttft_s, gap_s=patience.gap_s)
        for voice in route.rungs:
            model = self._voices.get(voice)
            if model is None or whole.remaining_s(self._clock) <= 0:
                continue
            spoke = False
            try:
                async with aclosing(self._speak(voice, model, request, whole)) as steps:
                    async for step in steps:
                        spoke = spoke or isinstance(step, Delta)
                        yield step
            except ModelError as error:
                failed.append(voice)
                metrics.DEGRADED.labels(voice).inc()
                log.warning("voice_failed", voice=voice, error=f"{type(error).__name__}: {error}", spoke=spoke)
                if spoke:
                    yield Restart(reason=f"{voice} stopped")
            else:
                return
        yield Exhausted()

    async def _speak(
        self, voice: Voice, model: ChatModel, request: ModelRequest, whole: Deadline
    ) -> AsyncGenerator[Step, None]:
        deadline = self._deadline(voice, whole)
        started = False
        async with reading(model.stream(request, deadline)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Completion):
                    if not started:
                        raise BadOutput(f"{voice} said nothing")
                    yield Spoken(voice=voice, completion=piece)
                    return
                if not started:
                    started = True
                    yield Speaking(voice=voice, model=model.name, simulated=voice in self._simulated)
                yield Delta(text=piece)

    def _deadline(self, voice: Voice, whole: Deadline) -> Deadline:
        if voice != "llama":
            return whole
        remaining_s = min(_LLAMA_S, whole.remaining_s(self._clock))
        return Deadline.after(self._clock, remaining_s, ttft_s=remaining_s, gap_s=self._patience.gap_s)
