"""RunPod's queue API behind the ChatModel port: `/run`, then `/status` until the deadline, `/cancel` on giving up."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from random import SystemRandom

import httpx2
import msgspec

from zantara.clock import Clock
from zantara.llm.errors import (
    JobLost,
    ModelError,
    Overloaded,
    RateLimited,
    ServerFault,
    TimedOut,
    Unreachable,
)
from zantara.llm.faults import error_body, from_status, from_transport
from zantara.llm.http_client import HttpClient
from zantara.llm.partial import PartialAnswer
from zantara.llm.port import Completion, Deadline, ModelRequest, Piece, WorkerHealth
from zantara.llm.runpod.output import read_output
from zantara.llm.runpod.wire import (
    PROVIDER,
    Health,
    Job,
    decode,
    is_completed,
    overdue,
    run_body,
    worker_health,
)

_REQUEST_S = 10.0
_CANCEL_S = 2.0
_LAST_LOOK_S = 0.1
_MAX_FAILED_LOOKS = 3
_LOOK_AGAIN = (Unreachable, ServerFault, Overloaded, RateLimited, TimedOut)


class PollPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """Pauses between two looks at a job: growing, jittered by a quarter. Background work starts at 1 s."""

    first_s: float = 0.05
    factor: float = 1.6
    cap_s: float = 2.0


class RunPodModel:
    """One serverless endpoint (`.../v2/<id>`).

    `complete` cancels its job on every way out but success. `submit` and `result` serve work that outlives a
    process: keep the id, ask again after a restart.
    """

    provider = PROVIDER

    def __init__(
        self,
        *,
        name: str,
        endpoint: str,
        api_key: str,
        http: HttpClient,
        clock: Clock,
        poll: PollPolicy | None = None,
        jitter: Callable[[], float] | None = None,
    ) -> None:
        self.name = name
        self._url = endpoint.rstrip("/")
        self._headers = {"authorization": f"Bearer {api_key}"} if api_key else {}
        self._http = http
        self._clock = clock
        self._poll = poll or PollPolicy()
        self._jitter = jitter or SystemRandom().random

    async def complete(self, request: ModelRequest, deadline: Deadline) -> Completion:
        """The whole answer; the job is cancelled when the caller gives up or the deadline passes."""
        started_s = self._clock.monotonic()
        job_id = await self._submitted(request, deadline)
        try:
            completion = await self.result(job_id, deadline, max_tokens=request.max_tokens)
        except asyncio.CancelledError:
            self._http.last_word(self._drop(job_id))
            raise
        latency_ms = (self._clock.monotonic() - started_s) * 1000
        return msgspec.structs.replace(completion, latency_ms=latency_ms)

    async def stream(self, request: ModelRequest, deadline: Deadline) -> AsyncGenerator[Piece]:
        """The answer as one delta: the queue hands over whole results, so the first token is the last."""
        completion = await self.complete(request, deadline)
        yield completion.text
        yield msgspec.structs.replace(completion, ttft_ms=completion.latency_ms)

    async def submit(self, request: ModelRequest, deadline: Deadline) -> str:
        """Put a job into the queue; its id. RunPod drops the job by itself soon after the deadline."""
        body = run_body(request, deadline.remaining_s(self._clock))
        reply = await self._send("POST", "/run", deadline, json=body)
        return decode(_checked(reply).content, Job).id

    async def result(self, job_id: str, deadline: Deadline, *, max_tokens: int | None = None) -> Completion:
        """Wait for a job, also one that another process submitted.

        The job is cancelled at the deadline, but not when this task is cancelled: its id can be asked again.
        Raises JobLost where the queue has forgotten it, ColdWorker where no worker ever took it up.
        """
        answer = PartialAnswer(PROVIDER, self.name, self._clock)
        try:
            job, header = await self._settled(job_id, deadline)
        except JobLost:
            raise
        except ModelError:
            self._http.last_word(self._drop(job_id))
            raise
        said = read_output(job.output, max_tokens=max_tokens)
        answer.add(said.text)
        answer.model, answer.usage, answer.stop = said.model or self.name, said.usage, said.stop
        return answer.completion(header=header, streamed=False)

    async def cancel(self, job_id: str) -> bool:
        """Stop a job; whether RunPod confirmed it."""
        try:
            reply = await self._send("POST", f"/cancel/{job_id}", Deadline.after(self._clock, _CANCEL_S))
        except ModelError:
            return False
        return reply.is_success

    async def health(self) -> WorkerHealth:
        """Workers and queue as RunPod counts them."""
        reply = await self._send("GET", "/health", Deadline.after(self._clock, _CANCEL_S))
        return worker_health(decode(_checked(reply).content, Health))

    async def _submitted(self, request: ModelRequest, deadline: Deadline) -> str:
        """Submit; a caller that leaves while `/run` is under way still gets the job cancelled."""
        submission = asyncio.create_task(self.submit(request, deadline))
        try:
            return await asyncio.shield(submission)
        except asyncio.CancelledError:
            self._http.last_word(self._drop_when_known(submission))
            raise

    async def _drop_when_known(self, submission: "asyncio.Task[str]") -> None:
        with suppress(ModelError):
            await self.cancel(await submission)

    async def _drop(self, job_id: str) -> None:
        await self.cancel(job_id)

    async def _settled(self, job_id: str, deadline: Deadline) -> tuple[Job, str | None]:
        """Look until the job has completed; the job and the `x-simulated` header of the last reply."""
        pause_s, failed_looks, status = self._poll.first_s, 0, None
        while True:
            try:
                job, header = await self._look(job_id, deadline)
            except _LOOK_AGAIN:
                failed_looks += 1
                if failed_looks == _MAX_FAILED_LOOKS:
                    raise
            else:
                failed_looks, status = 0, job.status
                if is_completed(job):
                    return job, header
            spare_s = deadline.remaining_s(self._clock) - _LAST_LOOK_S
            if spare_s <= 0:
                raise overdue(job_id, status)
            await self._clock.sleep(min(spare_s, pause_s * (0.75 + 0.5 * self._jitter())))
            pause_s = min(pause_s * self._poll.factor, self._poll.cap_s)

    async def _look(self, job_id: str, deadline: Deadline) -> tuple[Job, str | None]:
        reply = await self._send("GET", f"/status/{job_id}", deadline)
        if reply.status_code == 404:
            raise JobLost(f"{PROVIDER}: job {job_id} is gone")
        return decode(_checked(reply).content, Job), reply.headers.get("x-simulated")

    async def _send(self, method: str, path: str, deadline: Deadline, json: object | None = None) -> httpx2.Response:
        read_s = min(_REQUEST_S, deadline.remaining_s(self._clock))
        try:
            return await self._http.connections.request(
                method,
                self._url + path,
                json=json,
                headers=self._headers,
                timeout=self._http.timeout(read_s),
            )
        except httpx2.HTTPError as error:
            raise from_transport(PROVIDER, error) from error


def _checked(reply: httpx2.Response) -> httpx2.Response:
    if reply.is_success:
        return reply
    raise from_status(PROVIDER, reply.status_code, reply.headers, error_body(reply))
