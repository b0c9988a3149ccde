"""What the router adds to a model: its reply, then the very prompt it sent, sent to the simulator directly."""

from collections.abc import Iterable, Sequence
from itertools import cycle
from time import perf_counter
from typing import Any

import msgspec
from bench.measure import Check, Measure, Sample, closed
from bench.questions import Question, Questions
from bench.wire import Frame, Wire
from system import System

from zantara.llm.models import takes_temperature
from zantara.llm.port import ModelRequest

_PROMPTS = "SELECT id, model, prompt FROM turns WHERE id = ANY($1)"
_SIMULATED = "simulated-"

API_HEADERS = {"x-api-key": "bench", "anthropic-version": "2023-06-01"}
"""What the connection to the simulator must send."""


class Streamed(msgspec.Struct, frozen=True, kw_only=True):
    """A stream: milliseconds to its first word, to its last, how many pieces of text, the event that ended it."""

    first_ms: float
    last_ms: float
    pieces: int
    end: dict[str, Any]

    @property
    def each_ms(self) -> float:
        """From one piece to the next, on average."""
        return (self.last_ms - self.first_ms) / max(1, self.pieces - 1)


class ModelCalls:
    """The measures; each question is new to the router, and none has a prepared answer."""

    def __init__(self, system: System, router: Wire, simulator: Wire, questions: Questions, people: Sequence[str]):
        self._system = system
        self._router = router
        self._simulator = simulator
        self._questions = questions.uncovered
        self._people = cycle(people)

    def measures(self) -> list[Measure]:
        """Whole and streamed."""
        return [Measure(times=40, take=self._whole), Measure(times=40, take=self._streamed)]

    async def _whole(self, times: int) -> dict[str, Sample]:
        replies: list[dict[str, Any]] = []
        ours = await closed(self._chat, self._questions.take(times), _kept(replies))
        prompts = await self._prompts(replies, stream=False)
        direct = await closed(self._message, prompts, lambda _, body: b'"end_turn"' in body or b'"max_tokens"' in body)
        return {
            "chat": ours,
            "simulator": direct,
            "chat_added": Sample(values=_differences(ours.values, direct.values), degraded=ours.degraded),
        }

    async def _streamed(self, times: int) -> dict[str, Sample]:
        ours = [await self._chat_stream(question) for question in self._questions.take(times)]
        degraded = sum(not _answered(stream.end) for stream in ours)
        prompts = await self._prompts([stream.end for stream in ours], stream=True)
        direct = [await self._message_stream(prompt) for prompt in prompts]
        first, first_direct = [stream.first_ms for stream in ours], [stream.first_ms for stream in direct]
        each, each_direct = [stream.each_ms for stream in ours], [stream.each_ms for stream in direct]
        return {
            "first": Sample(values=first, degraded=degraded),
            "simulator_first": Sample(values=first_direct),
            "first_added": Sample(values=_differences(first, first_direct)),
            "piece_added": Sample(values=_differences(each, each_direct)),
        }

    async def _chat(self, question: Question) -> bytes:
        return await self._router.post("/v1/chat", {"message": question.text, "user_id": next(self._people)})

    async def _message(self, body: dict[str, Any]) -> bytes:
        return await self._simulator.post("/v1/messages", body)

    async def _chat_stream(self, question: Question) -> Streamed:
        body = {"message": question.text, "user_id": next(self._people), "stream": True}
        began = perf_counter()
        frames = await self._router.stream("/v1/chat", body)
        return _read(frames, began, piece="event: delta", end="event: done")

    async def _message_stream(self, body: dict[str, Any]) -> Streamed:
        began = perf_counter()
        frames = await self._simulator.stream("/v1/messages", body)
        return _read(frames, began, piece="event: content_block_delta", end="event: message_stop")

    async def _prompts(self, replies: Iterable[dict[str, Any]], *, stream: bool) -> list[dict[str, Any]]:
        """What the router asked the model for these replies, in their order, as requests to the model."""
        ids = [reply["id"] for reply in replies]
        rows = {row["id"]: row for row in await self._system.rows(_PROMPTS, ids)}
        return [_request(rows[id_], stream=stream) for id_ in ids]


def _request(row: dict[str, Any], *, stream: bool) -> dict[str, Any]:
    asked = msgspec.json.decode(row["prompt"], type=ModelRequest)
    model = row["model"].removeprefix(_SIMULATED)
    system: list[dict[str, Any]] = [{"type": "text", "text": block.text} for block in asked.system if block.text]
    for number, block in enumerate(block for block in asked.system if block.text):
        if block.cache:
            system[number]["cache_control"] = {"type": "ephemeral"}
    request = {
        "model": model,
        "max_tokens": asked.max_tokens,
        "system": system,
        "messages": [{"role": turn.role, "content": turn.content} for turn in asked.messages],
        "metadata": {"user_id": asked.session},
        "stream": stream,
    }
    return {**request, "temperature": asked.temperature} if takes_temperature(model) else request


def _read(frames: Sequence[Frame], began: float, *, piece: str, end: str) -> Streamed:
    at = [(frame.at - began) * 1000 for frame in frames if piece in frame.text]
    last = frames[-1].text
    assert at, last
    assert end in last, last
    data = last.partition("data: ")[2]
    return Streamed(first_ms=at[0], last_ms=at[-1], pieces=len(at), end=msgspec.json.decode(data))


def _kept(replies: list[dict[str, Any]]) -> Check[Question, bytes]:
    def check(_: Question, body: bytes) -> bool:
        reply: dict[str, Any] = msgspec.json.decode(body)
        replies.append(reply)
        return _answered(reply)

    return check


def _answered(reply: dict[str, Any]) -> bool:
    """A model's answer, not the stock's; a part that missed its deadline is named, not wrong."""
    assert reply["ai_used"] in ("claude-haiku", "claude-sonnet"), reply
    assert (reply["cached"], reply["simulated"]) == (False, True), reply
    assert reply["response"], reply
    return not reply["degraded"]


def _differences(ours: Iterable[float], direct: Iterable[float]) -> list[float]:
    """Prompt by prompt."""
    return [one - other for one, other in zip(ours, direct, strict=True)]
