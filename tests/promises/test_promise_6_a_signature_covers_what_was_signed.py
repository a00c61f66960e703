"""Promise 6: a signature covers what its section says; a change of the list undoes just those it touches.

Planted faults that the check catches: a digest of the whole sheet; one of names only; one that leaves out a
fact or the order; one that covers the number on the sheet, who said it, or the version of the list; a
standing that is kept from the time of signing; signatures that a later list undoes whatever they cover.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings

from service.actions import checklists, issuing, medications, patients
from service.actions.checklists import IssuedChecklist
from service.actions.intake import Intake, IntakeReceipt, submit_intake
from service.actions.issuing import ChecklistRequest
from service.actions.sign_offs import sign_section
from service.domain.attribution import CollectionMode
from service.domain.checklists.checklist import SectionId
from service.domain.checklists.document import digest
from service.domain.checklists.sign_offs import SIGNED_SECTIONS, Signature, SignerRole, SignOff, digests_of
from service.domain.checklists.signed_and_marked import signed_and_marked_document
from service.domain.checklists.state import state_document
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import ListedItem, WholeList
from service.domain.wording import ENGLISH_CATALOGUE
from tests.domain.made_up import NOW, NURSE, PATIENT_SAID, lists_of_alikes, steady
from tests.guidance_of_tests import TREATMENT
from tests.promises.conftest import ClinicOfPromises
from tests.promises.edits_of_lists import FACTS, Edit, edits, said_by_section
from tests.promises.sheets import Json, document_of, fault_is_found
from tests.promises.test_promise_5_what_was_issued_stays import POSTED

Read = Callable[[Json], Mapping[SectionId, str]]
Today = Callable[[Json, Json, Read], Mapping[SectionId, str]]


def sign_everything(document: Json, read: Read) -> tuple[SignOff, ...]:
    """A signature under every section that is signed, each bound to what ``read`` takes for its content."""
    bound = read(document)
    return tuple(
        SignOff(
            UUID(int=n),
            UUID(int=7),
            section,
            SignerRole.NURSE,
            "Test Nurse",
            bound[section],
            None,
            NURSE,
            NOW,
        )
        for n, section in enumerate((s for s in SIGNED_SECTIONS if s in bound), start=1)
    )


def latest(_before: Json, after: Json, read: Read) -> Mapping[SectionId, str]:
    """The digests of today, from today's list."""
    return read(after)


def assert_exactly_the_touched_are_void(
    before: MedicationList, edited: tuple[Edit, ...], read: Read = digests_of, today: Today = latest
) -> None:
    after = before
    for edit in edited:
        after = edit(after)
    old, new = document_of(before), document_of(after)
    signed = sign_everything(old, read)
    said, now = said_by_section(before), said_by_section(after)
    expected = {section: "holds" if said[section] == now.get(section) else "void" for section in said}
    first = shown(old, read(old), signed)
    assert {one["status"] for one in first} == {"holds"}
    for sheet in (old, new):
        found = shown(sheet, today(old, new, read), signed)
        there = {part["id"] for part in sheet["sections"]}
        assert {one["section"]: one["status"] for one in found} == {
            section: status for section, status in expected.items() if section in there
        }
        assert all(_steady(one) in list(map(_steady, first)) for one in found)


def shown(sheet: Json, today: Mapping[SectionId, str], signed: tuple[SignOff, ...]) -> list[Json]:
    found: list[Json] = signed_and_marked_document(sheet, today, signed, (), ENGLISH_CATALOGUE)["sign_offs"]
    return found


def _steady(sign_off: Json) -> Json:
    """What no edit changes of a signature: who signed, as whom, when, and in which words."""
    return {name: value for name, value in sign_off.items() if not name.startswith("status")}


@settings(steady, max_examples=300)
@given(lists_of_alikes(), edits())
def test_whatever_is_edited_exactly_the_signatures_of_the_touched_sections_are_void(
    before: MedicationList, edited: tuple[Edit, ...]
) -> None:
    assert_exactly_the_touched_are_void(before, edited)


def of_lines(of_line: Callable[[Json], object], *, in_order: bool = True) -> Read:
    """A digest of each section that takes of each line what ``of_line`` takes."""

    def read(document: Json) -> Mapping[SectionId, str]:
        made = {}
        for part in document["sections"]:
            lines = [json.dumps(of_line(line), sort_keys=True) for line in part["lines"]]
            made[SectionId(part["id"])] = digest(lines if in_order else sorted(lines))
        return made

    return read


def content(line: Json) -> Json:
    """What a line says, told from what merely stands beside it."""
    if line["kind"] == "wording":
        return {"id": line["id"]}
    return {name: line.get(name) for name in ("id", "item", "answer", "text", "on_earlier_list", "citations")}


def without(fact: str) -> Callable[[Json], object]:
    def of_line(line: Json) -> object:
        facts = {name: value for name, value in (line.get("item") or {}).items() if name != fact}
        return {**content(line), "item": facts}

    return of_line


def whole_sheet(document: Json) -> Mapping[SectionId, str]:
    return dict.fromkeys(digests_of(document), document["content_digest"])


