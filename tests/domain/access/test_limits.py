"""Limits: windows that everybody means alike, and portions that are all of them together the limit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.access.limits import Limit, LimitKind, limits_of

MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 11, 23, 9, 30, 12, 500_000, tzinfo=UTC)


def calls(most: int) -> Limit:
    return Limit(LimitKind.CALLS, most, MINUTE)


@given(st.integers(1, 5000))
def test_all_portions_together_are_the_limit_and_none_is_more_than_a_tenth(most: int) -> None:
    limit = calls(most)
    sizes = [limit.size_of(number) for number in range(1, limit.portions + 1)]

    assert sum(sizes) == most
    assert min(sizes) >= 1
    assert max(sizes) <= max(1, most / 10)
    assert max(sizes) <= 20


def test_a_window_ends_with_its_minute_and_the_wait_is_until_then() -> None:
    assert calls(1).window_end(NOW) == datetime(2026, 11, 23, 9, 31, tzinfo=UTC)
    assert calls(1).seconds_left(NOW) == 48
    assert calls(1).window_end(NOW + timedelta(seconds=48)) == datetime(2026, 11, 23, 9, 32, tzinfo=UTC)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC),
        datetime(2028, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(2500, 1, 1, tzinfo=UTC),
    ],
)
def test_waiting_so_long_is_enough_on_every_day(now: datetime) -> None:
    limit = limits_of(600, 60).conflicts

    later = now + timedelta(seconds=limit.seconds_left(now))

    assert 1 <= limit.seconds_left(now) <= 3600
    assert limit.window_end(later) > limit.window_end(now)


def test_a_day_back_is_another_window() -> None:
    assert calls(1).window_end(NOW - timedelta(days=1)) == calls(1).window_end(NOW) - timedelta(days=1)
