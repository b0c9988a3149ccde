"""A model that follows a script: the fake that tests, drills and demonstrations use in place of a provider."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import TypeAlias

import msgspec

from zantara.llm.errors import BrokenStream, ModelError
from zantara.llm.port import Completion, Deadline, ModelRequest, Piece, StopReason, Usage


class Say(msgspec.Struct, frozen=True, kw_only=True):
    """Answer with `text`, in pieces of `piece_chars`, each after `pause_s`."""

    text: str
    stop: StopReason = "end"
    usage: Usage = Usage(input_tokens=100, output_tokens=20)
    model: str | None = None
    piece_chars: int = 8
    pause_s: float = 0.0
    simulated: bool = True


class Fail(msgspec.Struct, frozen=True, kw_only=True):
    """Raise `error`, in a stream after `text` has been delivered."""

    error: ModelError
    text: str = ""


class Hang(msgspec.Struct, frozen=True, kw_only=True):
    """Deliver `text` in a stream, then nothing until the caller gives up."""

    text: str = ""


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """End a stream after `text` without its completion; a whole answer breaks at once."""

    text: str = ""


Step: TypeAlias = str | ModelError | Say | Fail | Hang | Cut | Callable[[ModelRequest], str]


class ScriptedModel:
    """Plays one step per call; the last one stays.

    A plain string is said, an error is raised, a function answers from the request. `requests` holds what was
    asked, `abandoned` counts the calls whose caller left before their end.
    """

    def __init__(self, *script: Step, name: str = "scripted", provider: str = "scripted") -> None:
        self.name = name
        self.provider = provider
        self.requests: list[ModelRequest] = []
        self.abandoned = 0
        self._script: Sequence[Step] = script or ("",)

    async def complete(self, request: ModelRequest, deadline: Deadline) -> Completion:
        """The step's text as a whole."""
        completion = None
        async for piece in self.stream(request, deadline):
            if isinstance(piece, Completion):
                completion = piece
        if completion is None:
            raise BrokenStream(f"{self.name}: script ends without completion")
        return msgspec.structs.replace(completion, ttft_ms=None)

    async def stream(self, request: ModelRequest, deadline: Deadline) -> AsyncGenerator[Piece]:
        """The step's text in pieces, then its completion."""
        step = self._next_step(request)
        try:
            async for piece in _play(step):
                yield piece
        except (asyncio.CancelledError, GeneratorExit):
            self.abandoned += 1
            raise
        if isinstance(step, Say):
            yield self._completion(step)

    def _next_step(self, request: ModelRequest) -> Say | Fail | Hang | Cut:
        self.requests.append(request)
        step = self._script[min(len(self.requests), len(self._script)) - 1]
        if isinstance(step, str):
            return Say(text=step)
        if isinstance(step, ModelError):
            return Fail(error=step)
        return Say(text=step(request)) if callable(step) else step

    def _completion(self, step: Say) -> Completion:
        return Completion(
            text=step.text,
            provider=self.provider,
            model=step.model or self.name,
            usage=step.usage,
            stop_reason=step.stop,
            latency_ms=1.0,
            ttft_ms=0.5,
            simulated=step.simulated,
        )


async def _play(step: Say | Fail | Hang | Cut) -> AsyncGenerator[str]:
    if isinstance(step, Say):
        for start in range(0, len(step.text), step.piece_chars):
            await asyncio.sleep(step.pause_s)
            yield step.text[start : start + step.piece_chars]
        return
    if step.text:
        yield step.text
    if isinstance(step, Fail):
        raise step.error
    if isinstance(step, Hang):
        await asyncio.Event().wait()
