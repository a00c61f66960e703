"""An issued checklist as a FHIR document: valid, whole, and as it was issued whatever became of it."""

from base64 import b64decode
from uuid import UUID

import pytest
from hypothesis import given

from service.domain.attribution import Recorder, RecorderKind
from service.domain.checklists.checklist import ChecklistStatus, SectionId
from service.domain.checklists.state import ChecklistState
from service.domain.medications.categories import Answer, Category
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.domain.text import PartialDate
from service.formats.catalogue_files import shipped_catalogues
from service.formats.fhir.writing.document_references import write_binary
from tests.formats.fhir.writing.r4 import check, required_codes, wrong_codes
from tests.formats.fhir.writing.written_documents import (
    BASE,
    bundle_of,
    composition_of,
    few,
    reference_of,
    section,
    words_of,
)
from tests.formats.printout.samples import item
from tests.formats.printout.samples import medication_list as listed
from tests.formats.proof.proven import CURRENT, NAMELESS, TAKEN_BACK, changed, full, issued
from tests.strategies import medication_lists, patients

HOLDS = {
    "id": "1",
    "section": "over_the_counter",
    "role": "nurse",
    "name": "Test Nurse",
    "at": "2026-11-23T09:00:00+00:00",
    "status": "holds",
    "text": "Signed by Test Nurse, nurse, 23 November 2026",
    "deferred_text": None,
}


@few
@given(medication_lists(), patients())
def test_whatever_a_list_holds_its_document_is_valid(medications: MedicationList, patient: Patient) -> None:
    sheet = issued(medications, ChecklistState(medications.version, medications.version), patient)
    bundle = bundle_of(sheet)
    check(bundle)
    check(reference_of(sheet))
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(addresses) == len(set(addresses))
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"
    referred = {bundle["entry"][0]["resource"]["subject"]["reference"]}
    for part in bundle["entry"][0]["resource"]["section"]:
        referred |= {entry["reference"] for entry in part.get("entry", ())}
    assert {f"{BASE}/{reference}" for reference in referred} == set(addresses[1:])


@few
@given(medication_lists())
def test_every_required_code_is_one_of_r4s(medications: MedicationList) -> None:
    codes = required_codes()
    sheet = issued(medications)
    assert wrong_codes(bundle_of(sheet), codes) + wrong_codes(reference_of(sheet), codes) == []


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        (Answer.NOT_ASKED, ["notasked", "not_asked"]),
        (Answer.NONE_REPORTED, ["nilknown", "none_reported"]),
        (Answer.UNKNOWN, ["unavailable", "unknown"]),
        (Answer.DECLINED, ["withheld", "declined"]),
        (Answer.ITEMS_REPORTED, ["items_reported"]),
    ],
)
def test_a_category_without_items_says_why_in_the_sheets_own_words(answer: Answer, codes: list[str]) -> None:
    spanish = shipped_catalogues()["es"]
    sheet = issued(listed(**({} if answer is Answer.NOT_ASKED else {"supplement": answer})), words=spanish)
    reason = section(composition_of(sheet), "supplement")["emptyReason"]
    assert [coding["code"] for coding in reason["coding"]] == codes
    key = f"answer.{answer}_none_listed" if answer is Answer.ITEMS_REPORTED else f"answer.{answer}"
    assert reason["text"] == spanish.texts[key]


def test_items_are_statements_as_the_sheet_shows_them_and_say_where_they_stand() -> None:
    sheet = issued(full())
    resources = [entry["resource"] for entry in bundle_of(sheet)["entry"][2:]]
    assert {resource["resourceType"] for resource in resources} == {"MedicationStatement"}
    shown = [one.facts.called for one in sheet.medications.in_sheet_order]
    assert [resource["medicationCodeableConcept"]["text"] for resource in resources] == shown
    earlier = resources[-1]
    assert earlier["statusReason"][0]["coding"][0]["code"] == "on_earlier_list"
    assert "left-out-since" not in str(earlier)
    assert earlier["effectivePeriod"] == {"start": "2024"}


