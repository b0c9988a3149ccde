"""What is remembered of a person: shown to them, forgotten when they say so. The memory itself is jiwa-enricher's."""

from aiohttp import web

from chat_router.routes.problems import path_id, respond
from zantara.bus import Requester
from zantara.events import ForgetMemory, MemoryRecall

_ASK_S = 2.0


class MemoryRoutes:
    """`/v1/users/{id}/memory`."""

    def __init__(self, requester: Requester) -> None:
        self._requester = requester

    def routes(self) -> list[web.RouteDef]:
        """To be added to the application."""
        return [
            web.get("/v1/users/{id}/memory", self._show),
            web.delete("/v1/users/{id}/memory", self._forget),
        ]

    async def _show(self, request: web.Request) -> web.Response:
        user_id = path_id(request)
        reply = await self._requester.request(MemoryRecall(user_id=user_id), timeout_s=_ASK_S)
        facts = reply.memory.facts if reply.memory else ()
        return respond({"user_id": user_id, "facts": facts})

    async def _forget(self, request: web.Request) -> web.Response:
        asked = ForgetMemory(user_id=path_id(request), fact_id=request.query.get("fact_id"))
        reply = await self._requester.request(asked, timeout_s=_ASK_S)
        return respond({"user_id": asked.user_id, "forgotten": reply.facts})
