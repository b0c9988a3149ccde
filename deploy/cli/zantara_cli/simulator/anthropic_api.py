"""Anthropic's Messages API: JSON and server-sent events, usage with the prompt cache, errors in its envelope."""

import json
import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
from aiohttp import web

from zantara_cli.simulator.anthropic_request import MessagesRequest, blocks, parse, prompt
from zantara_cli.simulator.exchange import ApiError, Exchange, answer, claude_pace
from zantara_cli.simulator.prompt_cache import Billed
from zantara_cli.simulator.replies import Reply, Stop, compose
from zantara_cli.simulator.state import MARK, marked

MODELS = ("claude-haiku-4-5", "claude-sonnet-4-5", "claude-haiku-5-5", "claude-sonnet-5-5")

_STOPS = {
    Stop.END: "end_turn", Stop.LENGTH: "max_tokens", Stop.SEQUENCE: "stop_sequence", Stop.REFUSAL: "refusal",
}  # fmt: skip
_KINDS = {
    400: "invalid_request_error", 401: "authentication_error", 402: "billing_error", 403: "permission_error",
    404: "not_found_error", 413: "request_too_large", 429: "rate_limit_error", 504: "timeout_error",
    529: "overloaded_error",
}  # fmt: skip


def routes() -> list[web.RouteDef]:
    """The routes of this API; GET /v1/models is shared with OpenAI's and told apart by a header."""
    return [web.post("/v1/messages", messages), web.post("/v1/messages/count_tokens", count)]


async def messages(request: web.Request) -> web.StreamResponse:
    """Create a message."""
    return await answer(request, "anthropic", "messages", render, _messages)


async def count(request: web.Request) -> web.StreamResponse:
    """Count the tokens of a prompt."""
    return await answer(request, "anthropic", "count_tokens", render, _count)


async def models(request: web.Request) -> web.StreamResponse:
    """List the models."""
    return await answer(request, "anthropic", "models", render, _models)


def render(_: web.Request, error: ApiError) -> web.Response:
    """An error in Anthropic's envelope."""
    request_id = _request_id()
    body = envelope(error) | {"request_id": request_id}
    return web.json_response(body, status=error.status, headers={"request-id": request_id} | error.headers)


def envelope(error: ApiError) -> dict[str, Any]:
    """The envelope alone, as error events carry it too."""
    by_status = _KINDS.get(error.status, "api_error" if error.status >= 500 else "invalid_request_error")
    kind = error.kind if error.kind not in ("", "billing") else by_status
    return {"type": "error", "error": {"type": kind, "message": error.message}}


async def _messages(exchange: Exchange) -> web.StreamResponse:
    _authorise(exchange.request)
    simulator = exchange.simulator
    asked = parse(await exchange.body(), strict=simulator.dials.now.strict)
    exchange.concern(asked.model, stream=asked.stream)
    await exchange.obstruct()
    asked_prompt = prompt(asked)
    reply = compose(asked_prompt, asked.max_tokens, exchange.faults, asked.stop_sequences)
    scope = f"{_key(exchange.request)}\0{asked.model}"
    billed = simulator.cache.bill(scope, blocks(asked), simulator.dials.now.cache_min_tokens)
    exchange.note(asked_prompt, reply, billed.total)
    message = Rendered(asked, reply, billed)
    headers = {"request-id": _request_id()}
    if asked.stream:
        return await exchange.streamed(reply, claude_pace(simulator), message, headers)
    return await exchange.whole(reply, claude_pace(simulator), msgspec.json.encode(message.whole()), headers)


async def _count(exchange: Exchange) -> web.StreamResponse:
    _authorise(exchange.request)
    asked = parse(await exchange.body(), strict=exchange.simulator.dials.now.strict, counting=True)
    exchange.concern(asked.model)
    await exchange.obstruct()
    tokens = sum(block.tokens for block in blocks(asked))
    return web.json_response({"input_tokens": tokens}, headers={"request-id": _request_id()})


