"""An issued checklist stays letter for letter as it was issued, and knows the latest version of the list."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from service.domain.checklists.checklist import Withdrawal
from service.domain.checklists.guidance_today import GuidanceStatus, GuidanceToday
from service.domain.errors import ConflictError, NotFoundError
from service.store.checklists import (
    StoredChecklist,
    find_checklist_by_code,
    insert_checklist,
    insert_withdrawal,
    list_checklists,
    load_checklist,
    sheets_before,
)
from service.store.database import Database, Reach, RefusedByDatabaseError
from service.store.medications import load_latest_list, save_next_list
from tests.store.records import DOCUMENT, LATER, NOW, NURSE, add_checklist, checklist_of, next_list

WITHDRAWAL = Withdrawal(NURSE, LATER, "Printed for the wrong day.")


def test_a_checklist_comes_back_as_the_text_that_was_issued(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        made = add_checklist(connection, clinic_id)
        stored = StoredChecklist(
            id=made.id,
            patient_id=made.patient.id,
            code=made.code,
            treatment_id=made.treatment_id,
            guidance_version=made.guidance_version,
            planned_start=made.planned_start,
            list_version=1,
            latest_version=1,
            document_text=DOCUMENT,
            language="en",
            withdrawal=None,
            issued_at=NOW,
            guidance=(GuidanceToday(made.treatment_id, GuidanceStatus.IN_USE, "v1", NOW),),
        )
        assert load_checklist(connection, clinic_id, made.id) == stored
        assert find_checklist_by_code(connection, clinic_id, made.code) == stored
        assert list_checklists(connection, clinic_id, made.patient.id, None, 5) == (stored,)
        assert load_checklist(connection, clinic_id, uuid4()) is None
        assert find_checklist_by_code(connection, clinic_id, "000000000") is None


def test_a_checklist_tells_of_a_newer_list_and_keeps_its_own_version(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        made = add_checklist(connection, clinic_id)
        latest = load_latest_list(connection, clinic_id, made.patient.id)
        assert latest is not None
        save_next_list(connection, clinic_id, next_list(latest, "Tea"))
        stored = load_checklist(connection, clinic_id, made.id)
    assert stored is not None
    assert (stored.list_version, stored.latest_version) == (1, 2)


def test_a_checklist_is_taken_back_once(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        made = add_checklist(connection, clinic_id)
        insert_withdrawal(connection, clinic_id, made.id, WITHDRAWAL)
        with pytest.raises(ConflictError) as refused:
            insert_withdrawal(connection, clinic_id, made.id, replace(WITHDRAWAL, reason="Again."))
        stored = load_checklist(connection, clinic_id, made.id)
    assert refused.value.code == "already_withdrawn"
    assert stored is not None
    assert stored.withdrawal == WITHDRAWAL


def test_a_checklist_that_is_not_there_cannot_be_taken_back(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        made = add_checklist(connection, clinic_id)
        for clinic, checklist_id in ((clinic_id, uuid4()), (other_clinic_id, made.id)):
            with pytest.raises(NotFoundError):
                insert_withdrawal(connection, clinic, checklist_id, WITHDRAWAL)
        stored = load_checklist(connection, clinic_id, made.id)
    assert stored is not None
    assert stored.withdrawal is None


def test_a_patients_checklists_are_read_page_by_page_newest_first(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        first = add_checklist(connection, clinic_id, "000000000")
        listed = load_latest_list(connection, clinic_id, first.patient.id)
        assert listed is not None
        ids = [UUID(int=first.id.int + number) for number in range(5)]
        for number, checklist_id in enumerate(ids[1:]):
            made = replace(checklist_of(first.patient, listed, f"CODE{number}"), id=checklist_id)
            insert_checklist(connection, clinic_id, made, DOCUMENT, "sha256:made-up")
        page = list_checklists(connection, clinic_id, first.patient.id, None, 3)
        rest = list_checklists(connection, clinic_id, first.patient.id, page[-1].id, 3)
    assert [one.id for one in (*page, *rest)] == ids[::-1]


def test_the_sheet_before_is_the_last_one_of_the_same_patient_and_treatment(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        made = add_checklist(connection, clinic_id)
        ids = [UUID(int=made.id.int + step) for step in (1, 2)]
        for number, one in enumerate(ids):
            newer = replace(made, id=one, code=f"{number}K2M9X4PD")
            insert_checklist(connection, clinic_id, newer, DOCUMENT, "sha256:made-up")
        add_checklist(connection, clinic_id, "9K2M9X4PD")
        before = sheets_before(connection, clinic_id, [made.id, *ids])
        assert before == {ids[0]: (made.id,), ids[1]: (ids[0],)}


def test_a_code_is_one_checklists_within_a_clinic(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        add_checklist(connection, clinic_id, "7K2M9X4PD")
        add_checklist(connection, other_clinic_id, "7K2M9X4PD")
    with pytest.raises(RefusedByDatabaseError), database.transaction(Reach.ALL) as connection:
        add_checklist(connection, clinic_id, "7K2M9X4PD")


def test_a_checklist_of_a_list_version_that_is_not_on_file_is_refused(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        made = add_checklist(connection, clinic_id)
    wrong = replace(made, id=uuid4(), code="000000000", list_version=2, issued_at=NOW + timedelta(1))
    with pytest.raises(RefusedByDatabaseError), database.transaction(Reach.ALL) as connection:
        insert_checklist(connection, clinic_id, wrong, DOCUMENT, "sha256:made-up")
