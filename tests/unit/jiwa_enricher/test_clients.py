"""Who reads: LLAMA first, Claude where it cannot, nobody where both are away."""

from typing import Any

import msgspec
import pytest
from prometheus_client import REGISTRY

from jiwa_enricher.clients import ModelReader
from jiwa_enricher.domain import check_claims
from jiwa_enricher.prompts.jiwa_facts_v1 import VERSION
from zantara.clock import ManualClock
from zantara.errors import Permanent, Transient, Unavailable
from zantara.llm import (
    AuthenticationFailed,
    BadOutput,
    BreakerOpen,
    Busy,
    ModelError,
    ModelRequest,
    RateLimited,
    Refused,
    ScriptedModel,
    TimedOut,
    Unreachable,
)
from zantara.text.fence import unfence

FACT = {
    "slot": "dreams",
    "value": "un caffè sul mare",
    "value_en": "a café by the sea",
    "certainty": "stated",
    "confidence": 0.9,
    "turn": 1,
    "quote": "Sogno un caffè sul mare",
}
GOOD = msgspec.json.encode({"facts": [FACT]}).decode()
OUTAGE_S = 300.0


def reader(llama: Any, claude: Any, clock: ManualClock) -> ModelReader:
    return ModelReader(llama=llama, claude=claude, clock=clock, reading_s=60, outage_retry_s=OUTAGE_S)


def fallbacks() -> float:
    return REGISTRY.get_sample_value("zantara_jiwa_fallbacks_total") or 0.0


async def test_llama_reads(make: Any, manual_clock: ManualClock) -> None:
    llama, claude = ScriptedModel(GOOD, name="llama-3.1-8b"), ScriptedModel(GOOD)
    turns = make.transcript("Sogno un caffè sul mare").turns
    reading = await reader(llama, claude, manual_clock).read(turns)
    assert (reading.model, reading.fallback, reading.simulated) == ("llama-3.1-8b", False, True)
    assert (reading.prompt_version, reading.input_tokens, reading.output_tokens) == (VERSION, 100, 20)
    assert len(check_claims(reading.claims, turns).candidates) == 1
    assert claude.requests == []
    (request,) = llama.requests
    assert unfence(request.messages[0].content)[0].text == "Sogno un caffè sul mare"
    assert request.schema is not None
    assert request.schema["title"] == "jiwa_facts"


async def test_each_prompt_has_its_own_delimiter(make: Any, manual_clock: ManualClock) -> None:
    llama = ScriptedModel(GOOD)
    for _ in range(2):
        await reader(llama, None, manual_clock).read(make.transcript("ciao mare").turns)
    first, second = (request.messages[0].content for request in llama.requests)
    assert first != second


async def test_bad_json_is_repaired_once(make: Any, manual_clock: ManualClock) -> None:
    llama = ScriptedModel('{"facts": [{"slot": 3}]}', GOOD)
    reading = await reader(llama, None, manual_clock).read(make.transcript("Sogno un caffè sul mare").turns)
    assert (len(reading.claims), len(llama.requests), reading.input_tokens) == (1, 2, 200)


async def test_an_unknown_slot_costs_one_claim_not_the_answer(make: Any, manual_clock: ManualClock) -> None:
    answer = msgspec.json.encode({"facts": [FACT, {**FACT, "slot": "shoe_size"}]}).decode()
    turns = make.transcript("Sogno un caffè sul mare").turns
    reading = await reader(ScriptedModel(answer), None, manual_clock).read(turns)
    checked = check_claims(reading.claims, turns)
    assert (len(checked.candidates), checked.dropped) == (1, {"unknown_slot": 1})


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("down"),
        TimedOut(stage="total"),
        Refused("no"),
        BreakerOpen("open", retry_after_s=9.0),
        AuthenticationFailed("key"),
    ],
)
async def test_claude_reads_where_llama_cannot_and_that_is_counted(
    make: Any, manual_clock: ManualClock, error: ModelError
) -> None:
    before = fallbacks()
    pair = reader(ScriptedModel(error), ScriptedModel(GOOD, name="claude-haiku-4-5"), manual_clock)
    reading = await pair.read(make.transcript("Sogno un caffè sul mare").turns)
    assert (reading.model, reading.fallback) == ("claude-haiku-4-5", True)
    assert fallbacks() == before + 1


async def test_llama_that_never_gives_json_is_replaced(make: Any, manual_clock: ManualClock) -> None:
    pair = reader(ScriptedModel("I cannot", "still not"), ScriptedModel(GOOD), manual_clock)
    assert (await pair.read(make.transcript("Sogno un caffè sul mare").turns)).fallback


@pytest.mark.parametrize(
    "error",
    [Unreachable("down"), TimedOut(stage="total"), Busy("full", retry_after_s=0.5), RateLimited(retry_after_s=2.0)],
)
async def test_an_outage_pauses_long_enough_to_burn_no_attempts(
    make: Any, manual_clock: ManualClock, error: ModelError
) -> None:
    with pytest.raises(Unavailable) as caught:
        await reader(ScriptedModel(error), ScriptedModel(error), manual_clock).read(make.transcript("ciao").turns)
    assert caught.value.retry_after_s == OUTAGE_S


async def test_a_provider_that_asks_for_more_time_gets_it(make: Any, manual_clock: ManualClock) -> None:
    llama = ScriptedModel(BreakerOpen("open", retry_after_s=600.0))
    with pytest.raises(Unavailable) as caught:
        await reader(llama, None, manual_clock).read(make.transcript("ciao").turns)
    assert caught.value.retry_after_s == 600.0


async def test_what_went_wrong_once_follows_the_consumers_policy(make: Any, manual_clock: ManualClock) -> None:
    with pytest.raises(BadOutput) as caught:
        await reader(ScriptedModel("no json"), None, manual_clock).read(make.transcript("ciao").turns)
    assert caught.value.retry_after_s is None
    assert isinstance(caught.value, Transient)


async def test_a_refusal_by_both_is_final_and_by_one_is_not(make: Any, manual_clock: ManualClock) -> None:
    turns = make.transcript("ciao").turns
    refused = ScriptedModel(Refused("no"))
    with pytest.raises(Permanent):
        await reader(refused, None, manual_clock).read(turns)
    with pytest.raises(Permanent):
        await reader(refused, ScriptedModel(Refused("no")), manual_clock).read(turns)
    with pytest.raises(Transient):
        await reader(refused, ScriptedModel(Unreachable("down")), manual_clock).read(turns)


async def test_nobody_switched_on_waits(make: Any, manual_clock: ManualClock) -> None:
    nobody = reader(None, None, manual_clock)
    with pytest.raises(Unavailable) as caught:
        await nobody.read(make.transcript("ciao").turns)
    assert caught.value.retry_after_s == OUTAGE_S
    with pytest.raises(Unavailable):
        await nobody.ping()


async def test_with_llama_off_claude_reads(make: Any, manual_clock: ManualClock) -> None:
    claude = ScriptedModel(GOOD, name="claude-haiku-4-5")
    only = reader(None, claude, manual_clock)
    assert (await only.read(make.transcript("Sogno un caffè sul mare").turns)).fallback
    assert await only.ping() == {"llama": None, "claude": "claude-haiku-4-5"}


async def test_answers_are_read_within_the_deadline(make: Any, manual_clock: ManualClock) -> None:
    seen: list[ModelRequest] = []

    def answer(request: ModelRequest) -> str:
        seen.append(request)
        manual_clock.advance(30)
        return GOOD

    await reader(ScriptedModel(answer), None, manual_clock).read(make.transcript("ciao").turns)
    assert seen[0].max_tokens == 2500
