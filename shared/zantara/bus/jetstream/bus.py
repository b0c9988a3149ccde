"""The bus port on NATS: acknowledged publishes, requests that fail fast, loops that bind and never create."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import msgspec
import nats.errors
import nats.js.errors
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from zantara.bus import metrics
from zantara.bus.answering import STATUS, Answering, raise_for
from zantara.bus.delivery import DeadLetter, Processor
from zantara.bus.jetstream.connection import connect
from zantara.bus.jetstream.consuming import PullLoop
from zantara.bus.jetstream.provisioning import differences
from zantara.bus.port import Handler, Hearer, Responder
from zantara.clock import Clock, child_id
from zantara.errors import Overdue, Permanent, Unavailable
from zantara.events import Event, Meta, Reply, Request, decode_event, decode_reply, encode
from zantara.topology import consumer as consumer_for
from zantara.topology import endpoint as endpoint_for
from zantara.topology import stream_of

log = structlog.get_logger()
R = TypeVar("R", bound=Reply)

_PUBLISH_S = 2.0


@asynccontextmanager
async def open_bus(url: str, *, service: str, clock: Clock) -> AsyncIterator["JetStreamBus"]:
    """Connect as `service` and close cleanly; raises Unavailable when NATS cannot be reached."""
    client = await connect(url, name=service)
    try:
        yield JetStreamBus(client, service=service, clock=clock)
    finally:
        await client.close()


class JetStreamBus:
    """One service's connection."""

    def __init__(self, client: Client, *, service: str, clock: Clock) -> None:
        self._client = client
        self._context = client.jetstream(timeout=_PUBLISH_S)
        self._service = service
        self._clock = clock

    async def publish(self, event: Event, meta: Meta) -> None:
        """Return once the stream has it; raises Unavailable."""
        headers = {**meta.headers(), "Zantara-Type": event.type_name()}
        await self._publish(event.subject, encode(event), headers, stream_of(type(event)).name)

    async def bury(self, letter: DeadLetter) -> None:
        """Keep a dead letter under `dlq.<consumer>`, once."""
        origin = child_id(f"{letter.subject}:{letter.sequence}", letter.consumer, "dead")
        headers = {"Nats-Msg-Id": origin, "Zantara-Reason": _one_line(letter.reason)}
        await self._publish(f"dlq.{letter.consumer}", msgspec.json.encode(letter), headers, "DLQ")

    async def _publish(self, subject: str, body: bytes, headers: dict[str, str], stream: str) -> None:
        if not self._client.is_connected:
            metrics.PUBLISHED.labels(subject, "failed").inc()
            raise Unavailable("NATS is not connected")
        try:
            await self._context.publish(subject, body, timeout=_PUBLISH_S, stream=stream, headers=dict(headers))
        except nats.errors.MaxPayloadError as error:
            metrics.PUBLISHED.labels(subject, "failed").inc()
            raise Permanent(f"publish to {subject}: larger than the server takes") from error
        except (nats.errors.Error, nats.js.errors.Error, TimeoutError) as error:
            metrics.PUBLISHED.labels(subject, "failed").inc()
            raise Unavailable(f"publish to {subject}: {type(error).__name__}") from error
        metrics.PUBLISHED.labels(subject, "ok").inc()

    async def request(self, request: Request[R], *, timeout_s: float, meta: Meta | None = None) -> R:
        """The reply; raises Unavailable, Overdue or Invalid."""
        subject = request.subject
        started = self._clock.monotonic()
        status = "error"
        try:
            msg = await self._ask(request, timeout_s, meta or Meta.new(source=self._service, clock=self._clock))
            status = (msg.headers or {}).get(STATUS, "ok")
            raise_for(status, subject, msg.data)
            reply: R = decode_reply(type(request).reply, msg.data)  # type: ignore[assignment]
        except (Overdue, asyncio.CancelledError):
            status = "timeout"
            raise
        except Unavailable:
            status = "no_responders" if status == "error" else status
            raise
        finally:
            metrics.ASKED.labels(subject, status).inc()
            metrics.ASKING.labels(subject).observe(self._clock.monotonic() - started)
        return reply

    async def _ask(self, request: Request[Any], timeout_s: float, meta: Meta) -> Msg:
        if not self._client.is_connected:
            raise Unavailable("NATS is not connected")
        deadline_ms = int((self._clock.now().timestamp() + timeout_s) * 1000)
        headers = msgspec.structs.replace(meta, deadline_ms=deadline_ms).headers()
        try:
            return await self._client.request(request.subject, encode(request), timeout=timeout_s, headers=headers)
        except nats.errors.NoRespondersError as error:
            raise Unavailable(f"nobody answers {request.subject}") from error
        except (nats.errors.TimeoutError, TimeoutError) as error:
            raise Overdue(f"{request.subject}: no answer within {timeout_s * 1000:.0f} ms") from error
        except nats.errors.Error as error:
            raise Unavailable(f"{request.subject}: {type(error).__name__}") from error

    async def consume(self, event: type[Event], handler: Handler[Any]) -> None:
        """Feed this service's durable consumer for `event` to `handler`, until cancelled."""
        consumer = consumer_for(self._service, event)
        process = Processor(consumer, handler, self, self, self._clock)
        await PullLoop(self._client, self._context, consumer, process).run()

    async def respond(self, request: type[Request[Any]], responder: Responder[Any, Any]) -> None:
        """Answer `request` in the service's queue group, until cancelled."""
        endpoint = endpoint_for(request)
        answering = Answering(endpoint, responder, self._clock)

        async def answer(msg: Msg) -> None:
            headers, body = await answering(msg.headers or {}, msg.data)
            await self._client.publish(msg.reply, body, headers=headers)

        await self._serve(request.subject, endpoint.service, answer)

    async def listen(self, event: type[Event], hearer: Hearer[Any]) -> None:
        """Hear `event` as it is published, until cancelled."""

        async def hear(msg: Msg) -> None:
            headers = msg.headers or {}
            meta = Meta.parse({**Meta.new(source="unknown", clock=self._clock).headers(), **headers})
            await hearer(decode_event(event, msg.data, headers.get("Zantara-Type")), meta)

        await self._serve(event.subject, "", hear)

    async def _serve(self, subject: str, queue: str, work: Callable[[Msg], Awaitable[None]]) -> None:
        subscription = await self._client.subscribe(subject, queue=queue)
        tasks: set[asyncio.Task[None]] = set()
        try:
            async for msg in subscription.messages:
                task = asyncio.create_task(_guarded(subject, work(msg)))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
        finally:
            await asyncio.shield(self._stop(subscription, tasks))

    async def _stop(self, subscription: Subscription, tasks: set[asyncio.Task[None]]) -> None:
        if self._client.is_connected:
            await subscription.unsubscribe()
        if tasks:
            await asyncio.wait(tasks, timeout=5)

    async def ping(self) -> None:
        """Raise Unavailable unless connected and everything this service binds to is as the topology says."""
        if not self._client.is_connected:
            raise Unavailable("not connected")
        try:
            found = await differences(self._context, self._service)
        except (nats.errors.Error, nats.js.errors.Error, TimeoutError) as error:
            raise Unavailable(f"JetStream does not answer: {type(error).__name__}") from error
        if found:
            raise Unavailable("topology differs: " + "; ".join(found))


async def _guarded(subject: str, work: Awaitable[None]) -> None:
    try:
        await work
    except Exception:  # the bus border: one bad message must not end the subscription
        log.exception("message_dropped", subject=subject)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:500]
