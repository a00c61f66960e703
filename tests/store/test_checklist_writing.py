"""A checklist is kept once, for what is on file, and taken back once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from service.domain.checklists.checklist import Withdrawal
from service.domain.errors import ConflictError, NotFoundError
from service.store.checklist_writing import insert_checklist, insert_withdrawal
from service.store.checklists import load_checklist
from service.store.database import Database, Reach, RefusedByDatabaseError
from tests.store.records import DOCUMENT, LATER, NOW, NURSE, add_checklist

WITHDRAWAL = Withdrawal(NURSE, LATER, "Printed for the wrong day.")


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
