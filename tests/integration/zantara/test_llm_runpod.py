"""The RunPod client against a server of the queue API: submit, poll, resume, cancel, and jobs that get lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from prometheus_client import CollectorRegistry

from zantara.clock import SystemClock
from zantara.llm import Completion, Deadline, Message, ModelError, ModelRequest, SystemBlock, errors, reading
from zantara.llm.http_client import HttpClient
from zantara.llm.metrics import LlmMetrics
from zantara.llm.resilience import Guards
from zantara.llm.runpod import PollPolicy, RunPodModel

REQUEST = ModelRequest(
    system=(SystemBlock(text="You are Zantara."),),
    messages=(Message(role="user", content="Apa kabar?"),),
    max_tokens=50,
)
OUTPUT = [{"choices": [{"tokens": ["Baik!"]}], "usage": {"input": 12, "output": 3}}]


class Queue:
    """An endpoint with one job; its states are played one per look, the last one stays."""

    def __init__(self) -> None:
        self.states: list[dict[str, Any] | int] = [{"status": "COMPLETED", "output": OUTPUT}]
        self.run_status: int = 200
        self.run_pause_s = 0.0
        self.submitted: list[dict[str, Any]] = []
        self.cancelled: list[str] = []
        self.looks = 0
        self.headers: dict[str, str] = {}
        self.keys: set[str | None] = set()

    async def run(self, request: web.Request) -> web.Response:
        self.keys.add(request.headers.get("authorization"))
        self.submitted.append(await request.json())
        await asyncio.sleep(self.run_pause_s)
        return web.json_response({"id": "job-1", "status": "IN_QUEUE"}, status=self.run_status)

    async def status(self, request: web.Request) -> web.Response:
        self.keys.add(request.headers.get("authorization"))
        state = self.states[min(self.looks, len(self.states) - 1)]
        self.looks += 1
        if isinstance(state, int):
            return web.json_response({"error": "nope"}, status=state)
        return web.json_response({"id": request.match_info["job"], **state}, headers=self.headers)

    async def cancel(self, request: web.Request) -> web.Response:
        self.cancelled.append(request.match_info["job"])
        return web.json_response({"id": request.match_info["job"], "status": "CANCELLED"})

    async def health(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "jobs": {"completed": 1, "failed": 0, "inProgress": 0, "inQueue": 2, "retried": 0},
                "workers": {"idle": 0, "initializing": 1, "ready": 0, "running": 0, "throttled": 1, "unhealthy": 0},
            }
        )


QUEUED: dict[str, Any] = {"status": "IN_QUEUE"}
RUNNING: dict[str, Any] = {"status": "IN_PROGRESS"}
DONE: dict[str, Any] = {"status": "COMPLETED", "output": OUTPUT, "delayTime": 3, "executionTime": 900}


@pytest.fixture
async def queue() -> Queue:
    return Queue()


@pytest.fixture
async def endpoint(queue: Queue) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/v2/abc/run", queue.run)
    app.router.add_get("/v2/abc/status/{job}", queue.status)
    app.router.add_post("/v2/abc/cancel/{job}", queue.cancel)
    app.router.add_get("/v2/abc/health", queue.health)
    async with TestServer(app) as server:
        yield str(server.make_url("/v2/abc"))


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


def runpod(endpoint: str, http: HttpClient) -> RunPodModel:
    return RunPodModel(
        name="llama-3.1-8b",
        endpoint=endpoint,
        api_key="secret",
        http=http,
        clock=SystemClock(),
        poll=PollPolicy(first_s=0.01, cap_s=0.05),
    )


@pytest.fixture
def model(endpoint: str, http: HttpClient) -> RunPodModel:
    return runpod(endpoint, http)


def soon(total_s: float = 5.0) -> Deadline:
    return Deadline.after(SystemClock(), total_s)


async def until(check: Callable[[], bool]) -> None:
    async with asyncio.timeout(2.0):
        while not check():
            await asyncio.sleep(0.01)


async def test_a_job_is_submitted_watched_and_read(model: RunPodModel, queue: Queue) -> None:
    queue.states = [QUEUED, RUNNING, RUNNING, DONE]
    completion = await model.complete(REQUEST, soon())
    assert completion.text == "Baik!"
    assert (completion.usage.input_tokens, completion.usage.output_tokens) == (12, 3)
    assert (completion.provider, completion.stop_reason, completion.usage.cost_usd) == ("runpod", "end", 0.0)
    assert (queue.looks, queue.cancelled) == (4, [])
    assert queue.keys == {"Bearer secret"}


async def test_every_job_carries_its_policy(model: RunPodModel, queue: Queue) -> None:
    await model.complete(REQUEST, soon(30))
    policy = queue.submitted[0]["policy"]
    assert 29_000 < policy["executionTimeout"] <= 30_000
    assert 29_000 < policy["ttl"] <= 30_000


async def test_a_stream_is_one_delta_and_the_completion(model: RunPodModel) -> None:
    async with reading(model.stream(REQUEST, soon())) as stream:
        pieces = [piece async for piece in stream]
    assert pieces[0] == "Baik!"
    assert isinstance(pieces[1], Completion)
    assert pieces[1].ttft_ms == pieces[1].latency_ms


async def test_the_simulator_is_known_by_its_header(model: RunPodModel, queue: Queue) -> None:
    queue.headers = {"x-simulated": "true"}
    assert (await model.complete(REQUEST, soon())).simulated


async def test_looks_grow_rarer(model: RunPodModel, queue: Queue) -> None:
    queue.states = [RUNNING]
    with pytest.raises(errors.TimedOut):
        await model.complete(REQUEST, soon(1.0))
    assert 5 <= queue.looks <= 50


async def test_at_the_deadline_the_job_is_cancelled(model: RunPodModel, queue: Queue) -> None:
    queue.states = [RUNNING]
    with pytest.raises(errors.TimedOut):
        await model.complete(REQUEST, soon(0.3))
    await until(lambda: queue.cancelled == ["job-1"])


async def test_a_job_that_never_starts_means_a_cold_worker(model: RunPodModel, queue: Queue) -> None:
    queue.states = [QUEUED]
    with pytest.raises(errors.ColdWorker):
        await model.complete(REQUEST, soon(0.3))
    await until(lambda: queue.cancelled == ["job-1"])


async def test_a_cancelled_caller_cancels_its_job(model: RunPodModel, queue: Queue) -> None:
    queue.states = [RUNNING]
    task = asyncio.create_task(model.complete(REQUEST, soon()))
    await until(lambda: queue.looks > 0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: queue.cancelled == ["job-1"])


async def test_a_caller_that_leaves_while_submitting_leaves_no_orphan(model: RunPodModel, queue: Queue) -> None:
    queue.run_pause_s = 0.2
    task = asyncio.create_task(model.complete(REQUEST, soon()))
    await until(lambda: bool(queue.submitted))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: queue.cancelled == ["job-1"])


async def test_a_guarded_timeout_cancels_the_job_too(endpoint: str, http: HttpClient, queue: Queue) -> None:
    clock = SystemClock()
    queue.states = [RUNNING]
    guarded = Guards(clock, LlmMetrics(CollectorRegistry())).guard(runpod(endpoint, http))

    async def consume() -> None:
        async with reading(guarded.stream(REQUEST, Deadline.after(clock, 5, ttft_s=0.2))) as pieces:
            async for _ in pieces:
                pass

    with pytest.raises(errors.TimedOut) as caught:
        await consume()
    assert caught.value.stage == "ttft"
    await until(lambda: queue.cancelled == ["job-1"])


async def test_the_last_words_are_out_before_the_connections_close(endpoint: str, queue: Queue) -> None:
    queue.states = [RUNNING]
    async with HttpClient() as http:
        task = asyncio.create_task(runpod(endpoint, http).complete(REQUEST, soon()))
        await until(lambda: queue.looks > 0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert queue.cancelled == ["job-1"]


async def test_another_process_takes_up_a_job_by_its_id(endpoint: str, http: HttpClient, queue: Queue) -> None:
    queue.states = [RUNNING, RUNNING, DONE]
    first = runpod(endpoint, http)
    job_id = await first.submit(REQUEST, soon())
    waiting = asyncio.create_task(first.result(job_id, soon()))
    await until(lambda: queue.looks > 0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert (await runpod(endpoint, http).result(job_id, soon())).text == "Baik!"
    assert (len(queue.submitted), queue.cancelled) == (1, [])


async def test_a_job_the_queue_forgot_is_lost(model: RunPodModel, queue: Queue) -> None:
    queue.states = [RUNNING, 404]
    with pytest.raises(errors.JobLost):
        await model.complete(REQUEST, soon())
    await asyncio.sleep(0.05)
    assert queue.cancelled == []


async def test_a_lost_job_may_be_done_again_and_completes_once(model: RunPodModel, queue: Queue) -> None:
    queue.states = [404, DONE, DONE]
    with pytest.raises(errors.JobLost):
        await model.complete(REQUEST, soon())
    assert (await model.complete(REQUEST, soon())).text == "Baik!"


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_a_failed_look_or_two_do_not_lose_the_job(model: RunPodModel, queue: Queue, status: int) -> None:
    queue.states = [status, status, RUNNING, status, DONE]
    assert (await model.complete(REQUEST, soon())).text == "Baik!"
    assert len(queue.submitted) == 1


async def test_three_failed_looks_give_the_job_up(model: RunPodModel, queue: Queue) -> None:
    queue.states = [502]
    with pytest.raises(errors.ServerFault):
        await model.complete(REQUEST, soon())
    assert queue.looks == 3
    await until(lambda: queue.cancelled == ["job-1"])


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ({"status": "FAILED", "error": "handler raised"}, errors.ServerFault),
        ({"status": "TIMED_OUT"}, errors.TimedOut),
        ({"status": "CANCELLED"}, errors.JobLost),
        ({"status": "COMPLETED", "output": [{"error": "CUDA"}]}, errors.ServerFault),
        ({"status": "COMPLETED", "output": ""}, errors.BadOutput),
        ({"status": "COMPLETED"}, errors.BadOutput),
    ],
)
async def test_a_job_that_ends_badly_is_its_own_error(
    model: RunPodModel, queue: Queue, state: dict[str, Any], error: type[ModelError]
) -> None:
    queue.states = [state]
    with pytest.raises(error):
        await model.complete(REQUEST, soon())


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, errors.InvalidRequest),
        (401, errors.AuthenticationFailed),
        (402, errors.BillingStop),
        (404, errors.InvalidRequest),
        (429, errors.RateLimited),
        (500, errors.ServerFault),
    ],
)
async def test_a_submission_that_is_refused_is_its_own_error(
    model: RunPodModel, queue: Queue, status: int, error: type[ModelError]
) -> None:
    queue.run_status = status
    with pytest.raises(error):
        await model.complete(REQUEST, soon())


async def test_health_tells_cold_workers(model: RunPodModel) -> None:
    health = await model.health()
    assert (health.warm, health.initializing, health.in_queue) == (False, 1, 2)


async def test_nobody_at_the_endpoint_is_unreachable(http: HttpClient) -> None:
    gone = runpod("http://127.0.0.1:1/v2/abc", http)
    with pytest.raises(errors.Unreachable):
        await gone.complete(REQUEST, soon())
    with pytest.raises(errors.Unreachable):
        await gone.health()
    assert await gone.cancel("job-1") is False
