"""One service process: what it consumes, answers and hears, side by side until a signal or a death ends it.

A loop that ends is an error and ends the process: whoever supervises it starts it again.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any

import msgspec
import structlog
import uvloop
from aiohttp import web

from zantara.bus.port import Bus, Handler, Hearer, Responder
from zantara.errors import StartError
from zantara.events import Event, Request
from zantara.runtime.health import Health, Ping, measure_lag
from zantara.topology import consumers_of, endpoints_of, listeners_of

log = structlog.get_logger()

_SHUTDOWN_S = 15.0
_SWALLOWED_S = 1.0

Loop = Callable[[], Awaitable[None]]


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """A service as a sentence: events in, decisions, events out.

    `handlers`, `responders` and `hearers` must cover the topology's rows of this service exactly. `loops` run beside
    them for ever; `warm` runs before readiness; `pings` feed `/readyz`, of which `vital` ones decide.
    """

    name: str
    bus: Bus
    host: str
    port: int
    handlers: Mapping[type[Event], Handler[Any]] = {}
    responders: Mapping[type[Request[Any]], Responder[Any, Any]] = {}
    hearers: Mapping[type[Event], Hearer[Any]] = {}
    loops: Sequence[Loop] = ()
    warm: Sequence[Loop] = ()
    pings: Mapping[str, Ping] = {}
    vital: frozenset[str] | None = None
    routes: Sequence[web.RouteDef] = ()
    middlewares: Sequence[Any] = ()
    max_body_bytes: int = 64 * 1024

    def check_wiring(self) -> None:
        """Raise StartError where declaration and wiring differ."""
        pairs = (
            ("handlers", {consumer.event for consumer in consumers_of(self.name)}, set(self.handlers)),
            ("responders", {endpoint.request for endpoint in endpoints_of(self.name)}, set(self.responders)),
            ("hearers", {listener.event for listener in listeners_of(self.name)}, set(self.hearers)),
        )
        for what, declared, wired in pairs:
            if declared != wired:
                names = sorted(each.__name__ for each in declared ^ wired)
                raise StartError(f"{self.name}: {what} and topology differ in {', '.join(names)}")


Build = Callable[[AsyncExitStack, Mapping[str, str]], Awaitable[Service]]


def run(build: Build) -> None:
    """Run a service until SIGTERM or SIGINT; exits 2 when it cannot start as configured, 1 when a loop dies."""
    try:
        uvloop.run(_main(build))
    except StartError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from error


async def _main(build: Build) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        service = await build(stack, os.environ)
        await serve(service, stop)


async def serve(service: Service, stop: asyncio.Event) -> None:
    """Run all loops and the HTTP site until `stop`; then stop taking, finish what is in hand, close."""
    service.check_wiring()
    health = Health(service.name, {"nats": _ping_bus(service.bus), **service.pings}, vital=service.vital)
    for warm in service.warm:
        await warm()
    runner = await _start_http(service, health)
    tasks = [asyncio.create_task(loop, name=name) for name, loop in _loops(service)]
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        done, _ = await asyncio.wait([*tasks, stopping], return_when=asyncio.FIRST_COMPLETED)
        health.stopping = True
        log.info("stopping", ended=sorted(task.get_name() for task in done))
    finally:
        await _wind_down(runner, tasks, stopping)
    for task in done - {stopping}:
        task.result()
        raise StartError(f"{task.get_name()} ended by itself")


def _loops(service: Service) -> list[tuple[str, Any]]:
    bus = service.bus
    named: list[tuple[str, Any]] = [("lag", measure_lag())]
    named += [(f"consume {event.subject}", bus.consume(event, each)) for event, each in service.handlers.items()]
    named += [(f"respond {ask.subject}", bus.respond(ask, each)) for ask, each in service.responders.items()]
    named += [(f"listen {event.subject}", bus.listen(event, each)) for event, each in service.hearers.items()]
    named += [(f"loop {number}", each()) for number, each in enumerate(service.loops)]
    return named


async def _start_http(service: Service, health: Health) -> web.AppRunner:
    app = web.Application(middlewares=list(service.middlewares), client_max_size=service.max_body_bytes)
    app.add_routes([*health.routes(), *service.routes])
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=_SHUTDOWN_S)
    await runner.setup()
    site = web.TCPSite(runner, service.host, service.port)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        raise StartError(f"{service.name}: cannot bind {service.host}:{service.port}: {error.strerror}") from error
    log.info("listening", service=service.name, addresses=[str(address) for address in runner.addresses])
    return runner


async def _wind_down(runner: web.AppRunner, tasks: list[asyncio.Task[Any]], stopping: asyncio.Task[bool]) -> None:
    stopping.cancel()
    await runner.cleanup()
    for task in tasks:
        task.cancel()
    _, pending = await asyncio.wait(tasks, timeout=_SWALLOWED_S)
    for task in pending:
        if task.get_name().startswith("loop "):  # Python 3.11's wait_for can swallow a cancellation
            task.cancel()
    if pending:
        await asyncio.wait(pending, timeout=_SHUTDOWN_S)


def _ping_bus(bus: Bus) -> Ping:
    async def ping() -> None:
        await bus.ping()

    return ping


__all__ = ["Build", "Service", "run", "serve"]
