"""The database itself refuses to change what is kept as it is, whoever asks."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select, text, update

from service.domain.checklists.checklist import Withdrawal
from service.store.audit_chain import append_events
from service.store.checklist_writing import insert_withdrawal
from service.store.database import Database, Reach, RefusedByDatabaseError
from service.store.tables import metadata
from tests.audit_keys import AUDIT_KEYS
from tests.store.records import LATER, NURSE, add_checklist, add_draft, event_of, fill_the_tables_of_the_pages

NEVER_CHANGED = [
    "list_versions",
    "list_items",
    "checklists",
    "checklist_withdrawals",
    "sign_offs",
    "sign_off_withdrawals",
    "line_marks",
    "guidance_versions",
    "guidance_publications",
    "source_documents",
    "checklist_treatments",
    "audit_events",
]


@pytest.fixture
def filled(database: Database, clinic_id: UUID) -> Database:
    with database.transaction(Reach.ALL) as connection:
        made = add_checklist(connection, clinic_id)
        insert_withdrawal(connection, clinic_id, made.id, Withdrawal(NURSE, LATER, "Wrong day."))
        append_events(connection, [event_of(clinic_id, uuid4())], AUDIT_KEYS)
        fill_the_tables_of_the_pages(connection, clinic_id, made)
        add_draft(connection, clinic_id)
    return database


@pytest.mark.parametrize("name", NEVER_CHANGED)
def test_a_row_is_never_changed_in_any_column(filled: Database, name: str) -> None:
    table = metadata.tables[name]
    for column in table.columns:
        with pytest.raises(RefusedByDatabaseError), filled.transaction(Reach.ALL) as connection:
            connection.execute(update(table).values({column: column}))


def test_an_audit_event_is_never_deleted(filled: Database) -> None:
    table = metadata.tables["audit_events"]
    with pytest.raises(RefusedByDatabaseError), filled.transaction(Reach.ALL) as connection:
        connection.execute(delete(table))
    if filled.kind == "postgresql":
        with pytest.raises(RefusedByDatabaseError), filled.transaction(Reach.ALL) as connection:
            connection.execute(text("TRUNCATE audit_events"))
    with filled.transaction(Reach.ALL) as connection:
        assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 1


def test_what_is_kept_of_a_patient_can_be_erased(filled: Database) -> None:
    in_order = [
        "intake_forms",
        "intake_links",
        "line_marks",
        "sign_off_withdrawals",
        "sign_offs",
        "checklist_withdrawals",
        "checklist_treatments",
        "checklists",
        "list_items",
        "list_versions",
        "patient_identifiers",
        "patient_name_words",
    ]
    with filled.transaction(Reach.ALL) as connection:
        for name in (*in_order, "patients"):
            assert connection.execute(delete(metadata.tables[name])).rowcount > 0


def test_the_control_other_rows_can_be_changed(filled: Database) -> None:
    with filled.transaction(Reach.ALL) as connection:
        table = metadata.tables["patients"]
        assert connection.execute(update(table).values(name="Changed")).rowcount == 1
