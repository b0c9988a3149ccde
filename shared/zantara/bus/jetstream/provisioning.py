"""Applies the topology to a server, idempotently; says where a server differs from it."""

from typing import Any

import nats.js.errors
from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, RetentionPolicy, StorageType, StreamConfig
from nats.js.client import JetStreamContext

from zantara.bus.jetstream.connection import connect
from zantara.topology import CONSUMERS, STREAMS, Consumer, Stream, consumers_of, stream_of


async def provision(url: str, *, replicas: int = 1) -> list[str]:
    """Create or update every stream and consumer; returns what was done, empty when all was as it should be."""
    client = await connect(url, name="provisioner")
    try:
        context = client.jetstream(timeout=10)
        done = [await _apply_stream(context, stream, replicas) for stream in STREAMS]
        done += [await _apply_consumer(context, consumer) for consumer in CONSUMERS]
    finally:
        await client.close()
    return [action for action in done if action]


async def differences(context: JetStreamContext, service: str) -> list[str]:
    """Where the server's consumers of a service differ from the table, in words."""
    found: list[str] = []
    for consumer in consumers_of(service):
        stream = stream_of(consumer.event).name
        try:
            info = await context.consumer_info(stream, consumer.name)
        except nats.js.errors.NotFoundError:
            found.append(f"{consumer.name} is missing")
            continue
        found += _diff(consumer.name, _wanted_consumer(consumer), info.config)
    return found


async def _apply_stream(context: JetStreamContext, stream: Stream, replicas: int) -> str:
    wanted = _wanted_stream(stream, replicas)
    try:
        info = await context.stream_info(stream.name)
    except nats.js.errors.NotFoundError:
        await context.add_stream(wanted)
        return f"stream {stream.name} created"
    changed = _diff(stream.name, wanted, info.config)
    if not changed:
        return ""
    await context.update_stream(wanted)
    return f"stream {stream.name} updated: {'; '.join(changed)}"


async def _apply_consumer(context: JetStreamContext, consumer: Consumer) -> str:
    wanted = _wanted_consumer(consumer)
    stream = stream_of(consumer.event).name
    try:
        info = await context.consumer_info(stream, consumer.name)
    except nats.js.errors.NotFoundError:
        await context.add_consumer(stream, wanted)
        return f"consumer {consumer.name} created"
    changed = _diff(consumer.name, wanted, info.config)
    if not changed:
        return ""
    await context.add_consumer(stream, wanted)
    return f"consumer {consumer.name} updated: {'; '.join(changed)}"


def _wanted_stream(stream: Stream, replicas: int) -> StreamConfig:
    return StreamConfig(
        name=stream.name,
        subjects=list(stream.subjects),
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        max_age=stream.max_age_s,
        max_bytes=stream.max_bytes,
        duplicate_window=stream.duplicate_window_s,
        num_replicas=replicas,
    )


def _wanted_consumer(consumer: Consumer) -> ConsumerConfig:
    """Attempts are bounded by our own verdict, which also sees crashes; the server keeps delivering until then."""
    return ConsumerConfig(
        durable_name=consumer.name,
        filter_subject=consumer.event.subject,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=consumer.ack_wait_s,
        max_deliver=-1,
        max_ack_pending=max(64, consumer.concurrency * 16),
    )


def _diff(name: str, wanted: Any, found: Any) -> list[str]:
    fields = (key for key, value in vars(wanted).items() if value is not None)
    return [
        f"{name}.{key} is {getattr(found, key)!r}, not {getattr(wanted, key)!r}"
        for key in fields
        if getattr(found, key) != getattr(wanted, key) and key != "metadata"
    ]