FAULTS: dict[str, tuple[Read, Today]] = {
    "a digest of the whole sheet": (whole_sheet, latest),
    "a digest of names only": (of_lines(lambda line: line["text"]), latest),
    "a digest without the order": (of_lines(content, in_order=False), latest),
    "a digest with the number on the sheet": (
        of_lines(lambda line: [content(line), line.get("number")]),
        latest,
    ),
    "a digest with who said it": (of_lines(lambda line: [content(line), line.get("attribution")]), latest),
    "a digest with the version of the list": (
        lambda document: {
            section: f"{document['list_version']}{found}" for section, found in digests_of(document).items()
        },
        latest,
    ),
    "a standing that is kept": (digests_of, lambda old, _new, read: read(old)),
    "signatures that any later list undoes": (digests_of, lambda _old, _new, _read: {}),
    **{
        f"a digest without the {fact}": (of_lines(without(fact)), latest)
        for fact in ("strength", "status", "dosage_text", "note", "as_needed", "started_on", "prescriber")
    },
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_way_to_bind_a_signature_to_more_or_less_than_its_section_is_found(fault: str) -> None:
    read, today = FAULTS[fault]
    left_out = fault.rsplit(maxsplit=1)[-1]
    kinds = [left_out] if left_out in FACTS else ["reorder"] if left_out == "order" else []
    assert fault_is_found(
        lambda before, edited: assert_exactly_the_touched_are_void(before, edited, read, today),
        lists_of_alikes(),
        edits(*kinds),
    )


def test_a_digest_of_just_what_the_lines_say_is_no_fault() -> None:
    """The planted digests differ from the right one in the one thing that each is named after."""
    assert not fault_is_found(
        lambda before, edited: assert_exactly_the_touched_are_void(before, edited, of_lines(content)),
        lists_of_alikes(),
        edits(),
        most=100,
    )


# The same through the actions and the database, on an old sheet and on a new one.

TEA = ItemFacts("Tea", category=Category.SUPPLEMENT, strength="5 mg")
SOAP = ItemFacts("Soap", category=Category.OVER_THE_COUNTER)
FIRST = WholeList(
    (ListedItem(TEA), ListedItem(SOAP), ListedItem(ItemFacts("Air"))),
    {Category.PRESCRIPTION: Answer.NONE_REPORTED},
)
SIGNED = (
    "prescription",
    "over_the_counter",
    "supplement",
    "uncategorized",
    "open_question",
    "tell",
    "treatment",
)
Act = Callable[[Any, IntakeReceipt], object]


def whole(*facts: ItemFacts) -> Act:
    sent = WholeList(tuple(map(ListedItem, facts)), {Category.PRESCRIPTION: Answer.NONE_REPORTED})
    return lambda work, receipt: medications.put_list(
        work, receipt.patient.id, sent, PATIENT_SAID, made_from=None
    )


def changed(place: int, **facts: Any) -> Act:
    return lambda work, receipt: medications.change_item(
        work, receipt.patient.id, receipt.medications.items[place].id, facts, PATIENT_SAID, made_from=None
    )


MADE: dict[str, tuple[Act, set[str]]] = {
    "an item more": (
        lambda work, receipt: medications.add_item(
            work, receipt.patient.id, ItemFacts("Sand"), PATIENT_SAID, made_from=None
        ),
        {"uncategorized"},
    ),
    "another note": (changed(0, note="at noon"), {"supplement"}),
    "the same said again": (changed(0, strength="5 mg"), set()),
    "an item stopped": (changed(1, status=Status.STOPPED), {"over_the_counter"}),
    "an item sorted": (changed(2, category=Category.SUPPLEMENT), {"supplement", "uncategorized"}),
    "another answer": (
        lambda work, receipt: medications.answer_category(
            work, receipt.patient.id, Category.PRESCRIPTION, Answer.UNKNOWN, PATIENT_SAID, made_from=None
        ),
        {"prescription"},
    ),
    "the same list in another order": (whole(ItemFacts("Air"), SOAP, TEA), set()),
    "a list that leaves one out": (whole(TEA, ItemFacts("Air")), {"over_the_counter"}),
    "another name of the patient": (
        lambda work, receipt: patients.change_patient(
            work, receipt.patient.id, {"name": "Test Patient 02"}, made_from=None
        ),
        set(),
    ),
}


@pytest.mark.parametrize("made", MADE)
def test_through_the_service_too_the_old_and_the_new_sheet_show_just_the_touched_as_void(
    clinic: ClinicOfPromises, made: str
) -> None:
    request = ChecklistRequest((TREATMENT,))
    intake = Intake(POSTED, FIRST, PATIENT_SAID.informant, CollectionMode.SELF, request)
    receipt = clinic.does(lambda work: submit_intake(work, intake))
    assert receipt.checklist is not None
    sheet = receipt.checklist
    for section in SIGNED:
        bound = Signature(SignerRole.NURSE, "Test Nurse", digests_of(sheet.document)[SectionId(section)])
        clinic.does(lambda work, section=section, bound=bound: sign_section(work, sheet.id, section, bound))
    act, void = MADE[made]
    clinic.does(lambda work: act(work, receipt))

    old = clinic.does(lambda work: checklists.get_checklist(work, sheet.id, printed=False))
    new = clinic.does(lambda work: issuing.issue_checklist(work, receipt.patient.id, request))

    expected = {section: "void" if section in void else "holds" for section in SIGNED}
    assert standings(old) == expected
    there = {part["id"] for part in new.document["sections"]}
    assert standings(new) == {section: status for section, status in expected.items() if section in there}


def standings(issued: IssuedChecklist) -> dict[str, str]:
    signed = state_document(issued.state, issued.words)["sign_offs"]
    return {one["section"]: one["status"] for one in signed}
