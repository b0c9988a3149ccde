import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zantara.llm import Busy
from zantara.llm.resilience import ConcurrencyShare, SharePolicy, Traffic

SOON_S = 0.02


def _share(limit: int = 4, **figures: float) -> ConcurrencyShare:
    return ConcurrencyShare("anthropic", SharePolicy(limit=limit, max_wait_s=SOON_S, **figures))


async def test_the_limit_holds_and_a_full_house_is_busy_soon() -> None:
    share = _share(limit=2)
    await share.take("interactive", 1)
    await share.take("interactive", 1)
    with pytest.raises(Busy) as caught:
        await share.take("interactive", 1)
    assert share.in_flight == 2
    assert caught.value.retry_after_s == SOON_S


async def test_a_deadline_nearer_than_the_wait_binds() -> None:
    share = ConcurrencyShare("anthropic", SharePolicy(limit=1, max_wait_s=30))
    await share.take("interactive", 1)
    with pytest.raises(Busy):
        await share.take("interactive", 0.01)


async def test_background_work_leaves_the_reserved_share_to_chat() -> None:
    share = _share(limit=4)
    await share.take("background", 1)
    await share.take("background", 1)
    with pytest.raises(Busy):
        await share.take("background", 1)
    await share.take("interactive", 1)
    await share.take("interactive", 1)
    assert share.in_flight == 4


async def test_a_freed_slot_goes_to_chat_before_background() -> None:
    share = ConcurrencyShare("anthropic", SharePolicy(limit=1, reserved=0.0, max_wait_s=5))
    await share.take("interactive", 1)
    order: list[str] = []

    async def wait(traffic: Traffic) -> None:
        await share.take(traffic, 5)
        order.append(traffic)
        share.release(traffic)

    async with asyncio.TaskGroup() as group:
        group.create_task(wait("background"))
        await asyncio.sleep(0)
        group.create_task(wait("interactive"))
        await asyncio.sleep(0)
        share.release("interactive")
    assert order == ["interactive", "background"]
    assert share.in_flight == 0


async def test_a_waiter_that_is_cancelled_leaves_no_trace() -> None:
    share = ConcurrencyShare("anthropic", SharePolicy(limit=1, max_wait_s=5))
    await share.take("interactive", 1)
    waiter = asyncio.create_task(share.take("interactive", 5))
    await asyncio.sleep(0)
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
    share.release("interactive")
    assert share.in_flight == 0
    await share.take("interactive", 0.01)


async def test_a_waiter_cancelled_in_the_moment_of_its_grant_gives_the_slot_back() -> None:
    share = ConcurrencyShare("anthropic", SharePolicy(limit=1, max_wait_s=5))
    await share.take("interactive", 1)
    waiter = asyncio.create_task(share.take("interactive", 5))
    await asyncio.sleep(0)
    share.release("interactive")
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
    assert share.in_flight == 0


def test_throttling_shrinks_the_limit_and_answers_let_it_grow_back() -> None:
    share = _share(limit=10)
    share.throttled()
    assert share.limit == 7
    for _ in range(100):
        share.throttled()
    assert share.limit == 1
    for _ in range(200):
        share.answered()
    assert share.limit == 10


async def test_a_limit_shrunk_to_one_still_lets_background_work_through_when_idle() -> None:
    share = _share(limit=4)
    for _ in range(50):
        share.throttled()
    await share.take("background", 1)
    assert share.in_flight == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["interactive", "background"]), st.integers(0, 3), st.booleans()),
        min_size=1,
        max_size=25,
    )
)
def test_no_interleaving_loses_a_slot_or_breaks_the_limit(
    calls: list[tuple[Traffic, int, bool]],
) -> None:
    async def scenario() -> None:
        share = ConcurrencyShare("anthropic", SharePolicy(limit=3, max_wait_s=0.005))

        async def call(traffic: Traffic, turns: int) -> None:
            try:
                await share.take(traffic, 1)
            except Busy:
                return
            try:
                assert share.in_flight <= 3
                for _ in range(turns):
                    await asyncio.sleep(0.001)
            finally:
                share.release(traffic)

        tasks = []
        for traffic, turns, cancelled in calls:
            task = asyncio.create_task(call(traffic, turns))
            tasks.append(task)
            await asyncio.sleep(0)
            if cancelled:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert share.in_flight == 0
        for _ in range(3):
            await share.take("interactive", 0.001)

    asyncio.run(scenario())
