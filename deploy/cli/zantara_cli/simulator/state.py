"""What all routes of one simulator share."""

from aiohttp import web

from zantara.clock import Clock
from zantara_cli.simulator.calls import Call, CallLog
from zantara_cli.simulator.faults import FaultBook
from zantara_cli.simulator.metrics import Metrics
from zantara_cli.simulator.prompt_cache import PromptCache
from zantara_cli.simulator.runpod_queue import Queues
from zantara_cli.simulator.settings import Dials, SimulatorSettings

MARK = "simulated-"
"""What every model's name begins with here."""


class Simulator:
    """The state of one application."""

    def __init__(self, settings: SimulatorSettings, clock: Clock) -> None:
        self.clock = clock
        self.dials = Dials(settings)
        self.faults = FaultBook(clock, settings.seed)
        self.calls = CallLog(clock)
        self.metrics = Metrics()
        self.cache = PromptCache(clock)
        self.queues = Queues(clock, self.dials)

    def finish(self, call: Call, outcome: str) -> None:
        """Record how a call ended."""
        self.calls.close(call, outcome)
        self.metrics.calls.labels(call.api, outcome).inc()
        self.metrics.duration_s.labels(call.api).observe((call.duration_ms or 0.0) / 1000)
        for fault in call.faults:
            self.metrics.faults.labels(fault.partition("=")[0]).inc()
        self.metrics.tokens.labels(call.api, "input").inc(call.input_tokens)
        self.metrics.tokens.labels(call.api, "output").inc(call.output_tokens)


SIMULATOR: web.AppKey[Simulator] = web.AppKey("simulator", Simulator)


def marked(model: str) -> str:
    """A model's name as replies give it."""
    return model if model.startswith(MARK) else f"{MARK}{model}"