async def _models(exchange: Exchange) -> web.StreamResponse:
    _authorise(exchange.request)
    listed = [
        {
            "type": "model", "id": f"{MARK}{name}", "display_name": f"Simulated {name}", "lifecycle": "active",
            "created_at": "2026-01-01T00:00:00Z", "max_input_tokens": 200_000, "max_tokens": 64_000,
        }
        for name in MODELS
    ]  # fmt: skip
    body = {"data": listed, "has_more": False, "first_id": listed[0]["id"], "last_id": listed[-1]["id"]}
    return web.json_response(body, headers={"request-id": _request_id()})


class Rendered:
    """A reply in Anthropic's shapes."""

    def __init__(self, asked: MessagesRequest, reply: Reply, billed: Billed) -> None:
        self._asked = asked
        self._reply = reply
        self._billed = billed
        self._id = f"msg_{secrets.token_hex(12)}"
        self._tool = asked.forced_tool
        self._spoken = bool(reply.pieces)

    def whole(self) -> dict[str, Any]:
        """The message in one piece."""
        content = [self._block(full=True)] if self._spoken else []
        return self._message(content) | self._ending() | {"usage": self._usage(self._reply.tokens)}

    def head(self) -> Sequence[bytes]:
        """message_start, the beginning of the block, a ping."""
        begun = self._message([]) | {"stop_reason": None, "stop_sequence": None, "usage": self._usage(1)}
        frames = [_event("message_start", {"message": begun})]
        if self._spoken:
            frames.append(_event("content_block_start", {"index": 0, "content_block": self._block(full=False)}))
        return [*frames, _event("ping", {})]

    def piece(self, text: str) -> bytes:
        """A delta of text, or of a tool's input."""
        delta = (
            {"type": "input_json_delta", "partial_json": text} if self._tool else {"type": "text_delta", "text": text}
        )
        return _event("content_block_delta", {"index": 0, "delta": delta})

    def tail(self) -> Sequence[bytes]:
        """The end of the block, message_delta, message_stop."""
        closing = [_event("content_block_stop", {"index": 0})] if self._spoken else []
        delta = {"delta": self._ending(), "usage": self._usage(self._reply.tokens)}
        return [*closing, _event("message_delta", delta), _event("message_stop", {})]

    def error(self) -> bytes:
        """An overload that strikes after the 200."""
        return _event("error", envelope(ApiError(529, "overloaded_error", "Overloaded")))

    def _message(self, content: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "id": self._id, "type": "message", "role": "assistant", "model": marked(self._asked.model),
            "content": content,
        }  # fmt: skip

    def _block(self, *, full: bool) -> dict[str, Any]:
        if self._tool is None:
            return {"type": "text", "text": self._reply.text if full else ""}
        return {
            "type": "tool_use",
            "id": f"toolu_{self._id[4:]}",
            "name": self._tool["name"],
            "input": _object(self._reply.text) if full else {},
        }

    def _ending(self) -> dict[str, Any]:
        reason = "tool_use" if self._tool and self._reply.stop is Stop.END else _STOPS[self._reply.stop]
        ending: dict[str, Any] = {"stop_reason": reason, "stop_sequence": self._reply.stop_sequence}
        if self._reply.stop is Stop.REFUSAL:
            ending["stop_details"] = {"type": "refusal", "category": None, "explanation": None}
        return ending

    def _usage(self, output_tokens: int) -> dict[str, Any]:
        return {
            "input_tokens": self._billed.plain,
            "cache_creation_input_tokens": self._billed.written,
            "cache_read_input_tokens": self._billed.read,
            "output_tokens": output_tokens if self._spoken else 0,
            "service_tier": "standard",
        }


def _object(text: str) -> dict[str, Any]:
    """A tool's input; one that was cut short is what could not be parsed, as the API gives it: empty."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _event(name: str, fields: dict[str, Any]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode({"type": name} | fields) + b"\n\n"


def _authorise(request: web.Request) -> None:
    if not _key(request):
        raise ApiError(401, "authentication_error", "x-api-key header is required")
    if "anthropic-version" not in request.headers:
        raise ApiError(400, "invalid_request_error", "anthropic-version: header is required")


def _key(request: web.Request) -> str:
    return (
        request.headers.get("x-api-key", "") or request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    )


def _request_id() -> str:
    return f"req_{secrets.token_hex(12)}"
