"""The simulator's metrics; one registry per application, so that tests can run several in one process."""

from prometheus_client import CollectorRegistry, Counter, Histogram

_SECONDS = (0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120)


class Metrics:
    """What is counted."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.calls = Counter(
            "zantara_simulator_calls_total", "Calls by API and outcome.", ("api", "outcome"), registry=self.registry
        )
        self.faults = Counter(
            "zantara_simulator_faults_total", "Faults that fell on a call.", ("kind",), registry=self.registry
        )
        self.tokens = Counter(
            "zantara_simulator_tokens_total", "Tokens by API and type.", ("api", "type"), registry=self.registry
        )
        self.duration_s = Histogram(
            "zantara_simulator_call_seconds", "Duration of a call.", ("api",), buckets=_SECONDS, registry=self.registry
        )
