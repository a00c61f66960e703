"""Promises 2, 3 and 4 in what an EHR is given: nothing dropped, blind to names, and silence is not "none".

Planted faults that the checks catch: an export that leaves out an item of a kind, one that gives an item
twice, one in the order of names, one that marks a name, and one that says "none" where nobody was asked.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given

from service.domain.access.clinics import Clinic
from service.domain.medications.categories import Answer
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from service.formats.fhir.writing.bundles import write_record
from tests.domain.made_up import chances, listing
from tests.domain.made_up import item as listed
from tests.promises.sheets import fault_is_found, few, named_lists
from tests.promises.test_promise_2_blind_to_names import named_back, renamed, renaming_of
from tests.strategies import clinics

Resource = dict[str, Any]
Export = Callable[[Clinic, MedicationList], Iterable[Resource]]
CLINIC = Clinic(UUID(int=2), "Test clinic")
NEGATIONS = {"nilknown", "no-known-medications", "not-taken", "none_reported"}


def of_type(resources: Iterable[Resource], *kinds: str) -> list[Resource]:
    return [resource for resource in resources if resource["resourceType"] in kinds]


def entries(resources: Iterable[Resource]) -> list[str]:
    references = [
        entry["item"]["reference"] for one in of_type(resources, "List") for entry in one.get("entry", [])
    ]
    return [reference for reference in references if not reference.startswith("#")]


def assert_nothing_dropped(
    clinic: Clinic, medications: MedicationList, export: Export = write_record
) -> None:
    written = list(export(clinic, medications))
    items = of_type(written, "MedicationStatement", "MedicationRequest")
    current = [
        str(one.id) for category in (*medications.answers, None) for one in medications.in_category(category)
    ]

    assert [one["id"] for one in items] == [str(one.id) for one in medications.items]
    assert [one["medicationCodeableConcept"]["text"] for one in items] == [
        one.facts.called for one in medications.items
    ]
    assert [reference.partition("/")[2] for reference in entries(written)] == current
    assert set(entries(written)) <= {f"{one['resourceType']}/{one['id']}" for one in items}


@few
@given(clinics(), named_lists())
def test_every_current_item_stands_in_one_list_once_and_every_item_is_a_resource(
    clinic: Clinic, medications: MedicationList
) -> None:
    assert_nothing_dropped(clinic, medications)


def assert_blind(
    clinic: Clinic, medications: MedicationList, chance: Random, export: Export = write_record
) -> None:
    names = renaming_of(medications, chance)
    before, after = (
        [in_pieces(resource) for resource in export(clinic, one)]
        for one in (medications, renamed(medications, names))
    )

    assert named_back(after, names) == named_back(before, {})


def in_pieces(resource: Resource) -> Resource:
    """The resource with each text of its narrative by itself; its direction is the name's own."""
    if "text" not in resource:
        return resource
    texts = list(fromstring(resource["text"]["div"]).itertext())  # noqa: S314 -- our own
    return {**resource, "text": texts}


@few
@given(clinics(), named_lists(), chances)
def test_other_names_change_nothing_but_the_names(
    clinic: Clinic, medications: MedicationList, chance: Random
) -> None:
    assert_blind(clinic, medications, chance)


def assert_silence_is_not_none(
    clinic: Clinic, medications: MedicationList, export: Export = write_record
) -> None:
    """Whether a List says "none" exactly where a person did, and says who."""
    by_code = {one["code"]["coding"][0]["code"]: one for one in of_type(export(clinic, medications), "List")}
    for category, given_answer in medications.answers.items():
        written = by_code[category.value.replace("_", "-")]
        said = given_answer.answer is Answer.NONE_REPORTED
        assert bool(words_in(written) & NEGATIONS) is said, category
        assert "source" in written or not said
        # lst-1: a List has entries or a reason to be empty, never both; here never neither.
        assert ("entry" in written) is not ("emptyReason" in written)


def words_in(value: object) -> set[str]:
    if isinstance(value, dict):
        return set().union(*(words_in(part) for part in value.values()))
    if isinstance(value, list):
        return set().union(*(words_in(part) for part in value))
    return {str(value)}


@few
@given(clinics(), named_lists())
def test_a_list_says_none_only_where_a_person_did(clinic: Clinic, medications: MedicationList) -> None:
    assert_silence_is_not_none(clinic, medications)


def altered(medications: MedicationList, **changes: Any) -> MedicationList:
    return replace(medications, **changes)


def without_unknown(clinic: Clinic, medications: MedicationList) -> Iterable[Resource]:
    return write_record(
        clinic,
        altered(
            medications,
            items=tuple(one for one in medications.items if one.facts.status is not Status.UNKNOWN),
        ),
    )


def with_the_first_twice(clinic: Clinic, medications: MedicationList) -> Iterable[Resource]:
    written = write_record(clinic, medications)
    return (*written, *of_type(written, "MedicationStatement", "MedicationRequest")[:1])


def by_name(clinic: Clinic, medications: MedicationList) -> Iterable[Resource]:
    in_order = tuple(sorted(medications.items, key=lambda one: one.facts.called))
    return write_record(clinic, altered(medications, items=in_order))


def marking_names(clinic: Clinic, medications: MedicationList) -> Iterable[Resource]:
    for resource in write_record(clinic, medications):
        text = resource.get("medicationCodeableConcept", {}).get("text", "")
        yield resource | ({"priority": "urgent"} if text.startswith("z") else {})


def none_for_silence(clinic: Clinic, medications: MedicationList) -> Iterable[Resource]:
    for resource in write_record(clinic, medications):
        if resource.get("emptyReason", {}).get("text") == "Not asked yet.":
            yield resource | {"emptyReason": {"coding": [{"code": "nilknown"}]}}
        else:
            yield resource


@pytest.mark.parametrize("fault", [without_unknown, with_the_first_twice, by_name])
def test_a_planted_export_that_drops_or_repeats_an_item_is_found(fault: Export) -> None:
    def check(clinic: Clinic, medications: MedicationList) -> None:
        assert_nothing_dropped(clinic, medications, fault)

    assert fault_is_found(check, clinics(), named_lists())


@pytest.mark.parametrize("fault", [by_name, marking_names])
def test_a_planted_export_that_knows_names_is_found(fault: Export) -> None:
    def check(clinic: Clinic, medications: MedicationList, chance: Random) -> None:
        assert_blind(clinic, medications, chance, fault)

    assert fault_is_found(check, clinics(), named_lists(), chances)


def test_a_planted_export_that_takes_silence_for_none_is_found() -> None:
    with pytest.raises(AssertionError):
        assert_silence_is_not_none(CLINIC, listing(listed(1)), none_for_silence)
