"""Promises 1, 2, 3, 5 and 7 in FHIR: of the document that an EHR files, and of where it stands.

Planted faults that the checks catch: a note that nobody wrote, a dose of one item on another, an answer in
other words, a statement more in the narrative, a title that is none; a document that lacks an item, has one
twice, or leaves one out of its section; a document made anew from the latest list; a reference that always
says "current"; a badge, and a document that keeps silent about the check.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import orjson
import pytest
from hypothesis import given

from service.actions import checklists, documents, issuing
from service.actions.intake import IntakeReceipt
from service.actions.issuing import ChecklistRequest
from service.actions.work import Work
from service.domain.checklists.checklist import Withdrawal
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.medications.categories import Answer, Category
from service.domain.medications.difference import difference
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from service.domain.wording import ENGLISH_CATALOGUE, Catalogue
from service.formats.catalogue_files import shipped_catalogues
from service.formats.fhir.writing.compositions import write_composition, write_document
from service.formats.fhir.writing.document_references import write_document_reference
from service.formats.proof import OUTPUTS, Flaw, Issued, Output
from tests.domain.made_up import NOW, NURSE, chances, item, listing
from tests.formats.printout.signed_samples import sign_offs_and_marks, signing
from tests.formats.proof.proven import CURRENT, faults, issued, planted
from tests.guidance_of_tests import TREATMENT
from tests.promises.conftest import ClinicOfPromises
from tests.promises.sheets import CURRENT as CURRENT_STATE
from tests.promises.sheets import GUIDANCE, Json, document_of, few, item_lines, named_lists
from tests.promises.test_promise_2_blind_to_names import (
    HARMLESS,
    KNOWN_TO_INTERACT,
    Names,
    four_items,
    renamed,
    renaming_of,
)
from tests.promises.test_promise_5_what_was_issued_stays import added, receipt
from tests.promises.test_promise_7_never_safe import claims_in, texts_in

__all__ = ["receipt"]  # a fixture of promise 5
BASE = "https://checklist.example/fhir"
FHIR = {"fhir": OUTPUTS["fhir"]}
Alter = Callable[[Any, Any], object]


def bundle_of(document: Json, state: Json = CURRENT_STATE) -> Json:
    return write_document(document, state, ENGLISH_CATALOGUE, BASE)


# Promise 1: nothing is invented.


@few
@given(named_lists())
def test_every_text_of_the_document_is_guidance_record_or_wording_in_every_language(
    medications: MedicationList,
) -> None:
    for words in shipped_catalogues().values():
        sheet = issued(medications, CURRENT, guidance=GUIDANCE, words=words)
        assert faults(sheet, FHIR) == set()


def sample() -> MedicationList:
    return listing(
        item(1, "Water", category=Category.PRESCRIPTION, strength="5 mg", note="one\ntwo"),
        item(2, "Soap", category=Category.PRESCRIPTION, strength="7 mg"),
        item(3, "Air", status=Status.UNKNOWN),
        answers={Category.SUPPLEMENT: Answer.NONE_REPORTED},
    )


def statement(bundle: Any, number: int) -> Any:
    return bundle["entry"][1 + number]["resource"]


def section(bundle: Any, number: int) -> Any:
    return bundle["entry"][0]["resource"]["section"][number]


def swap_doses(bundle: Any, _: Any) -> None:
    first, second = (statement(bundle, number)["extension"] for number in (1, 2))
    first[:], second[:] = list(second), list(first)


def add_a_note(bundle: Any, _: Any) -> None:
    statement(bundle, 1)["note"][0]["text"] = "Take it later."


def alter_an_answer(bundle: Any, _: Any) -> None:
    section(bundle, 3)["emptyReason"]["text"] = "Nothing is taken."


def add_to_the_narrative(bundle: Any, _: Any) -> None:
    text = section(bundle, 1)["text"]
    text["div"] = text["div"].replace("</div>", "<p>Take it later.</p></div>")


def add_an_attribute(bundle: Any, _: Any) -> None:
    text = bundle["entry"][0]["resource"]["text"]
    text["div"] = text["div"].replace("<p>", '<p title="All is well">', 1)


def alter_a_title(bundle: Any, _: Any) -> None:
    section(bundle, 1)["title"] = "Nothing to ask"


def name_another_patient(bundle: Any, _: Any) -> None:
    statement(bundle, 0)["name"][0]["text"] = "Another Name"


def code_an_item(bundle: Any, _: Any) -> None:
    concept = statement(bundle, 1)["medicationCodeableConcept"]
    concept["coding"] = [{"system": "urn:x", "code": "1"}]


def describe_the_reference(_: Any, reference: Any) -> None:
    reference["description"] = "All is well"


def leave_out_a_statement(bundle: Any, _: Any) -> None:
    del bundle["entry"][2]


def repeat_a_statement(bundle: Any, _: Any) -> None:
    bundle["entry"].append(bundle["entry"][2])


def leave_out_a_fact(bundle: Any, _: Any) -> None:
    del statement(bundle, 1)["note"]


def leave_out_of_the_section(bundle: Any, _: Any) -> None:
    section(bundle, 1)["entry"].pop()


def leave_out_a_line(bundle: Any, _: Any) -> None:
    text = section(bundle, 1)["text"]
    text["div"] = text["div"].replace("<p>2 <strong>Soap</strong></p>", "")


def call_it_amended(bundle: Any, _: Any) -> None:
    bundle["entry"][0]["resource"]["status"] = "entered-in-error"


def call_it_superseded(_: Any, reference: Any) -> None:
    reference["status"] = "superseded"


EXTRA = (
    *(add_a_note, swap_doses, alter_an_answer, add_to_the_narrative, add_an_attribute, alter_a_title),
    *(name_another_patient, code_an_item, describe_the_reference),
)
MISSING = (
    *(leave_out_a_statement, leave_out_a_fact, leave_out_of_the_section, leave_out_a_line),
    *(call_it_amended, call_it_superseded),
)


def flaws(plant: Alter) -> set[Flaw]:
    def render(document: Json, state: Json, words: Catalogue) -> bytes:
        bundle, reference = orjson.loads(OUTPUTS["fhir"].render(document, state, words))
        plant(bundle, reference)
        return orjson.dumps([bundle, reference])

    sheet = issued(sample(), CURRENT, guidance=GUIDANCE)
    planted = {"fhir": Output(render, OUTPUTS["fhir"].check)}
    return {flaw for _, flaw, _ in faults(sheet, planted)}


@pytest.mark.parametrize("plant", EXTRA)
def test_a_planted_text_that_rests_on_nothing_is_found(plant: Alter) -> None:
    assert Flaw.EXTRA in flaws(plant)


@pytest.mark.parametrize("plant", MISSING)
def test_a_planted_document_that_lacks_something_is_found(plant: Alter) -> None:
    assert Flaw.MISSING in flaws(plant)


def test_a_planted_document_with_an_item_twice_is_found() -> None:
    assert flaws(repeat_a_statement) == {Flaw.REPEATED}


def signed() -> Issued:
    """A sheet with a signature of every standing."""
    sheet = issued(sample(), CURRENT, guidance=GUIDANCE)
    sign_offs, _ = sign_offs_and_marks(sheet.document)
    state = replace(sheet.state, signed_and_marked=signing(sheet.document, (sign_offs, ())))
    return replace(sheet, state=state, sign_offs=sign_offs)


def test_every_signature_that_holds_is_the_records() -> None:
    sheet = signed()
    made = write_composition(sheet.document, sheet.state_document, sheet.words)
    said = [attester["party"]["display"] for attester in made["attester"]]
    assert [text.split(":")[0] for text in said] == [
        sheet.words.texts["section.supplement"],
        sheet.words.texts["section.tell"],
    ]
    assert faults(sheet, FHIR) == set()


def test_a_planted_signature_under_another_section_is_found() -> None:
    def plant(_document: Any, state: Any) -> None:
        for one in state["sign_offs"]:
            one["section"] = "treatment"

    found = faults(signed(), planted("fhir", plant))
    assert {flaw for _, flaw, _ in found} == {Flaw.EXTRA}


# Promise 2: blind to names.


def assert_blind(
    medications: MedicationList, names: Names, document: Callable[[Json], Json] = bundle_of
) -> None:
    before, after = document(document_of(medications)), document(document_of(renamed(medications, names)))
    text = orjson.dumps(after).decode()
    for old, new in names.items():
        text = text.replace(_as_json(new), _as_json(old))
    assert text == orjson.dumps(before).decode()


def _as_json(name: str) -> str:
    return orjson.dumps(name).decode()[1:-1]


@few
@given(named_lists(), chances)
def test_other_names_change_nothing_but_the_names(medications: MedicationList, chance: Random) -> None:
    plain = {old: f"zp{n:03d}pz" for n, old in enumerate(renaming_of(medications, chance))}
    called = renamed(medications, plain)
    assert_blind(called, renaming_of(called, chance))


def test_medicines_known_to_interact_give_the_same_document_as_water_and_soap() -> None:
    assert_blind(four_items(KNOWN_TO_INTERACT), _others())


def test_a_planted_mark_beside_a_name_is_found() -> None:
    def marking(document: Json) -> Json:
        text = orjson.dumps(bundle_of(document)).replace(b"Warfarin</strong>", b"Warfarin</strong>!")
        marked: Json = orjson.loads(text)
        return marked

    with pytest.raises(AssertionError):
        assert_blind(four_items(KNOWN_TO_INTERACT), _others(), marking)


def _others() -> Names:
    # In XHTML an apostrophe may stand as it is, so that a name is found in it letter for letter.
    return dict(zip(KNOWN_TO_INTERACT, HARMLESS, strict=True))


# Promise 3: nothing dropped.


@few
@given(named_lists())
def test_every_item_stands_in_the_document_once_whatever_it_is_called(medications: MedicationList) -> None:
    document = document_of(medications)
    bundle = bundle_of(document)
    wanted = [f"MedicationStatement/{line['item']['id']}" for line in item_lines(document)]
    assert sorted(wanted) == sorted(
        f"MedicationStatement/{one.id}" for one in (*medications.current_items, *medications.earlier_items)
    )
    assert [entry["fullUrl"].removeprefix(f"{BASE}/") for entry in bundle["entry"][2:]] == wanted
    sections = bundle["entry"][0]["resource"]["section"]
    assert [entry["reference"] for part in sections for entry in part.get("entry", ())] == wanted
    named = [entry["resource"]["medicationCodeableConcept"]["text"] for entry in bundle["entry"][2:]]
    assert named == [line["text"] for line in item_lines(document)]


# Promise 5: what was issued stays as it was, and says when it is out of date.

Read = Callable[[Work, IntakeReceipt], Json]


def filed(work: Work, issued_to: IntakeReceipt) -> Json:
    assert issued_to.checklist is not None
    found = checklists.get_checklist(work, issued_to.checklist.id, printed=False)
    return write_document(found.document, state_document(found.state, found.words), found.words, BASE)


def made_anew(work: Work, issued_to: IntakeReceipt) -> Json:
    request = ChecklistRequest((TREATMENT,))
    new = issuing.issue_checklist(work, issued_to.patient.id, request)
    return write_document(new.document, state_document(new.state, new.words), new.words, BASE)


def stands(work: Work, issued_to: IntakeReceipt) -> Json:
    assert issued_to.checklist is not None
    found = documents.get_filed_sheet(work, issued_to.checklist.id)
    return write_document_reference(found.document, found.sheet.status, found.words, BASE)


def assert_stays(
    clinic: ClinicOfPromises, receipt: IntakeReceipt, read: Read = filed, where: Read = stands
) -> None:
    before = clinic.does(lambda work: filed(work, receipt))
    clinic.does(lambda work: added(work, receipt))
    assert clinic.does(lambda work: read(work, receipt)) == before
    assert clinic.does(lambda work: where(work, receipt))["status"] == "superseded"


def test_a_document_stays_as_it_was_issued_and_its_reference_says_that_it_is_out_of_date(
    clinic: ClinicOfPromises, receipt: IntakeReceipt
) -> None:
    assert_stays(clinic, receipt)


def test_a_planted_document_that_is_made_anew_is_found(
    clinic: ClinicOfPromises, receipt: IntakeReceipt
) -> None:
    with pytest.raises(AssertionError):
        assert_stays(clinic, receipt, made_anew)


def test_a_planted_reference_that_always_says_current_is_found(
    clinic: ClinicOfPromises, receipt: IntakeReceipt
) -> None:
    with pytest.raises(AssertionError):
        assert_stays(clinic, receipt, where=lambda work, of: {**stands(work, of), "status": "current"})


# Promise 7: never "safe".


def assert_claims_nothing(composition: Json) -> None:
    heard = [*texts_in({**composition, "id": ""})]
    assert [text for text in heard if claims_in(text)] == []
    assert "<p>Not checked for interactions.</p>" in composition["text"]["div"]


def odd() -> MedicationList:
    return listing(item(1, "Tea"), item(2, "Soap", left_out_since=1))


@pytest.mark.parametrize("medications", [listing(), sample(), odd()])
def test_no_document_claims_a_check_and_every_one_says_that_there_was_none(
    medications: MedicationList,
) -> None:
    after = replace(medications, version=2)
    old = ChecklistState(1, 2, difference(medications, after), Withdrawal(NURSE, NOW, "Wrong visit"))
    for state in (CURRENT, old):
        said = state_document(state, ENGLISH_CATALOGUE)
        assert_claims_nothing(write_composition(document_of(medications), said, ENGLISH_CATALOGUE))


def test_a_planted_document_with_a_badge_is_found() -> None:
    made = write_composition(document_of(sample()), CURRENT_STATE, ENGLISH_CATALOGUE)
    with pytest.raises(AssertionError):
        assert_claims_nothing({**made, "title": f"{made['title']} ✓"})


def test_a_planted_document_that_keeps_silent_about_the_check_is_found() -> None:
    document = document_of(sample())
    document["notices"] = document["notices"][2:]
    made = write_composition(document, CURRENT_STATE, ENGLISH_CATALOGUE)
    with pytest.raises(AssertionError):
        assert_claims_nothing(made)
