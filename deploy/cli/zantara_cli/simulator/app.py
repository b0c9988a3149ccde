"""The application: all APIs, the control, health and metrics in one place, every response marked as simulated."""

from collections.abc import AsyncIterator

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from zantara.clock import Clock, SystemClock
from zantara_cli.simulator import anthropic_api, control, openai_api, runpod_api
from zantara_cli.simulator.settings import SimulatorSettings
from zantara_cli.simulator.state import SIMULATOR, Simulator

APIS = ("anthropic", "openai", "runpod")

_MAX_BODY = 20 * 1024 * 1024


def create_app(settings: SimulatorSettings | None = None, clock: Clock | None = None) -> web.Application:
    """A simulator of its own, with nothing shared but the code."""
    app = web.Application(client_max_size=_MAX_BODY)
    app[SIMULATOR] = Simulator(settings or SimulatorSettings(), clock or SystemClock())
    app.on_response_prepare.append(_mark)
    app.cleanup_ctx.append(_queues)
    for part in (anthropic_api, openai_api, runpod_api, control):
        app.add_routes(part.routes())
    app.add_routes(
        [web.get("/", _index), web.get("/livez", _livez), web.get("/readyz", _readyz), web.get("/metrics", _metrics)]
    )
    return app


async def _mark(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["x-simulated"] = "true"


async def _queues(app: web.Application) -> AsyncIterator[None]:
    yield
    await app[SIMULATOR].queues.close()


async def _index(_: web.Request) -> web.Response:
    return web.json_response({"service": "simulator", "simulated": True, "apis": APIS, "control": "/simulator/calls"})


async def _livez(_: web.Request) -> web.Response:
    return web.json_response({"service": "simulator", "status": "alive", "simulated": True})


async def _readyz(request: web.Request) -> web.Response:
    simulator = request.app[SIMULATOR]
    body = {
        "service": "simulator", "status": "ready", "simulated": True, "apis": APIS,
        "faults": len(simulator.faults.all()), "calls": simulator.calls.total,
    }  # fmt: skip
    return web.json_response(body)


async def _metrics(request: web.Request) -> web.Response:
    body = generate_latest(request.app[SIMULATOR].metrics.registry)
    return web.Response(body=body, headers={"content-type": CONTENT_TYPE_LATEST})
