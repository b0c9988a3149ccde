"""The Messages API as Anthropic's own SDK sees it."""

import asyncio
import json

import aiohttp
import anthropic
import pytest
from aiohttp.test_utils import TestServer
from anthropic.types import TextBlock, ToolUseBlock
from tests.integration.zantara_cli.simulator.prompts import PASSAGE, asking

HAIKU = "claude-haiku-4-5"
QUESTION = asking("How much must I hold in shares for the investor KITAS?")
SCHEMA = {
    "title": "answer",
    "type": "object",
    "properties": {"answer": {"type": "string"}, "quote": {"type": "string"}, "sure": {"type": "boolean"}},
    "required": ["answer", "quote", "sure"],
    "additionalProperties": False,
}


async def _ask(claude: anthropic.AsyncAnthropic, content: str = QUESTION, **extra: object) -> anthropic.types.Message:
    return await claude.messages.create(  # type: ignore[call-overload, no-any-return]
        model=HAIKU, max_tokens=400, messages=[{"role": "user", "content": content}], **extra
    )


async def _stream(claude: anthropic.AsyncAnthropic, pieces: list[str], *, fault: str) -> anthropic.types.Message:
    async with claude.messages.stream(
        model=HAIKU,
        max_tokens=400,
        messages=[{"role": "user", "content": QUESTION}],
        extra_headers={"x-simulator-fault": fault},
    ) as stream:
        async for piece in stream.text_stream:
            pieces.append(piece)  # noqa: PERF401 - what came before an error is kept
        return await stream.get_final_message()


async def test_a_message_quotes_the_passage_and_is_marked(claude: anthropic.AsyncAnthropic) -> None:
    message = await _ask(claude)
    assert isinstance(message.content[0], TextBlock)
    assert "at least IDR 10 billion of shares in your own name" in message.content[0].text
    assert message.model == "simulated-claude-haiku-4-5"
    assert message.stop_reason == "end_turn"
    assert message.usage.input_tokens > 20
    assert message.usage.output_tokens > 10
    assert message._request_id is not None
    assert message._request_id.startswith("req_")


async def test_every_response_is_marked(client: aiohttp.ClientSession) -> None:
    for path in ("/v1/models", "/readyz", "/nowhere", "/v2/e/health", "/metrics"):
        async with client.get(path) as response:
            assert response.headers["x-simulated"] == "true", path


async def test_a_stream_has_the_events_in_order_and_the_same_text(claude: anthropic.AsyncAnthropic) -> None:
    whole = await _ask(claude)
    kinds, text = [], ""
    async with claude.messages.stream(
        model=HAIKU, max_tokens=400, messages=[{"role": "user", "content": QUESTION}]
    ) as stream:
        async for event in stream:
            kinds.append(event.type)
            if event.type == "content_block_delta" and event.delta.type == "text_delta":
                text += event.delta.text
        final = await stream.get_final_message()
    raw = [kind for kind in kinds if kind != "text"]
    assert raw[:2] == ["message_start", "content_block_start"]
    assert raw[-3:] == ["content_block_stop", "message_delta", "message_stop"]
    assert set(raw[2:-3]) == {"content_block_delta"}
    assert text == final.content[0].text == whole.content[0].text  # type: ignore[union-attr]
    assert final.usage.output_tokens == whole.usage.output_tokens
    assert final.model == "simulated-claude-haiku-4-5"


async def test_the_raw_stream_carries_a_ping(client: aiohttp.ClientSession) -> None:
    body = {"model": HAIKU, "max_tokens": 50, "stream": True, "messages": [{"role": "user", "content": "ciao"}]}
    async with client.post("/v1/messages", json=body) as response:
        assert response.content_type == "text/event-stream"
        text = await response.text()
    events = [line.removeprefix("event: ") for line in text.splitlines() if line.startswith("event: ")]
    assert events[:3] == ["message_start", "content_block_start", "ping"]
    for frame in text.strip().split("\n\n"):
        name, data = frame.split("\n")
        assert json.loads(data.removeprefix("data: "))["type"] == name.removeprefix("event: ")


async def test_max_tokens_cuts(claude: anthropic.AsyncAnthropic) -> None:
    message = await claude.messages.create(model=HAIKU, max_tokens=5, messages=[{"role": "user", "content": QUESTION}])
    assert message.stop_reason == "max_tokens"
    assert message.usage.output_tokens <= 5


