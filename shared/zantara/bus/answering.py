"""One request from bytes to reply: concurrent up to a bound, `busy` above it, dropped past its deadline.

The reply's state stands in the header `Zantara-Status` (ok, busy, late, invalid, error): values, never exceptions,
and never a word of what went wrong inside.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec
import structlog

from zantara.bus import metrics
from zantara.bus.port import Responder
from zantara.clock import Clock
from zantara.errors import Invalid, NotFound, Overdue, Transient, Unavailable
from zantara.events import Meta, decode_request, encode
from zantara.topology import Endpoint

log = structlog.get_logger()

STATUS = "Zantara-Status"
Answer = tuple[dict[str, str], bytes]


class Answering:
    """Serves one endpoint; `__call__` takes headers and body and always gives an answer."""

    def __init__(self, endpoint: Endpoint, responder: Responder[Any, Any], clock: Clock) -> None:
        self._endpoint = endpoint
        self._responder = responder
        self._clock = clock
        self._active = 0

    async def __call__(self, headers: Mapping[str, str], body: bytes) -> Answer:
        """Headers and body of the reply."""
        subject = self._endpoint.request.subject
        if self._active >= self._endpoint.concurrency:
            metrics.ANSWERED.labels(subject, "busy").inc()
            return _refusal("busy", "too many requests at once")
        self._active += 1
        started = self._clock.monotonic()
        try:
            status, answer = await self._answer(headers, body)
        finally:
            self._active -= 1
        metrics.ANSWERED.labels(subject, status).inc()
        metrics.ANSWERING.labels(subject).observe(self._clock.monotonic() - started)
        return answer

    async def _answer(self, headers: Mapping[str, str], body: bytes) -> tuple[str, Answer]:
        try:
            meta = _request_meta(headers, self._clock)
            remaining_s = self._remaining_s(meta)
            if remaining_s <= 0:
                return "late", _refusal("late", "the deadline had passed")
            request = decode_request(self._endpoint.request, body)
            async with asyncio.timeout(remaining_s):
                reply = await self._responder(request, meta)
        except (Invalid, NotFound) as error:
            return "invalid", _refusal("invalid", str(error))
        except TimeoutError:
            return "late", _refusal("late", "not answered within the deadline")
        except Transient:
            return "busy", _refusal("busy", "a part behind this service does not answer")
        except Exception:  # the bus border: the asker gets a value, the log gets the trace
            log.exception("request_failed", subject=self._endpoint.request.subject)
            return "error", _refusal("error", "internal error")
        return "ok", ({STATUS: "ok"}, encode(reply))

    def _remaining_s(self, meta: Meta) -> float:
        if meta.deadline_ms is None:
            return self._endpoint.deadline_ms / 1000
        return meta.deadline_ms / 1000 - self._clock.now().timestamp()


def _request_meta(headers: Mapping[str, str], clock: Clock) -> Meta:
    fresh = Meta.new(source="unknown", clock=clock)
    return Meta.parse({**fresh.headers(), **headers})


def _refusal(status: str, detail: str) -> Answer:
    return {STATUS: status}, msgspec.json.encode({"error": status, "detail": detail})


def raise_for(status: str, subject: str, body: bytes) -> None:
    """What the asker gets instead of a reply: Overdue, Invalid or Unavailable; nothing where the status is ok."""
    if status == "late":
        raise Overdue(f"{subject}: late")
    if status == "invalid":
        raise Invalid(_detail(body))
    if status != "ok":
        raise Unavailable(f"{subject}: {status}")


def _detail(body: bytes) -> str:
    try:
        return str(msgspec.json.decode(body, type=dict[str, str]).get("detail", "invalid request"))
    except msgspec.DecodeError:
        return "invalid request"
