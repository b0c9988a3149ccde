"""`GET /v1/models`: who can answer, and whether it is simulated."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from chat_router.routes.problems import respond


class ModelRoutes:
    """The voices as a list in OpenAI's form."""

    def __init__(self, voices: Mapping[str, Mapping[str, Any]]) -> None:
        self._voices = dict(voices)

    def routes(self) -> list[web.RouteDef]:
        """To be added to the application."""
        return [web.get("/v1/models", self._list)]

    async def _list(self, _: web.Request) -> web.Response:
        data = [{"id": name, "object": "model", "owned_by": "zantara", **info} for name, info in self._voices.items()]
        return respond({"object": "list", "data": data})
