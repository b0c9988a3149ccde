"""The router as the page sees it, with scripted answers: the page's own behaviour is tested without the services."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import msgspec
from aiohttp import web

PAGE = Path(__file__).resolve().parents[2] / "services/chat-router/chat_router/page"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}

Event = tuple[str, dict[str, Any]]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """How one question is answered: words with a pause between them, and what goes wrong on the way.

    `cut_after` and `restart_after` count deltas; `hold_after` waits there for `ScriptedRouter.release`; `error` is
    the body of a closing error event; `problem` is an HTTP problem instead of a stream, given `problem_times` times.
    """

    text: str = ""
    pause_s: float = 0.0
    meta: dict[str, Any] = {}
    done: dict[str, Any] = {}
    cut_after: int | None = None
    restart_after: int | None = None
    hold_after: int | None = None
    error: dict[str, Any] | None = None
    problem: dict[str, Any] | None = None
    problem_times: int = 1
    retry_after_s: int | None = None
    as_json: bool = False


def pieces(text: str) -> list[str]:
    """Words with the space behind them, as a model would send them."""
    return [word + " " for word in text.split(" ")]


def _problem(body: dict[str, Any], retry_after_s: int | None = None) -> web.Response:
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    return web.json_response(body, status=body["status"], headers=headers, content_type="application/problem+json")


class ScriptedRouter:
    """Answers by the text of the message; remembers all that the page sent.

    `resume` says what a question asked again under its key gets: the rest, the same from its start, or a new one.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.default = Answer(text="Understood.")
        self.chats: list[dict[str, Any]] = []
        self.chat_headers: list[dict[str, str]] = []
        self.generations = 0
        self.disconnects = 0
        self.feedback: list[dict[str, Any]] = []
        self.feedback_status = 202
        self.closed: list[str] = []
        self.turns: dict[str, list[dict[str, Any]]] = {}
        self.facts: dict[str, list[dict[str, Any]]] = {}
        self.memory_status = 200
        self.parts: dict[str, Any] = {
            "claude": {"simulated": False},
            "llama": {"simulated": False},
        }
        self.models: list[dict[str, Any]] = [{"id": "zantara", "simulated": False}]
        self.resume: Literal["continue", "replay", "anew"] = "continue"
        self.release = asyncio.Event()
        self._streams: dict[str, list[Event]] = {}
        self._lines: set[asyncio.Transport] = set()
        self._cut: set[str] = set()
        self._refusals: dict[str, int] = {}

    def drop(self) -> None:
        """Cut every line on which an answer is being written."""
        for line in self._lines:
            line.close()

    def app(self) -> web.Application:
        """The application, ready to be served."""
        app = web.Application()
        app.router.add_get("/", self._index)
        app.router.add_get("/page/{name}", self._asset)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/v1/models", self._models)
        app.router.add_post("/v1/chat", self._chat)
        app.router.add_post("/v1/feedback", self._feedback)
        app.router.add_post("/v1/conversations/{id}/close", self._close)
        app.router.add_get("/v1/conversations/{id}", self._conversation)
        app.router.add_get("/v1/users/{id}/memory", self._memory)
        app.router.add_delete("/v1/users/{id}/memory", self._forget)
        return app

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return self._file("index.html")

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        return self._file(request.match_info["name"])

    def _file(self, name: str) -> web.StreamResponse:
        path = PAGE / name
        if not path.is_file():
            raise web.HTTPNotFound
        headers = {
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return web.Response(body=path.read_bytes(), content_type=TYPES[path.suffix], charset="utf-8", headers=headers)

    async def _ready(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ready", "parts": self.parts})

    async def _models(self, request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": self.models})

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.chats.append(body)
        self.chat_headers.append(dict(request.headers))
        answer = self.answers.get(body["message"], self.default)
        refused = self._refusals.get(body["message"], 0)
        if answer.problem is not None and refused < answer.problem_times:
            self._refusals[body["message"]] = refused + 1
            return _problem(answer.problem, answer.retry_after_s)
        if answer.as_json:
            meta = self._meta(body, answer)
            return web.json_response({**meta, "response": answer.text, "latency_ms": 12.0, **answer.done})
        return await self._stream(request, body, answer)

    def _meta(self, body: dict[str, Any], answer: Answer) -> dict[str, Any]:
        self.generations += 1
        return {
            "id": f"turn-{self.generations}",
            "conversation_id": body.get("conversation_id") or f"conv-{uuid.uuid4().hex[:8]}",
            "ai_used": "claude-haiku",
            "model": "claude-haiku-4-5",
            "simulated": False,
            "cached": False,
            "match_type": None,
            "category": "business_simple",
            "language": "en",
            "sources": [],
            "cultural_topics": [],
            "degraded": [],
            "route": {"arm": "claude-haiku", "rule": "default"},
            **answer.meta,
        }

    def _events(self, body: dict[str, Any], answer: Answer) -> list[Event]:
        meta = self._meta(body, answer)
        events: list[Event] = [("meta", meta)]
        for count, piece in enumerate(pieces(answer.text) if answer.text else [], start=1):
            events.append(("delta", {"text": piece}))
            if count == answer.restart_after:
                events.append(("restart", {"reason": "stalled"}))
        if answer.error is not None:
            return [*events, ("error", answer.error)]
        usage = {"input_tokens": 812, "output_tokens": 96}
        closing = {"id": meta["id"], "latency_ms": 840.0, "usage": usage, "sources": meta["sources"]}
        return [
            *events,
            ("done", {**closing, "ai_used": meta["ai_used"], "degraded": meta["degraded"], **answer.done}),
        ]

    async def _stream(self, request: web.Request, body: dict[str, Any], answer: Answer) -> web.StreamResponse:
        key = request.headers["Idempotency-Key"]
        resumed = request.headers.get("Last-Event-ID", "") if self.resume == "continue" else ""
        if self.resume == "anew" or key not in self._streams:
            self._streams[key] = self._events(body, answer)
        first = int(resumed.rsplit("-", 1)[1]) + 1 if resumed else 0
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        line = request.transport
        assert line is not None
        self._lines.add(line)
        try:
            await self._write(response, line, key, first, answer)
        except ConnectionResetError:
            self.disconnects += 1
        finally:
            self._lines.discard(line)
        return response

    async def _write(
        self, response: web.StreamResponse, line: asyncio.Transport, key: str, first: int, answer: Answer
    ) -> None:
        await response.write(b": the line is open\n\n")
        deltas = 0
        for number, (kind, data) in enumerate(self._streams[key]):
            deltas += kind == "delta"
            if number < first:
                continue
            frame = f"event: {kind}\nid: {key}-{number}\ndata: {json.dumps(data)}\n\n"
            await response.write(frame.encode())
            cut = kind == "delta" and deltas == answer.cut_after
            if cut and key not in self._cut:
                self._cut.add(key)
                # The browser throws away what arrives in one piece with the end of a broken line.
                await asyncio.sleep(answer.pause_s)
                line.close()
                return
            await self._wait(response, held=kind == "delta" and deltas == answer.hold_after)
            await asyncio.sleep(answer.pause_s)

    async def _wait(self, response: web.StreamResponse, *, held: bool) -> None:
        while held and not self.release.is_set():
            await response.write(b": heartbeat\n\n")
            await asyncio.sleep(0.05)

    async def _feedback(self, request: web.Request) -> web.Response:
        self.feedback.append(await request.json())
        if self.feedback_status >= 400:
            return _problem({"status": self.feedback_status, "title": "No", "type": "about:blank"})
        return web.json_response({"accepted": True}, status=self.feedback_status)

    async def _close(self, request: web.Request) -> web.Response:
        self.closed.append(request.match_info["id"])
        return web.json_response({"closed": True})

    async def _conversation(self, request: web.Request) -> web.Response:
        name = request.match_info["id"]
        if name not in self.turns:
            return _problem({"status": 404, "title": "Not found", "type": "about:blank"})
        return web.json_response({"conversation_id": name, "turns": self.turns[name]})

    async def _memory(self, request: web.Request) -> web.Response:
        name = request.match_info["id"]
        return web.json_response({"user_id": name, "facts": self.facts.get(name, [])})

    async def _forget(self, request: web.Request) -> web.Response:
        if self.memory_status >= 400:
            return _problem({"status": self.memory_status, "title": "No", "type": "about:blank"})
        gone = self.facts.pop(request.match_info["id"], [])
        return web.json_response({"facts": len(gone)})


@asynccontextmanager
async def serving(router: ScriptedRouter) -> AsyncIterator[str]:
    """Serve on a free port; gives the address."""
    runner = web.AppRunner(router.app(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        router.release.set()
        await runner.cleanup()
