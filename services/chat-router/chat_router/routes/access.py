"""Who may ask: a role from the key, never from the body. Without keys the service is for local use only."""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal, get_args

from aiohttp import web

from zantara.errors import StartError

KeyRole = Literal["client", "staff"]
ROLE = web.RequestKey("role", str)

_OPEN = ("/livez", "/readyz", "/metrics", "/page/", "/favicon.ico")


class Keys:
    """The configured keys with their roles."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        self._roles = dict(roles)

    @classmethod
    def parse(cls, text: str) -> "Keys":
        """From `key:role,key:role`; raises StartError without showing a key."""
        roles: dict[str, str] = {}
        for number, pair in enumerate(filter(None, (part.strip() for part in text.split(","))), start=1):
            key, _, role = pair.rpartition(":")
            if len(key) < 16 or role not in get_args(KeyRole):
                raise StartError(f"ZANTARA_API_KEYS: entry {number} is not `key:role` (16 characters; client or staff)")
            roles[key] = role
        return cls(roles)

    def role(self, authorization: str) -> str | None:
        """The role of a Bearer key, compared in constant time; client without keys; None for a wrong one."""
        if not self._roles:
            return "client"
        token = authorization.removeprefix("Bearer ").encode("utf-8", "surrogateescape")
        found = None
        for key, role in self._roles.items():
            if hmac.compare_digest(key.encode(), token):
                found = role
        return found


def access(keys: Keys) -> Callable[..., Awaitable[web.StreamResponse]]:
    """The middleware that lets a request in and notes its role."""

    @web.middleware
    async def check(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if request.path == "/" or request.path.startswith(_OPEN):
            return await handler(request)
        role = keys.role(request.headers.get("Authorization", ""))
        if role is None:
            raise web.HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})
        request[ROLE] = role
        return await handler(request)

    return check
