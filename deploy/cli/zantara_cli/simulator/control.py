"""The control endpoints of tests and demonstrations: order faults, read the calls, turn the dials."""

from typing import Any

import msgspec
from aiohttp import web

from zantara.errors import Invalid, NotFound
from zantara_cli.simulator.calls import Call
from zantara_cli.simulator.faults import Order
from zantara_cli.simulator.state import SIMULATOR

_FILTERS = frozenset(Call.__struct_fields__) - {"faults", "question"}


def routes() -> list[web.RouteDef]:
    """The routes of the control."""
    return [
        web.post("/simulator/faults", order),
        web.get("/simulator/faults", standing),
        web.delete("/simulator/faults", clear),
        web.delete("/simulator/faults/{id}", clear),
        web.get("/simulator/calls", calls),
        web.delete("/simulator/calls", forget),
        web.get("/simulator/settings", dials),
        web.post("/simulator/settings", turn),
    ]


async def order(request: web.Request) -> web.Response:
    """Let a fault stand."""
    try:
        asked = msgspec.json.decode(await request.read(), type=Order)
        return _json(request.app[SIMULATOR].faults.add(asked), 201)
    except (msgspec.DecodeError, Invalid) as error:
        return _refused(error)


async def standing(request: web.Request) -> web.Response:
    """The faults that stand."""
    return _json({"faults": request.app[SIMULATOR].faults.all()})


async def clear(request: web.Request) -> web.Response:
    """Drop one fault, or all."""
    try:
        return _json({"cleared": request.app[SIMULATOR].faults.clear(request.match_info.get("id"))})
    except NotFound as error:
        return _refused(error, 404)


async def calls(request: web.Request) -> web.Response:
    """The last calls, those whose fields equal the query's; `count` is of these, `total` of all since the reset."""
    log = request.app[SIMULATOR].calls
    wanted = {name: value for name, value in request.query.items() if name in _FILTERS}
    rows = log.rows(**wanted)
    return _json({"total": log.total, "count": len(rows), "calls": rows})


async def forget(request: web.Request) -> web.Response:
    """Forget all calls."""
    request.app[SIMULATOR].calls.reset()
    return _json({"total": 0})


async def dials(request: web.Request) -> web.Response:
    """Where the dials stand."""
    return _json(request.app[SIMULATOR].dials.shown())


async def turn(request: web.Request) -> web.Response:
    """Turn some dials."""
    try:
        changes = msgspec.json.decode(await request.read(), type=dict[str, Any])
        request.app[SIMULATOR].dials.turn(changes)
    except (msgspec.DecodeError, Invalid) as error:
        return _refused(error)
    return await dials(request)


def _refused(error: Exception, status: int = 400) -> web.Response:
    faults = list(error.faults) if isinstance(error, Invalid) else [str(error)]
    return _json({"error": str(error), "faults": faults}, status)


def _json(body: object, status: int = 200) -> web.Response:
    return web.Response(body=msgspec.json.encode(body), status=status, content_type="application/json")
