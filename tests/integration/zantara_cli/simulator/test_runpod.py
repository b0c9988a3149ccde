"""RunPod's queue API over HTTP: jobs, waiting, policies, cancelling, health, cold starts, the OpenAI route."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from tests.integration.zantara_cli.simulator.prompts import PASSAGE, asking

E = "/v2/llama"
INPUT = {
    "messages": [{"role": "user", "content": asking("How much must I hold in shares for the investor KITAS?")}],
    "sampling_params": {"max_tokens": 300, "temperature": 0.2},
}
SCHEMA = {"type": "object", "properties": {"quote": {"type": "string"}}, "required": ["quote"]}


@pytest_asyncio.fixture
async def lenient(http: httpx2.AsyncClient) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of a simulator that takes policies shorter than RunPod does."""
    (await http.post("/simulator/settings", json={"strict": False})).raise_for_status()
    yield http


async def _state(http: httpx2.AsyncClient, job: str, *states: str) -> dict[str, object]:
    for _ in range(200):
        body: dict[str, object] = (await http.get(f"{E}/status/{job}")).json()
        if body["status"] in states:
            return body
        await asyncio.sleep(0.01)
    raise AssertionError(body)


async def test_runsync_gives_the_workers_output(http: httpx2.AsyncClient) -> None:
    body = (await http.post(f"{E}/runsync", json={"input": INPUT})).json()
    assert body["status"] == "COMPLETED"
    assert body["id"].startswith("sync-")
    assert body["workerId"].startswith("simulated-")
    assert body["delayTime"] >= 0
    assert body["executionTime"] >= 0
    [output] = body["output"]
    assert "at least IDR 10 billion" in output["choices"][0]["tokens"][0]
    assert output["usage"]["input"] > 0
    assert output["usage"]["output"] > 0


async def test_run_then_status(http: httpx2.AsyncClient) -> None:
    submitted = (await http.post(f"{E}/run", json={"input": INPUT})).json()
    assert submitted["status"] == "IN_QUEUE"
    done = await _state(http, submitted["id"], "COMPLETED")
    assert done["id"] == submitted["id"]


async def test_runsync_returns_an_unfinished_job_after_its_wait(http: httpx2.AsyncClient) -> None:
    await http.post("/simulator/settings", json={"llama_ms": 400})
    body = (await http.post(f"{E}/runsync?wait=100", json={"input": INPUT})).json()
    assert body["status"] == "IN_PROGRESS"
    assert "output" not in body
    assert (await _state(http, body["id"], "COMPLETED"))["executionTime"] >= 390  # type: ignore[operator]


async def test_a_prompt_in_llamas_template_and_a_stream(http: httpx2.AsyncClient) -> None:
    prompt = (
        "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nreply_language: id<|eot_id|>"
        "<|start_header_id|>user<|end_header_id|>\n\nhello!<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"
    )
    given = {"prompt": prompt, "sampling_params": {"max_tokens": 100}, "stream": True}
    body = (await http.post(f"{E}/runsync", json={"input": given})).json()
    tokens = body["output"][0]["choices"][0]["tokens"]
    assert len(tokens) > 3
    assert "".join(tokens).startswith(("Halo", "Hai"))


async def test_vllms_default_of_16_tokens(http: httpx2.AsyncClient) -> None:
    body = (await http.post(f"{E}/runsync", json={"input": {"messages": INPUT["messages"]}})).json()
    assert body["output"][0]["usage"]["output"] <= 16


@pytest.mark.parametrize(
    "wish", [{"sampling_params": {"max_tokens": 300, "guided_json": SCHEMA}}, {"response_format": {"type": "json_schema", "json_schema": {"schema": SCHEMA}}}]  # noqa: E501 - one wish a line
)  # fmt: skip
async def test_json_where_a_schema_is_asked(http: httpx2.AsyncClient, wish: dict[str, object]) -> None:
    body = (await http.post(f"{E}/runsync", json={"input": INPUT | wish})).json()
    text = body["output"][0]["choices"][0]["tokens"][0]
    assert httpx2.Response(200, text=text).json()["quote"] in PASSAGE


async def test_the_openai_route_inside_a_job(http: httpx2.AsyncClient) -> None:
    inner = {"model": "zantara-llama", "messages": INPUT["messages"], "max_tokens": 300}
    given = {"openai_route": "/v1/chat/completions", "openai_input": inner}
    body = (await http.post(f"{E}/runsync", json={"input": given})).json()
    [completion] = body["output"]
    assert completion["model"] == "simulated-zantara-llama"
    assert "at least IDR 10 billion" in completion["choices"][0]["message"]["content"]
    models = (await http.post(f"{E}/runsync", json={"input": {"openai_route": "/v1/models"}})).json()
    assert models["output"][0]["data"][0]["owned_by"] == "zantara-simulator"


async def test_the_openai_route_of_an_endpoint(http: httpx2.AsyncClient) -> None:
    body = {"model": "m", "messages": INPUT["messages"], "stream": True}
    async with http.stream("POST", f"{E}/openai/v1/chat/completions", json=body) as reply:
        events = [event.data async for event in httpx2.EventSource(reply)]
    assert events[-1] == "[DONE]"
    assert (await http.get(f"{E}/openai/v1/models")).json()["object"] == "list"


