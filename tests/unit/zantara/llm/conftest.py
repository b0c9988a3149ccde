"""A question, a clock that stands still and fresh metrics for every test of the LLM port."""

import pytest
from prometheus_client import CollectorRegistry

from zantara.clock import ManualClock, SystemClock
from zantara.llm import Deadline, Message, ModelRequest, SystemBlock
from zantara.llm.metrics import LlmMetrics


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def system_clock() -> SystemClock:
    return SystemClock()


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def metrics(registry: CollectorRegistry) -> LlmMetrics:
    return LlmMetrics(registry)


@pytest.fixture
def request_() -> ModelRequest:
    return ModelRequest(
        system=(SystemBlock(text="You are Zantara.", cache=True), SystemBlock(text="Memory: none.")),
        messages=(Message(role="user", content="Berapa biaya KITAS?"),),
        max_tokens=200,
    )


@pytest.fixture
def deadline(clock: ManualClock) -> Deadline:
    return Deadline.after(clock, 60.0)