async def test_the_prompt_cache_is_written_once_and_read_after(claude: anthropic.AsyncAnthropic) -> None:
    system = [{"type": "text", "text": f"You help. {PASSAGE}", "cache_control": {"type": "ephemeral"}}]
    first = await _ask(claude, "hello", system=system)
    second = await _ask(claude, "a second message", system=system)
    other = await _ask(claude, "hello", system=[system[0] | {"text": f"You help! {PASSAGE}"}])
    assert first.usage.cache_creation_input_tokens
    assert first.usage.cache_read_input_tokens == 0
    assert second.usage.cache_read_input_tokens == first.usage.cache_creation_input_tokens
    assert second.usage.cache_creation_input_tokens == 0
    assert other.usage.cache_read_input_tokens == 0


async def test_structured_output_is_valid_and_extractive(claude: anthropic.AsyncAnthropic) -> None:
    message = await _ask(claude, output_config={"format": {"type": "json_schema", "schema": SCHEMA}})
    value = json.loads(message.content[0].text)  # type: ignore[union-attr]
    assert set(value) == {"answer", "quote", "sure"}
    assert value["quote"] in PASSAGE
    assert value["sure"] is True


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"additionalProperties": True}, "additionalProperties"),
        ({"properties": {"n": {"type": "integer", "minimum": 1}}, "required": ["n"]}, "minimum"),
    ],
)
async def test_schemas_that_the_api_refuses_are_refused(
    claude: anthropic.AsyncAnthropic, change: dict[str, object], word: str
) -> None:
    with pytest.raises(anthropic.BadRequestError, match=word):
        await _ask(claude, output_config={"format": {"type": "json_schema", "schema": SCHEMA | change}})


async def test_a_forced_tool_gets_valid_input_also_streamed(claude: anthropic.AsyncAnthropic) -> None:
    tool = {"name": "note", "input_schema": SCHEMA, "strict": True}
    choice = {"type": "tool", "name": "note"}
    message = await _ask(claude, tools=[tool], tool_choice=choice)
    block = message.content[0]
    assert isinstance(block, ToolUseBlock)
    assert message.stop_reason == "tool_use"
    async with claude.messages.stream(
        model=HAIKU,
        max_tokens=400,
        messages=[{"role": "user", "content": QUESTION}],
        tools=[tool],  # type: ignore[list-item]
        tool_choice=choice,  # type: ignore[arg-type]
    ) as stream:
        final = await stream.get_final_message()
    streamed = final.content[0]
    assert isinstance(streamed, ToolUseBlock)
    assert streamed.input == block.input
    assert str(block.input["quote"]) in PASSAGE


async def test_models_and_token_count(claude: anthropic.AsyncAnthropic) -> None:
    ids = [model.id async for model in claude.models.list()]
    assert "simulated-claude-haiku-4-5" in ids
    assert all(identity.startswith("simulated-") for identity in ids)
    counted = await claude.messages.count_tokens(model=HAIKU, messages=[{"role": "user", "content": QUESTION}])
    message = await _ask(claude)
    assert counted.input_tokens == message.usage.input_tokens


async def test_a_missing_key_gives_the_apis_401(server: TestServer) -> None:
    url = server.make_url("/v1/messages")
    async with aiohttp.ClientSession() as stranger, stranger.post(url, json={}) as response:
        body = await response.json()
    assert response.status == 401
    assert body["type"] == "error"
    assert body["error"] == {"type": "authentication_error", "message": "x-api-key header is required"}
    assert body["request_id"] == response.headers["request-id"]


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"model": HAIKU, "messages": [{"role": "user", "content": "x"}]}, 400, "max_tokens: Field required"),
        ({"model": HAIKU, "max_tokens": 5}, 400, "messages: Field required"),
        ({"model": HAIKU, "max_tokens": 5, "messages": [{"role": "user"}]}, 400, "messages.0.content: Field required"),
        (
            {"model": HAIKU, "max_tokens": 5, "messages": [{"role": "user", "content": "x"}], "topk": 1},
            400,
            "topk: Extra inputs are not permitted",
        ),
        ({"model": "gpt-9", "max_tokens": 5, "messages": [{"role": "user", "content": "x"}]}, 404, "model: gpt-9"),
        ([], 400, "The request body must be a JSON object"),
    ],
)
async def test_bad_requests_are_answered_in_the_apis_words(
    client: aiohttp.ClientSession, body: object, status: int, message: str
) -> None:
    async with client.post("/v1/messages", json=body) as response:
        assert response.status == status
        assert (await response.json())["error"]["message"] == message


