"""RunPod's job queue: jobs wait for one of a few workers, workers start cold, policies end jobs, results are forgotten.

States and retention after RunPod's documentation of job states and of the endpoint operations.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Any
from uuid import uuid4

import msgspec

from zantara.clock import Clock
from zantara_cli.simulator.settings import Dials

KEPT_SYNC_S = 60.0
KEPT_ASYNC_S = 1800.0

_MAX_JOBS = 10_000

Work = Callable[[], Awaitable[Any]]


class JobState(StrEnum):
    """The states of a job; the last four are ends."""

    IN_QUEUE = "IN_QUEUE"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    TIMED_OUT = "TIMED_OUT"


class JobFailedError(Exception):
    """The worker's handler failed; the message goes into the job's `error`."""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """How long a job may run, and how long it may live in all; the defaults are RunPod's."""

    execution_timeout_s: float = 600.0
    ttl_s: float = 86_400.0


class Job:
    """One job; times are monotonic seconds."""

    def __init__(self, identity: str, clock: Clock, ended: Callable[["Job"], None], *, sync: bool, lost: bool) -> None:
        self.id = identity
        self.state = JobState.IN_QUEUE
        self.output: Any = None
        self.error: str | None = None
        self.worker: str | None = None
        self.lost = lost
        self.done = asyncio.Event()
        self._clock = clock
        self._on_end = ended
        self._kept_s = KEPT_SYNC_S if sync else KEPT_ASYNC_S
        self._submitted = clock.monotonic()
        self._started: float | None = None
        self._ended: float | None = None

    def start(self, worker: str) -> None:
        """A worker takes it up."""
        self.state, self.worker, self._started = JobState.IN_PROGRESS, worker, self._clock.monotonic()

    def end(self, state: JobState, *, output: Any = None, error: str | None = None) -> None:
        """It is over; a job ends once."""
        if self._ended is None:
            self.state, self.output, self.error, self._ended = state, output, error, self._clock.monotonic()
            self.done.set()
            self._on_end(self)

    @property
    def forgotten(self) -> bool:
        """Whether its result is no longer kept."""
        return self._ended is not None and self._clock.monotonic() - self._ended >= self._kept_s

    def shown(self) -> dict[str, Any]:
        """The job as `/status` tells it."""
        fields: dict[str, Any] = {"id": self.id, "status": str(self.state)}
        if self._started is not None:
            fields |= {"delayTime": _ms(self._started - self._submitted), "workerId": self.worker}
            if self._ended is not None:
                fields["executionTime"] = _ms(self._ended - self._started)
        if self.state is JobState.COMPLETED:
            fields["output"] = self.output
        if self.error is not None:
            fields["error"] = self.error
        return fields


class _Worker:
    """One worker: warm until a moment, perhaps busy, perhaps initialising."""

    def __init__(self, number: int) -> None:
        self.id = f"simulated-{number}"
        self.warm_until = -math.inf
        self.busy = False
        self.initializing = False


