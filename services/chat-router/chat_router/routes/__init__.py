"""HTTP in, problems out: the only place with status codes."""

from typing import Protocol

from aiohttp import web

from chat_router.routes.access import Keys, access
from chat_router.routes.chat import ChatRoutes
from chat_router.routes.conversations import ConversationRoutes
from chat_router.routes.memory import MemoryRoutes
from chat_router.routes.models import ModelRoutes
from chat_router.routes.page import PageRoutes
from chat_router.routes.problems import problems


class Routes(Protocol):
    """A group of routes."""

    def routes(self) -> list[web.RouteDef]:
        """To be added to the application."""
        ...


__all__ = [
    "ChatRoutes",
    "ConversationRoutes",
    "Keys",
    "MemoryRoutes",
    "ModelRoutes",
    "PageRoutes",
    "Routes",
    "access",
    "problems",
]
