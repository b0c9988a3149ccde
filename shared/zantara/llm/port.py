"""The port to a chat model: what goes in, what comes out, and how long it may take."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal, Protocol, TypeAlias

import msgspec

from zantara.clock import Clock

StopReason: TypeAlias = Literal["end", "length", "refusal", "other"]
Stage: TypeAlias = Literal["connect", "ttft", "gap", "total"]

_CLOSE_S = 1.0


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of the conversation."""

    role: Literal["user", "assistant"]
    content: str


class SystemBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the system prompt; `cache` ends a prefix worth keeping in the provider's prompt cache."""

    text: str
    cache: bool = False


class ModelRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A question to a model; `schema` (JSON Schema with a title) asks for JSON, `session` is a hash, never a name."""

    system: tuple[SystemBlock, ...]
    messages: tuple[Message, ...]
    max_tokens: int
    temperature: float = 0.3
    schema: dict[str, Any] | None = None
    session: str | None = None


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens billed; `input_tokens` excludes what was read from or written to the prompt cache."""

    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    cost_usd: float = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cache_read_tokens=self.cache_read_tokens + other.cache_read_tokens,
            cache_write_tokens=self.cache_write_tokens + other.cache_write_tokens,
            cost_usd=self.cost_usd + other.cost_usd,
        )


class Completion(msgspec.Struct, frozen=True, kw_only=True):
    """A whole answer; `model` as the provider names it, `simulated` where no real model spoke."""

    text: str
    provider: str
    model: str
    usage: Usage
    stop_reason: StopReason = "end"
    latency_ms: float = 0.0
    ttft_ms: float | None = None
    simulated: bool = False


Piece: TypeAlias = str | Completion


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """When an answer is worth nothing any more.

    `ends_at_s` (monotonic) binds the whole ladder of models; `ttft_s` and `gap_s` bind each attempt's wait for
    its first and for every further piece.
    """

    ends_at_s: float
    ttft_s: float | None = None
    gap_s: float | None = None

    @classmethod
    def after(cls, clock: Clock, total_s: float, ttft_s: float | None = None, gap_s: float | None = None) -> "Deadline":
        """The deadline that lies `total_s` from now."""
        return cls(ends_at_s=clock.monotonic() + total_s, ttft_s=ttft_s, gap_s=gap_s)

    def remaining_s(self, clock: Clock) -> float:
        """Seconds left in all, never below zero."""
        return max(0.0, self.ends_at_s - clock.monotonic())

    def next_limit(self, clock: Clock, *, first: bool) -> tuple[float, Stage]:
        """How long the next piece of a stream may take, and which limit that is."""
        remaining_s = self.remaining_s(clock)
        limit_s, stage = (self.ttft_s, "ttft") if first else (self.gap_s, "gap")
        if limit_s is None or limit_s >= remaining_s:
            return remaining_s, "total"
        return limit_s, "ttft" if stage == "ttft" else "gap"


class ChatModel(Protocol):
    """A model that answers whole or in pieces. Raises ModelError; cancelling a call gives it up upstream."""

    @property
    def name(self) -> str:
        """The configured model id: bounded, fit for a metric label."""
        ...

    @property
    def provider(self) -> str:
        """Who serves it: `anthropic`, `runpod`, `openai`, `huggingface`..."""
        ...

    async def complete(self, request: ModelRequest, deadline: Deadline) -> Completion:
        """The whole answer at once."""
        ...

    def stream(self, request: ModelRequest, deadline: Deadline) -> AsyncIterator[Piece]:
        """Text deltas, then exactly one Completion; read it inside `reading(...)`."""
        ...


class WorkerHealth(msgspec.Struct, frozen=True, kw_only=True):
    """What a serverless endpoint says of its workers; `warm` means that one could start on a job now."""

    ready: int = 0
    idle: int = 0
    running: int = 0
    initializing: int = 0
    in_queue: int = 0
    warm: bool = False


class WarmthProbe(Protocol):
    """Tells whether a model would answer at once or has to wake first."""

    async def health(self) -> WorkerHealth:
        """The state of the workers; raises ModelError where it cannot be had."""
        ...


@asynccontextmanager
async def reading(stream: AsyncIterator[Piece]) -> AsyncGenerator[AsyncIterator[Piece]]:
    """The stream, with its upstream closed within a second on every way out."""
    try:
        yield stream
    finally:
        if isinstance(stream, AsyncGenerator):
            with suppress(TimeoutError):
                async with asyncio.timeout(_CLOSE_S):
                    await stream.aclose()
