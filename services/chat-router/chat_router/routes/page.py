"""The chat page: a handful of static files under a strict content security policy."""

from importlib.resources import files

from aiohttp import web

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class PageRoutes:
    """`/` and `/page/{file}`; the files are read once."""

    def __init__(self) -> None:
        folder = files("chat_router").joinpath("page")
        self._files = {
            entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.rpartition(".")[2] in _TYPES
        }

    def routes(self) -> list[web.RouteDef]:
        """To be added to the application."""
        return [web.get("/", self._index), web.get("/page/{file}", self._file)]

    async def _index(self, _: web.Request) -> web.Response:
        return self._serve("index.html")

    async def _file(self, request: web.Request) -> web.Response:
        return self._serve(request.match_info["file"])

    def _serve(self, name: str) -> web.Response:
        if name not in self._files:
            raise web.HTTPNotFound
        content_type = _TYPES[name.rpartition(".")[2]]
        return web.Response(body=self._files[name], content_type=content_type, charset="utf-8", headers=_HEADERS)
