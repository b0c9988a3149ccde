"""The bus in memory: same port, same verdicts, same conformance suite as JetStream; for tests and for one process."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, TypeVar

from zantara.bus.answering import STATUS, Answering, raise_for
from zantara.bus.delivery import DeadLetter, Processor
from zantara.bus.port import Handler, Hearer, Responder
from zantara.clock import Clock, SystemClock
from zantara.errors import Overdue, Unavailable
from zantara.events import Event, Meta, Reply, Request, decode_event, decode_reply, encode
from zantara.topology import Consumer
from zantara.topology import consumer as consumer_for
from zantara.topology import endpoint as endpoint_for

R = TypeVar("R", bound=Reply)


class MemoryBus:
    """A hub that several services can share: `for_service` gives each its own view."""

    def __init__(self, *, service: str = "test", clock: Clock | None = None, hub: "_Hub | None" = None) -> None:
        self._service = service
        self._clock = clock or SystemClock()
        self._hub = hub or _Hub()

    def for_service(self, service: str) -> "MemoryBus":
        """The same hub, seen by another service."""
        return MemoryBus(service=service, clock=self._clock, hub=self._hub)

    @property
    def published(self) -> list[Event]:
        """Every event kept so far, in order, each id once."""
        return [event for event, _ in self._hub.log]

    @property
    def buried(self) -> list[DeadLetter]:
        """The dead letters, in order."""
        return list(self._hub.buried)

    async def publish(self, event: Event, meta: Meta) -> None:
        """Keep it, give it to every consumer and hearer; the same id again is dropped."""
        if meta.id in self._hub.ids:
            return
        self._hub.ids.add(meta.id)
        self._hub.log.append((event, meta))
        headers = {**meta.headers(), "Zantara-Type": event.type_name()}
        message = (event.subject, headers, encode(event), len(self._hub.log))
        for name, queue in self._hub.queues.items():
            if self._hub.filters[name] == event.subject:
                queue.put_nowait((*message, 1))
        for heard in self._hub.hearers[event.subject]:
            heard.put_nowait((event, meta))

    async def bury(self, letter: DeadLetter) -> None:
        """Keep a dead letter, once."""
        if (letter.consumer, letter.sequence) not in {(kept.consumer, kept.sequence) for kept in self._hub.buried}:
            self._hub.buried.append(letter)

    async def request(self, request: Request[R], *, timeout_s: float, meta: Meta | None = None) -> R:
        """Ask the responder in this process."""
        answering = self._hub.responders.get(request.subject)
        if answering is None:
            raise Unavailable(f"nobody answers {request.subject}")
        sent = meta or Meta.new(source=self._service, clock=self._clock)
        deadline_ms = int((self._clock.now().timestamp() + timeout_s) * 1000)
        headers = {**sent.headers(), "Deadline-Ms": str(deadline_ms)}
        try:
            async with asyncio.timeout(timeout_s):
                answer_headers, body = await answering(headers, encode(request))
        except TimeoutError as error:
            raise Overdue(f"{request.subject}: no answer within {timeout_s * 1000:.0f} ms") from error
        raise_for(answer_headers[STATUS], request.subject, body)
        reply: R = decode_reply(type(request).reply, body)  # type: ignore[assignment]
        return reply

    async def consume(self, event: type[Event], handler: Handler[Any]) -> None:
        """Feed the durable consumer of this service to a handler, until cancelled."""
        consumer = consumer_for(self._service, event)
        queue = self._hub.queue(consumer)
        process = Processor(consumer, handler, self, self, self._clock)
        slots = asyncio.Semaphore(consumer.concurrency)
        tasks: set[asyncio.Task[None]] = set()
        try:
            while True:
                await slots.acquire()
                subject, headers, body, sequence, attempt = await queue.get()
                delivery = _MemoryDelivery(queue, subject, headers, body, sequence, attempt, consumer)
                task = asyncio.create_task(process(delivery))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
                task.add_done_callback(lambda _: slots.release())
        finally:
            if tasks:
                await asyncio.wait(tasks, timeout=5)

    async def respond(self, request: type[Request[Any]], responder: Responder[Any, Any]) -> None:
        """Answer this request, until cancelled."""
        self._hub.responders[request.subject] = Answering(endpoint_for(request), responder, self._clock)
        try:
            await asyncio.Event().wait()
        finally:
            self._hub.responders.pop(request.subject, None)

    async def listen(self, event: type[Event], hearer: Hearer[Any]) -> None:
        """Hear this event, until cancelled."""
        heard: asyncio.Queue[tuple[Event, Meta]] = asyncio.Queue()
        self._hub.hearers[event.subject].append(heard)
        try:
            while True:
                published, meta = await heard.get()
                await hearer(decode_event(event, encode(published), published.type_name()), meta)
        finally:
            self._hub.hearers[event.subject].remove(heard)

    async def ping(self) -> None:
        """Memory always answers."""


Message = tuple[str, dict[str, str], bytes, int, int]


class _Hub:
    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.log: list[tuple[Event, Meta]] = []
        self.buried: list[DeadLetter] = []
        self.queues: dict[str, asyncio.Queue[Message]] = {}
        self.filters: dict[str, str] = {}
        self.hearers: dict[str, list[asyncio.Queue[tuple[Event, Meta]]]] = defaultdict(list)
        self.responders: dict[str, Answering] = {}

    def queue(self, consumer: Consumer) -> asyncio.Queue[Message]:
        """The consumer's queue; what was published before it bound waits in it."""
        if consumer.name not in self.queues:
            queue: asyncio.Queue[Message] = asyncio.Queue()
            self.queues[consumer.name] = queue
            self.filters[consumer.name] = consumer.event.subject
            for sequence, (event, meta) in enumerate(self.log, start=1):
                if event.subject == consumer.event.subject:
                    headers = {**meta.headers(), "Zantara-Type": event.type_name()}
                    queue.put_nowait((event.subject, headers, encode(event), sequence, 1))
        return self.queues[consumer.name]


class _MemoryDelivery:
    def __init__(
        self,
        queue: "asyncio.Queue[Message]",
        subject: str,
        headers: Mapping[str, str],
        body: bytes,
        sequence: int,
        attempt: int,
        consumer: Consumer,
    ) -> None:
        self._queue = queue
        self._consumer = consumer
        self.subject = subject
        self.headers = headers
        self.body = body
        self.sequence = sequence
        self.attempt = attempt

    async def ack(self) -> None:
        """Nothing is left to do."""

    async def nak(self, delay_s: float) -> None:
        """Queue it again after the delay."""
        message = (self.subject, dict(self.headers), self.body, self.sequence, self.attempt + 1)
        asyncio.get_running_loop().call_later(delay_s, self._queue.put_nowait, message)

    async def term(self) -> None:
        """Nothing is left to do."""

    async def in_progress(self) -> None:
        """Memory never redelivers by itself."""
