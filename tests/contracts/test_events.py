"""The language on the wire: each message has an example that decodes for ever and a schema that cannot drift unseen."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from zantara.errors import Invalid
from zantara.events import EVENTS, REQUESTS, Event, Reply, Request, decode_event, encode
from zantara.events.message import Event as AnyEvent

HERE = Path(__file__).parent
EXAMPLES = HERE / "examples"
SCHEMAS = HERE / "schemas"

MESSAGES: dict[str, type[msgspec.Struct]] = {
    **{event.type_name(): event for event in EVENTS},
    **{f"{request.subject}.request": request for request in REQUESTS},
    **{f"{request.subject}.reply": request.reply for request in REQUESTS},
}


@pytest.mark.parametrize("name", MESSAGES)
def test_every_example_decodes_and_encodes_to_what_it_was(name: str) -> None:
    files = sorted((EXAMPLES / name).glob("*.json"))
    assert files, f"{name} has no example"
    for file in files:
        decoded = msgspec.json.decode(file.read_bytes(), type=MESSAGES[name])
        again = msgspec.json.decode(encode(decoded))  # type: ignore[arg-type]
        kept = msgspec.json.decode(file.read_bytes())
        assert {key: again[key] for key in kept} == kept


@pytest.mark.parametrize("name", MESSAGES)
def test_schema_is_the_one_on_record(name: str) -> None:
    """A changed schema is a changed contract: record it with `python tests/contracts/record_schemas.py`."""
    recorded = msgspec.json.decode((SCHEMAS / f"{name}.json").read_bytes())
    assert msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(MESSAGES[name]))) == recorded


def test_no_example_or_schema_is_an_orphan() -> None:
    assert {folder.name for folder in EXAMPLES.iterdir()} == set(MESSAGES)
    assert {file.stem for file in SCHEMAS.glob("*.json")} == set(MESSAGES)


def test_every_event_and_request_is_registered_and_subjects_are_unique() -> None:
    assert set(EVENTS) == set(AnyEvent.__subclasses__())
    assert {request.subject for request in REQUESTS} >= {request.subject for request in Request.__subclasses__()}
    subjects = [message.subject for message in (*EVENTS, *REQUESTS)]
    assert len(subjects) == len(set(subjects))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_another_version_is_refused_by_name(event: type[Event]) -> None:
    with pytest.raises(Invalid, match=r"v9"):
        decode_event(event, b"{}", f"{event.subject}.v9")


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_unknown_fields_of_a_newer_sender_are_ignored(event: type[Event]) -> None:
    file = next((EXAMPLES / event.type_name()).glob("*.json"))
    newer: dict[str, Any] = msgspec.json.decode(file.read_bytes()) | {"field_of_tomorrow": 1}
    assert decode_event(event, msgspec.json.encode(newer), event.type_name())


def test_replies_are_replies() -> None:
    assert all(issubclass(request.reply, Reply) for request in REQUESTS)
