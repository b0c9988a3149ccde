"""LLAMA under its limit, and the meaning of two answers side by side."""

import asyncio

import msgspec

from shadow_judge.domain import Attempt, Snapshot, cosine
from zantara.clock import Clock
from zantara.embeddings import Embedder
from zantara.errors import Unavailable
from zantara.llm import BreakerOpen, Busy, ChatModel, Deadline, ModelError, ModelRequest


class LimitedLlama:
    """Asks LLAMA what Claude was asked; a late, cold or broken answer is a failure with its kind."""

    def __init__(self, model: ChatModel | None, clock: Clock, *, limit_s: float, concurrency: int = 2) -> None:
        self._model = model
        self._clock = clock
        self._limit_s = limit_s
        self._slots = asyncio.Semaphore(concurrency)

    async def __call__(self, snapshot: Snapshot) -> Attempt:
        """Answer or failure; raises Unavailable where LLAMA may not be asked now."""
        if self._model is None:
            raise Unavailable("LLAMA is switched off or not configured", retry_after_s=300)
        request = msgspec.convert(snapshot.prompt, ModelRequest)
        async with self._slots:
            started = self._clock.monotonic()
            try:
                done = await self._model.complete(request, Deadline.after(self._clock, self._limit_s))
            except (BreakerOpen, Busy) as error:
                raise Unavailable(str(error), retry_after_s=error.retry_after_s or 15) from error
            except ModelError as error:
                taken_ms = (self._clock.monotonic() - started) * 1000
                return Attempt(failure=type(error).__name__, model=self._model.name, latency_ms=taken_ms)
        return Attempt(
            text=done.text,
            failure="" if done.stop_reason in ("end", "length") else done.stop_reason,
            model=done.model,
            latency_ms=done.latency_ms,
            ttft_ms=done.ttft_ms,
            input_tokens=done.usage.input_tokens,
            output_tokens=done.usage.output_tokens,
            simulated=done.simulated,
        )


class EmbeddingSimilarity:
    """The cosine of two answers' embeddings."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    async def __call__(self, one: str, other: str) -> float:
        """In -1..1; 1 is the same meaning."""
        vectors = await self._embedder.embed([one, other])
        return cosine(vectors[0].tolist(), vectors[1].tolist())
