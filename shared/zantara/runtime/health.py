"""`/livez`, `/readyz` and `/metrics`: alive is the event loop, ready is every part this service needs, with content."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from zantara.errors import ZantaraError

LAG = Gauge("zantara_event_loop_lag_seconds", "How late the event loop ran a timer, as last measured.")

_PING_S = 2.0

Ping = Callable[[], Awaitable[Mapping[str, Any] | None]]
"""Raises a ZantaraError where the part is not fit; may return facts to show (counts, ages, simulated)."""


class Health:
    """The three pages of one service; a `vital` part that fails makes the service unready, others degrade it."""

    def __init__(self, service: str, pings: Mapping[str, Ping], *, vital: frozenset[str] | None = None) -> None:
        self._service = service
        self._pings = dict(pings)
        self._vital = frozenset(pings) if vital is None else vital
        self.stopping = False

    def routes(self) -> list[web.RouteDef]:
        """To be added to an application."""
        return [
            web.get("/livez", self._livez),
            web.get("/readyz", self._readyz),
            web.get("/metrics", _metrics),
        ]

    async def check(self) -> tuple[bool, dict[str, Any]]:
        """Whether this service is ready, and each part's state."""
        states = await asyncio.gather(*(_state(ping) for ping in self._pings.values()))
        parts = dict(zip(self._pings, states, strict=True))
        down = {name for name, state in parts.items() if not state["ok"]}
        ready = not self.stopping and not (down & self._vital)
        status = "stopping" if self.stopping else "unready" if not ready else "degraded" if down else "ready"
        return ready, {"service": self._service, "status": status, "parts": parts}

    async def _livez(self, _: web.Request) -> web.Response:
        return web.json_response({"service": self._service, "status": "alive"})

    async def _readyz(self, _: web.Request) -> web.Response:
        ready, report = await self.check()
        return web.json_response(body=msgspec.json.encode(report), status=200 if ready else 503)


async def measure_lag() -> None:
    """Keep the lag gauge fresh, for ever."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + 1
        await asyncio.sleep(1)
        LAG.set(max(0.0, loop.time() - due))


async def _state(ping: Ping) -> dict[str, Any]:
    try:
        async with asyncio.timeout(_PING_S):
            facts = await ping()
    except ZantaraError as error:
        return {"ok": False, "error": str(error)}
    except TimeoutError:
        return {"ok": False, "error": f"no answer within {_PING_S:g} s"}
    return {"ok": True, **(facts or {})}


async def _metrics(_: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
