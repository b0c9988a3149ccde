import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from zantara.clock import ManualClock
from zantara.llm import ModelError, errors
from zantara.llm.resilience import Breaker, BreakerPolicy, BreakerState
from zantara.llm.resilience.breaker import Permit

COUNTED: list[ModelError] = [
    errors.Unreachable(),
    errors.TimedOut(stage="ttft"),
    errors.Overloaded(),
    errors.ServerFault(),
    errors.BrokenStream(delivered="half"),
]
IGNORED: list[BaseException | None] = [
    errors.InvalidRequest(),
    errors.RateLimited(retry_after_s=3600),
    errors.Busy(),
    errors.ColdWorker(),
    errors.JobLost(),
    errors.Refused(),
    errors.BadOutput(),
    GeneratorExit(),
    None,
]


@pytest.fixture
def breaker(clock: ManualClock) -> Breaker:
    return Breaker(clock, "anthropic/haiku")


def _state(breaker: Breaker) -> str:
    return breaker.state.name


def _call(breaker: Breaker, error: BaseException | None = None, *, answered: bool = False) -> None:
    breaker.enter().settle(error, answered=answered)


@pytest.mark.parametrize("error", COUNTED)
def test_five_failures_in_a_row_open_it(breaker: Breaker, error: ModelError) -> None:
    for _ in range(4):
        _call(breaker, error)
    assert _state(breaker) == "CLOSED"
    _call(breaker, error)
    assert _state(breaker) == "OPEN"


@pytest.mark.parametrize("error", IGNORED)
def test_what_does_not_speak_against_the_provider_never_opens_it(breaker: Breaker, error: BaseException | None) -> None:
    for _ in range(50):
        _call(breaker, error)
    assert _state(breaker) == "CLOSED"


def test_a_timeout_in_a_hurry_says_nothing_about_the_provider(breaker: Breaker) -> None:
    for _ in range(10):
        breaker.enter().settle(errors.TimedOut(stage="total"), answered=False, lasted_s=0.2)
    assert _state(breaker) == "CLOSED"
    for _ in range(5):
        breaker.enter().settle(errors.TimedOut(stage="ttft"), answered=False, lasted_s=2.5)
    assert _state(breaker) == "OPEN"


def test_half_of_twenty_calls_failing_opens_it_without_a_row(breaker: Breaker) -> None:
    for _ in range(9):
        _call(breaker, errors.ServerFault())
        _call(breaker, answered=True)
    _call(breaker, errors.ServerFault())
    assert _state(breaker) == "CLOSED"
    _call(breaker, errors.ServerFault())
    assert _state(breaker) == "OPEN"


def test_failures_older_than_the_window_do_not_count(breaker: Breaker, clock: ManualClock) -> None:
    for _ in range(9):
        _call(breaker, errors.ServerFault())
        _call(breaker, answered=True)
    clock.advance(61)
    for _ in range(17):
        _call(breaker, answered=True)
    for _ in range(3):
        _call(breaker, errors.ServerFault())
    assert _state(breaker) == "CLOSED"


def test_an_open_breaker_says_when_to_come_back(breaker: Breaker, clock: ManualClock) -> None:
    for _ in range(5):
        _call(breaker, errors.ServerFault())
    clock.advance(5)
    with pytest.raises(errors.BreakerOpen) as caught:
        breaker.enter()
    assert caught.value.retry_after_s == pytest.approx(10)


def test_one_probe_at_a_time_decides(breaker: Breaker, clock: ManualClock) -> None:
    for _ in range(5):
        _call(breaker, errors.ServerFault())
    clock.advance(15)
    assert _state(breaker) == "HALF_OPEN"
    probe = breaker.enter()
    with pytest.raises(errors.BreakerOpen) as caught:
        breaker.enter()
    assert caught.value.retry_after_s
    probe.settle(None, answered=True)
    assert _state(breaker) == "CLOSED"


def test_a_failed_probe_opens_it_again(breaker: Breaker, clock: ManualClock) -> None:
    for _ in range(5):
        _call(breaker, errors.ServerFault())
    clock.advance(15)
    _call(breaker, errors.Unreachable())
    assert _state(breaker) == "OPEN"
    assert breaker.retry_after_s == pytest.approx(15)


def test_a_probe_that_proves_nothing_makes_room_for_the_next(breaker: Breaker, clock: ManualClock) -> None:
    for _ in range(5):
        _call(breaker, errors.ServerFault())
    clock.advance(15)
    _call(breaker, errors.InvalidRequest())
    assert _state(breaker) == "HALF_OPEN"
    _call(breaker, answered=True)
    assert _state(breaker) == "CLOSED"


