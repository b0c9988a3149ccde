"""Rounds: at once, when woken, every so often; a part that is away ends nothing, any other error does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from zantara.clock import ManualClock
from zantara.errors import Permanent, Unavailable
from zantara.runtime.rounds import Rounds


class Work:
    """Counts its rounds, fails where told."""

    def __init__(self) -> None:
        self.rounds = 0
        self.error: Exception | None = None

    async def __call__(self) -> None:
        self.rounds += 1
        if self.error:
            raise self.error


@asynccontextmanager
async def running(rounds: Rounds, work: Work) -> AsyncIterator[None]:
    task = asyncio.create_task(rounds.run(work))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def until(check: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not check():
            await asyncio.sleep(0)


async def test_the_first_round_is_at_once_and_the_next_when_woken() -> None:
    work, clock = Work(), ManualClock()
    rounds = Rounds(clock, every_s=3600, settle_s=0.5)
    async with running(rounds, work):
        await until(lambda: work.rounds == 1)
        assert not rounds.woken
        rounds.wake()
        assert rounds.woken
        await until(lambda: work.rounds == 2)
        assert not rounds.woken
    assert clock.monotonic() == 0.5


async def test_what_comes_together_is_one_round() -> None:
    work = Work()
    rounds = Rounds(ManualClock(), every_s=3600, settle_s=0.5)
    async with running(rounds, work):
        await until(lambda: work.rounds == 1)
        for _ in range(10):
            rounds.wake()
        await until(lambda: work.rounds == 2)
        for _ in range(20):
            await asyncio.sleep(0)
    assert work.rounds == 2


async def test_a_wake_during_a_round_is_not_lost() -> None:
    rounds = Rounds(ManualClock(), every_s=3600, settle_s=0.5)

    class Waking(Work):
        async def __call__(self) -> None:
            await super().__call__()
            if self.rounds == 1:
                rounds.wake()

    work = Waking()
    async with running(rounds, work):
        await until(lambda: work.rounds == 2)


async def test_without_a_wake_it_comes_round_all_the_same() -> None:
    work = Work()
    async with running(Rounds(ManualClock(), every_s=0.01, settle_s=0.5), work):
        await until(lambda: work.rounds == 3)


async def test_a_part_that_is_away_is_left_to_the_next_round() -> None:
    work = Work()
    work.error = Unavailable("away")
    async with running(Rounds(ManualClock(), every_s=0.01, settle_s=0.5), work):
        await until(lambda: work.rounds == 2)


async def test_any_other_error_ends_it() -> None:
    work = Work()
    work.error = Permanent("broken")
    with pytest.raises(Permanent):
        await Rounds(ManualClock(), every_s=0.01, settle_s=0.5).run(work)
