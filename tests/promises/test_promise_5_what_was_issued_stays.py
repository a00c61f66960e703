"""Promise 5: an issued sheet stays as it was to the letter, and says by its code too when it is out of date.

Planted faults that the check catches: a reading that makes the sheet anew from the latest list; one that
writes today's name of the patient on it; one that tidies its JSON; one that always says "current"; one that
says "superseded" without what changed; a look-up by code that forgets the state.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from service.actions import checklists, issuing, medications, patients
from service.actions.checklists import IssuedChecklist
from service.actions.intake import Intake, IntakeReceipt, submit_intake
from service.actions.issuing import ChecklistRequest
from service.actions.patients import PostedPatient
from service.actions.work import Work
from service.domain.attribution import CollectionMode
from service.domain.checklists.checklist import ChecklistStatus, Withdrawal
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.medications.categories import Answer, Category
from service.domain.medications.difference import difference
from service.domain.medications.items import ItemFacts, Status
from service.domain.medications.whole_list import ListedItem, WholeList
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH, ENGLISH_CATALOGUE
from service.store.database import Reach, RefusedByDatabaseError
from tests.domain.made_up import NOW, NURSE, PATIENT, PATIENT_SAID, item, listing
from tests.guidance_of_tests import TREATMENT, guidance_of_tests
from tests.promises.conftest import ClinicOfPromises
from tests.promises.sheets import Page, document_of, page_of, pdf_pages_of

POSTED = PostedPatient(PATIENT.identifiers[0], PATIENT.name, PATIENT.birth_date)
TEA = ItemFacts("Tea", category=Category.SUPPLEMENT, strength="5 mg")
FIRST = WholeList(
    (ListedItem(TEA), ListedItem(ItemFacts("Soap"))), {Category.PRESCRIPTION: Answer.NONE_REPORTED}
)
Read = Callable[[Work, UUID], IssuedChecklist]
Change = Callable[[Work, IntakeReceipt], object]


def intake(whole: WholeList, *, treatment: bool = False, name: str | None = PATIENT.name) -> Intake:
    asked = ChecklistRequest((TREATMENT,)) if treatment else None
    return Intake(replace(POSTED, name=name), whole, PATIENT_SAID.informant, CollectionMode.SELF, asked)


@pytest.fixture
def receipt(clinic: ClinicOfPromises) -> IntakeReceipt:
    return clinic.does(lambda work: submit_intake(work, intake(FIRST, treatment=True)))


def issued(receipt: IntakeReceipt) -> IssuedChecklist:
    assert receipt.checklist is not None
    return receipt.checklist


def added(work: Work, receipt: IntakeReceipt) -> object:
    return medications.add_item(work, receipt.patient.id, ItemFacts("Air"), PATIENT_SAID, made_from=1)


def changed(facts: dict[str, Any]) -> Change:
    return lambda work, receipt: medications.change_item(
        work, receipt.patient.id, receipt.medications.items[0].id, facts, PATIENT_SAID, made_from=None
    )


def slip(work: Work, receipt: IntakeReceipt) -> object:
    item = receipt.medications.items[0]
    return medications.mark_entered_in_error(work, receipt.patient.id, item.id, "a slip", made_from=None)


def answered(work: Work, receipt: IntakeReceipt) -> object:
    category, answer = Category.PRESCRIPTION, Answer.DECLINED
    return medications.answer_category(
        work, receipt.patient.id, category, answer, PATIENT_SAID, made_from=None
    )


def put(whole: WholeList) -> Change:
    return lambda work, receipt: medications.put_list(
        work, receipt.patient.id, whole, PATIENT_SAID, made_from=None
    )


def posted_again(work: Work, receipt: IntakeReceipt) -> object:
    return submit_intake(work, intake(WholeList((ListedItem(TEA),)), treatment=True))


MOVED_ON: dict[str, tuple[Change, list[tuple[str, str]], list[str]]] = {
    "an item more": (added, [("added", "Air")], []),
    "another dose": (changed({"strength": "10 mg"}), [("changed", "Tea")], []),
    "another name": (changed({"name": "Green tea"}), [("changed", "Green tea")], []),
    "an item stopped": (changed({"status": Status.STOPPED}), [("stopped", "Tea")], []),
    "a slip": (slip, [("entered_in_error", "Tea")], []),
    "another answer": (answered, [], ["prescription"]),
    "an empty list": (
        put(WholeList()),
        [("left_out", "Tea"), ("left_out", "Soap")],
        ["prescription", "supplement"],
    ),
    "the same list": (put(FIRST), [], []),
    "another intake": (posted_again, [("left_out", "Soap")], ["prescription"]),
}


def by_id(work: Work, checklist_id: UUID) -> IssuedChecklist:
    return checklists.get_checklist(work, checklist_id, printed=False)


def assert_stays(
    clinic: ClinicOfPromises,
    receipt: IntakeReceipt,
    expected: tuple[list[tuple[str, str]], list[str]],
    read: Read = by_id,
) -> None:
    """The sheet reads as it was issued, is out of date and says what changed."""
    before = issued(receipt)
    found = clinic.does(lambda work: read(work, before.id))
    assert found.document_text == before.document_text
    said = state_document(found.state, found.words)
    assert (said["status"], said["latest_version"] > before.state.list_version) == ("superseded", True)
    items = [(change["kind"], change["text"]) for change in said["changes"]["items"]]
    answers = [change["category"] for change in said["changes"]["answers"]]
    assert (items, answers) == expected


@pytest.mark.parametrize("moved_on", MOVED_ON)
def test_a_sheet_stays_as_it_was_issued_and_says_what_changed_since(
    clinic: ClinicOfPromises, receipt: IntakeReceipt, moved_on: str
) -> None:
    change, *expected = MOVED_ON[moved_on]
    clinic.does(lambda work: change(work, receipt))
    code = issued(receipt).code

    assert_stays(clinic, receipt, tuple(expected))
    assert_stays(
        clinic, receipt, tuple(expected), lambda work, _: checklists.get_checklist_by_code(work, code)
    )


def test_a_sheet_says_all_that_changed_since_it_was_issued_and_not_only_the_last_of_it(
    clinic: ClinicOfPromises, receipt: IntakeReceipt
) -> None:
    for change in (added, changed({"strength": "10 mg"}), put(WholeList())):
        clinic.does(lambda work, change=change: change(work, receipt))
    items = [("left_out", "Tea"), ("left_out", "Soap"), ("left_out", "Air")]
    assert_stays(clinic, receipt, (items, ["prescription", "supplement"]))


def test_a_sheet_stays_current_while_only_the_guidance_and_the_language_change(
    clinic: ClinicOfPromises, receipt: IntakeReceipt
) -> None:
    before = issued(receipt)
    first, *others = guidance_of_tests().statements
    clinic.does(lambda work: submit_intake(work, intake(WholeList())))
    clinic.does(
        lambda work: patients.change_patient(work, receipt.patient.id, {"language": "es"}, made_from=None)
    )
    clinic.publishes(statements=tuple(others))

    found = clinic.does(lambda work: by_id(work, before.id))

    assert (found.state.status, found.document_text) == (ChecklistStatus.CURRENT, before.document_text)
    assert first.text in found.document_text


@pytest.mark.parametrize("correction", [{"name": "Another Name"}, {"birth_date": PartialDate(1900, 1, 1)}])
def test_a_sheet_with_a_name_or_birth_date_that_was_corrected_says_that_it_is_out_of_date(
    clinic: ClinicOfPromises, receipt: IntakeReceipt, correction: dict[str, object]
) -> None:
    before = issued(receipt)
    clinic.does(lambda work: patients.change_patient(work, receipt.patient.id, correction, made_from=None))

    found = clinic.does(lambda work: by_id(work, before.id))

    assert (found.state.status, found.document_text) == (ChecklistStatus.SUPERSEDED, before.document_text)
    assert found.state.changes is not None
    assert found.state.changes.empty
    assert "Another Name" not in found.document_text


def test_a_sheet_that_was_taken_back_stays_as_it_was_and_still_says_what_changed(
    clinic: ClinicOfPromises, receipt: IntakeReceipt
) -> None:
    before = issued(receipt)
    clinic.does(lambda work: added(work, receipt))
    clinic.does(lambda work: checklists.withdraw_checklist(work, before.id, "wrong visit"))

    found = clinic.does(lambda work: checklists.get_checklist_by_code(work, before.code))

    assert found.document_text == before.document_text
    said = state_document(found.state, found.words)
    assert (said["status"], said["withdrawn"]["reason"]) == ("withdrawn", "wrong visit")
    assert [change["text"] for change in said["changes"]["items"]] == ["Air"]


def test_a_new_sheet_does_not_touch_the_old_one(clinic: ClinicOfPromises, receipt: IntakeReceipt) -> None:
    clinic.does(lambda work: posted_again(work, receipt))
    request = ChecklistRequest((TREATMENT,))
    new = clinic.does(lambda work: issuing.issue_checklist(work, receipt.patient.id, request))
    assert new.state.status is ChecklistStatus.CURRENT
    assert new.code != issued(receipt).code
    assert_stays(clinic, receipt, ([("left_out", "Soap")], ["prescription"]))


def test_the_page_of_an_old_sheet_says_first_that_it_is_out_of_date(
    clinic: ClinicOfPromises, receipt: IntakeReceipt
) -> None:
    clinic.does(lambda work: added(work, receipt))
    found = clinic.does(lambda work: by_id(work, issued(receipt).id))
    runs = Page(page_of(found.document, state_document(found.state, found.words))).runs
    said = ENGLISH_CATALOGUE.text("status.superseded_more", version=1, latest=2)
    assert runs.index(said) < runs.index(ENGLISH["section.gaps"])
    assert runs.count("Air") == 1


@pytest.mark.parametrize(
    ("latest", "withdrawal", "title"),
    [
        (1, None, None),
        (2, None, ENGLISH["status.superseded"]),
        (1, Withdrawal(NURSE, NOW, "wrong visit"), ENGLISH["status.withdrawn"]),
        (2, Withdrawal(NURSE, NOW, "wrong visit"), ENGLISH["status.withdrawn"]),
    ],
)
def test_every_page_of_paper_says_what_the_sheet_is_today(
    latest: int, withdrawal: Withdrawal | None, title: str | None
) -> None:
    before = listing(*(item(number, category=Category.SUPPLEMENT) for number in range(1, 41)))
    changes = difference(before, replace(before, version=2, items=before.items[1:]))
    state = ChecklistState(1, latest, changes if latest > 1 else None, withdrawal)
    pages = pdf_pages_of(document_of(before), state_document(state, ENGLISH_CATALOGUE))
    assert len(pages) > 1
    for page in pages:
        said = [text for text in (ENGLISH["status.superseded"], ENGLISH["status.withdrawn"]) if text in page]
        assert said == ([title] if title else [])


def test_not_even_the_database_lets_an_issued_sheet_be_changed(
    clinic: ClinicOfPromises, receipt: IntakeReceipt
) -> None:
    with pytest.raises(RefusedByDatabaseError), clinic.database.transaction(Reach.ALL) as connection:
        connection.execute(text("UPDATE checklists SET document_text = '{}'"))
    found = clinic.does(lambda work: by_id(work, issued(receipt).id))
    assert found.document_text == issued(receipt).document_text


def made_anew(work: Work, checklist_id: UUID) -> IssuedChecklist:
    found = by_id(work, checklist_id)
    new = issuing.issue_checklist(work, found.patient_id, ChecklistRequest((TREATMENT,)))
    return replace(found, document_text=new.document_text)


def with_todays_name(work: Work, checklist_id: UUID) -> IssuedChecklist:
    found = by_id(work, checklist_id)
    patient = patients.get_patient(work, found.patient_id)
    document = {**found.document, "patient": {**found.document["patient"], "name": f"{patient.name}."}}
    return replace(found, document_text=json.dumps(document, ensure_ascii=False, separators=(",", ":")))


def tidied(work: Work, checklist_id: UUID) -> IssuedChecklist:
    found = by_id(work, checklist_id)
    return replace(found, document_text=json.dumps(found.document))


def always_current(work: Work, checklist_id: UUID) -> IssuedChecklist:
    found = by_id(work, checklist_id)
    return replace(found, state=ChecklistState(1, 1))


def without_changes(work: Work, checklist_id: UUID) -> IssuedChecklist:
    found = by_id(work, checklist_id)
    assert found.state.changes is not None
    silent = replace(found.state.changes, items=())
    return replace(found, state=replace(found.state, changes=silent))


@pytest.mark.parametrize("fault", [made_anew, with_todays_name, tidied, always_current, without_changes])
def test_a_planted_reading_that_changes_what_was_issued_is_found(
    clinic: ClinicOfPromises, receipt: IntakeReceipt, fault: Read
) -> None:
    change, *expected = MOVED_ON["an item more"]
    clinic.does(lambda work: change(work, receipt))
    with pytest.raises(AssertionError):
        assert_stays(clinic, receipt, tuple(expected), fault)
