"""A request's calls share its time; a call alone has its own."""

from collections.abc import Iterator

import pytest

from service.store.database import deadlines
from service.store.database.deadlines import at_most, begin_request, end_request, left


@pytest.fixture(autouse=True)
def no_request_of_another_test() -> Iterator[None]:
    end_request()
    yield
    end_request()


def test_outside_a_request_a_call_has_all_of_its_time() -> None:
    assert left(5) == 5


def test_a_call_has_no_more_than_what_is_left_of_the_request_and_always_a_little(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [1000.0]
    monkeypatch.setattr(deadlines.time, "monotonic", lambda: now[0])
    begin_request()
    for now[0], given in ((1000.0, 5), (1003.0, 3), (1006.0, 2), (1100.0, 2)):
        assert left(5) == given
    assert left(1) == 1
    end_request()
    assert left(5) == 5


def test_whoever_only_looks_has_a_moment_and_gives_the_request_its_time_back() -> None:
    begin_request()
    with at_most(0):
        assert left(5) == 0
    assert left(5) == 5


def test_no_request_waits_longer_than_ten_seconds() -> None:
    """The last call begins when the request's time is about to be over, and then somebody looks."""
    assert deadlines.REQUEST_SECONDS + deadlines.LEAST_SECONDS + 1 < 10
