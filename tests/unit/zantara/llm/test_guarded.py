import asyncio
from collections.abc import AsyncGenerator, Callable

import pytest
from prometheus_client import CollectorRegistry

from zantara.clock import Clock, ManualClock, SystemClock
from zantara.llm import (
    ChatModel,
    Completion,
    Deadline,
    ModelError,
    ModelRequest,
    Piece,
    ScriptedModel,
    errors,
    reading,
)
from zantara.llm.metrics import LlmMetrics
from zantara.llm.resilience import (
    Breaker,
    BreakerState,
    BudgetPolicy,
    ConcurrencyShare,
    Guarded,
    RetryBudget,
    RetryPolicy,
    SharePolicy,
)
from zantara.llm.scripted import Cut, Fail, Hang, Say

Build = Callable[..., Guarded]


@pytest.fixture
def guard(metrics: LlmMetrics) -> Build:
    def build(model: ChatModel, clock: Clock, *, limit: int = 4, attempts: int = 2, retries: float = 10.0) -> Guarded:
        return Guarded(
            model,
            breaker=Breaker(clock, model.name),
            budget=RetryBudget(clock, BudgetPolicy(floor=retries)),
            limiter=ConcurrencyShare("scripted", SharePolicy(limit=limit, max_wait_s=0.02)).lane("interactive"),
            clock=clock,
            metrics=metrics,
            retry=RetryPolicy(attempts=attempts),
            jitter=lambda: 0.999,
        )

    return build


async def _read(model: ChatModel, request: ModelRequest, deadline: Deadline) -> tuple[str, Completion]:
    text, completion = "", None
    async with reading(model.stream(request, deadline)) as pieces:
        async for piece in pieces:
            assert completion is None, "nothing follows the completion"
            if isinstance(piece, Completion):
                completion = piece
            else:
                text += piece
    assert completion is not None
    return text, completion


async def test_an_answer_passes_through_whole_and_streamed(
    guard: Build, clock: ManualClock, request_: ModelRequest, deadline: Deadline
) -> None:
    model = guard(ScriptedModel("Selamat pagi, apa kabar?"), clock)
    text, completion = await _read(model, request_, deadline)
    assert text == completion.text == "Selamat pagi, apa kabar?"
    assert (await model.complete(request_, deadline)).text == text


RETRYABLE: list[ModelError] = [
    errors.Unreachable(),
    errors.Overloaded(),
    errors.ServerFault(),
    errors.RateLimited(retry_after_s=1.0),
    errors.BrokenStream(),
]


@pytest.mark.parametrize("error", RETRYABLE)
async def test_a_passing_fault_is_retried_unseen(
    guard: Build, clock: ManualClock, request_: ModelRequest, deadline: Deadline, error: ModelError
) -> None:
    for streamed in (True, False):
        scripted = ScriptedModel(error, "ok")
        model = guard(scripted, clock)
        text = (
            (await _read(model, request_, deadline))[0] if streamed else (await model.complete(request_, deadline)).text
        )
        assert text == "ok"
        assert len(scripted.requests) == 2


@pytest.mark.parametrize(
    "error",
    [
        errors.InvalidRequest(),
        errors.AuthenticationFailed(),
        errors.BillingStop(),
        errors.TimedOut(stage="ttft"),
        errors.Refused(),
        errors.ColdWorker(),
        errors.JobLost(),
    ],
)
async def test_anything_else_is_not_retried(
    guard: Build, clock: ManualClock, request_: ModelRequest, deadline: Deadline, error: ModelError
) -> None:
    scripted = ScriptedModel(error, "ok")
    with pytest.raises(type(error)):
        await guard(scripted, clock).complete(request_, deadline)
    assert len(scripted.requests) == 1


async def test_two_attempts_are_the_limit(
    guard: Build, clock: ManualClock, request_: ModelRequest, deadline: Deadline
) -> None:
    scripted = ScriptedModel(errors.ServerFault())
    with pytest.raises(errors.ServerFault):
        await guard(scripted, clock).complete(request_, deadline)
    assert len(scripted.requests) == 2


async def test_a_retry_after_beyond_the_deadline_fails_over_at_once(
    guard: Build, clock: ManualClock, request_: ModelRequest, deadline: Deadline
) -> None:
    scripted = ScriptedModel(errors.RateLimited(retry_after_s=3600), "ok")
    with pytest.raises(errors.RateLimited):
        await guard(scripted, clock).complete(request_, deadline)
    assert (len(scripted.requests), clock.monotonic()) == (1, 0.0)


async def test_a_retry_after_within_the_deadline_is_honoured(
    guard: Build, clock: ManualClock, request_: ModelRequest, deadline: Deadline
) -> None:
    await guard(ScriptedModel(errors.RateLimited(retry_after_s=7), "ok"), clock).complete(request_, deadline)
    assert clock.monotonic() == pytest.approx(7.0)


