"""Settings are a value; every fault is named at once and no secret is shown."""

from typing import Annotated, ClassVar

import pytest
from msgspec import Meta

from zantara.errors import StartError
from zantara.runtime.settings import Secret, Settings, describe, load


class Example(Settings, frozen=True, kw_only=True):
    """One of each kind."""

    env_names: ClassVar[dict[str, str]] = {"http_port": "EXAMPLE_PORT"}

    url: Annotated[Secret, Meta(description="Where.")]
    http_port: Annotated[int, Meta(ge=0, le=65535, description="Port.")] = 80
    share: Annotated[float, Meta(ge=0, le=1, description="Share.")] = 0.5
    enabled: Annotated[bool, Meta(description="Switch.")] = True
    parts: Annotated[tuple[str, ...], Meta(description="Parts.")] = ()


class Derived(Example, frozen=True, kw_only=True):
    """Fields and names are inherited."""

    env_names: ClassVar[dict[str, str]] = {"depth": "EXAMPLE_DEPTH"}

    depth: Annotated[int, Meta(description="Depth.")] = 1


def test_values_come_from_the_environment_and_empty_means_unset() -> None:
    env = {"URL": "nats://x", "EXAMPLE_PORT": "8081", "SHARE": "", "EXAMPLE_DEPTH": "3", "PARTS": "a, b"}
    loaded = load(Derived, env)
    assert (loaded.url.reveal(), loaded.http_port, loaded.share, loaded.depth) == ("nats://x", 8081, 0.5, 3)
    assert loaded.parts == ("a", "b")


SWITCHES = [("false", False), ("0", False), ("no", False), ("True", True), ("1", True)]


@pytest.mark.parametrize(("text", "value"), SWITCHES)
def test_switches_are_read_as_people_write_them(text: str, value: bool) -> None:
    assert load(Example, {"URL": "x", "ENABLED": text}).enabled is value


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(StartError) as caught:
        load(Example, {"EXAMPLE_PORT": "99999", "SHARE": "much", "ENABLED": "maybe"})
    faults = ("URL is not set", "EXAMPLE_PORT='99999'", "SHARE='much'", "ENABLED='maybe'")
    assert all(fault in str(caught.value) for fault in faults)


def test_a_secret_is_masked_wherever_it_is_printed() -> None:
    loaded = load(Example, {"URL": "postgresql://u:hunter2@h"})
    assert "hunter2" not in repr(loaded)
    assert "hunter2" not in str(loaded.url)


def test_documentation_rows_have_name_type_default_and_meaning() -> None:
    assert describe(Derived) == [
        ("URL", "secret", "required", "Where."),
        ("EXAMPLE_PORT", "int", "80", "Port."),
        ("SHARE", "float", "0.5", "Share."),
        ("ENABLED", "bool", "true", "Switch."),
        ("PARTS", "tuple", "", "Parts."),
        ("EXAMPLE_DEPTH", "int", "1", "Depth."),
    ]
