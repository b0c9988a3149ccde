import pytest

from zantara_cli.stack.supervisor.restarts import Death, delay_after


def deaths(*uptimes_s: float, pause_s: float = 0.0) -> list[Death]:
    out, now = [], 0.0
    for uptime_s in uptimes_s:
        now += uptime_s + pause_s
        out.append(Death(at_s=now, uptime_s=uptime_s))
    return out


def test_the_delay_doubles_with_each_short_life() -> None:
    history = deaths(1, 1, 1, 1)
    assert [delay_after(history[: n + 1]) for n in range(4)] == [0.5, 1.0, 2.0, 4.0]


def test_five_deaths_within_a_minute_are_the_end() -> None:
    assert delay_after(deaths(1, 1, 1, 1, 1)) is None


def test_five_slower_deaths_are_not() -> None:
    assert delay_after(deaths(20, 20, 20, 20, 20)) == 8.0


def test_the_delay_has_a_ceiling() -> None:
    assert delay_after(deaths(*[30.0] * 12)) == 15.0


def test_a_long_life_forgives_what_was_before() -> None:
    assert delay_after(deaths(1, 1, 1, 1, 600)) == 0.5
    assert delay_after(deaths(1, 1, 1, 600, 1)) == 0.5


@pytest.mark.parametrize(("pause_s", "expected"), [(14.9, None), (15.1, 8.0)])
def test_the_window_is_sixty_seconds(pause_s: float, expected: float | None) -> None:
    assert delay_after(deaths(0, 0, 0, 0, 0, pause_s=pause_s)) == expected