def test_the_pause_grows_under_full_jitter_up_to_its_cap() -> None:
    policy = RetryPolicy()
    assert policy.pause_s(1, 0.0) == 0.0
    assert policy.pause_s(1, 1.0) == 0.25
    assert policy.pause_s(2, 1.0) == 0.5
    assert policy.pause_s(9, 1.0) == 4.0


async def test_an_empty_budget_means_no_retry(
    guard: Build, clock: ManualClock, request_: ModelRequest, deadline: Deadline
) -> None:
    scripted = ScriptedModel(errors.ServerFault())
    with pytest.raises(errors.ServerFault):
        await guard(scripted, clock, retries=0.0).complete(request_, deadline)
    assert len(scripted.requests) == 1


async def test_an_outage_costs_a_tenth_more_calls_and_then_none(
    guard: Build, clock: ManualClock, request_: ModelRequest
) -> None:
    scripted = ScriptedModel(errors.ServerFault())
    model = guard(scripted, clock, retries=1.0)
    for _ in range(100):
        with pytest.raises(ModelError):
            await model.complete(request_, Deadline.after(clock, 30))
    assert len(scripted.requests) <= 6
    assert model.breaker.state is BreakerState.OPEN


async def test_nothing_is_retried_once_a_delta_is_out(
    guard: Build, clock: ManualClock, request_: ModelRequest, deadline: Deadline
) -> None:
    cut = errors.BrokenStream(delivered="Selamat")
    scripted = ScriptedModel(Fail(error=cut, text="Selamat"), "ok")
    seen: list[Piece] = []
    with pytest.raises(errors.BrokenStream) as caught:
        async with reading(guard(scripted, clock).stream(request_, deadline)) as pieces:
            seen.extend([piece async for piece in pieces])
    assert caught.value.delivered == "Selamat"
    assert len(scripted.requests) == 1


async def test_a_stream_without_completion_is_broken_and_keeps_what_came(
    guard: Build, clock: ManualClock, request_: ModelRequest, deadline: Deadline
) -> None:
    with pytest.raises(errors.BrokenStream) as caught:
        await _read(guard(ScriptedModel(Cut(text="half")), clock), request_, deadline)
    assert caught.value.delivered == "half"


@pytest.mark.parametrize(
    ("step", "limits", "stage"),
    [
        (Hang(), {"total_s": 5, "ttft_s": 0.02}, "ttft"),
        (Hang(text="tok"), {"total_s": 5, "ttft_s": 5, "gap_s": 0.02}, "gap"),
        (Hang(), {"total_s": 0.02, "ttft_s": 5}, "total"),
        (
            Say(text="x" * 100, piece_chars=1, pause_s=0.005),
            {"total_s": 0.05, "ttft_s": 1, "gap_s": 1},
            "total",
        ),
    ],
)
async def test_each_deadline_of_a_stream_binds_and_frees_the_upstream(
    guard: Build,
    system_clock: SystemClock,
    request_: ModelRequest,
    step: Hang | Say,
    limits: dict[str, float],
    stage: str,
) -> None:
    scripted = ScriptedModel(step)
    with pytest.raises(errors.TimedOut) as caught:
        await _read(guard(scripted, system_clock), request_, Deadline.after(system_clock, **limits))
    assert caught.value.stage == stage
    assert scripted.abandoned == 1
    assert len(scripted.requests) == 1


async def test_a_whole_answer_is_bound_by_the_total(
    guard: Build, system_clock: SystemClock, request_: ModelRequest
) -> None:
    scripted = ScriptedModel(Hang())
    with pytest.raises(errors.TimedOut):
        await guard(scripted, system_clock).complete(request_, Deadline.after(system_clock, 0.02))
    assert scripted.abandoned == 1


async def test_a_deadline_already_past_asks_nobody_and_blames_nobody(
    guard: Build, clock: ManualClock, request_: ModelRequest, deadline: Deadline
) -> None:
    scripted = ScriptedModel("ok")
    model = guard(scripted, clock)
    clock.advance(61)
    for _ in range(10):
        with pytest.raises(errors.TimedOut):
            await model.complete(request_, deadline)
    assert scripted.requests == []
    assert model.breaker.state is BreakerState.CLOSED


async def test_a_consumer_that_leaves_frees_the_upstream_and_the_slot(
    guard: Build, system_clock: SystemClock, request_: ModelRequest
) -> None:
    scripted = ScriptedModel(Say(text="x" * 100, piece_chars=1))
    model = guard(scripted, system_clock, limit=1)
    for _ in range(3):
        async with reading(model.stream(request_, Deadline.after(system_clock, 5))) as pieces:
            async for _ in pieces:
                break
    assert scripted.abandoned == 3
    assert model.breaker.state is BreakerState.CLOSED


async def test_a_cancelled_call_frees_the_upstream_and_the_slot(
    guard: Build, system_clock: SystemClock, request_: ModelRequest
) -> None:
    scripted = ScriptedModel(Hang(), "ok")
    model = guard(scripted, system_clock, limit=1)
    task = asyncio.create_task(model.complete(request_, Deadline.after(system_clock, 5)))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert scripted.abandoned == 1
    assert (await model.complete(request_, Deadline.after(system_clock, 5))).text == "ok"


