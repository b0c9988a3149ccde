"""Metadata: children have ids that follow from their parents; headers survive the wire and refuse what is hostile."""

import pytest

from zantara.clock import ManualClock
from zantara.errors import Invalid
from zantara.events import Meta

CLOCK = ManualClock()


def test_headers_and_back() -> None:
    meta = Meta.new(source="chat-router", clock=CLOCK)
    assert Meta.parse(meta.headers()) == meta


def test_a_child_has_the_same_id_at_every_redelivery_and_keeps_the_trace() -> None:
    parent = Meta.new(source="chat-router", clock=CLOCK, id="p")
    one = parent.child(source="jiwa-enricher", clock=CLOCK, role="memory.enriched:0")
    again = parent.child(source="jiwa-enricher", clock=CLOCK, role="memory.enriched:0")
    other = parent.child(source="jiwa-enricher", clock=CLOCK, role="memory.enriched:1")
    assert one.id == again.id != other.id
    assert one.causation_id == "p"
    assert one.traceparent.split("-")[1] == parent.traceparent.split("-")[1]
    assert one.traceparent != parent.traceparent


@pytest.mark.parametrize(
    "changes",
    [
        {"Zantara-Time": "yesterday"},
        {"Deadline-Ms": "soon"},
        {"traceparent": "x" * 2000},
    ],
)
def test_hostile_headers_are_refused(changes: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        Meta.parse({**Meta.new(source="s", clock=CLOCK).headers(), **changes})


def test_a_trace_that_is_none_starts_anew() -> None:
    meta = Meta.parse({**Meta.new(source="s", clock=CLOCK).headers(), "traceparent": "00-not-a-trace"})
    child = meta.child(source="s", clock=CLOCK, role="r")
    assert child.traceparent.split("-")[1] == meta.traceparent.split("-")[1]


@pytest.mark.parametrize("missing", ["Nats-Msg-Id", "Zantara-Source", "Zantara-Time"])
def test_missing_headers_are_named(missing: str) -> None:
    headers = Meta.new(source="s", clock=CLOCK).headers()
    del headers[missing]
    with pytest.raises(Invalid, match=missing):
        Meta.parse(headers)
