"""Who sent a message, when, because of what: the headers beside every body."""

import re
from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex
from typing import Self

import msgspec

from zantara.clock import Clock, child_id, new_id
from zantara.errors import Invalid

_MAX_HEADER_LENGTH = 1024
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """Id, source service, time, cause and W3C trace context of one message; `attempt` counts deliveries from 1."""

    id: str
    source: str
    occurred_at: datetime
    traceparent: str
    causation_id: str | None = None
    attempt: int = 1
    deadline_ms: int | None = None

    @classmethod
    def new(cls, *, source: str, clock: Clock, id: str | None = None, traceparent: str | None = None) -> Self:  # noqa: A002
        """Metadata of a message that no other message caused."""
        return cls(id=id or new_id(), source=source, occurred_at=clock.now(), traceparent=traceparent or new_trace())

    def child(self, *, source: str, clock: Clock, role: str) -> "Meta":
        """Metadata of a message caused by this one; the same role gives the same id at every redelivery."""
        return Meta(
            id=child_id(self.id, source, role),
            source=source,
            occurred_at=clock.now(),
            traceparent=next_span(self.traceparent),
            causation_id=self.id,
        )

    def headers(self) -> dict[str, str]:
        """As NATS headers; `Nats-Msg-Id` lets JetStream drop a double publish."""
        headers = {
            "Nats-Msg-Id": self.id,
            "Zantara-Source": self.source,
            "Zantara-Time": self.occurred_at.isoformat(),
            "traceparent": self.traceparent,
        }
        if self.causation_id:
            headers["Zantara-Cause"] = self.causation_id
        if self.deadline_ms is not None:
            headers["Deadline-Ms"] = str(self.deadline_ms)
        return headers

    @classmethod
    def parse(cls, headers: Mapping[str, str], *, attempt: int = 1) -> Self:
        """From headers; raises Invalid where one is missing, malformed or over 1 KiB. A bad trace starts anew."""
        if any(len(value) > _MAX_HEADER_LENGTH for value in headers.values()):
            raise Invalid("header longer than 1 KiB")
        try:
            deadline = headers.get("Deadline-Ms")
            trace = headers.get("traceparent", "")
            return cls(
                id=headers["Nats-Msg-Id"],
                source=headers["Zantara-Source"],
                occurred_at=datetime.fromisoformat(headers["Zantara-Time"]),
                traceparent=trace if _TRACEPARENT.fullmatch(trace) else new_trace(),
                causation_id=headers.get("Zantara-Cause"),
                attempt=attempt,
                deadline_ms=int(deadline) if deadline else None,
            )
        except (KeyError, ValueError) as error:
            raise Invalid(f"headers: {error!r}") from error


def new_trace() -> str:
    """A fresh W3C traceparent."""
    return f"00-{token_hex(16)}-{token_hex(8)}-01"


def next_span(traceparent: str) -> str:
    """The same trace, a new span."""
    version, trace_id, _, flags = traceparent.split("-")
    return f"{version}-{trace_id}-{token_hex(8)}-{flags}"
