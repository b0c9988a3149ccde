"""RunPod's serverless API over the queue: run, runsync, status, cancel, health, and the OpenAI route of its workers."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from zantara_cli.simulator import openai_api
from zantara_cli.simulator.exchange import ApiError, Exchange, answer
from zantara_cli.simulator.faults import FaultKind
from zantara_cli.simulator.openai_request import parse as parse_chat
from zantara_cli.simulator.replies import Reply, Stop, compose, count_tokens
from zantara_cli.simulator.runpod_queue import Endpoint, Job, JobFailedError, JobState
from zantara_cli.simulator.runpod_request import MODEL, WorkerInput, as_chat, native_prompt, parse_input, parse_job
from zantara_cli.simulator.state import SIMULATOR

_WAIT_MS = 90_000.0
_MAX_WAIT_MS = 300_000.0
_FOREVER_S = 86_400.0
_REFUSAL = "I cannot help with that."

_Work = Callable[[], Awaitable[Any]]


def routes() -> list[web.RouteDef]:
    """The routes of this API."""
    base = "/v2/{endpoint}"
    return [
        web.post(f"{base}/run", run),
        web.post(f"{base}/runsync", runsync),
        web.get(f"{base}/status/{{job}}", status),
        web.post(f"{base}/status/{{job}}", status),
        web.post(f"{base}/cancel/{{job}}", cancel),
        web.get(f"{base}/health", health),
        web.post(f"{base}/openai/v1/chat/completions", completions),
        web.get(f"{base}/openai/v1/models", models),
    ]


async def run(request: web.Request) -> web.StreamResponse:
    """Put a job into the queue and say its id."""
    return await answer(request, "runpod", "run", render, _run)


async def runsync(request: web.Request) -> web.StreamResponse:
    """Put a job into the queue and wait for it, `?wait=` milliseconds at most."""
    return await answer(request, "runpod", "runsync", render, _runsync)


async def completions(request: web.Request) -> web.StreamResponse:
    """A chat completion by a worker of the endpoint."""
    return await answer(request, "runpod", "chat", openai_api.render, _completions)


async def status(request: web.Request) -> web.StreamResponse:
    """Tell of a job."""
    return await answer(request, "runpod", "status", render, _status, recorded=False)


async def cancel(request: web.Request) -> web.StreamResponse:
    """Stop a job."""
    return await answer(request, "runpod", "cancel", render, _cancel, recorded=False)


async def health(request: web.Request) -> web.StreamResponse:
    """Count workers and jobs."""
    return await answer(request, "runpod", "health", render, _health, recorded=False)


async def models(request: web.Request) -> web.StreamResponse:
    """List the models of the workers."""
    return await answer(request, "runpod", "models", render, _models, recorded=False)


def render(_: web.Request, error: ApiError) -> web.Response:
    """An error as RunPod words it."""
    return web.json_response({"error": error.message}, status=error.status, headers=error.headers)


async def _status(exchange: Exchange) -> web.StreamResponse:
    endpoint = await _looked_at(exchange)
    return web.json_response(_known(exchange, endpoint).shown())


async def _cancel(exchange: Exchange) -> web.StreamResponse:
    endpoint = await _looked_at(exchange)
    job = _known(exchange, endpoint)
    endpoint.cancel(job)
    return web.json_response({"id": job.id, "status": str(job.state)})


async def _health(exchange: Exchange) -> web.StreamResponse:
    endpoint = await _looked_at(exchange)
    return web.json_response(endpoint.health())


async def _models(exchange: Exchange) -> web.StreamResponse:
    await _looked_at(exchange)
    return web.json_response(openai_api.listed_models())


async def _looked_at(exchange: Exchange) -> Endpoint:
    """The endpoint of a request that generates nothing; standing faults fall on it only where ordered for its route."""
    openai_api.authorise(exchange.request)
    exchange.concern("", generation=False)
    await exchange.obstruct()
    return _endpoint(exchange.request)


async def _run(exchange: Exchange) -> web.StreamResponse:
    job = await _submitted(exchange, sync=False)
    _drop_if_asked(exchange)
    return web.json_response({"id": job.id, "status": str(JobState.IN_QUEUE)})


async def _runsync(exchange: Exchange) -> web.StreamResponse:
    job = await _submitted(exchange, sync=True)
    wait_s = _wait_s(exchange.request)
    clock = exchange.simulator.clock
    until = clock.monotonic() + wait_s
    while not job.done.is_set() and clock.monotonic() < until:
        exchange.still_there()
        await _done(job, min(0.1, max(0.0, until - clock.monotonic())))
    _drop_if_asked(exchange)
    return web.json_response(job.shown())


async def _done(job: Job, seconds: float) -> None:
    try:
        await asyncio.wait_for(job.done.wait(), seconds)
    except TimeoutError:
        return


async def _submitted(exchange: Exchange, *, sync: bool) -> Job:
    openai_api.authorise(exchange.request)
    asked, policy = parse_job(await exchange.body(), strict=exchange.simulator.dials.now.strict)
    exchange.concern(_model(asked.input))
    faults = exchange.faults
    await exchange.obstruct(queued=True)
    cold_ms = faults.number(FaultKind.COLD)
    job = _endpoint(exchange.request).submit(
        _work(exchange, asked.input),
        policy,
        sync=sync,
        cold_s=None if cold_ms is None else cold_ms / 1000,
        lost=faults.has(FaultKind.LOSE_JOB),
        ended=lambda job: exchange.end(job.state.lower(), cancelled=job.state is JobState.CANCELLED),
    )
    exchange.hand_over()
    return job


def _work(exchange: Exchange, given: dict[str, Any]) -> _Work:
    """What the worker does with the job, later."""
    faults = exchange.faults
    clock = exchange.simulator.clock

    async def work() -> Any:
        failure = faults.find(FaultKind.FAIL_JOB)
        await clock.sleep((faults.number(FaultKind.DELAY) or 0.0) / 1000)
        if faults.has(FaultKind.HANG):
            await clock.sleep(_FOREVER_S)
        if failure is not None:
            raise JobFailedError(failure.arg or "worker exited with exit code 1")
        try:
            output = _output(exchange, parse_input(given))
        except ApiError as error:
            raise JobFailedError(error.message) from error
        await clock.sleep(exchange.simulator.dials.now.llama_ms / 1000)
        return output

    return work


def _output(exchange: Exchange, given: WorkerInput) -> list[Any]:
    if given.openai_route is None:
        return _native(exchange, given)
    if given.openai_route == "/v1/models":
        return [openai_api.listed_models()]
    if given.openai_route != "/v1/chat/completions":
        raise ApiError(400, "BadRequestError", "Invalid route")
    asked = as_chat(given)
    reply = openai_api.replied(exchange, asked)
    rendered = openai_api.rendering(exchange, asked, reply)
    if not asked.stream:
        return [rendered.whole()]
    frames = [*rendered.head(), *map(rendered.piece, reply.pieces), *rendered.tail()]
    return [b"".join(frames).decode()]


def _native(exchange: Exchange, given: WorkerInput) -> list[Any]:
    asked = native_prompt(given)
    sampling = given.sampling_params
    stops = [sampling.stop] if isinstance(sampling.stop, str) else sampling.stop or ()
    reply = compose(asked, sampling.max_tokens, exchange.faults, stops)
    tokens = sum(count_tokens(turn.text) for turn in asked.turns) + count_tokens(asked.system)
    exchange.note(asked, reply, tokens)
    texts = list(reply.pieces) if given.stream else [_said(reply)]
    return [{"choices": [{"tokens": texts}], "usage": {"input": tokens, "output": reply.tokens}}]


def _said(reply: Reply) -> str:
    return _REFUSAL if reply.stop is Stop.REFUSAL else reply.text


async def _completions(exchange: Exchange) -> web.StreamResponse:
    openai_api.authorise(exchange.request)
    asked = parse_chat(await exchange.body())
    exchange.concern(asked.model, stream=asked.stream)
    await exchange.obstruct()
    cold_ms = exchange.faults.number(FaultKind.COLD)
    async with _endpoint(exchange.request).worker(None if cold_ms is None else cold_ms / 1000):
        return await openai_api.respond(exchange, asked)


def _drop_if_asked(exchange: Exchange) -> None:
    if exchange.faults.has(FaultKind.CUT):
        exchange.drop()


def _known(exchange: Exchange, endpoint: Endpoint) -> Job:
    job = endpoint.find(exchange.request.match_info["job"])
    if job is None or exchange.faults.has(FaultKind.LOSE_JOB):
        raise ApiError(404, "", "job not found")
    return job


def _endpoint(request: web.Request) -> Endpoint:
    return request.app[SIMULATOR].queues.at(request.match_info["endpoint"])


def _model(given: dict[str, Any]) -> str:
    inner = given.get("openai_input")
    named = (inner.get("model") if isinstance(inner, dict) else None) or given.get("model") or MODEL
    return str(named)


def _wait_s(request: web.Request) -> float:
    try:
        wait_ms = float(request.query.get("wait", _WAIT_MS))
    except ValueError:
        raise ApiError(400, "", "wait: not a number of milliseconds") from None
    return min(max(wait_ms, 0.0), _MAX_WAIT_MS) / 1000
