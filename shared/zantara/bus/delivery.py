"""One delivery of one event, from bytes to verdict: the border where any error becomes a retry or a dead letter."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol

import msgspec
import structlog

from zantara.bus import metrics
from zantara.bus.port import Handler, Publisher
from zantara.bus.verdict import Dead, Retry, judge
from zantara.clock import Clock
from zantara.errors import Transient, ZantaraError
from zantara.events import Event, Meta, decode_event
from zantara.topology import Consumer

log = structlog.get_logger()


class Delivery(Protocol):
    """A message in hand, whichever bus brought it; `attempt` counts from 1, `sequence` is its place in the stream."""

    subject: str
    headers: Mapping[str, str]
    body: bytes
    attempt: int
    sequence: int

    async def ack(self) -> None:
        """Done, for good; returns when the server has confirmed it."""
        ...

    async def nak(self, delay_s: float) -> None:
        """Give it back for later."""
        ...

    async def term(self) -> None:
        """Let go of it, for good."""
        ...

    async def in_progress(self) -> None:
        """Still working: restart the ack wait."""
        ...


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A message that could not be handled, whole, with why, where from and how often it was tried."""

    consumer: str
    subject: str
    sequence: int
    attempt: int
    reason: str
    headers: dict[str, str]
    body: str


class DeadLetters(Protocol):
    """Where dead letters go."""

    async def bury(self, letter: DeadLetter) -> None:
        """Return once the letter is kept."""
        ...


class Processor:
    """Feeds the deliveries of one consumer to its handler and publishes what it returns, before the ack."""

    def __init__(
        self, consumer: Consumer, handler: Handler[Any], publisher: Publisher, graveyard: DeadLetters, clock: Clock
    ) -> None:
        self._consumer = consumer
        self._handler = handler
        self._publisher = publisher
        self._graveyard = graveyard
        self._clock = clock

    async def __call__(self, delivery: Delivery) -> None:
        """Ack, give back or bury. Cancellation does none of it: the message comes again."""
        started = self._clock.monotonic()
        name = self._consumer.name
        meta = None
        error: Exception | None = None
        try:
            meta = self._meta(delivery)
            structlog.contextvars.bind_contextvars(
                event_id=meta.id, trace_id=meta.traceparent.split("-")[1], consumer=name, attempt=meta.attempt
            )
            await self._handle(delivery, meta)
            await delivery.ack()
            outcome = "ok"
        except Exception as caught:  # noqa: BLE001 - the bus border: a verdict for every error
            error = caught
            outcome = await self._fail(caught, delivery)
        taken_s = self._clock.monotonic() - started
        metrics.MESSAGES.labels(name, outcome).inc()
        metrics.PROCESSING.labels(name).observe(taken_s)
        _report(delivery, outcome, taken_s, error)
        structlog.contextvars.clear_contextvars()

    def _meta(self, delivery: Delivery) -> Meta:
        fallback = f"{delivery.subject}:{delivery.sequence}"
        return Meta.parse(_with_defaults(delivery.headers, fallback, self._clock), attempt=delivery.attempt)

    async def _handle(self, delivery: Delivery, meta: Meta) -> None:
        event = decode_event(self._consumer.event, delivery.body, delivery.headers.get("Zantara-Type"))
        heartbeat = asyncio.create_task(self._heartbeat(delivery))
        try:
            async with asyncio.timeout(self._consumer.deadline_s):
                produced = await self._handler(event, meta)
                await self._publish(produced, meta)
        except TimeoutError as error:
            raise Transient(f"not done within {self._consumer.deadline_s:g} s") from error
        finally:
            heartbeat.cancel()
            await asyncio.gather(heartbeat, return_exceptions=True)

    async def _publish(self, produced: Sequence[Event], meta: Meta) -> None:
        for number, event in enumerate(produced):
            role = f"{self._consumer.name}:{event.type_name()}:{number}"
            await self._publisher.publish(
                event, meta.child(source=self._consumer.service, clock=self._clock, role=role)
            )

    async def _heartbeat(self, delivery: Delivery) -> None:
        while True:
            await self._clock.sleep(self._consumer.ack_wait_s / 3)
            with suppress(Transient):  # the bus may be away for a while; a beat missed is not the last
                await delivery.in_progress()

    async def _fail(self, error: Exception, delivery: Delivery) -> str:
        verdict = judge(
            error,
            attempt=delivery.attempt,
            consumer=self._consumer,
            jitter=random.uniform(0.5, 1),  # noqa: S311
        )
        try:
            return await self._carry_out(verdict, delivery)
        except ZantaraError as failure:
            log.warning("verdict_not_carried_out", error=str(failure))
            return "retry"

    async def _carry_out(self, verdict: Retry | Dead, delivery: Delivery) -> str:
        if isinstance(verdict, Retry):
            await delivery.nak(verdict.delay_s)
            return "retry"
        letter = DeadLetter(
            consumer=self._consumer.name,
            subject=delivery.subject,
            sequence=delivery.sequence,
            attempt=delivery.attempt,
            reason=verdict.reason,
            headers=dict(delivery.headers),
            body=delivery.body.decode("utf-8", "backslashreplace"),
        )
        await self._graveyard.bury(letter)
        await delivery.term()
        metrics.DEAD.labels(self._consumer.name).inc()
        return "dead"


def _with_defaults(headers: Mapping[str, str], fallback_id: str, clock: Clock) -> dict[str, str]:
    defaults = {
        "Nats-Msg-Id": fallback_id,
        "Zantara-Source": "unknown",
        "Zantara-Time": clock.now().isoformat(),
    }
    return {**defaults, **headers}


def _report(delivery: Delivery, outcome: str, taken_s: float, error: Exception | None) -> None:
    fields: dict[str, Any] = {"subject": delivery.subject, "outcome": outcome, "taken_ms": round(taken_s * 1000, 1)}
    if error is None:
        log.info("message_handled", **fields)
        return
    expected = isinstance(error, ZantaraError)
    log.warning("message_failed", error=f"{type(error).__name__}: {error}", exc_info=not expected, **fields)
