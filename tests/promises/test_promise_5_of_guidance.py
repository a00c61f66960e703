"""Promise 5 of guidance: what was issued stays, and an open sheet says what became of it in every format.

Planted faults that the check catches: a reading that makes the sheet anew from the guidance in use, and one
that never tells.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from service.actions import checklists, issuing
from service.actions.checklists import IssuedChecklist
from service.actions.intake import submit_intake
from service.actions.issuing import ChecklistRequest
from service.actions.sign_offs import sign_section
from service.actions.work import Work
from service.actions.worklist import get_worklist
from service.domain.checklists.checklist import ChecklistStatus
from service.domain.checklists.sign_offs import Signature, SignerRole, digests_of, signable_sections
from service.domain.checklists.state import state_document
from service.domain.wording import ENGLISH
from tests.guidance_of_tests import TREATMENT, guidance_of_tests
from tests.promises.conftest import ClinicOfPromises
from tests.promises.sheets import Page, page_of, pdf_pages_of
from tests.promises.test_promise_5_what_was_issued_stays import FIRST, intake

Does = Callable[[ClinicOfPromises], None]
STATEMENTS = guidance_of_tests().statements
DAY = date(2026, 12, 1)


def publishes_another(clinic: ClinicOfPromises) -> None:
    clinic.publishes(statements=STATEMENTS[1:])


def retires(clinic: ClinicOfPromises) -> None:
    clinic.retires()


def publishes_again(clinic: ClinicOfPromises) -> None:
    clinic.publishes()


BECAME: dict[str, tuple[tuple[Does, ...], str]] = {
    "another version": ((publishes_another,), "older"),
    "retired": ((retires,), "retired"),
    "another version, retired": ((publishes_another, retires), "retired"),
    "retired, published again": ((retires, publishes_again), "in_use"),
    "another version, and back": ((publishes_another, publishes_again), "in_use"),
}
TOLD = {"older": ENGLISH["guidance_status.older"], "retired": ENGLISH["guidance_status.retired"]}


@pytest.fixture
def sheet(clinic: ClinicOfPromises) -> IssuedChecklist:
    receipt = clinic.does(lambda work: submit_intake(work, intake(FIRST)))
    wanted = ChecklistRequest((TREATMENT,), DAY)
    return clinic.does(lambda work: issuing.issue_checklist(work, receipt.patient.id, wanted))


def by_id(work: Work, sheet: IssuedChecklist) -> IssuedChecklist:
    return checklists.get_checklist(work, sheet.id, printed=True)


def by_code(work: Work, sheet: IssuedChecklist) -> IssuedChecklist:
    return checklists.get_checklist_by_code(work, sheet.code)


def assert_stays_and_tells(
    clinic: ClinicOfPromises,
    sheet: IssuedChecklist,
    status: str,
    read: Callable[[Work, IssuedChecklist], IssuedChecklist] = by_id,
) -> None:
    """The same to the letter, current, and on every page of every format what has become of its guidance."""
    found = clinic.does(lambda work: read(work, sheet))
    said = state_document(found.state, found.words)
    assert found.document_text == sheet.document_text
    assert (said["status"], [one["status"] for one in said["guidance_today"]]) == ("current", [status])
    page = " ".join(Page(page_of(found.document, said)).runs)
    for shown in (page, *pdf_pages_of(found.document, said)):
        for told, words in TOLD.items():
            assert (words in shown) == (told == status)


@pytest.mark.parametrize("became", BECAME)
def test_a_sheet_stays_as_it_was_issued_and_tells_what_became_of_its_guidance(
    clinic: ClinicOfPromises, sheet: IssuedChecklist, became: str
) -> None:
    acts, status = BECAME[became]
    for act in acts:
        act(clinic)

    assert_stays_and_tells(clinic, sheet, status)
    assert_stays_and_tells(clinic, sheet, status, by_code)


def sign_all(clinic: ClinicOfPromises, sheet: IssuedChecklist) -> None:
    digests = digests_of(sheet.document)
    for section in signable_sections(sheet.document):
        signature = Signature(SignerRole.NURSE, "Test Nurse", digests[section], "asked tomorrow")
        clinic.does(lambda work, s=section, made=signature: sign_section(work, sheet.id, s, made))


def test_a_sheet_that_is_signed_everywhere_tells_programs_alone(
    clinic: ClinicOfPromises, sheet: IssuedChecklist
) -> None:
    sign_all(clinic, sheet)
    publishes_another(clinic)

    found = clinic.does(lambda work: by_id(work, sheet))
    said = state_document(found.state, found.words)

    assert [one["status"] for one in said["guidance_today"]] == ["older"]
    assert TOLD["older"] not in page_of(found.document, said)
    (row,) = clinic.does(lambda work: get_worklist(work, DAY)).rows
    assert row.status == "signed"


def test_a_new_sheet_from_new_guidance_keeps_the_signatures_of_the_sections_that_say_the_same(
    clinic: ClinicOfPromises, sheet: IssuedChecklist
) -> None:
    sign_all(clinic, sheet)
    publishes_another(clinic)

    wanted = ChecklistRequest((TREATMENT,), DAY)
    new = clinic.does(lambda work: issuing.issue_checklist(work, sheet.patient_id, wanted))

    said = state_document(new.state, new.words)
    void = {one["section"] for one in said["sign_offs"] if one["status"] == "void"}
    assert void == {"tell"}
    assert {one["section"] for one in said["sign_offs"]} == {
        section.value for section in signable_sections(sheet.document)
    }
    (row,) = clinic.does(lambda work: get_worklist(work, DAY)).rows
    assert ([section.value for section in row.sheet.to_sign], row.sheet.id) == (["tell"], new.id)


def made_anew(work: Work, sheet: IssuedChecklist) -> IssuedChecklist:
    new = issuing.issue_checklist(work, sheet.patient_id, ChecklistRequest((TREATMENT,), DAY))
    return replace(by_id(work, sheet), document_text=new.document_text)


def telling_nothing(work: Work, sheet: IssuedChecklist) -> IssuedChecklist:
    found = by_id(work, sheet)
    (today,) = found.state.guidance
    in_use = replace(today, status=type(today.status).IN_USE)
    assert found.state.status is ChecklistStatus.CURRENT
    return replace(found, state=replace(found.state, guidance=(in_use,)))


@pytest.mark.parametrize("fault", [made_anew, telling_nothing])
def test_a_planted_reading_that_changes_the_sheet_or_tells_nothing_is_found(
    clinic: ClinicOfPromises,
    sheet: IssuedChecklist,
    fault: Callable[[Work, IssuedChecklist], IssuedChecklist],
) -> None:
    publishes_another(clinic)
    with pytest.raises(AssertionError):
        assert_stays_and_tells(clinic, sheet, "older", fault)
