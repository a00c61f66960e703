"""What is said of an item beside its name, its status and its dose, and what of it is not kept."""

from typing import Any

import pytest

from service.domain.medications.categories import Category
from service.domain.text import PartialDate
from tests.formats.fhir.reading.made import (
    SUBJECT,
    Resource,
    bundle,
    detail_at,
    entry_of,
    item_of,
    patient,
    reading_of,
    refusals,
    request,
    statement,
    told,
)

OWN = "urn:medication-checklist"
CATEGORY = f"{OWN}:category"


def own(name: str, **value: Any) -> Resource:
    return {"url": f"{OWN}:extension:{name}", **value}


def test_our_own_extensions_hold_what_r4_has_no_element_for() -> None:
    facts = item_of(
        request(
            extension=[
                own("strength", valueString="1.50 mg"),
                own("form", valueString="drops"),
                own("last-taken", valueString="last Tuesday"),
                own("prescriber", valueString="Test Prescriber 01"),
                own("started-on", valueDate="2025"),
                own("stopped-on", valueDate="2026-01-31"),
            ]
        )
    ).facts

    assert (facts.strength, facts.form, facts.last_taken) == ("1.50 mg", "drops", "last Tuesday")
    assert facts.prescriber == "Test Prescriber 01"
    assert (facts.started_on, facts.stopped_on) == (PartialDate(2025), PartialDate(2026, 1, 31))


def test_a_period_is_read_as_whole_as_it_is_known() -> None:
    facts = item_of(statement(effectivePeriod={"start": "2025-03", "end": "2026"})).facts

    assert (facts.started_on, facts.stopped_on) == (PartialDate(2025, 3), PartialDate(2026))


def test_the_hour_of_a_period_is_not_kept_and_said_so() -> None:
    entry = entry_of(statement(effectivePeriod={"start": "2025-03-01T23:30:00-08:00"}))

    assert entry.said.facts.started_on == PartialDate(2025, 3, 1)
    assert told(entry) == [("information", "informational", "MedicationStatement.effectivePeriod.start")]


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025-13", "01/02/2025", "yesterday", "2025-1", "0000", "२०२५"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert refusals(statement(effectivePeriod={"end": text})) == [
        ("value", "MedicationStatement.effectivePeriod.end")
    ]


def test_that_it_was_so_at_one_time_is_no_start() -> None:
    entry = entry_of(statement(effectiveDateTime="2025-03-01"))

    assert entry.said.facts.started_on is None
    assert detail_at(entry, "MedicationStatement") == "Not kept: effectiveDateTime."


def test_reasons_and_notes_stand_in_a_row() -> None:
    facts = item_of(
        statement(
            reasonCode=[{"text": "thirst"}, {"coding": [{"display": "heat"}]}, {}],
            reasonReference=[{"display": "a long walk"}, {"reference": "Condition/1"}],
            note=[{"text": "with\r\nsugar"}, {"text": " "}, {"text": "no milk"}],
        )
    ).facts

    assert (facts.reason, facts.note) == ("thirst; heat; a long walk", "with\nsugar\nno milk")


def test_notes_that_are_too_long_together_are_refused_and_not_cut() -> None:
    assert refusals(statement(note=[{"text": "x" * 3000}, {"text": "y" * 3000}])) == [
        ("too-long", "MedicationStatement.note")
    ]


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("prescription", Category.PRESCRIPTION),
        ("over-the-counter", Category.OVER_THE_COUNTER),
        ("supplement", Category.SUPPLEMENT),
        ("uncategorized", None),
    ],
)
def test_our_own_code_says_the_category(code: str, category: Category | None) -> None:
    concept = {"coding": [{"system": CATEGORY, "code": code}], "text": "as on the sheet"}

    assert item_of(statement(category=concept)).facts.category is category
    assert item_of(request(category=[{"text": "inpatient"}, concept])).facts.category is category
    assert told(entry_of(statement(category=concept))) == []


def test_no_other_systems_code_says_a_category() -> None:
    entry = entry_of(request(category=[{"coding": [{"system": "urn:other", "code": "supplement"}]}]))

    assert entry.said.facts.category is None
    assert detail_at(entry, "MedicationRequest") == "Not kept: category.coding."


def test_a_category_that_is_not_ours_in_our_own_system_is_refused() -> None:
    wrong = {"coding": [{"system": CATEGORY, "code": "herbal"}]}
    two = {"coding": [{"system": CATEGORY, "code": code} for code in ("prescription", "supplement")]}

    assert refusals(statement(category=wrong)) == [("code-invalid", "MedicationStatement.category")]
    assert refusals(statement(category=two)) == [("invariant", "MedicationStatement.category")]


@pytest.mark.parametrize(
    ("requester", "prescriber"),
    [
        ({"display": "Test Prescriber 01"}, "Test Prescriber 01"),
        ({"reference": "Practitioner/1", "display": "Test Prescriber 01"}, "Test Prescriber 01"),
        ({"reference": "Patient/1", "display": "Test Patient 01"}, None),
        ({"type": "RelatedPerson", "display": "Test Relative 01"}, None),
        ({"reference": "Practitioner/1"}, None),
    ],
)
def test_who_ordered_it_is_the_prescriber_and_a_patient_is_none(
    requester: Resource, prescriber: str | None
) -> None:
    assert item_of(request(requester=requester)).facts.prescriber == prescriber


@pytest.mark.parametrize(
    ("resource", "name"),
    [
        (
            {"resourceType": "Practitioner", "name": [{"given": ["Test"], "family": "Prescriber 01"}]},
            "Test Prescriber 01",
        ),
        ({"resourceType": "Organization", "name": "Test Clinic 01"}, "Test Clinic 01"),
        ({"resourceType": "Device", "name": "Test Device 01"}, None),
        ({"resourceType": "Practitioner", "name": "Test Prescriber 01"}, None),
    ],
)
def test_a_prescriber_without_a_display_is_looked_up(resource: Resource, name: str | None) -> None:
    order = request(requester={"type": "Practitioner", "reference": "urn:uuid:p"})

    reading = reading_of(bundle({"fullUrl": "urn:uuid:p", "resource": resource}, order))

    assert reading.entries[1].said.facts.prescriber == name
    assert not reading.refused


def test_the_subject_in_the_same_bundle_is_named_by_its_entry() -> None:
    sent = {"fullUrl": "urn:uuid:p", "resource": patient()}
    reading = reading_of(
        bundle(sent, statement(subject={"reference": "urn:uuid:p"}), statement(subject=SUBJECT))
    )

    assert reading.entries[1].whose is not None
    assert reading.entries[1].whose.entry == 0
    assert reading.entries[2].whose is not None
    assert reading.entries[2].whose.entry is None
