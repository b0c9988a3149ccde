import pytest

from zantara.errors import Permanent, Transient
from zantara.llm import ModelError, errors


def _kinds(root: type[ModelError] = ModelError) -> list[type[ModelError]]:
    return [kind for sub in root.__subclasses__() for kind in (sub, *_kinds(sub))]


@pytest.mark.parametrize("kind", _kinds())
def test_each_error_is_either_transient_or_permanent(kind: type[ModelError]) -> None:
    assert issubclass(kind, Transient) != issubclass(kind, Permanent)


def test_the_tree_in_the_docstring_names_every_error() -> None:
    assert errors.__doc__ is not None
    assert [kind.__name__ for kind in _kinds() if kind.__name__ not in errors.__doc__] == []


def test_slugs_are_distinct() -> None:
    slugs = [kind.slug for kind in _kinds()]
    assert len(set(slugs)) == len(slugs)


def test_a_timeout_tells_its_stage() -> None:
    assert errors.TimedOut(stage="gap").outcome == "timeout_gap"


@pytest.mark.parametrize("kind", [errors.BillingStop, errors.AuthenticationFailed])
def test_what_only_an_operator_can_end_asks_for_a_long_wait(kind: type[errors.BillingStop]) -> None:
    assert kind("no credit").retry_after_s == errors.LONG_OUTAGE_S
