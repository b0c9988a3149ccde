"""OpenAI's chat completions, as vLLM, llama.cpp, Ollama and Hugging Face's router speak them."""

import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
from aiohttp import web

from zantara_cli.simulator import anthropic_api
from zantara_cli.simulator.exchange import ApiError, Exchange, answer, llama_pace
from zantara_cli.simulator.openai_request import ChatRequest, parse, prompt
from zantara_cli.simulator.replies import Reply, Stop, compose, count_tokens
from zantara_cli.simulator.state import MARK, marked

OWNER = "zantara-simulator"
MODELS = ("llama-3.1-8b", "meta-llama/Llama-3.1-8B-Instruct")

_STOPS = {Stop.END: "stop", Stop.LENGTH: "length", Stop.SEQUENCE: "stop", Stop.REFUSAL: "content_filter"}
_REFUSAL = "I cannot help with that."


def routes() -> list[web.RouteDef]:
    """The routes of this API."""
    return [web.post("/v1/chat/completions", completions), web.get("/v1/models", models)]


async def completions(request: web.Request) -> web.StreamResponse:
    """Create a chat completion."""
    return await answer(request, "openai", "chat", render, _completions)


async def models(request: web.Request) -> web.StreamResponse:
    """List the models, in Anthropic's form for its clients."""
    if "anthropic-version" in request.headers:
        return await anthropic_api.models(request)
    return await answer(request, "openai", "models", render, _models)


def render(_: web.Request, error: ApiError) -> web.Response:
    """An error in OpenAI's envelope."""
    return web.json_response(envelope(error), status=error.status, headers=error.headers)


def envelope(error: ApiError) -> dict[str, Any]:
    """The envelope alone."""
    if error.kind == "billing":
        return _enveloped(error.message, "insufficient_quota", "insufficient_quota")
    if error.status == 429:
        return _enveloped(error.message, "requests", "rate_limit_exceeded")
    if error.status == 401:
        return _enveloped(error.message, "invalid_request_error", "invalid_api_key")
    return _enveloped(error.message, "server_error" if error.status >= 500 else "invalid_request_error", None)


def authorise(request: web.Request) -> None:
    """Any bearer token will do, none will not."""
    if not request.headers.get("authorization", "").removeprefix("Bearer ").strip():
        raise ApiError(401, "", "You didn't provide an API key. Send it as a bearer token in the Authorization header.")


def listed_models() -> dict[str, Any]:
    """The list of models."""
    listed = [{"id": f"{MARK}{name}", "object": "model", "created": 0, "owned_by": OWNER} for name in MODELS]
    return {"object": "list", "data": listed}


async def respond(exchange: Exchange, asked: ChatRequest) -> web.StreamResponse:
    """Generate an answer and send it, streamed or whole."""
    reply = replied(exchange, asked)
    rendered = rendering(exchange, asked, reply)
    pace = llama_pace(exchange.simulator, reply)
    if asked.stream:
        return await exchange.streamed(reply, pace, rendered, {})
    return await exchange.whole(reply, pace, msgspec.json.encode(rendered.whole()), {})


def rendering(exchange: Exchange, asked: ChatRequest, reply: Reply) -> "Rendered":
    """The reply in OpenAI's shapes."""
    created = int(exchange.simulator.clock.now().timestamp())
    return Rendered(asked, reply, exchange.call.input_tokens, created)


def replied(exchange: Exchange, asked: ChatRequest) -> Reply:
    """The reply to a request, noted in the call."""
    asked_prompt = prompt(asked)
    reply = compose(asked_prompt, asked.limit, exchange.faults, asked.stops)
    exchange.note(asked_prompt, reply, prompt_tokens(asked))
    return reply


def prompt_tokens(asked: ChatRequest) -> int:
    """How many tokens a request's messages count as."""
    return sum(count_tokens(str(message.content or "")) + 4 for message in asked.messages)


async def _completions(exchange: Exchange) -> web.StreamResponse:
    authorise(exchange.request)
    asked = parse(await exchange.body())
    exchange.concern(asked.model, stream=asked.stream)
    await exchange.obstruct()
    return await respond(exchange, asked)


async def _models(exchange: Exchange) -> web.StreamResponse:
    authorise(exchange.request)
    return web.json_response(listed_models())


class Rendered:
    """A reply in OpenAI's shapes."""

    def __init__(self, asked: ChatRequest, reply: Reply, prompt_tokens: int, created: int) -> None:
        self._reply = reply
        self._with_usage = asked.stream_options is not None and asked.stream_options.include_usage
        self._prompt_tokens = prompt_tokens
        self._common = {
            "id": f"chatcmpl-{secrets.token_hex(12)}", "created": created, "model": marked(asked.model),
        }  # fmt: skip

    def whole(self) -> dict[str, Any]:
        """The completion in one piece."""
        refused = self._reply.stop is Stop.REFUSAL
        message = {
            "role": "assistant",
            "content": None if refused else self._reply.text,
            "refusal": _REFUSAL if refused else None,
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _STOPS[self._reply.stop]}
        return self._common | {"object": "chat.completion", "choices": [choice], "usage": self._usage()}

    def head(self) -> Sequence[bytes]:
        """The chunk that names the role."""
        return [self._chunk({"role": "assistant", "content": ""}, None)]

    def piece(self, text: str) -> bytes:
        """A chunk of text."""
        return self._chunk({"content": text}, None)

    def tail(self) -> Sequence[bytes]:
        """Why it ended, the usage where it is wanted, and the end mark."""
        frames = [self._chunk({}, _STOPS[self._reply.stop])]
        if self._with_usage:
            frames.append(
                _data(self._common | {"object": "chat.completion.chunk", "choices": [], "usage": self._usage()})
            )
        return [*frames, b"data: [DONE]\n\n"]

    def error(self) -> bytes:
        """An error inside the stream, as vLLM sends it."""
        return _data(
            {"error": {"message": "Internal server error", "type": "InternalServerError", "param": None, "code": 500}}
        )

    def _chunk(self, delta: dict[str, Any], finish: str | None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        usage = {"usage": None} if self._with_usage else {}
        return _data(self._common | {"object": "chat.completion.chunk", "choices": [choice]} | usage)

    def _usage(self) -> dict[str, Any]:
        return {
            "prompt_tokens": self._prompt_tokens,
            "completion_tokens": self._reply.tokens,
            "total_tokens": self._prompt_tokens + self._reply.tokens,
        }


def _data(body: dict[str, Any]) -> bytes:
    return b"data: " + msgspec.json.encode(body) + b"\n\n"


def _enveloped(message: str, kind: str, code: str | None) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}
