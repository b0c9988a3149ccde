"""`POST /v1/chat`: one pipeline, two encoders: one JSON document, or server-sent events."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Annotated, Literal

import msgspec
import structlog
from aiohttp import web

from chat_router.domain.turn import Delta, Incoming, Opening, Piece, Reply, Restart, Role
from chat_router.routes.access import ROLE
from chat_router.routes.problems import Name, body, problem_of, respond, wrong
from zantara.clock import new_id

log = structlog.get_logger()

MAX_MESSAGE = 8000
_NAMES: dict[type[Piece], bytes] = {Opening: b"meta", Delta: b"delta", Restart: b"restart", Reply: b"done"}
_HEARTBEAT_S = 10.0
_DRAIN_S = 30.0
_SSE = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}

Pieces = AsyncGenerator[Piece, None]
Answering = Callable[[Incoming], Pieces]


class ChatBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a client sends."""

    message: Annotated[str, msgspec.Meta(max_length=MAX_MESSAGE)]
    user_id: Name | None = None
    conversation_id: Name | None = None
    language: Literal["it", "en", "id"] | None = None
    stream: bool = False


class ChatRoutes:
    """The chat."""

    def __init__(self, answer: Answering) -> None:
        self._answer = answer

    def routes(self) -> list[web.RouteDef]:
        """To be added to the application."""
        return [web.post("/v1/chat", self._chat)]

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        asked = await body(request, ChatBody)
        if not asked.message.strip():
            raise wrong("message", "empty")
        if "\x00" in asked.message:
            raise wrong("message", "holds a NUL character")
        pieces = self._answer(_incoming(asked, request[ROLE]))
        if asked.stream:
            return await _stream(request, pieces)
        return respond(await _whole(pieces))


def _incoming(asked: ChatBody, key_role: str) -> Incoming:
    role: Role = "anonymous"
    if key_role == "staff":
        role = "staff"
    elif asked.user_id:
        role = "client"
    return Incoming(
        message=asked.message,
        conversation_id=asked.conversation_id or new_id(),
        user_id=asked.user_id,
        role=role,
        language=asked.language,
        opens=asked.conversation_id is None,
    )


async def _whole(pieces: Pieces) -> Reply:
    reply: Reply | None = None
    async for piece in pieces:
        if isinstance(piece, Reply):
            reply = piece
    if reply is None:
        raise RuntimeError("a turn ended without a reply")
    return reply


async def _stream(request: web.Request, pieces: Pieces) -> web.StreamResponse:
    """Each piece as an event with an id; a comment every 10 s of silence; a reader that does not read is cut."""
    async with aclosing(pieces):
        first = await anext(pieces)
        response = web.StreamResponse(headers=_SSE)
        await response.prepare(request)
        try:
            await _send_all(response, first, pieces)
        except (ConnectionError, TimeoutError):
            log.info("reader_left", path=request.path)
            if request.transport is not None:
                request.transport.abort()
        except Exception as error:  # noqa: BLE001 - the HTTP border: the status line is out already
            problem = msgspec.json.encode(problem_of(error, request.path))
            await _send(response, b"event: error\ndata: %s\n\n" % problem)
    return response


async def _send_all(response: web.StreamResponse, first: Piece, pieces: Pieces) -> None:
    piece: Piece | None = first
    number = 0
    while piece is not None:
        await _send(response, _event(piece, number))
        number += 1
        piece = await _next(pieces, response)
    await response.write_eof()


async def _next(pieces: Pieces, response: web.StreamResponse) -> Piece | None:
    """The next piece, or None at the end; heartbeats while it takes its time."""
    waiting = asyncio.ensure_future(anext(pieces, None))
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=_HEARTBEAT_S)
            if done:
                return waiting.result()
            await _send(response, b": waiting\n\n")
    finally:
        if not waiting.done():
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)


async def _send(response: web.StreamResponse, data: bytes) -> None:
    async with asyncio.timeout(_DRAIN_S):
        await response.write(data)


def _event(piece: Piece, number: int) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, _NAMES[type(piece)], msgspec.json.encode(piece))
