"""How time is taken: closed and open loops, quantiles, interleaved rounds. A figure never fails a test."""

import asyncio
import gc
import statistics
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from typing import TypeVar

import msgspec

Q = TypeVar("Q")
A = TypeVar("A")

Ask = Callable[[Q], Awaitable[A]]
"""What is timed."""

Check = Callable[[Q, A], bool]
"""Looks at an answer outside the timed part: raises where it is wrong, False where it came with a part missing."""


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One round of one figure: values in its unit, the wall time they took together, answers with a part missing."""

    values: Sequence[float]
    elapsed_s: float = 0.0
    degraded: int = 0


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """Something done `times` a round; gives a sample for each figure that comes out of it."""

    times: int
    take: Callable[[int], Awaitable[Mapping[str, Sample]]]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """Medians over the rounds; no `p99` of one value a round, no `per_s` of what was not done back to back."""

    p50: float
    p99: float | None
    per_s: float | None
    count: int
    degraded: int


async def closed(ask: Ask[Q, A], asked: Iterable[Q], check: Check[Q, A], *, workers: int = 1) -> Sample:
    """Each worker asks as soon as its last answer is there."""
    waiting = iter(asked)
    answers: list[tuple[Q, A]] = []
    values: list[float] = []

    async def work() -> None:
        for one in waiting:
            began = perf_counter()
            answer = await ask(one)
            values.append((perf_counter() - began) * 1000)
            answers.append((one, answer))

    started = perf_counter()
    await asyncio.gather(*(work() for _ in range(workers)))
    elapsed_s = perf_counter() - started
    return Sample(values=values, elapsed_s=elapsed_s, degraded=_degraded(answers, check))


async def open_loop(ask: Ask[Q, A], asked: Sequence[Q], check: Check[Q, A], *, per_s: float) -> Sample:
    """Asked at a fixed rate whatever becomes of it; each counts from the moment at which it was due."""
    started = perf_counter()

    async def work(one: Q, due: float) -> tuple[A, float]:
        answer = await ask(one)
        return answer, (perf_counter() - due) * 1000

    async with asyncio.TaskGroup() as group:
        tasks = []
        for number, one in enumerate(asked):
            due = started + number / per_s
            await asyncio.sleep(max(0.0, due - perf_counter()))
            tasks.append(group.create_task(work(one, due)))
    elapsed_s = perf_counter() - started
    found = [task.result() for task in tasks]
    pairs = [(one, answer) for one, (answer, _) in zip(asked, found, strict=True)]
    return Sample(values=[ms for _, ms in found], elapsed_s=elapsed_s, degraded=_degraded(pairs, check))


def _degraded(answers: Iterable[tuple[Q, A]], check: Check[Q, A]) -> int:
    return sum(not check(one, answer) for one, answer in answers)


async def in_rounds(
    measures: Sequence[Measure], rounds: int, settled: Callable[[], Awaitable[None]]
) -> dict[str, Result]:
    """A short round to warm up, then each round does everything once, so that what drifts hits all figures alike.

    Each measure waits until what the one before has set in motion is `settled`.
    """
    samples: dict[str, list[Sample]] = {}
    for number in range(rounds + 1):
        for measure in measures:
            await settled()
            async with _undisturbed():
                taken = await measure.take(measure.times if number else max(4, measure.times // 8))
            if number:
                for figure, sample in taken.items():
                    samples.setdefault(figure, []).append(sample)
    return {figure: _result(some) for figure, some in samples.items()}


def _result(samples: Sequence[Sample]) -> Result:
    rates = [len(sample.values) / sample.elapsed_s for sample in samples if sample.elapsed_s]
    tails = [quantile(sample.values, 0.99) for sample in samples if len(sample.values) > 1]
    return Result(
        p50=statistics.median(quantile(sample.values, 0.5) for sample in samples),
        p99=statistics.median(tails) if tails else None,
        per_s=statistics.median(rates) if rates else None,
        count=sum(len(sample.values) for sample in samples),
        degraded=sum(sample.degraded for sample in samples),
    )


def quantile(values: Sequence[float], share: float) -> float:
    """Nearest rank: a value that was really seen."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@asynccontextmanager
async def _undisturbed() -> AsyncIterator[None]:
    """The measuring process collects its garbage before, not while, it measures."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
