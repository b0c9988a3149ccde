"""Claude's client against a server of the Messages protocol: the bytes on the wire, and what goes wrong with them."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from prometheus_client import CollectorRegistry

from zantara.clock import SystemClock
from zantara.llm import (
    ChatModel,
    Completion,
    Deadline,
    Message,
    ModelError,
    ModelRequest,
    SystemBlock,
    Usage,
    complete_json,
    errors,
    reading,
)
from zantara.llm.factory import Wiring, claude_model
from zantara.llm.http_client import HttpClient
from zantara.llm.metrics import LlmMetrics
from zantara.llm.resilience import Guards

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HAIKU = "claude-haiku-4-5"
REQUEST = ModelRequest(
    system=(SystemBlock(text="You are Zantara.", cache=True), SystemBlock(text="Memory: none.")),
    messages=(Message(role="user", content="Berapa biaya KITAS?"),),
    max_tokens=200,
    session="a1b2",
)
USAGE = {
    "input_tokens": 10,
    "output_tokens": 5,
    "cache_read_input_tokens": 2000,
    "cache_creation_input_tokens": 30,
}
REPLY = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude-haiku-4-5-20251001",
    "content": [{"type": "text", "text": "Selamat "}, {"type": "text", "text": "pagi"}],
    "stop_reason": "end_turn",
    "usage": USAGE,
}


class Provider:
    """A server whose answer the test chooses; keeps the bodies and how many clients left early."""

    def __init__(self) -> None:
        self.handler: Handler = self.replies(REPLY)
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.left = asyncio.Event()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.bodies.append(await request.json())
        self.headers.append(dict(request.headers))
        try:
            return await self.handler(request)
        except (asyncio.CancelledError, ConnectionError):
            self.left.set()
            raise

    @staticmethod
    def replies(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Handler:
        async def handler(_: web.Request) -> web.StreamResponse:
            return web.json_response(body, status=status, headers=headers)

        return handler

    @staticmethod
    def streams(*events: dict[str, Any], then: str = "end", pause_s: float = 0.0) -> Handler:
        """The events, then `end`, `cut` (connection dropped) or `hang`."""

        async def handler(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"content-type": "text/event-stream"})
            await response.prepare(request)
            for event in events:
                await response.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
                await asyncio.sleep(pause_s)
            if then == "cut":
                assert request.transport is not None
                request.transport.close()
            if then == "hang":
                await asyncio.sleep(30)
            return response

        return handler


START = {"type": "message_start", "message": {**REPLY, "content": [], "stop_reason": None}}
BLOCK = {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
PING = {"type": "ping"}
BLOCK_END = {"type": "content_block_stop", "index": 0}
END = {
    "type": "message_delta",
    "delta": {"stop_reason": "end_turn", "stop_sequence": None},
    "usage": {"output_tokens": 7},
}
STOP = {"type": "message_stop"}


def delta(text: str) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}}


def error_event(kind: str) -> dict[str, Any]:
    return {"type": "error", "error": {"type": kind, "message": "said"}}


WHOLE = (START, BLOCK, PING, delta("Selamat "), delta("pagi"), BLOCK_END, END, STOP)


@pytest.fixture
async def provider() -> Provider:
    return Provider()


@pytest.fixture
async def url(provider: Provider) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/v1/messages", provider.serve)
    async with TestServer(app, handler_cancellation=True) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


@pytest.fixture
def bare(url: str, http: HttpClient) -> ChatModel:
    return claude_model(HAIKU, api_key="sk-test", base_url=url, wiring=Wiring(http=http, clock=SystemClock()))


@pytest.fixture
def guarded(url: str, http: HttpClient) -> ChatModel:
    clock = SystemClock()
    guards = Guards(clock, LlmMetrics(CollectorRegistry()))
    return claude_model(HAIKU, api_key="sk-test", base_url=url, wiring=Wiring(http=http, clock=clock, guards=guards))


def soon(**limits: float) -> Deadline:
    return Deadline.after(SystemClock(), limits.pop("total_s", 5.0), **limits)


async def read(model: ChatModel, deadline: Deadline | None = None) -> tuple[list[str], Completion]:
    deltas: list[str] = []
    completion: Completion | None = None
    async with reading(model.stream(REQUEST, deadline or soon())) as pieces:
        async for piece in pieces:
            if isinstance(piece, Completion):
                completion = piece
            else:
                deltas.append(piece)
    assert completion is not None
    return deltas, completion


async def test_a_whole_answer_with_its_usage_priced(bare: ChatModel) -> None:
    completion = await bare.complete(REQUEST, soon())
    assert completion.text == "Selamat pagi"
    assert (completion.provider, completion.model) == ("anthropic", "claude-haiku-4-5-20251001")
    assert completion.usage == Usage(
        input_tokens=10,
        output_tokens=5,
        cache_read_tokens=2000,
        cache_write_tokens=30,
        cost_usd=(10 + 200 + 37.5 + 25) / 1e6,
    )
    assert (completion.stop_reason, completion.simulated, completion.ttft_ms) == ("end", False, None)
    assert completion.latency_ms > 0


async def test_the_request_marks_the_cached_prefix_and_hides_nobody_behind_a_name(
    bare: ChatModel, provider: Provider
) -> None:
    await bare.complete(REQUEST, soon())
    assert provider.bodies[0] == {
        "model": HAIKU,
        "max_tokens": 200,
        "temperature": 0.3,
        "system": [
            {"type": "text", "text": "You are Zantara.", "cache_control": {"type": "ephemeral"}},
            {"type": "text", "text": "Memory: none."},
        ],
        "messages": [{"role": "user", "content": "Berapa biaya KITAS?"}],
        "metadata": {"user_id": "a1b2"},
    }
    assert "sk-test" in " ".join(provider.headers[0].values())


async def test_a_stream_gives_deltas_then_the_completion(bare: ChatModel, provider: Provider) -> None:
    provider.handler = provider.streams(*WHOLE)
    deltas, completion = await read(bare)
    assert deltas == ["Selamat ", "pagi"]
    assert completion.text == "Selamat pagi"
    assert (completion.usage.input_tokens, completion.usage.output_tokens) == (10, 7)
    assert completion.usage.cache_read_tokens == 2000
    assert completion.ttft_ms is not None
    assert 0 < completion.ttft_ms <= completion.latency_ms


@pytest.mark.parametrize(
    ("reason", "expected"),
    [("max_tokens", "length"), ("refusal", "refusal"), ("stop_sequence", "end"), ("pause_turn", "other")],
)
async def test_the_stop_reason_is_told(bare: ChatModel, provider: Provider, reason: str, expected: str) -> None:
    provider.handler = provider.replies({**REPLY, "stop_reason": reason})
    assert (await bare.complete(REQUEST, soon())).stop_reason == expected


@pytest.mark.parametrize(
    ("body", "headers"),
    [({**REPLY, "model": f"simulated-{HAIKU}"}, {}), (REPLY, {"x-simulated": "true"})],
)
async def test_the_simulator_is_never_mistaken_for_the_real_thing(
    bare: ChatModel, provider: Provider, body: object, headers: dict[str, str]
) -> None:
    provider.handler = provider.replies(body, headers=headers)
    assert (await bare.complete(REQUEST, soon())).simulated


@pytest.mark.parametrize(
    ("status", "kind", "error"),
    [
        (400, "invalid_request_error", errors.InvalidRequest),
        (401, "authentication_error", errors.AuthenticationFailed),
        (402, "billing_error", errors.BillingStop),
        (403, "permission_error", errors.AuthenticationFailed),
        (404, "not_found_error", errors.InvalidRequest),
        (413, "request_too_large", errors.InvalidRequest),
        (429, "rate_limit_error", errors.RateLimited),
        (500, "api_error", errors.ServerFault),
        (529, "overloaded_error", errors.Overloaded),
    ],
)
async def test_each_error_status_is_its_own_error_after_one_attempt(
    bare: ChatModel, provider: Provider, status: int, kind: str, error: type[ModelError]
) -> None:
    provider.handler = provider.replies(error_event(kind), status)
    for ask in (lambda: bare.complete(REQUEST, soon()), lambda: read(bare)):
        with pytest.raises(error):
            await ask()
    assert len(provider.bodies) == 2, "the SDK does not retry by itself"


@pytest.mark.parametrize("body", [{"unexpected": 1}, {**REPLY, "content": "text"}, "plain"])
async def test_a_reply_of_another_shape_is_a_server_fault(bare: ChatModel, provider: Provider, body: object) -> None:
    provider.handler = provider.replies(body)
    with pytest.raises(errors.ServerFault):
        await bare.complete(REQUEST, soon())


async def test_nobody_at_the_address_is_unreachable(http: HttpClient) -> None:
    model = claude_model(
        HAIKU,
        api_key="k",
        base_url="http://127.0.0.1:1",
        wiring=Wiring(http=http, clock=SystemClock()),
    )
    with pytest.raises(errors.Unreachable):
        await model.complete(REQUEST, soon())
    with pytest.raises(errors.Unreachable):
        await read(model)


@pytest.mark.parametrize(
    ("kind", "error"),
    [("overloaded_error", errors.Overloaded), ("api_error", errors.ServerFault)],
)
async def test_an_error_event_after_the_200_keeps_its_kind_before_any_text(
    bare: ChatModel, provider: Provider, kind: str, error: type[ModelError]
) -> None:
    provider.handler = provider.streams(START, error_event(kind))
    with pytest.raises(error):
        await read(bare)


@pytest.mark.parametrize(
    ("events", "then"),
    [
        ((START, BLOCK, delta("Selamat "), delta("pa"), error_event("overloaded_error")), "end"),
        ((START, BLOCK, delta("Selamat "), delta("pa")), "cut"),
        ((START, BLOCK, delta("Selamat "), delta("pa")), "end"),
    ],
)
async def test_a_stream_cut_after_text_is_broken_and_tells_what_came(
    bare: ChatModel, provider: Provider, events: tuple[dict[str, Any], ...], then: str
) -> None:
    provider.handler = provider.streams(*events, then=then)
    with pytest.raises(errors.BrokenStream) as caught:
        await read(bare)
    assert caught.value.delivered == "Selamat pa"


async def test_garbage_in_a_stream_is_no_crash(bare: ChatModel, provider: Provider) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b"event: message_start\ndata: {not json\n\n")
        return response

    provider.handler = handler
    with pytest.raises(errors.ServerFault):
        await read(bare)


async def test_a_hang_before_the_first_byte_ends_at_ttft_once_and_frees_the_upstream(
    guarded: ChatModel, provider: Provider
) -> None:
    async def handler(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        raise AssertionError("the client should have left")

    provider.handler = handler
    with pytest.raises(errors.TimedOut) as caught:
        await read(guarded, soon(ttft_s=0.15))
    assert caught.value.stage == "ttft"
    await asyncio.wait_for(provider.left.wait(), 1.0)
    assert len(provider.bodies) == 1


async def test_a_stall_after_some_chunks_ends_at_the_gap(guarded: ChatModel, provider: Provider) -> None:
    provider.handler = provider.streams(START, BLOCK, delta("Sela"), then="hang")
    seen: list[object] = []
    with pytest.raises(errors.TimedOut) as caught:
        async with reading(guarded.stream(REQUEST, soon(ttft_s=2, gap_s=0.15))) as pieces:
            seen.extend([piece async for piece in pieces])
    assert caught.value.stage == "gap"
    await asyncio.wait_for(provider.left.wait(), 1.0)


async def test_pings_do_not_keep_a_silent_stream_alive(guarded: ChatModel, provider: Provider) -> None:
    provider.handler = provider.streams(START, BLOCK, *[PING] * 100, then="hang", pause_s=0.02)
    with pytest.raises(errors.TimedOut) as caught:
        await read(guarded, soon(ttft_s=0.2))
    assert caught.value.stage == "ttft"


@pytest.mark.parametrize("way", ["break", "cancel"])
async def test_a_consumer_that_leaves_closes_the_upstream_within_a_second(
    guarded: ChatModel, provider: Provider, way: str
) -> None:
    provider.handler = provider.streams(START, BLOCK, *[delta("tok ")] * 1000, pause_s=0.01)
    first = asyncio.Event()

    async def consume() -> None:
        async with reading(guarded.stream(REQUEST, soon())) as pieces:
            async for _ in pieces:
                first.set()
                if way == "break":
                    break

    task = asyncio.create_task(consume())
    await first.wait()
    if way == "cancel":
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    else:
        await task
    await asyncio.wait_for(provider.left.wait(), 1.0)


async def test_a_cut_before_the_first_token_is_retried_unseen(guarded: ChatModel, provider: Provider) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        events = (START,) if len(provider.bodies) == 1 else WHOLE
        then = "cut" if len(provider.bodies) == 1 else "end"
        return await provider.streams(*events, then=then)(request)

    provider.handler = handler
    deltas, _ = await read(guarded)
    assert (deltas, len(provider.bodies)) == (["Selamat ", "pagi"], 2)


async def test_a_429_with_an_hours_wait_fails_at_once(guarded: ChatModel, provider: Provider) -> None:
    provider.handler = provider.replies(error_event("rate_limit_error"), 429, {"retry-after": "3600"})
    started_s = asyncio.get_running_loop().time()
    with pytest.raises(errors.RateLimited) as caught:
        await guarded.complete(REQUEST, soon())
    assert asyncio.get_running_loop().time() - started_s < 1.0
    assert (caught.value.retry_after_s, len(provider.bodies)) == (3600.0, 1)


async def test_exhausted_credit_stops_the_asking_for_ten_minutes(guarded: ChatModel, provider: Provider) -> None:
    body = {"type": "error", "error": {"type": "invalid_request_error", "message": "credit balance is too low"}}
    provider.handler = provider.replies(body, 400)
    with pytest.raises(errors.BillingStop):
        await guarded.complete(REQUEST, soon())
    with pytest.raises(errors.BreakerOpen) as caught:
        await guarded.complete(REQUEST, soon())
    assert caught.value.retry_after_s == pytest.approx(600, abs=5)
    assert len(provider.bodies) == 1


async def test_a_dead_provider_is_left_alone_after_five_failures(guarded: ChatModel, provider: Provider) -> None:
    provider.handler = provider.replies(error_event("api_error"), 500)
    for _ in range(20):
        with pytest.raises(ModelError):
            await guarded.complete(REQUEST, soon())
    assert len(provider.bodies) <= 6


class Verdict(msgspec.Struct, frozen=True):
    winner: str
    score: int = 0


async def test_json_is_asked_by_schema_and_a_bad_one_repaired(bare: ChatModel, provider: Provider) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        text = '{"winner": 7}' if len(provider.bodies) == 1 else '{"winner": "llama"}'
        return await provider.replies({**REPLY, "content": [{"type": "text", "text": text}]})(request)

    provider.handler = handler
    value, completion = await complete_json(bare, REQUEST, soon(), Verdict)
    assert value == Verdict("llama")
    assert completion.usage.output_tokens == 10
    asked = provider.bodies[0]["output_config"]["format"]
    assert (asked["type"], asked["schema"]["additionalProperties"]) == ("json_schema", False)
    assert provider.bodies[1]["messages"][-2] == {"role": "assistant", "content": '{"winner": 7}'}


async def leave_by_break(model: ChatModel) -> None:
    async with reading(model.stream(REQUEST, soon())) as pieces:
        async for _ in pieces:
            break


async def leave_by_cancel(model: ChatModel) -> None:
    task = asyncio.create_task(read(model))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("leave", [leave_by_break, leave_by_cancel])
async def test_streams_that_are_left_leak_no_connection(
    url: str, provider: Provider, leave: Callable[[ChatModel], Awaitable[None]]
) -> None:
    async with HttpClient(max_connections=4, pool_s=1.0) as http:
        model = claude_model(HAIKU, api_key="k", base_url=url, wiring=Wiring(http=http, clock=SystemClock()))
        provider.handler = provider.streams(START, BLOCK, *[delta("tok ")] * 200, then="hang")
        for _ in range(30):
            await leave(model)
        provider.handler = provider.streams(*WHOLE, pause_s=0.02)
        answers = await asyncio.gather(*(read(model) for _ in range(4)))
    assert [deltas for deltas, _ in answers] == [["Selamat ", "pagi"]] * 4


async def test_redirects_are_not_followed(bare: ChatModel, provider: Provider) -> None:
    async def handler(_: web.Request) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect("/v1/messages?elsewhere")

    provider.handler = handler
    with pytest.raises(ModelError):
        await bare.complete(REQUEST, soon())
    assert len(provider.bodies) == 1
