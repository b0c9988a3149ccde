import msgspec
import pytest

from zantara.llm import ColdWorker, JobLost, ModelRequest, ServerFault, TimedOut, WorkerHealth
from zantara.llm.runpod.wire import Health, Job, decode, is_completed, overdue, run_body, worker_health


@pytest.mark.parametrize(
    ("remaining_s", "policy"),
    [
        (0.2, {"executionTimeout": 6_000, "ttl": 10_000}),
        (2.0, {"executionTimeout": 6_000, "ttl": 10_000}),
        (300.0, {"executionTimeout": 300_000, "ttl": 300_000}),
    ],
)
def test_every_job_has_a_policy_within_runpods_bounds(
    request_: ModelRequest, remaining_s: float, policy: dict[str, int]
) -> None:
    assert run_body(request_, remaining_s)["policy"] == policy


def test_system_blocks_become_one_message_before_the_turns(request_: ModelRequest) -> None:
    messages = run_body(request_, 10)["input"]["messages"]
    assert messages == [
        {"role": "system", "content": "You are Zantara.\n\nMemory: none."},
        {"role": "user", "content": "Berapa biaya KITAS?"},
    ]


def test_max_tokens_is_always_sent_since_workers_default_to_a_few(request_: ModelRequest) -> None:
    assert run_body(request_, 10)["input"]["sampling_params"] == {"max_tokens": 200, "temperature": 0.3}


def test_a_schema_stands_in_the_prompt_and_never_in_the_sampling_parameters(request_: ModelRequest) -> None:
    schema = {"title": "Verdict", "type": "object"}
    body = run_body(msgspec.structs.replace(request_, schema=schema), 10)["input"]
    assert '"title":"Verdict"' in body["messages"][0]["content"]
    assert set(body["sampling_params"]) == {"max_tokens", "temperature"}
    assert body["response_format"]["json_schema"]["schema"] == schema


@pytest.mark.parametrize("status", ["IN_QUEUE", "IN_PROGRESS", "RUNNING", "SOMETHING_NEW"])
def test_a_job_under_way_is_waited_for(status: str) -> None:
    assert not is_completed(Job(id="j", status=status))


def test_a_completed_job_may_be_read() -> None:
    assert is_completed(Job(id="j", status="COMPLETED"))


@pytest.mark.parametrize(
    ("status", "error"), [("FAILED", ServerFault), ("CANCELLED", JobLost), ("TIMED_OUT", TimedOut)]
)
def test_a_job_that_ended_otherwise_raises(status: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        is_completed(Job(id="j", status=status, error="boom"))


def test_a_job_that_never_left_the_queue_means_a_cold_worker() -> None:
    assert isinstance(overdue("j", "IN_QUEUE"), ColdWorker)
    assert isinstance(overdue("j", "IN_PROGRESS"), TimedOut)
    assert isinstance(overdue("j", None), TimedOut)


@pytest.mark.parametrize(
    ("workers", "warm"),
    [
        ({"idle": 1}, True),
        ({"running": 1}, True),
        ({"ready": 1}, True),
        ({"initializing": 2}, False),
        ({"throttled": 3}, False),
        ({}, False),
    ],
)
def test_warm_means_that_a_worker_could_start_now(workers: dict[str, int], warm: bool) -> None:
    said = msgspec.json.encode({"jobs": {"inQueue": 4, "completed": 9}, "workers": workers})
    health = worker_health(decode(said, Health))
    assert (health.warm, health.in_queue) == (warm, 4)
    assert isinstance(health, WorkerHealth)


def test_a_reply_of_another_shape_is_a_server_fault() -> None:
    with pytest.raises(ServerFault):
        decode(b"<html>", Job)
