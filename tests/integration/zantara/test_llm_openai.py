"""The OpenAI-compatible client against a server of that protocol, as vLLM, llama.cpp and the HF router speak it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from zantara.clock import SystemClock
from zantara.llm import (
    Completion,
    Deadline,
    Message,
    ModelError,
    ModelRequest,
    SystemBlock,
    Usage,
    errors,
    reading,
)
from zantara.llm.factory import Wiring, llama_model
from zantara.llm.http_client import HttpClient
from zantara.llm.openai import OpenAIModel

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

REQUEST = ModelRequest(
    system=(SystemBlock(text="You are Zantara.", cache=True), SystemBlock(text="Memory: none.")),
    messages=(Message(role="user", content="Apa kabar?"),),
    max_tokens=50,
    temperature=0.7,
    session="a1b2",
)
USAGE = {"prompt_tokens": 30, "completion_tokens": 4, "prompt_tokens_details": {"cached_tokens": 20}}
REPLY = {
    "id": "cmpl-1",
    "object": "chat.completion",
    "model": "zantara-llama-8b",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "Baik, terima kasih"},
            "finish_reason": "stop",
        }
    ],
    "usage": USAGE,
}


def chunk(text: str | None = None, finish: str | None = None) -> dict[str, Any]:
    delta = {} if text is None else {"content": text}
    return {"model": "zantara-llama-8b", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


WHOLE = (
    {"model": "zantara-llama-8b", "choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]},
    chunk("Baik, "),
    chunk("terima kasih"),
    chunk(finish="stop"),
    {"model": "zantara-llama-8b", "choices": [], "usage": USAGE},
)


class Provider:
    """A server whose answer the test chooses."""

    def __init__(self) -> None:
        self.handler: Handler = self.replies(REPLY)
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.left = asyncio.Event()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(await request.json())
        self.keys.append(request.headers.get("authorization"))
        try:
            return await self.handler(request)
        except (asyncio.CancelledError, ConnectionError):
            self.left.set()
            raise

    @staticmethod
    def replies(body: object, status: int = 200) -> Handler:
        async def handler(_: web.Request) -> web.StreamResponse:
            return web.json_response(body, status=status)

        return handler

    @staticmethod
    def streams(*chunks: dict[str, Any], then: str = "done", pause_s: float = 0.0) -> Handler:
        """The chunks, then `done`, `end` (without [DONE]), `cut` or `hang`."""

        async def handler(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"content-type": "text/event-stream"})
            await response.prepare(request)
            for data in chunks:
                await response.write(f"data: {json.dumps(data)}\n\n".encode())
                await asyncio.sleep(pause_s)
            if then == "done":
                await response.write(b"data: [DONE]\n\n")
            elif then == "cut":
                assert request.transport is not None
                request.transport.close()
            elif then == "hang":
                await asyncio.sleep(30)
            return response

        return handler


@pytest.fixture
async def provider() -> Provider:
    return Provider()


@pytest.fixture
async def url(provider: Provider) -> AsyncIterator[str]:
    async def models(_: web.Request) -> web.Response:
        return web.json_response({"data": []})

    app = web.Application()
    app.router.add_post("/v1/chat/completions", provider.serve)
    app.router.add_get("/v1/models", models)
    async with TestServer(app, handler_cancellation=True) as server:
        yield str(server.make_url("/v1"))


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


@pytest.fixture
def model(url: str, http: HttpClient) -> OpenAIModel:
    return OpenAIModel(name="llama-3.1-8b", base_url=url, api_key="secret", http=http, clock=SystemClock())


def soon() -> Deadline:
    return Deadline.after(SystemClock(), 5.0)


async def read(model: OpenAIModel) -> tuple[list[str], Completion]:
    async with reading(model.stream(REQUEST, soon())) as stream:
        pieces = [piece async for piece in stream]
    assert isinstance(pieces[-1], Completion)
    return [piece for piece in pieces[:-1] if isinstance(piece, str)], pieces[-1]


async def test_a_whole_answer(model: OpenAIModel, provider: Provider) -> None:
    completion = await model.complete(REQUEST, soon())
    assert completion.text == "Baik, terima kasih"
    assert (completion.provider, completion.model) == ("openai", "zantara-llama-8b")
    assert completion.usage == Usage(input_tokens=10, output_tokens=4, cache_read_tokens=20, cost_usd=0.0)
    assert completion.stop_reason == "end"
    assert provider.keys == ["Bearer secret"]


async def test_the_request_is_openais_and_carries_no_trace_of_the_user(model: OpenAIModel, provider: Provider) -> None:
    await model.complete(REQUEST, soon())
    assert provider.bodies[0] == {
        "model": "llama-3.1-8b",
        "messages": [
            {"role": "system", "content": "You are Zantara.\n\nMemory: none."},
            {"role": "user", "content": "Apa kabar?"},
        ],
        "max_tokens": 50,
        "temperature": 0.7,
    }


async def test_a_schema_goes_as_response_format(model: OpenAIModel, provider: Provider) -> None:
    schema = {"title": "Jiwa Facts", "type": "object"}
    await model.complete(msgspec.structs.replace(REQUEST, schema=schema), soon())
    assert provider.bodies[0]["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "Jiwa_Facts", "schema": schema},
    }


@pytest.mark.parametrize("then", ["done", "end"])
async def test_a_stream_gives_deltas_and_the_usage_of_its_last_chunk(
    model: OpenAIModel, provider: Provider, then: str
) -> None:
    provider.handler = provider.streams(*WHOLE, then=then)
    deltas, completion = await read(model)
    assert deltas == ["Baik, ", "terima kasih"]
    assert completion.usage.output_tokens == 4
    assert completion.ttft_ms is not None
    assert provider.bodies[0]["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize(
    ("reason", "expected"),
    [("length", "length"), ("content_filter", "refusal"), ("tool_calls", "other")],
)
async def test_the_finish_reason_is_told(model: OpenAIModel, provider: Provider, reason: str, expected: str) -> None:
    provider.handler = provider.streams(chunk("Baik"), chunk(finish=reason))
    assert (await read(model))[1].stop_reason == expected


@pytest.mark.parametrize(
    ("chunks", "then"),
    [
        ((chunk("Baik"),), "cut"),
        ((chunk("Baik"),), "end"),
        ((chunk("Baik"),), "done"),
        ((chunk("Baik"), {"error": {"message": "engine died", "code": 500}}), "end"),
    ],
)
async def test_a_stream_that_ends_early_is_broken_and_tells_what_came(
    model: OpenAIModel, provider: Provider, chunks: tuple[dict[str, Any], ...], then: str
) -> None:
    provider.handler = provider.streams(*chunks, then=then)
    with pytest.raises(errors.BrokenStream) as caught:
        await read(model)
    assert caught.value.delivered == "Baik"


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"error": {"message": "max_tokens too large"}}, errors.InvalidRequest),
        (401, {"error": "Invalid token"}, errors.AuthenticationFailed),
        (402, {"error": "You have exceeded your monthly included credits"}, errors.BillingStop),
        (429, {"error": {"message": "slow down"}}, errors.RateLimited),
        (500, "oops", errors.ServerFault),
        (503, {"error": "loading"}, errors.Overloaded),
    ],
)
async def test_each_error_status_is_its_own_error(
    model: OpenAIModel, provider: Provider, status: int, body: object, error: type[ModelError]
) -> None:
    provider.handler = provider.replies(body, status)
    with pytest.raises(error):
        await model.complete(REQUEST, soon())
    with pytest.raises(error):
        await read(model)


@pytest.mark.parametrize("body", [{}, {"choices": []}, {"choices": "none"}, [1], "text"])
async def test_a_reply_of_another_shape_is_a_server_fault(model: OpenAIModel, provider: Provider, body: object) -> None:
    provider.handler = provider.replies(body)
    with pytest.raises(errors.ServerFault):
        await model.complete(REQUEST, soon())


async def test_html_in_place_of_a_stream_is_no_crash(model: OpenAIModel, provider: Provider) -> None:
    async def handler(_: web.Request) -> web.StreamResponse:
        return web.Response(text="<html>", content_type="text/html")

    provider.handler = handler
    with pytest.raises(ModelError):
        await read(model)


async def test_leaving_a_stream_closes_its_connection(model: OpenAIModel, provider: Provider) -> None:
    provider.handler = provider.streams(*[chunk("tok ")] * 1000, pause_s=0.01)
    async with reading(model.stream(REQUEST, soon())) as pieces:
        async for _ in pieces:
            break
    await asyncio.wait_for(provider.left.wait(), 1.0)


async def test_a_running_server_is_warm(model: OpenAIModel) -> None:
    assert (await model.health()).warm


async def test_no_server_is_no_health(http: HttpClient) -> None:
    gone = OpenAIModel(name="x", base_url="http://127.0.0.1:1/v1", api_key="", http=http, clock=SystemClock())
    with pytest.raises(errors.Unreachable):
        await gone.health()


async def test_hugging_face_answers_where_llama_is_gone(url: str, http: HttpClient, provider: Provider) -> None:
    both = llama_model(
        "http://127.0.0.1:1/v2/abc",
        "k",
        url,
        "hf-token",
        wiring=Wiring(http=http, clock=SystemClock()),
    )
    completion = await both.complete(REQUEST, soon())
    assert (completion.provider, completion.text) == ("huggingface", "Baik, terima kasih")
    assert provider.keys == ["Bearer hf-token"]
    assert provider.bodies[0]["model"] == "meta-llama/Llama-3.1-8B-Instruct"
