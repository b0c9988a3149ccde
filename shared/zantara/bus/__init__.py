"""A thin bus: publish, request, consume, respond, listen; on NATS JetStream, and in memory for tests."""

from zantara.bus.answering import Answering
from zantara.bus.delivery import DeadLetter, DeadLetters, Delivery, Processor
from zantara.bus.memory import MemoryBus
from zantara.bus.port import Bus, Handler, Hearer, Publisher, Requester, Responder
from zantara.bus.verdict import Dead, Retry, judge

__all__ = [
    "Answering",
    "Bus",
    "Dead",
    "DeadLetter",
    "DeadLetters",
    "Delivery",
    "Handler",
    "Hearer",
    "MemoryBus",
    "Processor",
    "Publisher",
    "Requester",
    "Responder",
    "Retry",
    "judge",
]
