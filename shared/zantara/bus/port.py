"""What the rest of the code knows of the bus: publish, request, and three kinds of callable that it feeds."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from zantara.events import Event, Meta, Reply, Request

E_contra = TypeVar("E_contra", bound=Event, contravariant=True)
Q_contra = TypeVar("Q_contra", bound=Request[Any], contravariant=True)
R = TypeVar("R", bound=Reply)
R_co = TypeVar("R_co", bound=Reply, covariant=True)


class Handler(Protocol[E_contra]):
    """Takes an event, does its part, returns the events to publish: return = ack, Transient = later, Permanent = dead.

    It is called again after a crash or a lost ack, so its effect must be fenced by the event's id.
    """

    async def __call__(self, event: E_contra, meta: Meta) -> Sequence[Event]:
        """Do the part, return what happened."""
        ...


class Responder(Protocol[Q_contra, R_co]):
    """Answers a request."""

    async def __call__(self, request: Q_contra, meta: Meta) -> R_co:
        """Give the answer."""
        ...


class Hearer(Protocol[E_contra]):
    """Hears an event on every replica, without acknowledgement: missing one must be harmless."""

    async def __call__(self, event: E_contra, meta: Meta) -> None:
        """Take note."""
        ...


class Publisher(Protocol):
    """Publishes with an acknowledgement of the stream."""

    async def publish(self, event: Event, meta: Meta) -> None:
        """Return once the stream has it; raises Unavailable. The same `meta.id` again is dropped by the stream."""
        ...


class Requester(Protocol):
    """Asks the service that owns a subject."""

    async def request(self, request: Request[R], *, timeout_s: float, meta: Meta | None = None) -> R:
        """The reply; raises Unavailable (nobody, or busy), Overdue (too late), Invalid (the request is wrong)."""
        ...


class Bus(Publisher, Requester, Protocol):
    """A connection of one service. The three loops run until cancelled and let work in flight finish."""

    async def consume(self, event: type[Event], handler: Handler[Any]) -> None:
        """Feed the durable consumer of this service for this event to a handler."""
        ...

    async def respond(self, request: type[Request[Any]], responder: Responder[Any, Any]) -> None:
        """Answer this request, many at a time, in one queue group with the other replicas."""
        ...

    async def listen(self, event: type[Event], hearer: Hearer[Any]) -> None:
        """Hear this event as it is published."""
        ...

    async def ping(self) -> None:
        """Raise Unavailable unless connected and the streams and consumers are as the topology says."""
        ...
