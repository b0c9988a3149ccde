"""Faults: how they are asked for, on whom they fall, how long they stand."""

import pytest

from zantara.clock import ManualClock
from zantara.errors import Invalid, NotFound
from zantara_cli.simulator.faults import Fault, FaultBook, FaultKind, Faults, Match, Order, parse_header, united


def test_a_header_names_faults_between_commas() -> None:
    assert parse_header("cut=3, ttft=50,hang") == [
        Fault(FaultKind.CUT, "3"),
        Fault(FaultKind.TTFT, "50"),
        Fault(FaultKind.HANG),
    ]
    assert parse_header("") == []


@pytest.mark.parametrize("text", ["explode", "delay=soon", "delay=-1", "error=200", "error=abc", "billing=99"])
def test_bad_faults_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_header(text)


def test_arguments_have_their_defaults() -> None:
    faults = Faults(tuple(parse_header("stall,error=429:30,billing")))
    assert faults.number(FaultKind.STALL) == 1
    assert faults.number(FaultKind.CUT) is None
    assert faults.status(FaultKind.ERROR, 500) == (429, 30.0)
    assert faults.status(FaultKind.BILLING, 400) == (400, None)


@pytest.fixture
def book() -> FaultBook:
    return FaultBook(ManualClock(), seed=1)


def _kinds(book: FaultBook, route: str = "chat", *, generation: bool = True, model: str = "m") -> list[str]:
    return [fault.kind.value for fault in book.take("openai", model, route, generation=generation)]


def test_an_order_counts_down_and_goes(book: FaultBook) -> None:
    book.add(Order(fault=FaultKind.HANG, times=2))
    assert [_kinds(book) for _ in range(3)] == [["hang"], ["hang"], []]
    assert book.all() == []


def test_an_order_ends_with_its_time() -> None:
    clock = ManualClock()
    book = FaultBook(clock, seed=1)
    book.add(Order(fault=FaultKind.HANG, for_s=10))
    clock.advance(9)
    assert _kinds(book) == ["hang"]
    clock.advance(1)
    assert _kinds(book) == []


def test_orders_match_api_model_and_route(book: FaultBook) -> None:
    book.add(Order(fault=FaultKind.HANG, match=Match(api="anthropic")))
    book.add(Order(fault=FaultKind.EMPTY, match=Match(model="llama")))
    book.add(Order(fault=FaultKind.REFUSE, match=Match(route="health")))
    book.add(Order(fault=FaultKind.TRUNCATE, match=Match(route="*")))
    assert _kinds(book) == ["truncate"]
    assert _kinds(book, model="llama-3.1-8b") == ["empty", "truncate"]
    assert _kinds(book, "health", generation=False) == ["refuse", "truncate"]
    assert _kinds(book, "status", generation=False) == ["truncate"]


def test_probability_is_a_share(book: FaultBook) -> None:
    book.add(Order(fault=FaultKind.HANG, probability=0.3))
    struck = sum(bool(_kinds(book)) for _ in range(1000))
    assert 250 < struck < 350


def test_clearing(book: FaultBook) -> None:
    one = book.add(Order(fault=FaultKind.HANG))
    book.add(Order(fault=FaultKind.EMPTY))
    assert book.clear(one.id) == 1
    with pytest.raises(NotFound):
        book.clear(one.id)
    assert book.clear() == 1
    assert book.all() == []


def test_the_header_goes_before_standing_orders() -> None:
    assert united(parse_header("delay=1"), parse_header("delay=2")).number(FaultKind.DELAY) == 1
