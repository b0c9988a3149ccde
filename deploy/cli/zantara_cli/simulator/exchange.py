"""One request and its answer: the pace, the faults on the way, the client that leaves, the record of it all."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import msgspec
from aiohttp import web

from zantara.errors import Invalid
from zantara_cli.simulator.faults import Api, FaultKind, Faults, parse_header, united
from zantara_cli.simulator.mind import Prompt
from zantara_cli.simulator.replies import TOKENS_PER_PIECE, Reply
from zantara_cli.simulator.state import SIMULATOR, Simulator

FAULT_HEADER = "x-simulator-fault"

_SLICE_S = 0.05
_FOREVER_S = 3600.0


class ApiError(Exception):
    """An error that the caller of an API sees, in that API's own shape."""

    def __init__(self, status: int, kind: str, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.retry_after_s = retry_after_s

    @property
    def headers(self) -> dict[str, str]:
        """Headers that go with it."""
        return {} if self.retry_after_s is None else {"retry-after": f"{self.retry_after_s:g}"}


class ClientGoneError(Exception):
    """The client has closed the connection."""


class Pace(msgspec.Struct, frozen=True):
    """Seconds to the first piece and between pieces."""

    first_s: float
    each_s: float


class Frames(Protocol):
    """A reply in the events of one API's stream."""

    def head(self) -> Sequence[bytes]:
        """What comes before the first piece of text."""
        ...

    def piece(self, text: str) -> bytes:
        """One piece of text."""
        ...

    def tail(self) -> Sequence[bytes]:
        """What comes after the last piece."""
        ...

    def error(self) -> bytes:
        """An error in the middle of a stream."""
        ...


Render = Callable[[web.Request, ApiError], web.Response]


class Exchange:
    """A request while it is being answered."""

    def __init__(self, request: web.Request, api: Api, route: str, *, recorded: bool) -> None:
        self.request = request
        self.simulator: Simulator = request.app[SIMULATOR]
        self.api: Api = api
        self.call = self.simulator.calls.open(api, route, recorded=recorded)
        self.faults = Faults()
        self.outcome = "ok"
        self.response: web.StreamResponse | None = None
        self._handed_over = False

    async def body(self) -> Any:
        """The JSON that came; raises ApiError 400."""
        try:
            return msgspec.json.decode(await self.request.read())
        except msgspec.DecodeError as error:
            raise ApiError(400, "invalid_request_error", f"The request body is not valid JSON: {error}") from error
        except web.HTTPRequestEntityTooLarge as error:
            raise ApiError(413, "request_too_large", "Request exceeds the maximum size") from error

    def concern(self, model: str, *, stream: bool = False, generation: bool = True) -> None:
        """Note what is asked of which model, and which faults fall on it; raises ApiError for a bad fault header."""
        self.call.model, self.call.stream = model, stream
        try:
            asked = parse_header(self.request.headers.get(FAULT_HEADER, ""))
        except Invalid as error:
            raise ApiError(400, "invalid_request_error", f"{FAULT_HEADER}: {error}") from error
        standing = self.simulator.faults.take(self.api, model, self.call.route, generation=generation)
        self.faults = united(asked, standing)
        self.call.faults = [f"{fault.kind}={fault.arg}" if fault.arg else str(fault.kind) for fault in self.faults.each]

    def note(self, prompt: Prompt, reply: Reply, prompt_tokens: int) -> None:
        """Note what is being said."""
        self.call.schema = str((prompt.schema or {}).get("title") or prompt.schema_title)
        self.call.kind, self.call.question = reply.kind, reply.question[:200]
        self.call.input_tokens, self.call.output_tokens = prompt_tokens, reply.tokens

    def hand_over(self) -> None:
        """From now on a job of the queue decides how the call ends."""
        self._handed_over = True

    def end(self, outcome: str, *, cancelled: bool = False) -> None:
        """Record how the call ended."""
        self.call.cancelled = cancelled
        self.simulator.finish(self.call, outcome)

    def leave(self) -> None:
        """The request is over; its call too, unless a job has it."""
        if not self._handed_over:
            self.end(self.outcome)

    async def hold(self, seconds: float) -> None:
        """Wait, and notice a client that leaves meanwhile."""
        clock = self.simulator.clock
        until = clock.monotonic() + seconds
        while (left := until - clock.monotonic()) > 0:
            self.still_there()
            await clock.sleep(min(left, _SLICE_S))
        self.still_there()

    async def obstruct(self, *, queued: bool = False) -> None:
        """The faults that strike before any answer: delay, hang (a queued job's worker has these), error, no credit."""
        delay_ms = self.faults.number(FaultKind.DELAY)
        if delay_ms is not None and not queued:
            await self.hold(delay_ms / 1000)
        if self.faults.has(FaultKind.HANG) and not queued:
            await self.hold(_FOREVER_S)
        error = self.faults.status(FaultKind.ERROR, 500)
        if error is not None:
            raise ApiError(error[0], "", _MESSAGES.get(error[0], "Internal server error"), retry_after_s=error[1])
        credit = self.faults.status(FaultKind.BILLING, 402 if self.api != "anthropic" else 400)
        if credit is not None:
            raise ApiError(credit[0], "billing", _NO_CREDIT)

    async def whole(self, reply: Reply, pace: Pace, body: bytes, headers: dict[str, str]) -> web.StreamResponse:
        """The answer in one piece of JSON, after as long as its tokens take."""
        if self.faults.has(FaultKind.SSE_ERROR):
            raise ApiError(500, "", "Internal server error")
        await self.hold(self._first_s(pace) + len(reply.pieces) * pace.each_s)
        if self.faults.has(FaultKind.STALL):
            await self.hold(_FOREVER_S)
        if self.faults.has(FaultKind.CUT):
            return await self._half(body)
        self.call.chunks = 1
        self.call.ttft_ms = self.simulator.calls.age_ms(self.call)
        return web.Response(body=body, content_type="application/json", headers=headers)

    async def streamed(self, reply: Reply, pace: Pace, frames: Frames, headers: dict[str, str]) -> web.StreamResponse:
        """The answer as server-sent events, piece by piece."""
        response = web.StreamResponse(headers={"content-type": "text/event-stream; charset=utf-8"} | headers)
        response.headers["cache-control"] = "no-cache"
        self.response = response
        await response.prepare(self.request)
        for frame in frames.head():
            await self._write(frame)
        if not await self._pieces(reply, pace, frames):
            return response
        for frame in frames.tail():
            await self._write(frame)
        return response

    async def _pieces(self, reply: Reply, pace: Pace, frames: Frames) -> bool:
        """Write the text; whether it came to its end."""
        clock = self.simulator.clock
        due = clock.monotonic() + self._first_s(pace)
        for number, piece in enumerate((*reply.pieces, None)):
            if not await self._passes(number, frames):
                return False
            if piece is None:
                break
            await self.hold(due - clock.monotonic())
            await self._write(frames.piece(piece))
            self.call.chunks = number + 1
            if self.call.ttft_ms is None:
                self.call.ttft_ms = self.simulator.calls.age_ms(self.call)
            due += pace.each_s
        return True

    async def _passes(self, number: int, frames: Frames) -> bool:
        """The faults that strike after so many chunks; whether the stream goes on."""
        if self.faults.number(FaultKind.STALL) == number:
            await self.hold(_FOREVER_S)
        if self.faults.number(FaultKind.SSE_ERROR) == number:
            await self._write(frames.error())
            self.outcome = "sse_error"
            return False
        if self.faults.number(FaultKind.CUT) == number:
            self.drop()
            return False
        return True

    async def _half(self, body: bytes) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "application/json"})
        response.content_length = len(body)
        await response.prepare(self.request)
        await response.write(body[: len(body) // 2])
        self.drop()
        return response

    def drop(self) -> None:
        """Close the connection under the client."""
        self.outcome = "cut"
        if self.request.transport is not None:
            self.request.transport.close()

    def _first_s(self, pace: Pace) -> float:
        ttft_ms = self.faults.number(FaultKind.TTFT)
        return pace.first_s if ttft_ms is None else ttft_ms / 1000

    async def _write(self, frame: bytes) -> None:
        self.still_there()
        if self.response is not None:
            await self.response.write(frame)

    def still_there(self) -> None:
        """Raises ClientGoneError where the client has left."""
        if self.request.transport is None or self.request.transport.is_closing():
            raise ClientGoneError


async def answer(
    request: web.Request,
    api: Api,
    route: str,
    render: Render,
    work: Callable[[Exchange], Awaitable[web.StreamResponse]],
    *,
    recorded: bool = True,
) -> web.StreamResponse:
    """Answer one call: errors in the API's shape, every end counted, and recorded where it is a generation."""
    exchange = Exchange(request, api, route, recorded=recorded)
    response: web.StreamResponse
    try:
        response = await work(exchange)
    except ApiError as error:
        exchange.outcome = f"error_{error.status}"
        response = render(request, error)
    except (ClientGoneError, ConnectionError):
        exchange.outcome, exchange.call.client_gone = "client_gone", True
        response = exchange.response or web.Response(status=499)
    except asyncio.CancelledError:
        exchange.outcome, exchange.call.client_gone = "client_gone", True
        raise
    finally:
        exchange.leave()
    return response


def claude_pace(simulator: Simulator) -> Pace:
    """Claude's speed by the dials."""
    dials = simulator.dials.now
    return Pace(dials.claude_ttft_ms / 1000, dials.claude_token_ms / 1000 * TOKENS_PER_PIECE)


def llama_pace(simulator: Simulator, reply: Reply) -> Pace:
    """LLAMA's speed by the dials: three tenths of the time for the prompt, the rest over the pieces."""
    seconds = simulator.dials.now.llama_ms / 1000
    return Pace(0.3 * seconds, 0.7 * seconds / max(len(reply.pieces), 1))


_MESSAGES = {
    400: "Bad request", 401: "invalid x-api-key", 403: "Your API key does not have permission for this.",
    404: "Not found", 408: "Request timed out", 413: "Request exceeds the maximum size",
    429: "This request would exceed your account's rate limit. Please try again later.", 500: "Internal server error",
    502: "Bad gateway", 503: "Service unavailable", 504: "Gateway timeout", 529: "Overloaded",
}  # fmt: skip
_NO_CREDIT = (
    "Your credit balance is too low to access the API. Please go to Plans & Billing to upgrade or purchase credits."
)
