import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from zantara.clock import ManualClock
from zantara.llm.resilience import BudgetPolicy, RetryBudget


def test_quiet_times_may_retry_once_at_start(clock: ManualClock) -> None:
    budget = RetryBudget(clock)
    assert [budget.spend(), budget.spend()] == [True, False]


def test_ten_requests_earn_one_retry(clock: ManualClock) -> None:
    budget = RetryBudget(clock)
    budget.spend()
    for _ in range(9):
        budget.deposit()
    assert not budget.spend()
    budget.deposit()
    budget.deposit()
    assert budget.spend()


def test_the_floor_trickles_back_with_time_and_no_further(clock: ManualClock) -> None:
    budget = RetryBudget(clock)
    budget.spend()
    clock.advance(5)
    assert budget.tokens == pytest.approx(0.5)
    clock.advance(3600)
    assert budget.tokens == pytest.approx(1.0)


def test_what_traffic_has_saved_up_stays_up_to_the_cap(clock: ManualClock) -> None:
    budget = RetryBudget(clock)
    for _ in range(50):
        budget.deposit()
    clock.advance(3600)
    assert budget.tokens == pytest.approx(6.0)
    for _ in range(500):
        budget.deposit()
    assert budget.tokens == pytest.approx(10.0)


def test_an_outage_adds_a_tenth_to_the_traffic_at_most(clock: ManualClock) -> None:
    budget = RetryBudget(clock)
    retries = 0
    for _ in range(1000):
        budget.deposit()
        retries += budget.spend()
    assert retries <= 101


class BudgetMachine(RuleBasedStateMachine):
    """However requests, retries and time interleave, retries stay within what was paid in."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = ManualClock()
        self.policy = BudgetPolicy(per_request=0.1, cap=4.0, floor=1.0, floor_per_s=0.1)
        self.budget = RetryBudget(self.clock, self.policy)
        self.requests = self.retries = 0

    @rule(count=st.integers(1, 30))
    def ask(self, count: int) -> None:
        for _ in range(count):
            self.budget.deposit()
        self.requests += count

    @rule()
    def retry(self) -> None:
        had = self.budget.tokens
        granted = self.budget.spend()
        assert granted == (had >= 1.0)
        self.retries += granted

    @rule(seconds=st.floats(0, 100))
    def wait(self, seconds: float) -> None:
        had = self.budget.tokens
        self.clock.advance(seconds)
        assert had <= self.budget.tokens <= max(had, self.policy.floor), "time neither takes nor saves up retries"

    @invariant()
    def retries_are_paid_for(self) -> None:
        earned = (
            self.policy.floor
            + self.policy.per_request * self.requests
            + self.policy.floor_per_s * self.clock.monotonic()
        )
        assert self.retries <= earned + 1e-6
        assert 0.0 <= self.budget.tokens <= self.policy.cap


TestBudgetMachine = BudgetMachine.TestCase
TestBudgetMachine.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
