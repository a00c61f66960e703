"""An issued checklist stays letter for letter as it was issued, and knows the latest version of the list."""

from dataclasses import replace
from uuid import UUID, uuid4

from service.domain.checklists.guidance_today import GuidanceStatus, GuidanceToday
from service.store.checklist_writing import insert_checklist
from service.store.checklists import StoredChecklist, find_checklist_by_code, list_checklists, load_checklist
from service.store.database import Database, Reach
from service.store.medication_writing import save_next_list
from service.store.medications import load_latest_list
from tests.store.records import DOCUMENT, NOW, add_checklist, checklist_of, next_list


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
