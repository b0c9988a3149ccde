"""The topology makes sense, is what the README shows, and gives nobody more than they need."""

from pathlib import Path

import pytest

from zantara.events import EVENTS, REQUESTS
from zantara.topology import (
    CONSUMERS,
    ENDPOINTS,
    LISTENERS,
    OPERATOR,
    SERVICES,
    STREAMS,
    Consumer,
    publishes,
)
from zantara.topology.permissions import inbox_prefix, users
from zantara_cli.documented import written

ROOT = Path(__file__).parents[2]


def test_every_event_lies_in_exactly_one_stream() -> None:
    kept = [event for stream in STREAMS for event in stream.events]
    assert sorted(kept, key=str) == sorted(EVENTS, key=str)


def test_every_event_has_exactly_one_service_that_publishes_it() -> None:
    for event in EVENTS:
        owners = [service for service in SERVICES if event in publishes(service)]
        assert len(owners) == 1, (event.subject, owners)


def test_every_request_has_exactly_one_answerer_and_an_asker() -> None:
    assert sorted((endpoint.request for endpoint in ENDPOINTS), key=str) == sorted(REQUESTS, key=str)
    assert all(endpoint.callers for endpoint in ENDPOINTS)


def test_names_of_consumers_are_unique_and_begin_with_their_service() -> None:
    names = [consumer.name for consumer in CONSUMERS]
    assert len(names) == len(set(names))
    assert all(consumer.name.startswith(f"{consumer.service}-") for consumer in CONSUMERS)


@pytest.mark.parametrize("consumer", CONSUMERS, ids=lambda consumer: consumer.name)
def test_policy_of_a_consumer_is_sound(consumer: Consumer) -> None:
    assert consumer.ack_wait_s / 3 >= 10, "heartbeats every few seconds would be noise"
    assert consumer.deadline_s >= consumer.ack_wait_s
    assert consumer.max_attempts >= 3
    assert consumer.delay_s <= consumer.delay_cap_s


def test_services_exist_for_every_row() -> None:
    rows = [*CONSUMERS, *ENDPOINTS, *LISTENERS]
    assert {row.service for row in rows} <= set(SERVICES)
    assert {path.name for path in (ROOT / "services").iterdir() if path.is_dir()} == set(SERVICES)


def test_nobody_hears_another_ones_inbox_and_services_have_no_wildcard_publish() -> None:
    for user in users():
        foreign = [inbox_prefix(other.name) for other in users() if other.name != user.name]
        assert not any(subject.startswith(tuple(foreign)) for subject in user.subscribe)
        if user.name in SERVICES:
            assert not any(subject in (">", "$JS.API.>", "$JS.>") for subject in user.publish)


def test_a_service_publishes_only_its_own_events() -> None:
    subjects = {event.subject for event in EVENTS}
    for user in users():
        if user.name in SERVICES:
            own = {event.subject for event in publishes(user.name)}
            assert subjects & set(user.publish) == own


def test_the_operator_may_replay_any_event_and_import() -> None:
    operator = next(user for user in users() if user.name == OPERATOR)
    assert {event.subject for event in EVENTS} <= set(operator.publish)


def test_the_readme_shows_topology_and_settings_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text()
    assert "<!-- topology -->" in readme
    assert "<!-- settings -->" in readme
    assert written(readme) == readme, "print it anew: python -m zantara_cli.documented README.md"