def test_the_author_is_who_had_the_sheet_issued() -> None:
    staff = composition_of(issued(listed()))["contained"][0]
    system = Recorder(RecorderKind.SYSTEM, "k1", "Test EHR")
    device = composition_of(issued(listed(), issued_by=system))["contained"][0]
    assert (staff["resourceType"], staff["name"]) == ("Practitioner", [{"text": "Nurse Example"}])
    assert (device["resourceType"], device["deviceName"][0]["name"]) == ("Device", "Test EHR")
    check(composition_of(issued(listed(), issued_by=system)))
    assert reference_of(issued(listed(), issued_by=system))["author"][0]["type"] == "Device"


def test_a_patient_without_a_name_and_a_treatment_without_a_day_leave_nothing_empty() -> None:
    sheet = issued(listed(), patient=NAMELESS, planned_start=None)
    bundle = bundle_of(sheet)
    check(bundle)
    check(reference_of(sheet))
    assert "Name not on record" in words_of(bundle["entry"][0]["resource"]["text"]["div"])
    assert "period" not in bundle["entry"][0]["resource"]["event"][0]


def test_what_became_of_a_sheet_changes_its_status_and_nothing_that_was_issued() -> None:
    medications = full()
    current, superseded = issued(medications), issued(medications, changed(medications))
    withdrawn = issued(medications, ChecklistState(1, 1, withdrawal=TAKEN_BACK))
    first = bundle_of(current)
    assert bundle_of(superseded) == first
    taken_back = bundle_of(withdrawn)
    assert taken_back["entry"][0]["resource"].pop("status") == "entered-in-error"
    assert first["entry"][0]["resource"].pop("status") == "final"
    assert taken_back == first
    statuses = [(r["status"], r["docStatus"]) for r in map(reference_of, (current, superseded, withdrawn))]
    assert statuses == [
        ("current", "final"),
        ("superseded", "final"),
        ("entered-in-error", "entered-in-error"),
    ]


def test_only_a_signature_that_holds_attests_and_says_under_which_section_it_stands() -> None:
    patient = {**HOLDS, "role": "patient", "section": "tell", "deferred_text": "Signed before it was asked."}
    void, taken_back = {**HOLDS, "status": "void"}, {**HOLDS, "status": "withdrawn"}
    made = composition_of(issued(listed()), sign_offs=[HOLDS, void, taken_back, patient])
    check(made)
    first, second = made["attester"]
    assert (first["mode"], first["time"], second["mode"]) == ("professional", HOLDS["at"], "personal")
    assert first["extension"][0]["valueCode"] == "over-the-counter"
    said = "Medicines bought without a prescription: Signed by Test Nurse, nurse, 23 November 2026"
    assert first["party"]["display"] == said
    assert second["party"]["display"].endswith(" – Signed before it was asked.")


def test_a_reference_leads_to_the_pdf_the_document_and_the_sheet_before() -> None:
    sheet = issued(listed())
    made = reference_of(sheet, UUID(int=6))
    check(made)
    own_id = str(sheet.checklist.id)
    attachments = [content["attachment"] for content in made["content"]]
    assert [(one["contentType"], one["url"]) for one in attachments] == [
        ("application/pdf", f"{BASE}/Binary/{own_id}"),
        ("application/fhir+json", f"{BASE}/Bundle/{own_id}"),
    ]
    assert made["relatesTo"] == [
        {"code": "replaces", "target": {"reference": f"DocumentReference/{UUID(int=6)}"}}
    ]
    assert made["context"]["period"] == {"start": "2026-12-01"}


def test_the_pdf_as_a_resource_is_the_pdf() -> None:
    made = write_binary(UUID(int=7), b"%PDF-1.7 \xff")
    check(made)
    assert b64decode(made["data"]) == b"%PDF-1.7 \xff"


def test_every_kind_of_section_has_a_code() -> None:
    codes = {part["code"]["coding"][0]["code"] for part in composition_of(issued(full()))["section"]}
    assert codes == {section_id.replace("_", "-") for section_id in SectionId}


def test_a_partial_date_stays_as_partial_as_it_is() -> None:
    begun = item(1, category=Category.SUPPLEMENT, started_on=PartialDate(2024, 3))
    statement = bundle_of(issued(listed((begun,))))["entry"][2]["resource"]
    assert statement["effectivePeriod"] == {"start": "2024-03"}
    assert CURRENT.status is ChecklistStatus.CURRENT