class Endpoint:
    """One endpoint: its queue, its workers, its counts."""

    def __init__(self, clock: Clock, dials: Dials) -> None:
        self._clock = clock
        self._dials = dials
        self._workers = [_Worker(number) for number in range(dials.now.workers)]
        self._free = asyncio.Semaphore(len(self._workers))
        self._jobs: dict[str, Job] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._completed = self._failed = 0

    def submit(
        self,
        work: Work,
        policy: Policy,
        *,
        sync: bool,
        cold_s: float | None = None,
        lost: bool = False,
        ended: Callable[[Job], None] = lambda _: None,
    ) -> Job:
        """Put a job into the queue; `ended` is told once when it is over."""
        self._forget()
        job = Job(f"{'sync-' if sync else ''}{uuid4()}-s1", self._clock, ended, sync=sync, lost=lost)
        self._jobs[job.id] = job
        task = asyncio.create_task(self._run(job, work, policy, cold_s), name=f"job {job.id}")
        self._tasks[job.id] = task
        task.add_done_callback(lambda _: self._tasks.pop(job.id, None))
        return job

    def find(self, identity: str) -> Job | None:
        """A job that is known, not lost, and not forgotten yet."""
        self._forget()
        job = self._jobs.get(identity)
        return None if job is None or job.lost else job

    def cancel(self, job: Job) -> None:
        """Stop a job where it is; an ended one stays as it is."""
        job.end(JobState.CANCELLED)
        task = self._tasks.get(job.id)
        if task is not None:
            task.cancel()

    @asynccontextmanager
    async def worker(self, cold_s: float | None = None) -> AsyncIterator[str]:
        """A worker for as long as the work takes, first come first served; a cold one initialises first."""
        async with self._free:
            worker = max((one for one in self._workers if not one.busy), key=self._is_warm)
            worker.busy = True
            try:
                await self._warm_up(worker, cold_s)
                yield worker.id
                idle_s = self._dials.now.idle_cold_s
                worker.warm_until = math.inf if idle_s is None else self._clock.monotonic() + idle_s
            finally:
                worker.busy = worker.initializing = False

    def health(self) -> dict[str, Any]:
        """The counts of `/health`."""
        states = [job.state for job in self._jobs.values()]
        running = sum(worker.busy and not worker.initializing for worker in self._workers)
        idle = sum(not worker.busy and self._is_warm(worker) for worker in self._workers)
        return {
            "jobs": {
                "completed": self._completed,
                "failed": self._failed,
                "inProgress": states.count(JobState.IN_PROGRESS),
                "inQueue": states.count(JobState.IN_QUEUE),
                "retried": 0,
            },
            "workers": {
                "idle": idle,
                "initializing": sum(worker.initializing for worker in self._workers),
                "ready": idle + running,
                "running": running,
                "throttled": 0,
                "unhealthy": 0,
            },
        }

    async def close(self) -> None:
        """Stop everything."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, job: Job, work: Work, policy: Policy, cold_s: float | None) -> None:
        limit_s = policy.ttl_s
        try:
            async with asyncio.timeout(policy.ttl_s), self.worker(cold_s) as worker:
                job.start(worker)
                limit_s = min(limit_s, policy.execution_timeout_s)
                async with asyncio.timeout(policy.execution_timeout_s):
                    job.end(JobState.COMPLETED, output=await work())
            self._completed += 1
        except TimeoutError:
            self._fail(job, JobState.TIMED_OUT, f"job timed out after {limit_s:g}s")
        except JobFailedError as error:
            self._fail(job, JobState.FAILED, str(error))
        except asyncio.CancelledError:
            job.end(JobState.CANCELLED)
            raise
        finally:
            job.end(JobState.FAILED, error="worker exited with exit code 1")

    def _fail(self, job: Job, state: JobState, error: str) -> None:
        self._failed += 1
        job.end(state, error=error)

    async def _warm_up(self, worker: _Worker, cold_s: float | None) -> None:
        seconds = self._dials.now.cold_start_ms / 1000 if cold_s is None else cold_s
        if seconds > 0 and (cold_s is not None or not self._is_warm(worker)):
            worker.initializing = True
            await self._clock.sleep(seconds)
            worker.initializing = False

    def _is_warm(self, worker: _Worker) -> bool:
        return self._dials.now.cold_start_ms == 0 or worker.warm_until > self._clock.monotonic()

    def _forget(self) -> None:
        gone = [identity for identity, job in self._jobs.items() if job.forgotten]
        ended = (identity for identity, job in self._jobs.items() if job.done.is_set())
        spare = len(self._jobs) - len(gone) - _MAX_JOBS
        for identity in (*gone, *(identity for identity, _ in zip(ended, range(spare), strict=False))):
            self._jobs.pop(identity, None)


class Queues:
    """The endpoints by id; one comes to be when it is first asked."""

    def __init__(self, clock: Clock, dials: Dials) -> None:
        self._clock = clock
        self._dials = dials
        self._endpoints: dict[str, Endpoint] = {}

    def at(self, endpoint: str) -> Endpoint:
        """The endpoint of this id."""
        if endpoint not in self._endpoints:
            self._endpoints[endpoint] = Endpoint(self._clock, self._dials)
        return self._endpoints[endpoint]

    async def close(self) -> None:
        """Stop all endpoints."""
        for endpoint in self._endpoints.values():
            await endpoint.close()


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
