"""NATS JetStream behind the bus port: the only place that knows the client library."""

from zantara.bus.jetstream.bus import JetStreamBus, open_bus
from zantara.bus.jetstream.deadletters import DeadLetterBox, StoredLetter
from zantara.bus.jetstream.provisioning import differences, provision

__all__ = ["DeadLetterBox", "JetStreamBus", "StoredLetter", "differences", "open_bus", "provision"]