@pytest.mark.parametrize("error", [errors.BillingStop(), errors.AuthenticationFailed()])
def test_what_only_an_operator_can_end_opens_it_for_ten_minutes(
    breaker: Breaker, clock: ManualClock, error: ModelError
) -> None:
    _call(breaker, error)
    clock.advance(599)
    assert _state(breaker) == "OPEN"
    clock.advance(1)
    assert _state(breaker) == "HALF_OPEN"


def test_an_answer_from_before_it_opened_does_not_close_it(breaker: Breaker, clock: ManualClock) -> None:
    late = breaker.enter()
    for _ in range(5):
        _call(breaker, errors.ServerFault())
    clock.advance(15)
    late.settle(None, answered=True)
    assert _state(breaker) == "HALF_OPEN"


class BreakerMachine(RuleBasedStateMachine):
    """Any interleaving of calls, ends and time, against a plain reference: what was reported since the last change."""

    permits = Bundle("permits")

    def __init__(self) -> None:
        super().__init__()
        self.clock = ManualClock()
        self.policy = BreakerPolicy(min_calls=6, window_s=10.0, in_a_row=3, open_s=15.0, long_open_s=60.0)
        self.breaker = Breaker(self.clock, "model", self.policy)
        self.era = 0
        self.probing = False
        self.reported: list[tuple[float, bool]] = []

    @rule(target=permits)
    def enter(self) -> tuple[Permit, int] | None:
        state = self.breaker.state
        try:
            permit = self.breaker.enter()
        except errors.BreakerOpen:
            assert state is BreakerState.OPEN or (state is BreakerState.HALF_OPEN and self.probing)
            return None
        assert state is BreakerState.CLOSED or (state is BreakerState.HALF_OPEN and not self.probing)
        self.probing = state is BreakerState.HALF_OPEN
        return permit, self.era

    @rule(admitted=consumes(permits), error=st.sampled_from(COUNTED))
    def fail(self, admitted: tuple[Permit, int] | None, error: ModelError) -> None:
        self._settle(admitted, error, answered=False)

    @rule(admitted=consumes(permits))
    def answer(self, admitted: tuple[Permit, int] | None) -> None:
        self._settle(admitted, None, answered=True)

    @rule(admitted=consumes(permits), error=st.sampled_from(IGNORED))
    def shrug(self, admitted: tuple[Permit, int] | None, error: BaseException | None) -> None:
        self._settle(admitted, error, answered=False)

    @rule(admitted=consumes(permits))
    def trip(self, admitted: tuple[Permit, int] | None) -> None:
        self._settle(admitted, errors.BillingStop(), answered=False)

    @rule(seconds=st.integers(1, 40))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @invariant()
    def open_means_waiting(self) -> None:
        assert (self.breaker.retry_after_s > 0) == (self.breaker.state is BreakerState.OPEN)

    def _settle(self, admitted: tuple[Permit, int] | None, error: BaseException | None, *, answered: bool) -> None:
        if admitted is None:
            return
        permit, era = admitted
        before, wait_s = self.breaker.state, self.breaker.retry_after_s
        expected, expected_s = self._expected(error, answered=answered) if era == self.era else (before, wait_s)
        permit.settle(error, answered=answered)
        assert (self.breaker.state, self.breaker.retry_after_s) == (expected, expected_s)
        if era == self.era:
            self.probing = False
            if expected is not before:
                self.era += 1
                self.reported.clear()

    def _expected(self, error: BaseException | None, *, answered: bool) -> tuple[BreakerState, float]:
        state = self.breaker.state
        if isinstance(error, errors.BillingStop):
            return BreakerState.OPEN, self.policy.long_open_s
        failed = isinstance(error, tuple(map(type, COUNTED)))
        if not failed and not answered:
            return state, 0.0
        if state is BreakerState.HALF_OPEN:
            return (BreakerState.OPEN, self.policy.open_s) if failed else (BreakerState.CLOSED, 0.0)
        self.reported.append((self.clock.monotonic(), failed))
        recent = [bad for at, bad in self.reported if at > self.clock.monotonic() - self.policy.window_s]
        last = [bad for _, bad in self.reported[-self.policy.in_a_row :]]
        opens = failed and (
            (len(last) == self.policy.in_a_row and all(last))
            or (len(recent) >= self.policy.min_calls and 2 * sum(recent) >= len(recent))
        )
        return (BreakerState.OPEN, self.policy.open_s) if opens else (BreakerState.CLOSED, 0.0)


TestBreakerMachine = BreakerMachine.TestCase
TestBreakerMachine.settings = settings(max_examples=80, stateful_step_count=50, deadline=None)
