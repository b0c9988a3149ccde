"""RunPod's queue API as bytes: bodies to send, replies to read, the meaning of a job's state."""

from typing import Any, TypeVar

import msgspec

from zantara.llm.errors import ColdWorker, JobLost, ModelError, ServerFault, TimedOut
from zantara.llm.openai import chat_messages, response_format
from zantara.llm.port import ModelRequest, SystemBlock, WorkerHealth

PROVIDER = "runpod"
IN_QUEUE = "IN_QUEUE"

_MIN_EXECUTION_MS = 6_000  # RunPod refuses 5 s and less
_MIN_TTL_MS = 10_000
_SHOWN = 200

T = TypeVar("T")


class Job(msgspec.Struct, frozen=True):
    """A job as `/run` and `/status` tell of it."""

    id: str
    status: str
    output: Any = None
    error: Any = None


class Workers(msgspec.Struct, frozen=True):
    """The workers of an endpoint by state."""

    ready: int = 0
    idle: int = 0
    running: int = 0
    initializing: int = 0


class Jobs(msgspec.Struct, frozen=True, rename="camel"):
    """The jobs of an endpoint by state."""

    in_queue: int = 0


class Health(msgspec.Struct, frozen=True):
    """The reply of `/health`."""

    workers: Workers = Workers()
    jobs: Jobs = Jobs()


def run_body(request: ModelRequest, remaining_s: float) -> dict[str, Any]:
    """The body of `/run`, always with a policy: without one RunPod runs ten minutes and keeps the job a day."""
    remaining_ms = int(remaining_s * 1000)
    return {
        "input": _input(request),
        "policy": {
            "executionTimeout": max(_MIN_EXECUTION_MS, remaining_ms),
            "ttl": max(_MIN_TTL_MS, remaining_ms),
        },
    }


def decode(content: bytes, type_: type[T]) -> T:
    """A reply as a struct; raises ServerFault where it has another shape."""
    try:
        return msgspec.json.decode(content, type=type_)
    except msgspec.DecodeError as error:
        raise ServerFault(f"{PROVIDER}: unreadable reply: {error}") from error


def is_completed(job: Job) -> bool:
    """Whether the job's output may be read; raises where it ended otherwise; a state unknown to us waits on."""
    if job.status == "COMPLETED":
        return True
    if job.status == "FAILED":
        raise ServerFault(f"{PROVIDER}: job failed: {str(job.error or job.output)[:_SHOWN]}")
    if job.status == "CANCELLED":
        raise JobLost(f"{PROVIDER}: job {job.id} was cancelled")
    if job.status == "TIMED_OUT":
        raise TimedOut(f"{PROVIDER}: job {job.id} timed out", stage="total")
    return False


def overdue(job_id: str, last_status: str | None) -> ModelError:
    """The error of a job whose deadline passed: cold where it never left the queue."""
    if last_status == IN_QUEUE:
        return ColdWorker(f"{PROVIDER}: no worker took job {job_id}")
    return TimedOut(f"{PROVIDER}: job {job_id} not done in time", stage="total")


def worker_health(health: Health) -> WorkerHealth:
    """RunPod's counts in our words."""
    workers = health.workers
    return WorkerHealth(
        ready=workers.ready,
        idle=workers.idle,
        running=workers.running,
        initializing=workers.initializing,
        in_queue=health.jobs.in_queue,
        warm=workers.ready + workers.idle + workers.running > 0,
    )


def _input(request: ModelRequest) -> dict[str, Any]:
    """The worker's input: chat messages and sampling parameters.

    The native vLLM handler cannot be told a schema (unknown sampling parameters break it), so the schema stands
    in the system prompt too; workers that know `response_format` enforce it, the others ignore the field.
    """
    body: dict[str, Any] = {
        "messages": chat_messages(_with_schema(request)),
        "sampling_params": {"max_tokens": request.max_tokens, "temperature": request.temperature},
    }
    if request.schema:
        body["response_format"] = response_format(request.schema)
    return body


def _with_schema(request: ModelRequest) -> ModelRequest:
    if not request.schema:
        return request
    schema = msgspec.json.encode(request.schema).decode()
    block = SystemBlock(text=f"Answer with JSON only, matching this JSON Schema:\n{schema}")
    return msgspec.structs.replace(request, system=(*request.system, block))
