"""Least privilege on the bus: what each NATS user may publish and hear, derived from the table.

Private inbox prefixes keep replies from other users (NATS authorization guide). The acknowledgement subject has two
forms; servers from 2.15 on add domain and account.
"""

import msgspec

from zantara.topology import (
    ENDPOINTS,
    OPERATOR,
    PROVISIONER,
    SERVICES,
    STREAMS,
    Consumer,
    consumers_of,
    endpoints_of,
    listeners_of,
    publishes,
    stream_of,
)


class NatsUser(msgspec.Struct, frozen=True, kw_only=True):
    """One user: allowed subjects; a subscription may be `subject queue`; responders may answer what they were asked."""

    name: str
    publish: tuple[str, ...]
    subscribe: tuple[str, ...]
    allow_responses: bool = False


def users() -> tuple[NatsUser, ...]:
    """Every user of the bus: six services, the operator's command line, the provisioner."""
    return (*(_service(name) for name in SERVICES), _operator(), _provisioner())


def inbox_prefix(user: str) -> str:
    """Where replies to this user arrive; nobody else may listen there."""
    return f"_INBOX_{user.replace('-', '_')}"


def _service(name: str) -> NatsUser:
    publish = [event.subject for event in publishes(name)]
    publish += [endpoint.request.subject for endpoint in ENDPOINTS if name in endpoint.callers]
    publish += [f"$JS.API.STREAM.INFO.{stream.name}" for stream in STREAMS]
    for consumer in consumers_of(name):
        publish += _consuming(consumer)
    subscribe = [f"{inbox_prefix(name)}.>"]
    subscribe += [f"{endpoint.request.subject} {name}" for endpoint in endpoints_of(name)]
    subscribe += [listener.event.subject for listener in listeners_of(name)]
    return NatsUser(
        name=name, publish=tuple(publish), subscribe=tuple(subscribe), allow_responses=bool(endpoints_of(name))
    )


def _consuming(consumer: Consumer) -> list[str]:
    where = f"{stream_of(consumer.event).name}.{consumer.name}"
    return [
        f"$JS.API.CONSUMER.INFO.{where}",
        f"$JS.API.CONSUMER.MSG.NEXT.{where}",
        f"$JS.ACK.{where}.>",
        f"$JS.ACK.*.*.{where}.>",
        f"dlq.{consumer.name}",
    ]


def _operator() -> NatsUser:
    publish = [event.subject for event in publishes(OPERATOR)]
    publish += [endpoint.request.subject for endpoint in ENDPOINTS if OPERATOR in endpoint.callers]
    publish += ["$JS.API.STREAM.INFO.*", "$JS.API.CONSUMER.INFO.*.*", "$JS.API.STREAM.MSG.GET.DLQ"]
    publish += ["$JS.API.STREAM.MSG.DELETE.DLQ", "$JS.API.DIRECT.GET.DLQ.>", "$JS.API.DIRECT.GET.DLQ"]
    publish += [event.subject for stream in STREAMS for event in stream.events]
    return NatsUser(name=OPERATOR, publish=tuple(dict.fromkeys(publish)), subscribe=(f"{inbox_prefix(OPERATOR)}.>",))


def _provisioner() -> NatsUser:
    return NatsUser(
        name=PROVISIONER, publish=("$JS.API.>",), subscribe=(f"{inbox_prefix(PROVISIONER)}.>",), allow_responses=False
    )
