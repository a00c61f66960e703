"""The control of the fault tests: what counts the writes notices each way in which they can be wrong."""

from copy import deepcopy

import pytest

from tests.faults.cluster.checking import Found, compare
from tests.faults.cluster.ledger import Ledger


@pytest.fixture
def ledger() -> Ledger:
    """Two patients whose writes were acknowledged: three of the one, one of the other."""
    made = Ledger()
    for version, item in enumerate(["a", "b", "c"], start=1):
        made.acknowledge("first", "id-1", item, version)
    made.acknowledge("second", "id-2", "d", 1)
    return made


@pytest.fixture
def found() -> dict[str, Found]:
    """The same, as a database has it that lost nothing."""
    return {
        "first": Found(3, {1: ["a"], 2: ["a", "b"], 3: ["a", "b", "c"]}),
        "second": Found(1, {1: ["d"]}),
    }


def test_a_database_that_lost_nothing_agrees(ledger: Ledger, found: dict[str, Found]) -> None:
    assert not compare(ledger, found)
    latest = {
        name: Found(one.latest, {one.latest: one.versions[one.latest]}, only_latest=True)
        for name, one in found.items()
    }
    assert not compare(ledger, latest)


def test_a_lost_patient_is_noticed(ledger: Ledger, found: dict[str, Found]) -> None:
    del found["second"]

    assert compare(ledger, found).lost == ["d"]


def test_a_lost_write_is_noticed(ledger: Ledger, found: dict[str, Found]) -> None:
    found["first"] = Found(2, {1: ["a"], 2: ["a", "b"]})

    assert compare(ledger, found).lost == ["c"]


def test_a_lost_update_is_noticed(ledger: Ledger, found: dict[str, Found]) -> None:
    found["first"].versions[3] = ["a", "c"]

    assert compare(ledger, found).lost == ["b"]


def test_a_write_that_was_done_twice_is_noticed(ledger: Ledger, found: dict[str, Found]) -> None:
    found["first"] = Found(4, {**found["first"].versions, 4: ["a", "b", "c", "c"]})

    findings = compare(ledger, found)

    assert findings.twice == ["c"]
    assert findings.out_of_order


def test_a_second_patient_for_the_same_post_is_noticed(ledger: Ledger, found: dict[str, Found]) -> None:
    found["third"] = deepcopy(found["second"])

    assert compare(ledger, found).unknown == ["third"]


def test_a_gap_between_versions_is_noticed(ledger: Ledger, found: dict[str, Found]) -> None:
    del found["first"].versions[2]

    assert compare(ledger, found).out_of_order


def test_two_writes_that_were_told_the_same_version_are_noticed(
    ledger: Ledger, found: dict[str, Found]
) -> None:
    ledger.patients["first"].items["c"] = 2

    assert compare(ledger, found).out_of_order


def test_a_ledger_that_forgot_a_key_is_noticed(ledger: Ledger, found: dict[str, Found]) -> None:
    del ledger.patients["first"].items["b"]

    findings = compare(ledger, found)

    assert findings.unknown == ["b"]
    assert findings.out_of_order
