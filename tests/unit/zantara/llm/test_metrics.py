import msgspec
from prometheus_client import CollectorRegistry

from zantara.clock import ManualClock
from zantara.llm import Completion, ScriptedModel, Usage
from zantara.llm.metrics import LlmMetrics
from zantara.llm.resilience import Guards

COMPLETION = Completion(text="secret text", provider="anthropic", model="m", usage=Usage(cost_usd=0.25), ttft_ms=120.0)


def test_money_is_counted_for_real_answers_only(metrics: LlmMetrics, registry: CollectorRegistry) -> None:
    metrics.answered("anthropic", "m", COMPLETION)
    metrics.answered("anthropic", "m", msgspec.structs.replace(COMPLETION, simulated=True))
    labels = {"provider": "anthropic", "model": "m"}
    assert registry.get_sample_value("zantara_llm_cost_usd_total", labels) == 0.25
    assert registry.get_sample_value("zantara_llm_ttft_seconds_sum", labels) == 0.24


def test_a_provider_that_counts_nonsense_breaks_nothing(metrics: LlmMetrics, registry: CollectorRegistry) -> None:
    nonsense = Usage(input_tokens=-5, output_tokens=7, cost_usd=-1.0)
    metrics.answered("anthropic", "m", msgspec.structs.replace(COMPLETION, usage=nonsense))
    labels = {"provider": "anthropic", "model": "m"}
    assert registry.get_sample_value("zantara_llm_tokens_total", {**labels, "type": "input"}) == 0
    assert registry.get_sample_value("zantara_llm_tokens_total", {**labels, "type": "output"}) == 7


def test_model_labels_are_bounded(metrics: LlmMetrics, registry: CollectorRegistry) -> None:
    for number in range(100):
        metrics.refused("anthropic", f"model-{number}", "busy")
    labels = {
        sample.labels["model"]
        for family in registry.collect()
        for sample in family.samples
        if sample.name == "zantara_llm_calls_total"
    }
    assert len(labels) == 17
    assert "other" in labels


def test_breaker_budget_and_limit_are_read_at_scrape(
    metrics: LlmMetrics, registry: CollectorRegistry, clock: ManualClock
) -> None:
    guards = Guards(clock, metrics)
    model = guards.guard(ScriptedModel(name="haiku", provider="anthropic"))
    labels = {"provider": "anthropic", "model": "haiku"}

    def state() -> float | None:
        return registry.get_sample_value("zantara_llm_breaker_state", labels)

    assert state() == 0
    from zantara.llm.errors import BillingStop

    model.breaker.enter().settle(BillingStop(), answered=False)
    assert state() == 2
    clock.advance(600)
    assert state() == 1
    assert registry.get_sample_value("zantara_llm_limit", {"provider": "anthropic"}) == 32
    assert registry.get_sample_value("zantara_llm_retry_budget_tokens", {"provider": "anthropic"}) == 1
