"""The job queue by itself: states, order, cold starts, idle workers, retention."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from zantara.clock import ManualClock, SystemClock
from zantara_cli.simulator.runpod_queue import (
    KEPT_ASYNC_S,
    KEPT_SYNC_S,
    Endpoint,
    Job,
    JobFailedError,
    JobState,
    Policy,
)
from zantara_cli.simulator.settings import Dials, SimulatorSettings


async def _at_once() -> str:
    return "done"


async def _for_ever() -> str:
    await asyncio.Event().wait()
    return "never"


async def _fails() -> str:
    raise JobFailedError("no GPU")


async def _crashes() -> str:
    raise ZeroDivisionError


Make = Callable[..., Endpoint]


@pytest_asyncio.fixture
async def make() -> AsyncIterator[Make]:
    made: list[Endpoint] = []

    def endpoint(clock: ManualClock | SystemClock | None = None, **dials: float) -> Endpoint:
        made.append(Endpoint(clock or SystemClock(), Dials(SimulatorSettings(**dials))))  # type: ignore[arg-type]
        return made[-1]

    yield endpoint
    for one in made:
        await one.close()


async def _ended(job: Job) -> JobState:
    await asyncio.wait_for(job.done.wait(), 5)
    return job.state


@pytest.mark.parametrize(
    ("work", "state", "error"),
    [
        (_at_once, JobState.COMPLETED, None),
        (_fails, JobState.FAILED, "no GPU"),
    ],
)
async def test_how_jobs_end(make: Make, work: object, state: JobState, error: str | None) -> None:
    ends: list[JobState] = []
    endpoint = make()
    job = endpoint.submit(work, Policy(), sync=False, ended=lambda job: ends.append(job.state))  # type: ignore[arg-type]
    assert job.state is JobState.IN_QUEUE
    assert await _ended(job) is state
    assert job.error == error
    assert ends == [state]
    assert endpoint.find(job.id) is job


async def test_policies_time_out_a_running_and_a_waiting_job(make: Make) -> None:
    endpoint = make(workers=1)
    running = endpoint.submit(_for_ever, Policy(execution_timeout_s=0.05), sync=False)
    waiting = endpoint.submit(_at_once, Policy(ttl_s=0.02), sync=False)
    assert await _ended(waiting) is JobState.TIMED_OUT
    assert await _ended(running) is JobState.TIMED_OUT
    assert "delayTime" not in waiting.shown()
    assert running.shown()["executionTime"] >= 45
    assert endpoint.health()["jobs"]["failed"] == 2


async def test_first_come_first_served_by_few_workers(make: Make) -> None:
    endpoint = make(workers=2)
    order: list[int] = []

    def work(number: int) -> Callable[[], object]:
        async def run() -> None:
            order.append(number)
            await asyncio.sleep(0.01)

        return run

    jobs = [endpoint.submit(work(number), Policy(), sync=False) for number in range(6)]  # type: ignore[arg-type]
    await asyncio.sleep(0.005)
    assert endpoint.health()["jobs"] == {"completed": 0, "failed": 0, "inProgress": 2, "inQueue": 4, "retried": 0}
    for job in jobs:
        await _ended(job)
    assert order == [0, 1, 2, 3, 4, 5]


async def test_cancel_in_queue_and_in_progress_and_after(make: Make) -> None:
    endpoint = make(workers=1)
    running = endpoint.submit(_for_ever, Policy(), sync=False)
    waiting = endpoint.submit(_at_once, Policy(), sync=False)
    await asyncio.sleep(0.01)
    endpoint.cancel(waiting)
    endpoint.cancel(running)
    after = endpoint.submit(_at_once, Policy(), sync=False)
    assert await _ended(after) is JobState.COMPLETED
    endpoint.cancel(after)
    assert (running.state, waiting.state, after.state) == (JobState.CANCELLED, JobState.CANCELLED, JobState.COMPLETED)
    assert endpoint.health()["workers"]["idle"] == 1


async def test_a_worker_starts_cold_stays_warm_and_cools_when_idle() -> None:
    clock = ManualClock()
    endpoint = Endpoint(clock, Dials(SimulatorSettings(workers=1, cold_start_ms=60_000, idle_cold_s=30)))
    assert endpoint.health()["workers"]["ready"] == 0
    cold = endpoint.submit(_at_once, Policy(), sync=False)
    await _ended(cold)
    assert cold.shown()["delayTime"] == 60_000
    assert endpoint.health()["workers"]["ready"] == 1
    clock.advance(29)
    warm = endpoint.submit(_at_once, Policy(), sync=False)
    await _ended(warm)
    assert warm.shown()["delayTime"] == 0
    clock.advance(31)
    assert endpoint.health()["workers"]["ready"] == 0
    forced = endpoint.submit(_at_once, Policy(), sync=False, cold_s=5)
    await _ended(forced)
    assert forced.shown()["delayTime"] == 5000


@pytest.mark.parametrize(("sync", "kept_s"), [(True, KEPT_SYNC_S), (False, KEPT_ASYNC_S)])
async def test_results_are_kept_for_their_time(make: Make, *, sync: bool, kept_s: float) -> None:
    clock = ManualClock()
    endpoint = make(clock)
    job = endpoint.submit(_at_once, Policy(), sync=sync)
    await _ended(job)
    clock.advance(kept_s - 1)
    assert endpoint.find(job.id) is job
    clock.advance(1)
    assert endpoint.find(job.id) is None
    assert endpoint.health()["jobs"]["completed"] == 1


async def test_a_lost_job_runs_unseen(make: Make) -> None:
    endpoint = make()
    job = endpoint.submit(_at_once, Policy(), sync=False, lost=True)
    assert endpoint.find(job.id) is None
    assert await _ended(job) is JobState.COMPLETED
