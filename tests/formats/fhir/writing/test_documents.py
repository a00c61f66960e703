"""An issued checklist as a FHIR document: valid, whole, and as it was issued whatever became of it."""

from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from service.domain.attribution import Recorder, RecorderKind
from service.domain.checklists.checklist import ChecklistStatus, SectionId
from service.domain.checklists.state import ChecklistState
from service.domain.medications.categories import Answer, Category
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.domain.text import PartialDate
from service.domain.wording import Catalogue
from service.formats.catalogue_files import shipped_catalogues
from service.formats.fhir.writing.compositions import write_composition, write_document
from service.formats.fhir.writing.document_references import write_binary, write_document_reference
from service.formats.proof import Issued
from tests.domain.made_up import steady
from tests.formats.fhir.writing.r4 import check, required_codes, wrong_codes
from tests.formats.printout.samples import item
from tests.formats.printout.samples import medication_list as listed
from tests.formats.proof.proven import CURRENT, NAMELESS, TAKEN_BACK, changed, full, issued
from tests.strategies import medication_lists, patients

few = settings(steady, max_examples=40)
BASE = "https://checklist.example/fhir"
XHTML = "{http://www.w3.org/1999/xhtml}"
# R4 lets no more than chapters 7 to 11 and 15 of HTML 4 stand in a narrative; this is what is used of them.
ALLOWED = {"div": {"lang", "dir"}, "span": {"lang", "dir"}, "p": set(), "ul": set(), "li": set()}
ALLOWED |= {"strong": set(), "sup": set(), "br": set()}
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
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


def bundle_of(sheet: Issued, **state: Any) -> dict[str, Any]:
    return write_document(sheet.document, {**sheet.state_document, **state}, sheet.words, BASE)


def composition_of(sheet: Issued, **state: Any) -> dict[str, Any]:
    return write_composition(sheet.document, {**sheet.state_document, **state}, sheet.words)


def reference_of(sheet: Issued, *replaces: UUID) -> dict[str, Any]:
    return write_document_reference(sheet.document, sheet.state.status, sheet.words, BASE, replaces)


def section(composition: Mapping[str, Any], section_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        part for part in composition["section"] if part["code"]["coding"][0]["code"] == section_id
    )
    return found


def narratives(composition: Mapping[str, Any]) -> Iterator[ET.Element]:
    for part in (composition, *composition["section"]):
        yield parsed(part["text"]["div"])


def parsed(div: str) -> ET.Element:
    return ET.fromstring(div)  # noqa: S314 -- made by the service itself


def words_of(div: str) -> list[str]:
    """The text of each paragraph and each line of a list."""
    root = parsed(div)
    blocks = [block for block in root.iter() if block.tag in (f"{XHTML}p", f"{XHTML}li")]
    return ["".join(block.itertext()) for block in blocks]


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


@few
@given(medication_lists())
def test_whatever_a_list_holds_the_narrative_is_of_elements_that_r4_allows(
    medications: MedicationList,
) -> None:
    for words in shipped_catalogues().values():
        for root in narratives(composition_of(issued(medications, words=words))):
            for element in root.iter():
                attributes = {name for name in element.attrib if name != XML_LANGUAGE}
                assert attributes <= ALLOWED[element.tag.removeprefix(XHTML)]
            assert "".join(root.itertext()).strip()


def test_a_section_says_every_line_with_its_number_details_questions_and_who_said_it() -> None:
    sheet = issued(listed((item(1, strength="5 mg", note="one\ntwo"), item(2, name="<b>&amp;"))))
    said = words_of(section(composition_of(sheet), "uncategorized")["text"]["div"])
    assert said[:5] == ["1 Examplin 001x", "Strength: 5 mg", "Note: onetwo", "Which kind: ask", said[4]]
    assert said[4].startswith("Said by the patient, filled in alone, recorded by Front desk tablet")
    assert "2 <b>&amp;" in said


def test_a_statement_stands_with_its_numbered_sentences() -> None:
    composition = composition_of(issued(listed()))
    told = words_of(section(composition, "tell")["text"]["div"])
    assert told[0] == "Tell your provider about everything on your list.1,2"
    sources = words_of(section(composition, "treatment")["text"]["div"])
    assert sources[2:5] == [
        "Sources: Example treatment: an overview for patients",
        "1 Paragraph 2, sentence 1",
        "2 Paragraph 2, sentence 2",
    ]


def test_every_document_says_first_that_no_check_was_made() -> None:
    for words in shipped_catalogues().values():
        head = composition_of(issued(listed(), words=words))["text"]["div"]
        assert words_of(head)[0] == words.texts["notice.not_checked"]


def test_a_section_without_lines_says_its_title() -> None:
    sheet = issued(listed())
    document = sheet.document
    for part in document["sections"]:
        part["lines"] = []
    made = write_composition(document, sheet.state_document, sheet.words)
    assert words_of(section(made, "gaps")["text"]["div"]) == ["Still to ask"]


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


def test_a_name_from_right_to_left_turns_nothing_around_it() -> None:
    sheet = issued(listed((item(1, name="שלום (5)", strength="(5) ק", prescriber="A ק"),)))
    div = section(composition_of(sheet), "uncategorized")["text"]["div"]
    assert '<strong><span dir="rtl">שלום (5)</span></strong>' in div
    assert 'Strength: <span dir="rtl">(5) ק</span>' in div
    assert 'Who told you to take it: <span dir="ltr">A ק</span>' in div


def test_on_a_sheet_from_right_to_left_a_name_keeps_its_own_direction() -> None:
    words = Catalogue("ar", shipped_catalogues()["en"].texts)
    made = composition_of(issued(listed((item(1, name="12"),)), words=words))
    assert '<strong><span dir="ltr">12</span></strong>' in section(made, "uncategorized")["text"]["div"]
    assert 'lang="ar" xml:lang="ar" dir="rtl"' in made["text"]["div"]


def test_what_is_english_for_want_of_a_translation_says_so() -> None:
    spanish = shipped_catalogues()["es"]
    missing = frozenset({"section.gaps", "sheet.title", "ask.open", "item.strength", "said.full"})
    words = replace(spanish, untranslated=missing)
    made = composition_of(issued(listed((item(1, strength="5 mg"),)), words=words))
    marked = [{"url": "http://hl7.org/fhir/StructureDefinition/language", "valueCode": "en"}]
    assert made["_title"]["extension"] == section(made, "gaps")["_title"]["extension"] == marked
    english = '<span lang="en" xml:lang="en" dir="ltr">'
    assert f"<p>{english}" in section(made, "open-question")["text"]["div"]
    about = section(made, "uncategorized")["text"]["div"]
    assert f"<li>{english}{spanish.texts['item.strength']}</span>: 5 mg</li>" in about
    # The statements are in the language of their document.
    assert f"<p>{english}Tell your provider" in section(made, "tell")["text"]["div"]
    check(made)


def test_a_title_without_a_translation_marks_the_words_of_an_empty_section_too() -> None:
    words = replace(shipped_catalogues()["es"], untranslated=frozenset({"section.tell"}))
    sheet = issued(listed(), words=words)
    document = sheet.document
    next(part for part in document["sections"] if part["id"] == "tell")["lines"] = []
    made = section(write_composition(document, sheet.state_document, words), "tell")
    assert '<p><span lang="en" xml:lang="en" dir="ltr">' in made["text"]["div"]


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
