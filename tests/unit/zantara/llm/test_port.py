import asyncio
from collections.abc import AsyncGenerator

import pytest

from zantara.clock import ManualClock
from zantara.llm import Deadline, Piece, Usage, reading


def test_a_deadline_runs_out_and_stays_out(clock: ManualClock) -> None:
    deadline = Deadline.after(clock, 3.0)
    clock.advance(2.0)
    assert deadline.remaining_s(clock) == pytest.approx(1.0)
    clock.advance(5.0)
    assert deadline.remaining_s(clock) == 0.0


@pytest.mark.parametrize(
    ("ttft_s", "gap_s", "first", "expected"),
    [
        (2.0, 1.0, True, (2.0, "ttft")),
        (2.0, 1.0, False, (1.0, "gap")),
        (None, None, True, (10.0, "total")),
        (None, None, False, (10.0, "total")),
        (20.0, 20.0, True, (10.0, "total")),
        (20.0, 20.0, False, (10.0, "total")),
    ],
)
def test_the_nearest_limit_binds_the_next_piece(
    clock: ManualClock, ttft_s: float | None, gap_s: float | None, first: bool, expected: tuple[float, str]
) -> None:
    deadline = Deadline.after(clock, 10.0, ttft_s=ttft_s, gap_s=gap_s)
    assert deadline.next_limit(clock, first=first) == expected


def test_usages_add_up() -> None:
    one = Usage(input_tokens=1, output_tokens=2, cache_read_tokens=3, cache_write_tokens=4, cost_usd=0.5)
    assert one + one == Usage(input_tokens=2, output_tokens=4, cache_read_tokens=6, cache_write_tokens=8, cost_usd=1.0)


class _Upstream:
    def __init__(self, close_s: float = 0.0) -> None:
        self.closed = False
        self._close_s = close_s

    async def pieces(self) -> AsyncGenerator[Piece]:
        try:
            while True:
                await asyncio.sleep(0)
                yield "tok"
        finally:
            await asyncio.sleep(self._close_s)
            self.closed = True


async def test_leaving_a_stream_early_closes_its_upstream() -> None:
    upstream = _Upstream()
    async with reading(upstream.pieces()) as pieces:
        async for _ in pieces:
            break
    assert upstream.closed


async def test_a_cancelled_reader_closes_its_upstream() -> None:
    upstream = _Upstream()

    async def read() -> None:
        async with reading(upstream.pieces()) as pieces:
            async for _ in pieces:
                pass

    task = asyncio.create_task(read())
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert upstream.closed


async def test_an_upstream_that_will_not_close_is_left_after_a_second() -> None:
    upstream = _Upstream(close_s=30.0)
    started_s = asyncio.get_running_loop().time()
    async with reading(upstream.pieces()) as pieces:
        async for _ in pieces:
            break
    assert asyncio.get_running_loop().time() - started_s < 2.0
    assert not upstream.closed
