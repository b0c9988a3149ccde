"""The pull loop of one durable consumer: as many messages in hand as there are free slots, drained on the way out."""

import asyncio
from collections.abc import Awaitable, Mapping

import nats.errors
import nats.js.errors
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js.client import JetStreamContext

from zantara.bus.delivery import Processor
from zantara.errors import Unavailable
from zantara.topology import Consumer, stream_of

log = structlog.get_logger()

_FETCH_S = 5.0
_RETRY_S = 1.0
_GRACE_S = 10.0
_ACK_S = 2.0


class JetStreamDelivery:
    """A message of a pull consumer; acks are confirmed by the server."""

    def __init__(self, msg: Msg) -> None:
        self._msg = msg
        self.subject = msg.subject
        self.headers: Mapping[str, str] = msg.headers or {}
        self.body = msg.data
        self.attempt = msg.metadata.num_delivered
        self.sequence = msg.metadata.sequence.stream

    async def ack(self) -> None:
        """Confirmed acknowledgement; raises Unavailable when the confirmation does not come."""
        await self._confirmed(self._msg.ack_sync(timeout=_ACK_S))

    async def nak(self, delay_s: float) -> None:
        """Back to the stream, for `delay_s` seconds."""
        await self._confirmed(self._msg.nak(delay=delay_s))

    async def term(self) -> None:
        """No more deliveries."""
        await self._confirmed(self._msg.term())

    async def in_progress(self) -> None:
        """Restart the ack wait."""
        await self._confirmed(self._msg.in_progress())

    async def _confirmed(self, action: Awaitable[object]) -> None:
        try:
            await action
        except (nats.errors.Error, TimeoutError) as error:
            raise Unavailable(f"NATS: {type(error).__name__}") from error


class PullLoop:
    """Fetches for one consumer until cancelled; then lets work in flight finish within its grace."""

    def __init__(self, client: Client, context: JetStreamContext, consumer: Consumer, process: Processor) -> None:
        self._client = client
        self._context = context
        self._consumer = consumer
        self._process = process
        self._in_flight: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Bind and fetch for ever; a lost binding is made again."""
        while True:
            try:
                subscription = await self._bind()
                await self._fetch(subscription)
            except (nats.errors.Error, nats.js.errors.Error, TimeoutError) as error:
                log.warning("consumer_lost", consumer=self._consumer.name, error=f"{type(error).__name__}: {error}")
                await asyncio.sleep(_RETRY_S)

    async def _bind(self) -> JetStreamContext.PullSubscription:
        stream = stream_of(self._consumer.event).name
        return await self._context.pull_subscribe_bind(durable=self._consumer.name, stream=stream)

    async def _fetch(self, subscription: JetStreamContext.PullSubscription) -> None:
        try:
            while True:
                free = await self._free_slots()
                for msg in await _batch(subscription, free):
                    task = asyncio.create_task(self._process(JetStreamDelivery(msg)))
                    self._in_flight.add(task)
                    task.add_done_callback(self._in_flight.discard)
                if not self._client.is_connected:
                    await asyncio.sleep(_RETRY_S)
        finally:
            await asyncio.shield(self._drain(subscription))

    async def _free_slots(self) -> int:
        while len(self._in_flight) >= self._consumer.concurrency:
            await asyncio.wait(self._in_flight, return_when=asyncio.FIRST_COMPLETED)
        return self._consumer.concurrency - len(self._in_flight)

    async def _drain(self, subscription: JetStreamContext.PullSubscription) -> None:
        if self._in_flight:
            await asyncio.wait(set(self._in_flight), timeout=_GRACE_S)
        for task in self._in_flight:
            task.cancel()
        await asyncio.gather(*self._in_flight, return_exceptions=True)
        if self._client.is_connected:
            await _quietly(subscription.unsubscribe())


async def _batch(subscription: JetStreamContext.PullSubscription, size: int) -> list[Msg]:
    try:
        return await subscription.fetch(size, timeout=_FETCH_S)
    except TimeoutError:
        return []


async def _quietly(action: Awaitable[object]) -> None:
    try:
        await action
    except (nats.errors.Error, ValueError) as error:
        log.debug("unsubscribe_failed", error=str(error))
