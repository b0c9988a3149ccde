"""Streams, consumers, requests, listeners: one table, and the questions that the rest of the code asks of it."""

from typing import Any

from zantara.errors import StartError
from zantara.events import Event, Request
from zantara.topology.table import (
    CONSUMERS,
    ENDPOINTS,
    LISTENERS,
    OPERATOR,
    PROVISIONER,
    SERVICES,
    SPONTANEOUS,
    STREAMS,
    Consumer,
    Endpoint,
    Listener,
    Stream,
)


def stream_of(event: type[Event]) -> Stream:
    """The stream that keeps an event."""
    return next(stream for stream in STREAMS if event in stream.events)


def consumers_of(service: str) -> tuple[Consumer, ...]:
    """The durable consumers of a service."""
    return tuple(consumer for consumer in CONSUMERS if consumer.service == service)


def endpoints_of(service: str) -> tuple[Endpoint, ...]:
    """The requests that a service answers."""
    return tuple(endpoint for endpoint in ENDPOINTS if endpoint.service == service)


def listeners_of(service: str) -> tuple[Listener, ...]:
    """The events that each replica of a service hears."""
    return tuple(listener for listener in LISTENERS if listener.service == service)


def consumer(service: str, event: type[Event]) -> Consumer:
    """The consumer that gives this event to this service; raises StartError where the table has none."""
    for candidate in consumers_of(service):
        if candidate.event is event:
            return candidate
    raise StartError(f"{service} consumes no {event.subject}")


def endpoint(request: type[Request[Any]]) -> Endpoint:
    """Who answers a request; raises StartError where nobody does."""
    for candidate in ENDPOINTS:
        if candidate.request is request:
            return candidate
    raise StartError(f"nobody answers {request.subject}")


def publishes(service: str) -> tuple[type[Event], ...]:
    """Every event that a service may publish, each once, in the table's order."""
    out = list(SPONTANEOUS.get(service, ()))
    for each in consumers_of(service):
        out += [event for event in each.publishes if event not in out]
    return tuple(out)


__all__ = [
    "CONSUMERS",
    "ENDPOINTS",
    "LISTENERS",
    "OPERATOR",
    "PROVISIONER",
    "SERVICES",
    "SPONTANEOUS",
    "STREAMS",
    "Consumer",
    "Endpoint",
    "Listener",
    "Stream",
    "consumer",
    "consumers_of",
    "endpoint",
    "endpoints_of",
    "listeners_of",
    "publishes",
    "stream_of",
]
