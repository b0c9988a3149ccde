"""What the calls to models cost and do, for Prometheus. Labels are bounded: configured names, never texts."""

from collections.abc import Callable

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram

from zantara.llm.port import Completion

_CALL_BUCKETS = (0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300, 600)
_TTFT_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 13, 20)
_MAX_MODELS = 16
_OTHER = "other"


class LlmMetrics:
    """The metric objects of one process; make one per registry."""

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        target = ("provider", "model")
        self._models: set[str] = set()
        self._calls = Counter("zantara_llm_calls", "Attempts by outcome", (*target, "outcome"), registry=registry)
        self._duration = Histogram(
            "zantara_llm_call_duration_seconds",
            "Attempts from sending to end",
            target,
            buckets=_CALL_BUCKETS,
            registry=registry,
        )
        self._ttft = Histogram(
            "zantara_llm_ttft_seconds",
            "Time to first token of streamed answers",
            target,
            buckets=_TTFT_BUCKETS,
            registry=registry,
        )
        self._tokens = Counter(
            "zantara_llm_tokens",
            "Tokens by type: input, output, cache_read, cache_write",
            (*target, "type"),
            registry=registry,
        )
        self._cost = Counter(
            "zantara_llm_cost_usd", "Money spent; simulated answers cost nothing", target, registry=registry
        )
        self._retries = Counter(
            "zantara_llm_retries", "Further attempts by cause", (*target, "cause"), registry=registry
        )
        self._breaker = Gauge("zantara_llm_breaker_state", "0 closed, 1 half-open, 2 open", target, registry=registry)
        self._in_flight = Gauge("zantara_llm_in_flight", "Calls under way", target, registry=registry)
        self._budget = Gauge("zantara_llm_retry_budget_tokens", "Retries saved up", ("provider",), registry=registry)
        self._limit = Gauge("zantara_llm_limit", "Concurrent calls allowed now", ("provider",), registry=registry)

    def started(self, provider: str, model: str) -> None:
        """An attempt was admitted."""
        self._in_flight.labels(provider, self._bounded(model)).inc()

    def ended(self, provider: str, model: str, *, outcome: str, seconds: float) -> None:
        """The attempt is over, however it went."""
        name = self._bounded(model)
        self._in_flight.labels(provider, name).dec()
        self._calls.labels(provider, name, outcome).inc()
        self._duration.labels(provider, name).observe(seconds)

    def refused(self, provider: str, model: str, outcome: str) -> None:
        """An attempt was not admitted (breaker, share)."""
        self._calls.labels(provider, self._bounded(model), outcome).inc()

    def answered(self, provider: str, model: str, completion: Completion) -> None:
        """What a finished answer used."""
        name, usage = self._bounded(model), completion.usage
        counts = {
            "input": usage.input_tokens,
            "output": usage.output_tokens,
            "cache_read": usage.cache_read_tokens,
            "cache_write": usage.cache_write_tokens,
        }
        for type_, count in counts.items():
            self._tokens.labels(provider, name, type_).inc(max(0, count))
        if not completion.simulated:
            self._cost.labels(provider, name).inc(max(0.0, usage.cost_usd))
        if completion.ttft_ms is not None:
            self._ttft.labels(provider, name).observe(completion.ttft_ms / 1000)

    def retried(self, provider: str, model: str, cause: str) -> None:
        """A further attempt follows, because of `cause`."""
        self._retries.labels(provider, self._bounded(model), cause).inc()

    def watch_breaker(self, provider: str, model: str, read: Callable[[], float]) -> None:
        """Read a breaker's state at every scrape."""
        self._breaker.labels(provider, self._bounded(model)).set_function(read)

    def watch_provider(self, provider: str, *, budget: Callable[[], float], limit: Callable[[], float]) -> None:
        """Read a provider's retry budget and concurrency limit at every scrape."""
        self._budget.labels(provider).set_function(budget)
        self._limit.labels(provider).set_function(limit)

    def _bounded(self, model: str) -> str:
        if model in self._models or len(self._models) < _MAX_MODELS:
            self._models.add(model)
            return model
        return _OTHER