async def test_cancel_stops_a_job_and_the_log_knows(http: httpx2.AsyncClient) -> None:
    await http.post("/simulator/settings", json={"llama_ms": 60_000})
    job = (await http.post(f"{E}/run", json={"input": INPUT})).json()["id"]
    await _state(http, job, "IN_PROGRESS")
    assert (await http.post(f"{E}/cancel/{job}")).json() == {"id": job, "status": "CANCELLED"}
    assert (await _state(http, job, "CANCELLED"))["status"] == "CANCELLED"
    [call] = (await http.get("/simulator/calls?api=runpod")).json()["calls"]
    assert (call["outcome"], call["cancelled"]) == ("cancelled", True)
    health = (await http.get(f"{E}/health")).json()
    assert health["workers"]["running"] == 0


async def test_health_counts(http: httpx2.AsyncClient) -> None:
    before = (await http.get(f"{E}/health")).json()
    assert before["workers"] == {
        "idle": 4, "initializing": 0, "ready": 4, "running": 0, "throttled": 0, "unhealthy": 0,
    }  # fmt: skip
    await http.post(f"{E}/runsync", json={"input": INPUT})
    await http.post("/simulator/settings", json={"llama_ms": 60_000})
    jobs = [(await http.post(f"{E}/run", json={"input": INPUT})).json()["id"] for _ in range(5)]
    for job in jobs[:4]:
        await _state(http, job, "IN_PROGRESS")
    after = (await http.get(f"{E}/health")).json()
    assert after["jobs"] == {"completed": 1, "failed": 0, "inProgress": 4, "inQueue": 1, "retried": 0}
    assert (after["workers"]["running"], after["workers"]["idle"]) == (4, 0)


async def test_a_cold_worker_keeps_its_job_in_the_queue(http: httpx2.AsyncClient) -> None:
    await http.post("/simulator/settings", json={"cold_start_ms": 300})
    assert (await http.get(f"{E}/health")).json()["workers"]["idle"] == 0
    job = (await http.post(f"{E}/run", json={"input": INPUT})).json()["id"]
    await asyncio.sleep(0.05)
    assert (await http.get(f"{E}/status/{job}")).json()["status"] == "IN_QUEUE"
    assert (await http.get(f"{E}/health")).json()["workers"]["initializing"] == 1
    done = await _state(http, job, "COMPLETED")
    assert done["delayTime"] >= 290  # type: ignore[operator]
    again = (await http.post(f"{E}/runsync", json={"input": INPUT})).json()
    assert again["delayTime"] < 290


async def test_policies_end_jobs(lenient: httpx2.AsyncClient) -> None:
    await lenient.post("/simulator/settings", json={"llama_ms": 60_000})
    timed = {"input": INPUT, "policy": {"executionTimeout": 80}}
    ended = (await lenient.post(f"{E}/runsync?wait=5000", json=timed)).json()
    assert ended["status"] == "TIMED_OUT"
    assert "timed out" in ended["error"]
    await lenient.post("/simulator/settings", json={"cold_start_ms": 60_000})
    queued = (await lenient.post(f"{E}/runsync?wait=5000", json={"input": INPUT, "policy": {"ttl": 80}})).json()
    assert queued["status"] == "TIMED_OUT"
    assert "executionTime" not in queued


@pytest.mark.parametrize("policy", [{"executionTimeout": 100}, {"ttl": 5000}, {"ttl": "soon"}])
async def test_policies_that_runpod_refuses(http: httpx2.AsyncClient, policy: dict[str, object]) -> None:
    reply = await http.post(f"{E}/run", json={"input": INPUT, "policy": policy})
    assert reply.status_code == 400
    assert (await http.get(f"{E}/health")).json()["jobs"]["inQueue"] == 0


async def test_what_the_worker_cannot_take_fails_the_job(http: httpx2.AsyncClient) -> None:
    body = (await http.post(f"{E}/runsync", json={"input": {"prompt": 7}})).json()
    assert body["status"] == "FAILED"
    assert "prompt" in body["error"]
    forced = await http.post(f"{E}/runsync", json={"input": INPUT}, headers={"x-simulator-fault": "fail_job=OOM"})
    assert (forced.json()["status"], forced.json()["error"]) == ("FAILED", "OOM")


async def test_unknown_and_lost_jobs_are_404(http: httpx2.AsyncClient) -> None:
    assert (await http.get(f"{E}/status/none")).status_code == 404
    assert (await http.post(f"{E}/cancel/none")).status_code == 404
    headers = {"x-simulator-fault": "lose_job"}
    job = (await http.post(f"{E}/run", json={"input": INPUT}, headers=headers)).json()["id"]
    assert (await http.get(f"{E}/status/{job}")).status_code == 404


async def test_a_missing_key_is_401(server: TestServer) -> None:
    async with httpx2.AsyncClient(base_url=str(server.make_url("/"))) as stranger:
        assert (await stranger.post(f"{E}/run", json={"input": INPUT})).status_code == 401
        assert (await stranger.get(f"{E}/health")).status_code == 401


async def test_an_outage_of_everything(http: httpx2.AsyncClient) -> None:
    order = {"match": {"api": "runpod", "route": "*"}, "fault": "error", "arg": 503}
    (await http.post("/simulator/faults", json=order)).raise_for_status()
    assert (await http.get(f"{E}/health")).status_code == 503
    assert (await http.post(f"{E}/run", json={"input": INPUT})).status_code == 503
    await http.delete("/simulator/faults")
    assert (await http.get(f"{E}/health")).status_code == 200


async def test_a_hanging_worker_stays_in_progress(http: httpx2.AsyncClient) -> None:
    headers = {"x-simulator-fault": "hang"}
    body = (await http.post(f"{E}/runsync?wait=100", json={"input": INPUT}, headers=headers)).json()
    assert body["status"] == "IN_PROGRESS"