async def test_a_full_share_is_busy_and_does_not_count_against_the_provider(
    guard: Build, system_clock: SystemClock, request_: ModelRequest
) -> None:
    model = guard(ScriptedModel(Hang()), system_clock, limit=1)
    deadline = Deadline.after(system_clock, 5)
    first = asyncio.create_task(model.complete(request_, deadline))
    await asyncio.sleep(0.01)
    for _ in range(6):
        with pytest.raises(errors.Busy):
            await model.complete(request_, deadline)
    assert model.breaker.state is BreakerState.CLOSED
    first.cancel()


async def test_an_open_breaker_answers_without_asking_or_waiting_for_a_slot(
    guard: Build, clock: ManualClock, request_: ModelRequest
) -> None:
    scripted = ScriptedModel(errors.AuthenticationFailed())
    model = guard(scripted, clock, limit=1)
    with pytest.raises(errors.AuthenticationFailed):
        await model.complete(request_, Deadline.after(clock, 5))
    with pytest.raises(errors.BreakerOpen) as caught:
        await model.complete(request_, Deadline.after(clock, 5))
    assert caught.value.retry_after_s == pytest.approx(600)
    assert len(scripted.requests) == 1


@pytest.mark.parametrize("way", ["busy", "cancelled"])
async def test_a_probe_that_never_went_out_makes_room_for_the_next(
    clock: ManualClock, metrics: LlmMetrics, request_: ModelRequest, way: str
) -> None:
    lane = ConcurrencyShare("scripted", SharePolicy(limit=1, max_wait_s=0.02)).lane("interactive")
    model = Guarded(
        ScriptedModel(errors.BillingStop(), "ok"),
        breaker=Breaker(clock, "m"),
        budget=RetryBudget(clock),
        limiter=lane,
        clock=clock,
        metrics=metrics,
    )
    with pytest.raises(errors.BillingStop):
        await model.complete(request_, Deadline.after(clock, 5))
    clock.advance(600)
    await lane.take(1)
    probe = asyncio.create_task(model.complete(request_, Deadline.after(clock, 5)))
    await asyncio.sleep(0)
    if way == "cancelled":
        probe.cancel()
    with pytest.raises(errors.Busy if way == "busy" else asyncio.CancelledError):
        await probe
    lane.release()
    assert (await model.complete(request_, Deadline.after(clock, 5))).text == "ok"


async def test_a_429_shrinks_the_share(guard: Build, clock: ManualClock, request_: ModelRequest) -> None:
    share = ConcurrencyShare("scripted", SharePolicy(limit=10))
    model = Guarded(
        ScriptedModel(errors.RateLimited()),
        breaker=Breaker(clock, "m"),
        budget=RetryBudget(clock, BudgetPolicy(floor=0)),
        limiter=share.lane("interactive"),
        clock=clock,
        metrics=LlmMetrics(CollectorRegistry()),
    )
    with pytest.raises(errors.RateLimited):
        await model.complete(request_, Deadline.after(clock, 5))
    assert share.limit == 7


async def test_metrics_tell_outcomes_tokens_and_retries(
    guard: Build, clock: ManualClock, request_: ModelRequest, registry: CollectorRegistry, deadline: Deadline
) -> None:
    model = guard(ScriptedModel(errors.ServerFault(), "ok", Say(text="cut", stop="length")), clock)
    await _read(model, request_, deadline)
    await model.complete(request_, deadline)
    target = {"provider": "scripted", "model": "scripted"}

    def value(name: str, **labels: str) -> float | None:
        return registry.get_sample_value(name, {**target, **labels})

    assert value("zantara_llm_calls_total", outcome="server_fault") == 1
    assert value("zantara_llm_calls_total", outcome="ok") == 1
    assert value("zantara_llm_calls_total", outcome="length") == 1
    assert value("zantara_llm_retries_total", cause="server_fault") == 1
    assert value("zantara_llm_tokens_total", type="output") == 40
    assert value("zantara_llm_in_flight") == 0
    assert value("zantara_llm_call_duration_seconds_count") == 3
    assert value("zantara_llm_ttft_seconds_count") == 1


async def test_a_broken_model_of_ours_is_told_apart_and_still_frees_its_slot(
    clock: ManualClock, guard: Build, request_: ModelRequest, deadline: Deadline, registry: CollectorRegistry
) -> None:
    class Buggy:
        name = provider = "buggy"

        async def complete(self, request: ModelRequest, deadline: Deadline) -> Completion:
            raise KeyError("bug")

        async def stream(self, request: ModelRequest, deadline: Deadline) -> AsyncGenerator[Piece]:
            if request.messages:
                raise KeyError("bug")
            yield ""

    model = guard(Buggy(), clock, limit=1)
    for _ in range(3):
        with pytest.raises(KeyError):
            await model.complete(request_, deadline)
    labels = {"provider": "buggy", "model": "buggy", "outcome": "error"}
    assert registry.get_sample_value("zantara_llm_calls_total", labels) == 3
