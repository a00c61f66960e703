"""The one shape of an issued sheet, and the digests that a signature under a section is bound to."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

from service.domain.checklists.checklist import Checklist, SheetTreatment
from service.domain.checklists.document import checklist_document, digest
from service.domain.checklists.preparation import prepare
from service.domain.codings import Coding
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Paper, Patient, PrintSize
from service.domain.text import PartialDate
from tests.domain.made_up import (
    NOBODY_SAID,
    NOW,
    NURSE,
    PATIENT,
    PATIENT_SAID,
    item,
    listing,
    lists_of_alikes,
    steady,
)
from tests.guidance_of_tests import SHA256, TREATMENT, guidance_of_tests

SUPPLEMENT = Category.SUPPLEMENT


def issued(medications: MedicationList, patient: Patient = PATIENT, **changed: Any) -> dict[str, Any]:
    checklist = Checklist(
        id=UUID(int=7),
        code="7K2M9X4PD",
        patient=patient,
        treatments=(SheetTreatment.of(guidance_of_tests(), "v1"),),
        planned_start=date(2026, 12, 1),
        list_version=medications.version,
        language="en",
        paper=Paper.A4,
        print_size=PrintSize.STANDARD,
        time_zone="Europe/Berlin",
        issued_at=NOW,
        issued_by=NURSE,
        content=prepare(patient, medications, guidance_of_tests()),
    )
    return checklist_document(replace(checklist, **changed))


def digests(document: dict[str, Any]) -> dict[str, str]:
    return {section["id"]: section["content_digest"] for section in document["sections"]}


def lines(document: dict[str, Any], section_id: str) -> list[dict[str, Any]]:
    return next(section["lines"] for section in document["sections"] if section["id"] == section_id)


def test_a_sheet_names_its_patient_its_list_its_guidance_and_who_issued_it() -> None:
    document = issued(listing(version=3))
    guidance = {
        "document_id": "example-leaflet",
        "document_title": "The example leaflet",
        "document_sha256": SHA256,
        "version": "v1",
    }
    assert {key: document[key] for key in list(document)[:15]} == {
        "id": str(UUID(int=7)),
        "code": "7K2-M9X-4PD",
        "patient": {
            "id": str(PATIENT.id),
            "identifiers": [{"system": "urn:clinic:mrn", "value": "000123"}],
            "name": "Test Patient 01",
            "birth_date": "1961-04-02",
            "language": None,
            "print_size": None,
        },
        "treatment": {"id": TREATMENT, "name": "Examplinib"},
        "treatments": [{"id": TREATMENT, "name": "Examplinib", "guidance": guidance}],
        "planned_start": "2026-12-01",
        "list_version": 3,
        "guidance": guidance,
        "language": "en",
        "paper": "a4",
        "print_size": "standard",
        "time_zone": "Europe/Berlin",
        "issued_at": "2026-11-23T09:30:00+00:00",
        "issued_by": {"kind": "staff", "id": "nurse-1", "name": "Test Nurse"},
        "notices": document["notices"],
    }
    assert document["notices"][0]["key"] == "notice.not_checked"


def test_a_patient_of_whom_little_is_known_has_a_sheet_too() -> None:
    unknown = Patient(PATIENT.id, (Identifier("a", "1"), Identifier("b", "2")), print_size=PrintSize.LARGE)
    document = issued(listing(), unknown, planned_start=None)
    assert (document["patient"]["name"], document["patient"]["birth_date"]) == (None, None)
    assert document["planned_start"] is None
    assert [identifier["value"] for identifier in document["patient"]["identifiers"]] == ["1", "2"]
    assert document["gaps"][-1] == {"kind": "birth_date_missing", "category": None, "items": []}


def test_every_line_carries_what_it_rests_on() -> None:
    facts = ItemFacts("Tea", category=SUPPLEMENT, status=Status.UNKNOWN, started_on=PartialDate(2020))
    facts = replace(facts, stopped_on=PartialDate(2026, 1), codings=(Coding("urn:a", "1"),))
    answers = {Category.PRESCRIPTION: Answer.DECLINED}
    document = issued(listing(Item(UUID(int=5), facts, NOBODY_SAID), answers=answers))

    (tea,) = lines(document, "supplement")
    assert (tea["kind"], tea["text"], tea["number"], tea["on_earlier_list"]) == ("record", "Tea", 1, False)
    assert tea["item"]["id"] == str(UUID(int=5))
    assert (tea["item"]["status"], tea["item"]["started_on"], tea["item"]["stopped_on"]) == (
        "unknown",
        "2020",
        "2026-01",
    )
    assert tea["item"]["codings"] == [{"system": "urn:a", "code": "1", "display": None}]
    assert tea["details"][0] == {"key": "started_on", "label": "Started", "value": "2020"}
    assert [ask["key"] for ask in tea["asks"]] == ["ask.dose", "ask.status"]
    assert tea["attribution"] == {
        "informant": None,
        "collection_mode": None,
        "recorder": {"kind": "system", "id": "key-1", "name": "Front desk tablet"},
        "recorded_at": "2026-11-23T09:30:00+00:00",
    }
    (declined,) = lines(document, "prescription")
    assert (declined["kind"], declined["category"], declined["answer"]) == (
        "record",
        "prescription",
        "declined",
    )
    assert declined["attribution"]["informant"] == {"kind": "patient", "name": None}
    tell = lines(document, "tell")[0]
    assert (tell["kind"], tell["statement"], tell["statement_section"]) == ("guidance", "tell", "tell")
    assert tell["citations"] == [{"document": "example-leaflet", "paragraph": 2, "sentence": 1}]
    assert {line["kind"] for line in lines(document, "gaps")} == {"wording"}


@steady
@given(lists_of_alikes())
def test_a_sheet_is_json_that_reads_back_the_same(medications: MedicationList) -> None:
    document = issued(medications)
    assert json.loads(json.dumps(document)) == document


def test_a_digest_does_not_depend_on_how_json_was_written() -> None:
    assert digest({"a": 1, "ö": [None]}) == digest({"ö": [None], "a": 1})
    assert digest([]).startswith("sha256:")
    assert len(digest([])) == len("sha256:") + 64


TEA, SOAP = item(1, "Tea", category=SUPPLEMENT), item(2, "Soap", category=Category.PRESCRIPTION)
LATER = replace(PATIENT_SAID, recorded_at=datetime(2027, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("changed", "touched"),
    [
        (replace(TEA, facts=replace(TEA.facts, note="daily")), {"supplement"}),
        (replace(TEA, facts=replace(TEA.facts, name="Thé")), {"supplement"}),
        (replace(TEA, facts=replace(TEA.facts, strength="5 mg")), {"gaps", "supplement"}),
        (replace(TEA, attribution=LATER), set()),
    ],
)
def test_a_change_touches_the_digest_of_the_sections_that_it_touches(
    changed: Item, touched: set[str]
) -> None:
    before, after = (digests(issued(listing(one, SOAP))) for one in (TEA, changed))
    assert {section for section in before if before[section] != after[section]} == touched


def test_an_item_that_gets_another_number_does_not_void_what_was_signed_about_it() -> None:
    before = digests(issued(listing(TEA)))
    after = digests(issued(listing(TEA, SOAP)))
    assert {section for section in before if before[section] != after[section]} == {"gaps", "prescription"}


def test_the_whole_sheets_digest_covers_every_section() -> None:
    first, second = issued(listing(TEA)), issued(listing(TEA, SOAP))
    assert first["content_digest"] != second["content_digest"]
    assert first["content_digest"] == digest(digests(first))
    assert first["content_digest"] == issued(listing(TEA), id=UUID(int=8))["content_digest"]


def test_an_answer_and_the_guidance_are_covered_too() -> None:
    none, declined = (
        digests(issued(listing(answers={SUPPLEMENT: answer})))
        for answer in (Answer.NONE_REPORTED, Answer.DECLINED)
    )
    assert none["supplement"] != declined["supplement"]
    assert none["tell"] == declined["tell"]