async def test_broken_json_is_a_400(client: aiohttp.ClientSession) -> None:
    async with client.post("/v1/messages", data=b'{"model": ') as response:
        assert response.status == 400
        assert (await response.json())["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    ("fault", "error", "kind"),
    [
        ("error=529", anthropic.APIStatusError, "overloaded_error"),
        ("error=429:7", anthropic.RateLimitError, "rate_limit_error"),
        ("error=500", anthropic.InternalServerError, "api_error"),
        ("error=503", anthropic.InternalServerError, "api_error"),
        ("billing", anthropic.BadRequestError, "invalid_request_error"),
        ("billing=403", anthropic.PermissionDeniedError, "permission_error"),
    ],
)
async def test_error_faults(
    claude: anthropic.AsyncAnthropic, fault: str, error: type[anthropic.APIStatusError], kind: str
) -> None:
    with pytest.raises(error) as caught:
        await _ask(claude, extra_headers={"x-simulator-fault": fault})
    assert caught.value.body["error"]["type"] == kind  # type: ignore[index]
    if fault == "error=429:7":
        assert caught.value.response.headers["retry-after"] == "7"
    if fault == "billing":
        assert "credit balance" in str(caught.value)


async def test_an_error_event_after_the_first_chunks(claude: anthropic.AsyncAnthropic) -> None:
    pieces: list[str] = []
    with pytest.raises(anthropic.APIStatusError) as caught:
        await _stream(claude, pieces, fault="sse_error=3")
    assert caught.value.body["error"]["type"] == "overloaded_error"  # type: ignore[index]
    assert len(pieces) == 3


@pytest.mark.parametrize(("fault", "stop"), [("refuse", "refusal"), ("truncate", "max_tokens"), ("empty", "end_turn")])
@pytest.mark.parametrize("streamed", [False, True])
async def test_faults_in_what_is_said(
    claude: anthropic.AsyncAnthropic, fault: str, stop: str, *, streamed: bool
) -> None:
    healthy = await _ask(claude)
    faulty = {"x-simulator-fault": fault}
    message = await (_stream(claude, [], fault=fault) if streamed else _ask(claude, extra_headers=faulty))
    assert message.stop_reason == stop
    if fault == "truncate":
        full, half = healthy.content[0].text, message.content[0].text  # type: ignore[union-attr]
        assert full.startswith(half)
        assert 0 < len(half) < len(full)
    else:
        assert message.content == []
        assert message.usage.output_tokens == 0


async def test_bad_json_is_not_json(claude: anthropic.AsyncAnthropic) -> None:
    message = await _ask(
        claude,
        output_config={"format": {"type": "json_schema", "schema": SCHEMA}},
        extra_headers={"x-simulator-fault": "bad_json"},
    )
    with pytest.raises(json.JSONDecodeError):
        json.loads(message.content[0].text)  # type: ignore[union-attr]


async def test_wrong_language(claude: anthropic.AsyncAnthropic) -> None:
    message = await _ask(claude, "hello there", extra_headers={"x-simulator-fault": "wrong_language"})
    assert message.content[0].text.startswith(("Ciao", "Buongiorno"))  # type: ignore[union-attr]


async def test_a_cut_stream_delivers_its_chunks_and_breaks(client: aiohttp.ClientSession) -> None:
    body = {"model": HAIKU, "max_tokens": 400, "stream": True, "messages": [{"role": "user", "content": QUESTION}]}
    headers = {"x-simulator-fault": "cut=4"}
    received = bytearray()

    async def read(response: aiohttp.ClientResponse) -> None:
        async for chunk in response.content.iter_any():
            received.extend(chunk)

    async with client.post("/v1/messages", json=body, headers=headers) as response:
        assert response.status == 200
        with pytest.raises(aiohttp.ClientPayloadError):
            await read(response)
    assert received.count(b"event: content_block_delta") == 4
    assert b"message_stop" not in received
    calls = await (await client.get("/simulator/calls")).json()
    assert [(call["outcome"], call["chunks"]) for call in calls["calls"]] == [("cut", 4)]


async def test_a_client_that_leaves_a_stalled_stream_is_noticed(client: aiohttp.ClientSession) -> None:
    body = {"model": HAIKU, "max_tokens": 400, "stream": True, "messages": [{"role": "user", "content": QUESTION}]}
    headers = {"x-simulator-fault": "stall=2"}
    response = await client.post("/v1/messages", json=body, headers=headers)
    received = b""
    while received.count(b"content_block_delta\n") < 2:
        received += await response.content.readany()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(response.content.readany(), 0.2)
    response.close()
    for _ in range(100):
        call = (await (await client.get("/simulator/calls")).json())["calls"][0]
        if call["outcome"] != "running":
            break
        await asyncio.sleep(0.02)
    assert call["outcome"] == "client_gone"
    assert call["client_gone"] is True
    assert call["chunks"] == 2
