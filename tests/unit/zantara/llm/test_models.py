import pytest

from zantara.llm import Usage
from zantara.llm.models import LLAMA, SONNET, is_simulated, price_of, priced, takes_temperature

HAIKU = "claude-haiku-4-5"


def test_tokens_cost_what_the_price_list_says() -> None:
    usage = priced(HAIKU, Usage(input_tokens=3_000, output_tokens=250))
    assert usage.cost_usd == pytest.approx(0.00425)


def test_cache_reads_cost_a_tenth_and_writes_a_quarter_more() -> None:
    read = priced(HAIKU, Usage(cache_read_tokens=1_000_000))
    write = priced(HAIKU, Usage(cache_write_tokens=1_000_000))
    assert [read.cost_usd, write.cost_usd] == pytest.approx([0.1, 1.25])


@pytest.mark.parametrize("model", [f"{HAIKU}-20251001", f"simulated-{HAIKU}"])
def test_dated_and_simulated_ids_have_their_models_price(model: str) -> None:
    assert price_of(model) == price_of(HAIKU)


def test_an_unknown_claude_is_never_understated() -> None:
    assert price_of("claude-next").output_usd >= price_of(SONNET).output_usd


def test_llama_has_a_flat_fee_so_its_tokens_are_free() -> None:
    assert priced(LLAMA, Usage(input_tokens=10_000, output_tokens=10_000)).cost_usd == 0.0


@pytest.mark.parametrize(
    ("model", "header", "expected"),
    [
        (HAIKU, None, False),
        (HAIKU, "false", False),
        (HAIKU, "true", True),
        (HAIKU, "1", True),
        (f"simulated-{HAIKU}", None, True),
    ],
)
def test_the_simulator_is_known_by_header_or_name(model: str, header: str | None, expected: bool) -> None:
    assert is_simulated(model, header) is expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [(HAIKU, True), (f"{HAIKU}-20251001", True), ("claude-sonnet-5-5", False), ("claude-next", False)],
)
def test_temperature_goes_only_to_models_known_to_take_it(model: str, expected: bool) -> None:
    assert takes_temperature(model) is expected
