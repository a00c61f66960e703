"""A sheet takes the place of the last one; ``test_sheets_for_several`` has those for several treatments."""

from dataclasses import replace
from uuid import UUID

from service.store.checklist_writing import insert_checklist
from service.store.database import Database, Reach
from service.store.replacements import sheets_before
from tests.store.records import DOCUMENT, add_checklist


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
