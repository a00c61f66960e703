"""The planted faults fit the service as it is, one is noticed, and one that nothing notices is told of.

All of them are planted by ``make planted``, which takes minutes: see ``long/``.
"""

from collections import Counter

from tests.docs.test_security_pages import is_there
from tests.promises.planted.planting import ROOT, PlantedFault, places_of, planted_faults, sources, survived

OUTPUTS = {
    *("JSON", "HTML", "PDF", "FHIR", "card", "cover page", "batch", "export", "import", "form", "CSV"),
    *("guidance check", "every write"),
}
QUICK = "3: a status that is unknown does not count as current"


def quick() -> PlantedFault:
    return next(fault for fault in planted_faults() if str(fault) == QUICK)


def test_each_fault_has_one_place_in_the_service_and_changes_it() -> None:
    texts = sources(ROOT)
    strayed = {str(fault): places_of(fault, texts) for fault in planted_faults()}
    assert {fault: places for fault, places in strayed.items() if len(places) != 1} == {}
    assert [fault for fault in planted_faults() if fault.old == fault.new] == []


def test_each_fault_names_a_test_that_is_there() -> None:
    tests = [fault.test.partition("[")[0].split("::") for fault in planted_faults()]
    assert [test for test in tests if len(test) != 2 or not is_there(*test)] == []


def test_each_promise_has_several_faults_and_each_way_out_of_the_service_has_one() -> None:
    faults = planted_faults()
    assert min(Counter(fault.promise for fault in faults).values()) >= 4
    assert {fault.promise for fault in faults} == set(range(1, 9))
    assert {fault.output for fault in faults} == OUTPUTS
    assert [name for name, number in Counter(map(str, faults)).items() if number > 1] == []


def test_a_planted_fault_is_noticed() -> None:
    assert survived(quick()) == ""


def test_the_control_a_fault_that_nothing_notices_is_told_of() -> None:
    fault = quick()
    unnoticed = PlantedFault(
        fault.promise, "a comment", fault.output, fault.old, f"{fault.old}  # another", fault.test, fault.seen
    )
    assert "ended with 0" in survived(unnoticed)
