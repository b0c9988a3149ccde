"""All clients behind their guards against the simulator, with its faults: what a user of the port is promised."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

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
    ModelRequest,
    SystemBlock,
    WithFallback,
    complete_json,
    errors,
    reading,
)
from zantara.llm.factory import Wiring, claude_model, llama_endpoint, llama_model
from zantara.llm.http_client import HttpClient
from zantara.llm.metrics import LlmMetrics
from zantara.llm.models import HAIKU
from zantara.llm.resilience import Guards, RetryPolicy
from zantara_cli.simulator.app import create_app
from zantara_cli.simulator.calls import Call
from zantara_cli.simulator.faults import Api, FaultKind, Match, Order
from zantara_cli.simulator.settings import SimulatorSettings
from zantara_cli.simulator.state import SIMULATOR, Simulator

LONG = "Tell me everything about the weather, the beaches, the temples and the food of Bali, please."
REQUEST = ModelRequest(
    system=(SystemBlock(text="You are Zantara, the assistant of a consultancy in Bali.", cache=True),),
    messages=(Message(role="user", content=LONG),),
    max_tokens=400,
)
APIS: list[Api] = ["anthropic", "runpod", "openai"]
STREAMING: list[Api] = ["anthropic", "openai"]


class Stack(NamedTuple):
    """A simulator, and a guarded model of each of its APIs."""

    simulator: Simulator
    url: str
    models: dict[Api, ChatModel]
    wiring: Wiring

    def order(self, fault: FaultKind, arg: str | int | None = None, times: int | None = None) -> None:
        self.simulator.faults.add(Order(fault=fault, match=Match(), arg=arg, times=times))

    def calls(self) -> list[Call]:
        return self.simulator.calls.rows()


@pytest.fixture
async def app() -> web.Application:
    return create_app(SimulatorSettings(claude_ttft_ms=5, claude_token_ms=1, llama_ms=30))


@pytest.fixture
async def stack(app: web.Application) -> AsyncIterator[Stack]:
    clock = SystemClock()
    guards = Guards(clock, LlmMetrics(CollectorRegistry()))
    async with TestServer(app) as server, HttpClient() as http:
        url = str(server.make_url("")).rstrip("/")
        wiring = Wiring(http=http, clock=clock, guards=guards)
        models: dict[Api, ChatModel] = {
            "anthropic": claude_model(HAIKU, api_key="sim", base_url=url, wiring=wiring),
            "runpod": llama_model(f"{url}/v2/abc", "sim", wiring=wiring),
            "openai": llama_model(f"{url}/v1", "sim", wiring=wiring),
        }
        yield Stack(app[SIMULATOR], url, models, wiring)


def soon(total_s: float = 5.0, ttft_s: float | None = None, gap_s: float | None = None) -> Deadline:
    return Deadline.after(SystemClock(), total_s, ttft_s=ttft_s, gap_s=gap_s)


async def read(model: ChatModel, deadline: Deadline | None = None) -> tuple[str, Completion]:
    text, completion = "", None
    async with reading(model.stream(REQUEST, deadline or soon())) as pieces:
        async for piece in pieces:
            if isinstance(piece, Completion):
                completion = piece
            else:
                text += piece
    assert completion is not None
    return text, completion


async def until(check: Callable[[], bool]) -> None:
    async with asyncio.timeout(2.0):
        while not check():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("api", APIS)
async def test_each_api_answers_whole_and_streamed_and_is_marked_simulated(stack: Stack, api: Api) -> None:
    whole = await stack.models[api].complete(REQUEST, soon())
    text, streamed = await read(stack.models[api])
    for completion in (whole, streamed):
        assert completion.text.strip()
        assert completion.simulated
        assert completion.stop_reason == "end"
        assert completion.usage.input_tokens + completion.usage.cache_write_tokens > 0
        assert completion.usage.output_tokens > 0
    assert text == streamed.text


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    winner: str
    score: float
    reasons: list[str]


@pytest.mark.parametrize("api", APIS)
async def test_each_api_gives_json_for_a_schema(stack: Stack, api: Api) -> None:
    verdict, _ = await complete_json(stack.models[api], REQUEST, soon(), Verdict)
    assert isinstance(verdict, Verdict)


@pytest.mark.parametrize("api", APIS)
async def test_bad_json_is_repaired_once(stack: Stack, api: Api) -> None:
    stack.order(FaultKind.BAD_JSON, times=1)
    verdict, _ = await complete_json(stack.models[api], REQUEST, soon(), Verdict)
    assert isinstance(verdict, Verdict)
    assert len(stack.calls()) == 2


@pytest.mark.parametrize("api", APIS)
async def test_json_that_stays_bad_is_bad_output(stack: Stack, api: Api) -> None:
    stack.order(FaultKind.BAD_JSON)
    with pytest.raises(errors.BadOutput):
        await complete_json(stack.models[api], REQUEST, soon(), Verdict)


@pytest.mark.parametrize("api", APIS)
async def test_a_cut_answer_says_so(stack: Stack, api: Api) -> None:
    completion = await stack.models[api].complete(msgspec.structs.replace(REQUEST, max_tokens=4), soon())
    assert completion.stop_reason == "length"


@pytest.mark.parametrize("api", APIS)
async def test_an_overload_is_retried_once_unseen(stack: Stack, api: Api) -> None:
    stack.order(FaultKind.ERROR, "529", times=1)
    text, _ = await read(stack.models[api])
    assert text
    assert [call.outcome == "error_529" for call in stack.calls()] == [True, False]


@pytest.mark.parametrize("api", APIS)
async def test_a_429_with_an_hours_wait_is_not_waited_for(stack: Stack, api: Api) -> None:
    stack.order(FaultKind.ERROR, "429:3600")
    with pytest.raises(errors.RateLimited) as caught:
        await read(stack.models[api])
    assert caught.value.retry_after_s == 3600
    assert len(stack.calls()) == 1


@pytest.mark.parametrize("api", APIS)
async def test_no_credit_opens_the_breaker_for_long(stack: Stack, api: Api) -> None:
    stack.order(FaultKind.BILLING)
    with pytest.raises(errors.BillingStop):
        await read(stack.models[api])
    with pytest.raises(errors.BreakerOpen):
        await read(stack.models[api])
    assert len(stack.calls()) == 1


@pytest.mark.parametrize("api", STREAMING)
async def test_a_hang_before_the_first_byte_ends_at_ttft_and_the_simulator_sees_us_leave(
    stack: Stack, api: Api
) -> None:
    stack.order(FaultKind.HANG)
    with pytest.raises(errors.TimedOut) as caught:
        await read(stack.models[api], soon(ttft_s=0.2))
    assert caught.value.stage == "ttft"
    await until(lambda: [call.client_gone for call in stack.calls()] == [True])


@pytest.mark.parametrize("api", STREAMING)
async def test_a_stall_ends_at_the_gap(stack: Stack, api: Api) -> None:
    stack.order(FaultKind.STALL, 3)
    with pytest.raises(errors.TimedOut) as caught:
        await read(stack.models[api], soon(ttft_s=2, gap_s=0.2))
    assert caught.value.stage == "gap"
    await until(lambda: stack.calls()[0].client_gone)


@pytest.mark.parametrize("api", STREAMING)
@pytest.mark.parametrize("fault", [FaultKind.CUT, FaultKind.SSE_ERROR])
async def test_a_stream_that_ends_after_three_chunks_is_broken_and_keeps_them(
    stack: Stack, api: Api, fault: FaultKind
) -> None:
    whole, _ = await read(stack.models[api])
    stack.order(fault, 3)
    with pytest.raises(errors.BrokenStream) as caught:
        await read(stack.models[api])
    assert caught.value.delivered
    assert whole.startswith(caught.value.delivered)
    assert len(stack.calls()) == 2


@pytest.mark.parametrize("api", STREAMING)
@pytest.mark.parametrize("fault", [FaultKind.CUT, FaultKind.SSE_ERROR])
async def test_a_stream_that_ends_before_any_text_is_retried_unseen(stack: Stack, api: Api, fault: FaultKind) -> None:
    stack.order(fault, 0, times=1)
    text, _ = await read(stack.models[api])
    assert text
    assert len(stack.calls()) == 2


@pytest.mark.parametrize("api", STREAMING)
async def test_a_consumer_that_leaves_closes_the_upstream(stack: Stack, api: Api) -> None:
    stack.simulator.dials.turn({"claude_token_ms": 50, "llama_ms": 5000})
    async with reading(stack.models[api].stream(REQUEST, soon())) as pieces:
        async for _ in pieces:
            break
    await until(lambda: stack.calls()[0].client_gone)


async def test_a_refusal_is_told_and_no_json_is_made_of_it(stack: Stack) -> None:
    stack.order(FaultKind.REFUSE)
    assert (await stack.models["anthropic"].complete(REQUEST, soon())).stop_reason == "refusal"
    with pytest.raises(errors.Refused):
        await complete_json(stack.models["anthropic"], REQUEST, soon(), Verdict)


async def test_a_dead_provider_is_asked_a_few_times_and_then_left_alone(stack: Stack) -> None:
    stack.order(FaultKind.ERROR, "500")
    for _ in range(30):
        with pytest.raises(errors.ModelError):
            await stack.models["anthropic"].complete(REQUEST, soon())
    assert len(stack.calls()) <= 6


async def test_a_fallback_answers_within_its_rungs_deadline_when_claude_hangs(stack: Stack) -> None:
    clock = SystemClock()
    stack.simulator.faults.add(Order(fault=FaultKind.HANG, match=Match(api="anthropic")))
    ladder = WithFallback(stack.models["anthropic"], stack.models["openai"])
    started_s = clock.monotonic()
    text, completion = await read(ladder, soon(ttft_s=0.3))
    assert text
    assert completion.provider == "openai"
    assert clock.monotonic() - started_s < 2.0


async def test_a_cancelled_caller_cancels_its_runpod_job(stack: Stack) -> None:
    stack.simulator.dials.turn({"llama_ms": 5000})
    task = asyncio.create_task(stack.models["runpod"].complete(REQUEST, soon()))
    await until(lambda: bool(stack.calls()))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    queue = stack.simulator.queues.at("abc")
    await until(lambda: queue.health()["jobs"]["inProgress"] == 0)
    assert queue.health()["jobs"]["inQueue"] == 0


async def test_a_lost_job_is_transient(stack: Stack) -> None:
    stack.order(FaultKind.LOSE_JOB, times=1)
    with pytest.raises(errors.JobLost):
        await stack.models["runpod"].complete(REQUEST, soon())
    assert (await stack.models["runpod"].complete(REQUEST, soon())).text


async def test_a_failed_job_is_retried_once(stack: Stack) -> None:
    stack.order(FaultKind.FAIL_JOB, "handler raised", times=1)
    assert (await stack.models["runpod"].complete(REQUEST, soon())).text
    assert len(stack.calls()) == 2


async def test_cold_workers_are_seen_by_the_probe_and_told_from_a_slow_model(stack: Stack) -> None:
    probe = llama_endpoint(f"{stack.url}/v2/abc", "sim", wiring=stack.wiring)
    assert (await probe.health()).warm
    stack.simulator.dials.turn({"cold_start_ms": 5000})
    assert not (await probe.health()).warm
    with pytest.raises(errors.ColdWorker):
        await stack.models["runpod"].complete(REQUEST, soon(0.5))


async def test_runpods_own_openai_route_streams(stack: Stack) -> None:
    model = llama_model(f"{stack.url}/v2/abc/openai/v1", "sim", wiring=stack.wiring)
    text, completion = await read(model)
    assert text == completion.text
    assert completion.simulated


async def test_a_retry_policy_of_one_attempt_fails_over_at_once(stack: Stack) -> None:
    guards = Guards(SystemClock(), LlmMetrics(CollectorRegistry()))
    once = Wiring(http=stack.wiring.http, clock=SystemClock(), guards=guards, retry=RetryPolicy(attempts=1))
    stack.order(FaultKind.ERROR, "500")
    with pytest.raises(errors.ServerFault):
        await claude_model(HAIKU, api_key="sim", base_url=stack.url, wiring=once).complete(REQUEST, soon())
    assert len(stack.calls()) == 1
