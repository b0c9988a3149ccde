"""`POST /v1/chat`: one pipeline, two encoders: one JSON document, or server-sent events."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Annotated, Literal

import msgspec
from aiohttp import web

from chat_router.domain.turn import Delta, Incoming, Opening, Piece, Reply, Restart, Role
from chat_router.routes.access import ROLE
from chat_router.routes.problems import body, respond, wrong
from zantara.clock import new_id

MAX_MESSAGE = 8000
_NAMES: dict[type[Piece], bytes] = {Opening: b"meta", Delta: b"delta", Restart: b"restart", Reply: b"done"}
_HEARTBEAT_S = 10.0
_DRAIN_S = 30.0
_SSE = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=128, pattern=r"^[\w.@:+-]+$")]
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
        number = 0
        piece: Piece | None = first
        while piece is not None:
            await _send(response, _event(piece, number))
            number += 1
            piece = await _next(pieces, response)
    await response.write_eof()
    return response


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
