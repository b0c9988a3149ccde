"""OpenAI's chat completions as an httpx2 client sees them."""

import json

import httpx2
import pytest
from aiohttp.test_utils import TestServer
from tests.integration.zantara_cli.simulator.prompts import PASSAGE, asking

MODEL = "meta-llama/Llama-3.1-8B-Instruct"
QUESTION = asking("How much must I hold in shares for the investor KITAS?")
CHAT = {"model": MODEL, "messages": [{"role": "system", "content": "Help."}, {"role": "user", "content": QUESTION}]}


async def test_a_completion_quotes_the_passage_and_is_marked(http: httpx2.AsyncClient) -> None:
    reply = await http.post("/v1/chat/completions", json=CHAT)
    body = reply.json()
    assert reply.headers["x-simulated"] == "true"
    assert body["object"] == "chat.completion"
    assert body["model"] == f"simulated-{MODEL}"
    assert "at least IDR 10 billion" in body["choices"][0]["message"]["content"]
    assert body["choices"][0]["finish_reason"] == "stop"
    usage = body["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


@pytest.mark.parametrize("with_usage", [False, True])
async def test_a_stream_ends_with_done_and_says_usage_only_where_asked(
    http: httpx2.AsyncClient, *, with_usage: bool
) -> None:
    whole = (await http.post("/v1/chat/completions", json=CHAT)).json()
    body = CHAT | {"stream": True} | ({"stream_options": {"include_usage": True}} if with_usage else {})
    async with http.stream("POST", "/v1/chat/completions", json=body) as reply:
        events = [event.data async for event in httpx2.EventSource(reply)]
    assert events[-1] == "[DONE]"
    chunks = [json.loads(event) for event in events[:-1]]
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert {chunk["model"] for chunk in chunks} == {f"simulated-{MODEL}"}
    choices = [chunk["choices"][0] for chunk in chunks if chunk["choices"]]
    assert choices[0]["delta"]["role"] == "assistant"
    assert choices[-1]["finish_reason"] == "stop"
    assert (
        "".join(choice["delta"].get("content", "") for choice in choices) == whole["choices"][0]["message"]["content"]
    )
    if with_usage:
        assert chunks[-1]["choices"] == []
        assert chunks[-1]["usage"] == whole["usage"]
        assert all(chunk["usage"] is None for chunk in chunks[:-1])
    else:
        assert all("usage" not in chunk for chunk in chunks)


@pytest.mark.parametrize(
    "wish",
    [
        {"response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object", "properties": {"quote": {"type": "string"}}, "required": ["quote"]}}}},  # noqa: E501 - one wish a line
        {"guided_json": {"type": "object", "properties": {"quote": {"type": "string"}}, "required": ["quote"]}},
        {"structured_outputs": {"json": {"type": "object", "properties": {"quote": {"type": "string"}}, "required": ["quote"]}}},  # noqa: E501 - one wish a line
    ],
)  # fmt: skip
async def test_json_where_a_schema_is_asked(http: httpx2.AsyncClient, wish: dict[str, object]) -> None:
    body = (await http.post("/v1/chat/completions", json=CHAT | wish)).json()
    assert json.loads(body["choices"][0]["message"]["content"])["quote"] in PASSAGE


async def test_max_tokens_cuts(http: httpx2.AsyncClient) -> None:
    body = (await http.post("/v1/chat/completions", json=CHAT | {"max_tokens": 6})).json()
    assert body["choices"][0]["finish_reason"] == "length"
    assert body["usage"]["completion_tokens"] <= 6


async def test_models_say_who_owns_them(http: httpx2.AsyncClient) -> None:
    listed = (await http.get("/v1/models")).json()["data"]
    assert listed
    assert {model["owned_by"] for model in listed} == {"zantara-simulator"}
    assert all(model["id"].startswith("simulated-") for model in listed)


async def test_a_missing_key_gives_the_apis_401(server: TestServer) -> None:
    async with httpx2.AsyncClient(base_url=str(server.make_url("/"))) as stranger:
        reply = await stranger.post("/v1/chat/completions", json=CHAT)
    assert reply.status_code == 401
    assert reply.json()["error"]["code"] == "invalid_api_key"


@pytest.mark.parametrize(
    ("fault", "status", "kind", "code"),
    [
        ("error=429:2", 429, "requests", "rate_limit_exceeded"),
        ("error=500", 500, "server_error", None),
        ("error=503", 503, "server_error", None),
        ("billing", 402, "insufficient_quota", "insufficient_quota"),
    ],
)
async def test_error_faults(http: httpx2.AsyncClient, fault: str, status: int, kind: str, code: str | None) -> None:
    reply = await http.post("/v1/chat/completions", json=CHAT, headers={"x-simulator-fault": fault})
    assert reply.status_code == status
    assert (reply.json()["error"]["type"], reply.json()["error"]["code"]) == (kind, code)


async def test_malformed_requests_are_400(http: httpx2.AsyncClient) -> None:
    for body in ({}, {"model": MODEL, "messages": []}, {"model": MODEL, "messages": [{"role": "king"}]}):
        reply = await http.post("/v1/chat/completions", json=body)
        assert reply.status_code == 400
        assert reply.json()["error"]["type"] == "invalid_request_error"


async def test_an_error_inside_a_stream(http: httpx2.AsyncClient) -> None:
    body = CHAT | {"stream": True}
    headers = {"x-simulator-fault": "sse_error=2"}
    async with http.stream("POST", "/v1/chat/completions", json=body, headers=headers) as reply:
        events = [json.loads(event.data) async for event in httpx2.EventSource(reply)]
    assert "error" in events[-1]
    assert sum("choices" in event and bool(event["choices"][0]["delta"].get("content")) for event in events) == 2


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_cut_connection(http: httpx2.AsyncClient, *, streamed: bool) -> None:
    with pytest.raises(httpx2.RemoteProtocolError):
        await http.post(
            "/v1/chat/completions", json=CHAT | {"stream": streamed}, headers={"x-simulator-fault": "cut=1"}
        )


async def test_refusal_is_a_content_filter(http: httpx2.AsyncClient) -> None:
    reply = await http.post("/v1/chat/completions", json=CHAT, headers={"x-simulator-fault": "refuse"})
    choice = reply.json()["choices"][0]
    assert choice["finish_reason"] == "content_filter"
    assert choice["message"]["content"] is None
