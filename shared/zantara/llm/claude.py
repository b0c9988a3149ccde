"""Claude by Anthropic's SDK: one attempt per call, typed errors, usage with the prompt cache, structured output."""

import json
from collections.abc import AsyncGenerator
from typing import Any

import anthropic
import httpx2
import msgspec
from anthropic.types import (
    MessageDeltaUsage,
    OutputConfigParam,
    RawMessageStreamEvent,
    TextBlockParam,
)
from anthropic.types import Usage as SdkUsage

from zantara.clock import Clock
from zantara.llm.errors import InvalidRequest, ModelError, ServerFault
from zantara.llm.faults import from_event, from_status, from_transport
from zantara.llm.http_client import HttpClient
from zantara.llm.models import takes_temperature
from zantara.llm.partial import PartialAnswer
from zantara.llm.port import Completion, Deadline, ModelRequest, Piece, StopReason, Usage

PROVIDER = "anthropic"

_STOPS: dict[str, StopReason] = {
    "end_turn": "end",
    "stop_sequence": "end",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "refusal",
}
_FAULTS = (anthropic.AnthropicError, httpx2.HTTPError, json.JSONDecodeError, UnicodeDecodeError)


class _Block(msgspec.Struct, frozen=True):
    type: str
    text: str = ""


class _Billed(msgspec.Struct, frozen=True):
    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_input_tokens: int | None = None
    cache_creation_input_tokens: int | None = None


class _Reply(msgspec.Struct, frozen=True):
    """What we use of a Messages reply, decoded by ourselves: the SDK does not check shapes."""

    content: list[_Block]
    model: str
    usage: _Billed
    stop_reason: str | None = None


class ClaudeModel:
    """One Claude model behind the ChatModel port; retries are the caller's affair (`Guarded`)."""

    provider = PROVIDER

    def __init__(self, *, name: str, api_key: str, base_url: str, http: HttpClient, clock: Clock) -> None:
        self.name = name
        self._http = http
        self._clock = clock
        self._sdk = anthropic.AsyncAnthropic(
            api_key=api_key, base_url=base_url, max_retries=0, http_client=http.connections
        )

    async def complete(self, request: ModelRequest, deadline: Deadline) -> Completion:
        """The whole answer in one JSON reply."""
        answer = PartialAnswer(PROVIDER, self.name, self._clock)
        try:
            raw = await self._sdk.messages.with_raw_response.create(**self._arguments(request, deadline))
            reply = msgspec.json.decode(raw.http_response.content, type=_Reply)
        except _FAULTS as error:
            raise _mapped(error) from error
        except msgspec.DecodeError as error:
            raise ServerFault(f"{PROVIDER}: unreadable reply: {error}") from error
        answer.add("".join(block.text for block in reply.content if block.type == "text"))
        answer.model, answer.usage, answer.stop = reply.model, _usage(reply.usage), _stop(reply.stop_reason)
        return answer.completion(header=raw.headers.get("x-simulated"), streamed=False)

    async def stream(self, request: ModelRequest, deadline: Deadline) -> AsyncGenerator[Piece]:
        """Text deltas as they come, then the completion."""
        answer = PartialAnswer(PROVIDER, self.name, self._clock)
        stopped = False
        try:
            events = await self._sdk.messages.create(**self._arguments(request, deadline), stream=True)
            async with events:
                async for event in events:
                    delta = _take(answer, event)
                    if delta:
                        yield delta
                    stopped = stopped or event.type == "message_stop"
        except _FAULTS as error:
            raise answer.cut(_mapped(error)) from error
        if not stopped:
            raise answer.cut()
        yield answer.completion(header=events.response.headers.get("x-simulated"), streamed=True)

    def _arguments(self, request: ModelRequest, deadline: Deadline) -> dict[str, Any]:
        arguments: dict[str, Any] = {
            "model": self.name,
            "max_tokens": request.max_tokens,
            "system": [_system(block.text, cache=block.cache) for block in request.system if block.text],
            "messages": [{"role": turn.role, "content": turn.content} for turn in request.messages],
            "timeout": self._http.timeout(deadline.remaining_s(self._clock)),
        }
        if takes_temperature(self.name):
            arguments["extra_body"] = {"temperature": request.temperature}
        if request.session:
            arguments["metadata"] = {"user_id": request.session}
        if request.schema:
            arguments["output_config"] = _output(request.schema)
        return arguments


def _take(answer: PartialAnswer, event: RawMessageStreamEvent) -> str:
    """Note one event; the text it adds."""
    if event.type == "content_block_delta":
        return answer.add(event.delta.text) if event.delta.type == "text_delta" else ""
    if event.type == "message_start":
        answer.model, answer.usage = event.message.model, _usage(event.message.usage)
    elif event.type == "message_delta":
        answer.stop, answer.usage = _stop(event.delta.stop_reason), _usage(event.usage, before=answer.usage)
    return ""


def _mapped(error: Exception) -> ModelError:
    if isinstance(error, anthropic.APIStatusError):
        if error.status_code < 400:
            return from_event(PROVIDER, error.body)
        return from_status(PROVIDER, error.status_code, error.response.headers, error.body)
    if isinstance(error, anthropic.APIConnectionError):
        cause = error.__cause__
        return from_transport(PROVIDER, cause if isinstance(cause, Exception) else error)
    if isinstance(error, httpx2.HTTPError):
        return from_transport(PROVIDER, error)
    return ServerFault(f"{PROVIDER}: {type(error).__name__}")


def _stop(reason: str | None) -> StopReason:
    return _STOPS.get(reason or "", "other")


def _system(text: str, *, cache: bool) -> TextBlockParam:
    if cache:
        return TextBlockParam(type="text", text=text, cache_control={"type": "ephemeral"})
    return TextBlockParam(type="text", text=text)


def _output(schema: dict[str, Any]) -> OutputConfigParam:
    try:
        strict = anthropic.transform_schema(schema)
    except ValueError as error:
        raise InvalidRequest(f"{PROVIDER}: schema: {error}") from error
    return OutputConfigParam(format={"type": "json_schema", "schema": strict})


def _usage(billed: _Billed | SdkUsage | MessageDeltaUsage, before: Usage | None = None) -> Usage:
    """The billed tokens; a stream's closing event repeats only what changed, the rest stands from `before`."""
    known = before or Usage()
    return Usage(
        input_tokens=_or(billed.input_tokens, known.input_tokens),
        output_tokens=_or(billed.output_tokens, known.output_tokens),
        cache_read_tokens=_or(billed.cache_read_input_tokens, known.cache_read_tokens),
        cache_write_tokens=_or(billed.cache_creation_input_tokens, known.cache_write_tokens),
    )


def _or(said: int | None, known: int) -> int:
    return known if said is None else said
