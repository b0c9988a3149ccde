"""Uses counted in memory: written once, kept while the store is away, shown while they wait."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

import pytest
from prometheus_client import CollectorRegistry, Gauge

from zantara.clock import ManualClock
from zantara.errors import Permanent, Unavailable
from zantara.runtime.usage import UsageCount


class Tally:
    """A store with a switch."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.uses: Counter[str] = Counter()
        self.times: list[datetime] = []

    async def count(self, uses: Mapping[str, int], at: datetime) -> None:
        if self.error:
            raise self.error
        self.uses.update(uses)
        self.times.append(at)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def usage(tally: Tally, clock: ManualClock, registry: CollectorRegistry) -> UsageCount[str]:
    return UsageCount(tally, clock, Gauge("unwritten", "Uses.", registry=registry), flush_s=5)


async def test_uses_are_written_once_with_their_time(usage: UsageCount[str], tally: Tally, clock: ManualClock) -> None:
    for key in ("a", "b", "a"):
        usage.note(key)
    await usage.flush()
    await usage.flush()
    assert tally.uses == {"a": 2, "b": 1}
    assert tally.times == [clock.now()]


async def test_uses_that_cannot_be_written_are_kept_and_shown(
    usage: UsageCount[str], tally: Tally, registry: CollectorRegistry
) -> None:
    tally.error = Unavailable("away")
    usage.note("a")
    await usage.flush()
    assert registry.get_sample_value("unwritten") == 1
    usage.note("a")
    usage.note("b")
    tally.error = None
    await usage.flush()
    assert tally.uses == {"a": 2, "b": 1}
    assert registry.get_sample_value("unwritten") == 0


async def test_an_error_that_no_attempt_helps_is_raised(usage: UsageCount[str], tally: Tally) -> None:
    tally.error = Permanent("broken")
    usage.note("a")
    with pytest.raises(Permanent):
        await usage.flush()


async def test_it_writes_at_each_interval(usage: UsageCount[str], tally: Tally, clock: ManualClock) -> None:
    usage.note("a")
    running = asyncio.create_task(usage.run())
    async with asyncio.timeout(2):
        while not tally.times:
            await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait([running])
    assert tally.uses == {"a": 1}
    assert (tally.times[0] - ManualClock().now()).total_seconds() == 5
