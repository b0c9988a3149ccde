"""The control endpoints, the marks, the metrics, the pace; and the process itself."""

import asyncio
import json
import os
import signal
import socket
import sys
import time

import httpx2
import pytest

CHAT = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
URL = "/v1/chat/completions"


async def _order(http: httpx2.AsyncClient, **order: object) -> dict[str, object]:
    reply = await http.post("/simulator/faults", json=order)
    assert reply.status_code == 201, reply.text
    body: dict[str, object] = reply.json()
    return body


async def test_a_fault_stands_for_so_many_times(http: httpx2.AsyncClient) -> None:
    await _order(http, match={"api": "openai"}, fault="error", arg=503, times=2)
    statuses = [(await http.post(URL, json=CHAT)).status_code for _ in range(3)]
    assert statuses == [503, 503, 200]
    assert (await http.get("/simulator/faults")).json() == {"faults": []}


async def test_a_fault_for_one_model_spares_the_others(http: httpx2.AsyncClient) -> None:
    await _order(http, match={"api": "openai", "model": "big"}, fault="error", arg=500)
    assert (await http.post(URL, json=CHAT)).status_code == 200
    assert (await http.post(URL, json=CHAT | {"model": "big-one"})).status_code == 500


async def test_one_fault_is_dropped_by_its_id(http: httpx2.AsyncClient) -> None:
    first = await _order(http, fault="error", arg=500)
    await _order(http, fault="delay", arg=1)
    assert (await http.delete(f"/simulator/faults/{first['id']}")).json() == {"cleared": 1}
    assert (await http.delete(f"/simulator/faults/{first['id']}")).status_code == 404
    assert [one["order"]["fault"] for one in (await http.get("/simulator/faults")).json()["faults"]] == ["delay"]


@pytest.mark.parametrize(
    "order", [{"fault": "nonsense"}, {"fault": "delay", "arg": "soon"}, {"fault": "error", "arg": 200}, {"what": 1}]
)
async def test_bad_orders_are_refused(http: httpx2.AsyncClient, order: dict[str, object]) -> None:
    assert (await http.post("/simulator/faults", json=order)).status_code == 400
    assert (await http.get("/simulator/faults")).json() == {"faults": []}


async def test_a_bad_fault_header_is_refused(http: httpx2.AsyncClient) -> None:
    reply = await http.post(URL, json=CHAT, headers={"x-simulator-fault": "explode"})
    assert reply.status_code == 400
    assert "explode" in reply.json()["error"]["message"]


async def test_the_calls_tell_what_was_asked(http: httpx2.AsyncClient) -> None:
    await http.post(URL, json=CHAT)
    await http.post(URL, json=CHAT | {"model": "other"}, headers={"x-simulator-fault": "error=500"})
    body = (await http.get("/simulator/calls")).json()
    assert body["total"] == body["count"] == 2
    assert [(call["api"], call["model"], call["outcome"]) for call in body["calls"]] == [
        ("openai", "m", "ok"),
        ("openai", "other", "error_500"),
    ]
    assert body["calls"][0]["question"] == "hello"
    assert body["calls"][0]["kind"] == "small_talk"
    assert body["calls"][0]["output_tokens"] > 0
    assert body["calls"][1]["faults"] == ["error=500"]
    assert (await http.get("/simulator/calls?outcome=ok")).json()["count"] == 1
    await http.delete("/simulator/calls")
    assert (await http.get("/simulator/calls")).json()["total"] == 0


async def test_a_client_that_leaves_a_hanging_call_is_noticed(http: httpx2.AsyncClient) -> None:
    with pytest.raises(httpx2.TimeoutException):
        await http.post(URL, json=CHAT, headers={"x-simulator-fault": "hang"}, timeout=0.2)
    for _ in range(100):
        [call] = (await http.get("/simulator/calls")).json()["calls"]
        if call["outcome"] != "running":
            break
        await asyncio.sleep(0.02)
    assert (call["outcome"], call["client_gone"]) == ("client_gone", True)


async def test_the_dials_turn_while_it_runs(http: httpx2.AsyncClient) -> None:
    turned = await http.post("/simulator/settings", json={"llama_ms": 300})
    assert turned.json()["llama_ms"] == 300
    began = time.monotonic()
    await http.post(URL, json=CHAT)
    assert time.monotonic() - began >= 0.3
    bad: object
    for bad in ({"llama_ms": -1}, {"port": 1}, {"llama_ms": "slow"}, []):
        assert (await http.post("/simulator/settings", json=bad)).status_code == 400
    assert (await http.get("/simulator/settings")).json()["llama_ms"] == 300


async def test_ttft_and_delay_faults_take_their_time(http: httpx2.AsyncClient) -> None:
    for fault in ("ttft=250", "delay=250"):
        async with http.stream(
            "POST", URL, json=CHAT | {"stream": True}, headers={"x-simulator-fault": fault}
        ) as reply:
            began = time.monotonic()
            [event async for event in httpx2.EventSource(reply)]
        [call] = [call for call in (await http.get("/simulator/calls")).json()["calls"] if call["faults"] == [fault]]
        assert call["ttft_ms"] >= 250, (fault, time.monotonic() - began)


async def test_health_pages_and_metrics(http: httpx2.AsyncClient) -> None:
    await http.post(URL, json=CHAT)
    ready = (await http.get("/readyz")).json()
    assert (ready["status"], ready["simulated"], ready["calls"]) == ("ready", True, 1)
    assert (await http.get("/livez")).json()["status"] == "alive"
    metrics = (await http.get("/metrics")).text
    assert 'zantara_simulator_calls_total{api="openai",outcome="ok"} 1.0' in metrics


async def _run(port: int, **more: str) -> asyncio.subprocess.Process:
    env = {**os.environ, "SIMULATOR_PORT": str(port), **more}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "zantara_cli.simulator", env=env,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


def _port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def test_the_process_serves_and_stops_on_sigterm_even_with_a_hanging_call() -> None:
    port = _port()
    process = await _run(port, SIMULATOR_LLAMA_MS="0")
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers={"authorization": "Bearer x"}) as http:
        for _ in range(200):
            try:
                reply = await http.get("/readyz")
                break
            except httpx2.ConnectError:
                await asyncio.sleep(0.05)
        assert reply.json()["simulated"] is True
        assert (await http.post(URL, json=CHAT)).status_code == 200
        hanging = asyncio.create_task(http.post(URL, json=CHAT, headers={"x-simulator-fault": "hang"}, timeout=20))
        await asyncio.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        out, _ = await asyncio.wait_for(process.communicate(), 10)
        with pytest.raises(httpx2.TransportError):
            await hanging
    assert process.returncode == 0
    assert json.loads(out.splitlines()[0])["service"] == "simulator"


async def test_bad_settings_and_a_taken_port_end_the_process_in_words() -> None:
    bad = await _run(0, SIMULATOR_LLAMA_MS="slow", SIMULATOR_WORKERS="0")
    _, said = await bad.communicate()
    assert bad.returncode == 1
    assert b"SIMULATOR_LLAMA_MS" in said
    assert b"SIMULATOR_WORKERS" in said
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = await _run(taken.getsockname()[1])
        _, said = await process.communicate()
    assert process.returncode == 1
    assert b"cannot listen on 127.0.0.1" in said
