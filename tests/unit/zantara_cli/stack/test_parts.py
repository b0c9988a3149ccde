import pytest

from zantara.errors import StartError
from zantara_cli.stack.supervisor import Step, levels


async def nothing(_: object) -> None:
    """No work."""


def step(name: str, *after: str) -> Step:
    return Step(name=name, work=nothing, after=after)


def test_what_needs_nothing_comes_first_and_together() -> None:
    nodes = [step("chat", "golden", "culture"), step("golden", "schema"), step("culture", "schema")]
    nodes += [step("schema", "nats", "postgres"), step("nats"), step("postgres")]
    assert levels(nodes) == [["nats", "postgres"], ["schema"], ["golden", "culture"], ["chat"]]


def test_a_circle_is_named() -> None:
    with pytest.raises(StartError, match=r"a \(b\), b \(a\)"):
        levels([step("a", "b"), step("b", "a"), step("c")])


def test_something_unknown_is_named() -> None:
    with pytest.raises(StartError, match=r"a \(nowhere\)"):
        levels([step("a", "nowhere")])
