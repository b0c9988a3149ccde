"""Model ids and what their tokens cost."""

import msgspec

from zantara.llm.port import Usage

HAIKU = "claude-haiku-5-5"
SONNET = "claude-sonnet-5-5"
LLAMA = "llama-3.1-8b"
SIMULATED_PREFIX = "simulated-"

PRICES_AS_OF = "2026-11-20"
CACHE_READ_SHARE = 0.10
CACHE_WRITE_SHARE = 1.25
_MTOK = 1_000_000


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """USD per million tokens; a prompt cache read costs a tenth of the input, a five-minute write a quarter more."""

    input_usd: float
    output_usd: float


# Anthropic's published list prices; haiku-5-5 holds for prompts up to 100,000 tokens.
PRICES: dict[str, Price] = {
    "claude-haiku-4-5": Price(input_usd=1.0, output_usd=5.0),
    "claude-haiku-5-5": Price(input_usd=0.10, output_usd=0.50),
    "claude-sonnet-5-5": Price(input_usd=2.0, output_usd=10.0),
}

_WITH_TEMPERATURE = (
    "claude-haiku-4-5",
    "claude-sonnet-4-5",
    "claude-sonnet-4-6",
    "claude-opus-4-5",
    "claude-opus-4-6",
)

_FREE = Price(input_usd=0.0, output_usd=0.0)
_DEAREST = max(PRICES.values(), key=lambda price: price.output_usd)


def price_of(model: str) -> Price:
    """The price of a model id, dated and simulated ones too.

    LLAMA runs on a flat fee, so its tokens are free here; an unknown Claude costs what the dearest known one
    does, so that no ledger understates.
    """
    plain = model.removeprefix(SIMULATED_PREFIX)
    if not plain.startswith("claude"):
        return _FREE
    return next((price for known, price in PRICES.items() if plain.startswith(known)), _DEAREST)


def priced(model: str, usage: Usage) -> Usage:
    """The usage with its cost in USD."""
    price = price_of(model)
    input_equivalent = (
        usage.input_tokens + usage.cache_read_tokens * CACHE_READ_SHARE + usage.cache_write_tokens * CACHE_WRITE_SHARE
    )
    cost_usd = (input_equivalent * price.input_usd + usage.output_tokens * price.output_usd) / _MTOK
    return msgspec.structs.replace(usage, cost_usd=cost_usd)


def is_simulated(model: str, header: str | None = None) -> bool:
    """Whether an answer came from the simulator, by its `x-simulated` header or its model's name."""
    return model.startswith(SIMULATED_PREFIX) or (header or "").strip().lower() in {"1", "true", "yes"}


def takes_temperature(model: str) -> bool:
    """Whether a Claude accepts `temperature`; those after Opus 4.6 reject it with 400, so an unknown one gets none."""
    return model.removeprefix(SIMULATED_PREFIX).startswith(_WITH_TEMPERATURE)
