"""How a command speaks to the running system: as the operator, over the bus, with requests in parallel."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import msgspec

from zantara.bus import Bus
from zantara.bus.jetstream import open_bus
from zantara.clock import SystemClock
from zantara.errors import ZantaraError, first_of
from zantara.events import Reply, Request
from zantara.topology import OPERATOR, endpoint
from zantara_cli.stack.addresses import addresses_for

R = TypeVar("R", bound=Reply)
A = TypeVar("A")

_AT_ONCE = 4


@asynccontextmanager
async def open_operator(env: Mapping[str, str]) -> AsyncIterator[Bus]:
    """The bus of NATS_URL, else of the embedded instance; raises StartError or Unavailable."""
    url = addresses_for(env).nats_url
    async with open_bus(url, service=OPERATOR, clock=SystemClock()) as bus:
        yield bus


async def ask(bus: Bus, request: Request[R]) -> R:
    """One request, with the time that its endpoint is given."""
    return await bus.request(request, timeout_s=endpoint(type(request)).deadline_ms / 1000)


async def ask_all(
    bus: Bus, requests: Iterable[Request[R]], done: Callable[[R], None], *, at_once: int = _AT_ONCE
) -> list[R]:
    """Many requests, a few at a time, in order; `done` is told of each. The first failure ends it."""
    slots = asyncio.Semaphore(at_once)

    async def one(request: Request[R]) -> R:
        async with slots:
            reply = await ask(bus, request)
        done(reply)
        return reply

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(request)) for request in requests]
    return [task.result() for task in tasks]


def perform(work: Callable[[Bus], Awaitable[int]]) -> int:
    """Run a command's work with the operator's bus; a failure is a sentence on stderr and status 1."""

    async def go() -> int:
        async with open_operator(os.environ) as bus:
            return await work(bus)

    return guarded(lambda: asyncio.run(go()))


def guarded(work: Callable[[], int]) -> int:
    """Status of the work; errors of ours in words."""
    try:
        return work()
    except ZantaraError as error:
        return _tell(error)
    except ExceptionGroup as group:
        ours, others = group.split(ZantaraError)
        if others is not None or ours is None:
            raise
        return _tell(first_of(ours))


def show_json(value: Any) -> None:
    """For scripts."""
    print(msgspec.json.format(msgspec.json.encode(value)).decode())


def _tell(error: Exception) -> int:
    sys.stderr.write(f"zantara: {error or type(error).__name__}\n")
    return 1
