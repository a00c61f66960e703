"""The guard of the main job's work: counts that stay the same, and waste that it sees."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import counts
from benchmarks.counting import Counts
from benchmarks.counts import HERE, MOST_GROWTH, MOST_GROWTH_ELSEWHERE, CountingError, count, grown, kept_for

STEADY = 0.005
# Before each request is answered, something more is done.
_WASTEFUL = """
import sys
from collections import deque
from itertools import repeat
from flask import Flask
from benchmarks import counting

honest = Flask.full_dispatch_request

def wasteful(app):
    {waste}
    return honest(app)

Flask.full_dispatch_request = wasteful
counting.main()
"""
# About six instructions a turn, none of which makes anything; and buffers made by the library alone.
A_LOOP = "for _ in repeat(None, {share} // 3): None is None"
BUFFERS = "deque(map(bytearray, repeat(40, {share})), 0)"


@pytest.fixture(scope="module")
def counted() -> Counts:
    return count()


def wasteful(waste: str, share: int) -> Counts:
    code = _WASTEFUL.format(waste=waste.format(share=share))
    return count((sys.executable, "-c", code))


def test_what_is_counted_is_the_same_run_for_run(counted: Counts) -> None:
    for request, numbers in count().items():
        for of, number in numbers.items():
            assert number == pytest.approx(counted[request][of], rel=STEADY), (request, of)


@pytest.mark.parametrize(("waste", "of"), [(A_LOOP, "instructions"), (BUFFERS, "allocations")])
def test_a_tenth_more_work_is_seen(counted: Counts, waste: str, of: str) -> None:
    posting = next(iter(counted))

    faults = list(grown(wasteful(waste, counted[posting][of] // 10), counted, MOST_GROWTH))

    assert any(fault.startswith(posting) and of in fault for fault in faults)
    assert {of} == {word for fault in faults for word in ("instructions", "allocations") if word in fault}


def test_what_is_within_the_share_is_let_through() -> None:
    before: Counts = {"POST": {"instructions": 1000, "allocations": 100}}

    assert list(grown({"POST": {"instructions": 1050, "allocations": 90}}, before, 0.05)) == []
    assert list(grown({"POST": {"instructions": 1051, "allocations": 90}}, before, 0.05)) == [
        "POST: 1,051 instructions, +5.1% (kept: 1,000)"
    ]


def test_a_request_that_is_counted_no_more_is_a_fault() -> None:
    assert list(grown({}, {"GET": {"instructions": 1}}, 0.05)) == ["GET: no instructions were counted"]


def test_another_python_is_held_to_the_nearest_ones_counts_with_more_let_through() -> None:
    kept: dict[str, Counts] = {"Linux, Python 3.9": {}, "Linux, Python 3.11": {}}

    assert kept_for("Linux, Python 3.11", kept) == ("Linux, Python 3.11", MOST_GROWTH)
    assert kept_for("Darwin, Python 3.14", kept) == ("Linux, Python 3.11", MOST_GROWTH_ELSEWHERE)


def test_the_command_fails_for_growth_and_says_whose_counts_it_compared_with(
    counted: Counts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(counts, "FILE", tmp_path / "counts.json")
    monkeypatch.setattr(counts, "count", lambda: counted)
    monkeypatch.setattr(sys, "argv", ["counts"])
    less = {request: {of: int(one / 1.3) for of, one in those.items()} for request, those in counted.items()}

    counts.FILE.write_text(json.dumps({"Linux, Python 3.9": less}), "utf-8")
    assert counts.main() == 1
    assert f"No counts are kept for {HERE}" in capsys.readouterr().out

    monkeypatch.setattr(sys, "argv", ["counts", "--write"])
    assert counts.main() == 0
    monkeypatch.setattr(sys, "argv", ["counts"])
    assert counts.main() == 0
    assert set(json.loads(counts.FILE.read_text("utf-8"))) == {"Linux, Python 3.9", HERE}


def test_a_process_that_fails_gives_no_counts() -> None:
    with pytest.raises(CountingError, match="ValueError"):
        count((sys.executable, "-c", "raise ValueError"))
