"""Replies: bounded, cut at stop sequences, spoilt as asked; the call log and the dials."""

import pytest
from tests.unit.zantara_cli.simulator.prompting import piece, prompt

from zantara.clock import ManualClock
from zantara.errors import Invalid
from zantara_cli.simulator.calls import CallLog
from zantara_cli.simulator.faults import Faults, parse_header
from zantara_cli.simulator.mind import think
from zantara_cli.simulator.replies import Stop, compose, count_tokens
from zantara_cli.simulator.settings import Dials, SimulatorSettings

PASSAGE = piece("passage", "The fee is IDR 5 million. It is paid once a year. Late payers are fined.", language="en")
ASKED = prompt("How much is the fee?", PASSAGE)


def test_the_pieces_make_up_the_text() -> None:
    reply = compose(ASKED, None, Faults())
    assert reply.text == think(ASKED).text
    assert reply.stop is Stop.END
    assert reply.tokens == count_tokens(reply.text)


@pytest.mark.parametrize("limit", [1, 3, 8])
def test_the_limit_holds(limit: int) -> None:
    reply = compose(ASKED, limit, Faults())
    assert reply.stop is Stop.LENGTH
    assert think(ASKED).text.startswith(reply.text)
    assert reply.tokens <= max(limit, 2)


def test_a_stop_sequence_ends_the_text_before_it() -> None:
    reply = compose(ASKED, None, Faults(), ["million"])
    assert (reply.stop, reply.stop_sequence) == (Stop.SEQUENCE, "million")
    assert reply.text == "The fee is IDR 5 "


@pytest.mark.parametrize(
    ("fault", "stop", "empty"),
    [("refuse", Stop.REFUSAL, True), ("empty", Stop.END, True), ("truncate", Stop.LENGTH, False)],
)
def test_spoilt_replies(fault: str, stop: Stop, *, empty: bool) -> None:
    reply = compose(ASKED, None, Faults(tuple(parse_header(fault))))
    assert reply.stop is stop
    assert (reply.text == "") is empty


def test_wrong_language_is_not_the_language_asked() -> None:
    faults = Faults(tuple(parse_header("wrong_language")))
    assert compose(prompt("terima kasih banyak"), None, faults).text != think(prompt("terima kasih banyak")).text


def test_the_call_log_is_a_ring_with_a_total() -> None:
    clock = ManualClock()
    log = CallLog(clock)
    for number in range(1200):
        call = log.open("openai" if number % 2 else "runpod", "chat")
        clock.advance(0.5)
        log.close(call, "ok")
    assert log.total == 1200
    assert len(log.rows()) == 1000
    assert len(log.rows(api="runpod", outcome="ok")) == 500
    assert log.rows()[-1].duration_ms == 500
    log.reset()
    assert (log.total, log.rows()) == (0, [])


def test_an_unrecorded_call_is_only_measured() -> None:
    log = CallLog(ManualClock())
    call = log.open("runpod", "health", recorded=False)
    log.close(call, "ok")
    assert (log.total, log.rows(), call.duration_ms) == (0, [], 0)


def test_dials_turn_together_or_not_at_all() -> None:
    dials = Dials(SimulatorSettings())
    dials.turn({"llama_ms": 5, "idle_cold_s": 3})
    assert (dials.now.llama_ms, dials.now.idle_cold_s) == (5, 3)
    for bad in ({"llama_ms": 1, "claude_ttft_ms": -1}, {"llama_ms": 1, "workers": 9}):
        with pytest.raises(Invalid):
            dials.turn(bad)
    assert dials.now.llama_ms == 5
