"""PostgreSQL keeps clinics apart by itself: no row of another clinic is seen, changed, deleted or made."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, text, update

from service.domain.checklists.checklist import Withdrawal
from service.store import login_failures, staff_sessions
from service.store.checklist_writing import insert_withdrawal
from service.store.database import Database, Reach, RefusedByDatabaseError
from service.store.limits import take_portion
from service.store.tables import metadata
from tests.databases import PostgresqlOfTests
from tests.store.on_file import OnFile, fill
from tests.store.records import LATER, NOW, NURSE, secret, session_of
from tests.store.second_wall import (
    OF_A_CLINIC,
    Rows,
    clinic_column,
    rows_of,
    seen,
    unguarded_tables,
)

READ_TO_KNOW_THE_CLINIC = {
    *("clinics", "api_keys", "staff", "staff_sessions", "ehr_clients", "client_tokens"),
    *("intake_links", "intake_forms", "login_failures", "limit_counts"),
}


pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def on_file(database: Database, clinic_id: UUID) -> OnFile:
    """One of everything, of a clinic; and failed log-ins and counts, which are of none."""
    with database.transaction(Reach.ALL) as connection:
        filled = fill(connection, clinic_id)
        staff_sessions.insert_session(connection, session_of(filled.member))
        insert_withdrawal(connection, clinic_id, filled.checklist.id, Withdrawal(NURSE, LATER, "Wrong day."))
        login_failures.record_login_failure(connection, filled.member.login, NOW)
        take_portion(connection, "calls/key/1", LATER, 9, NOW)
        assert seen(connection) == set(metadata.tables)
    return filled


def test_every_table_is_behind_the_wall(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        assert unguarded_tables(connection) == set()


def test_the_control_a_table_without_a_policy_is_noticed(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        connection.execute(text("CREATE TABLE new_rows (clinic_id uuid)"))
        connection.execute(text("ALTER TABLE patients NO FORCE ROW LEVEL SECURITY"))
        assert unguarded_tables(connection) == {"new_rows", "patients"}


def test_a_transaction_sees_its_clinic_alone(
    database: Database, on_file: OnFile, other_clinic_id: UUID
) -> None:
    with database.transaction(other_clinic_id) as connection:
        assert seen(connection) == {"clinics", "audit_chains"}
        assert {number for number, _ in rows_of(connection, on_file.clinic_id).values()} == {0}
    with database.transaction(on_file.clinic_id) as connection:
        assert all(number for number, _ in rows_of(connection, on_file.clinic_id).values())
        assert connection.execute(select(metadata.tables["clinics"].c.id)).scalars().all() == [
            on_file.clinic_id
        ]


def test_before_the_clinic_is_known_only_what_tells_it_is_seen(database: Database, on_file: OnFile) -> None:
    with database.transaction(Reach.CREDENTIALS) as connection:
        assert seen(connection) == READ_TO_KNOW_THE_CLINIC
        forms = connection.execute(select(metadata.tables["intake_forms"].c.secret_sha256)).scalars().all()
    assert forms == [secret(f"form {on_file.checklist.id}")]


@pytest.mark.parametrize("reach", ["", "none", str(UUID(int=0x7E57))])
def test_without_a_clinic_nothing_is_seen(
    database: Database, on_file: OnFile, reach: str, postgresql: PostgresqlOfTests
) -> None:
    assert on_file
    with database.transaction(Reach.ALL) as connection:
        connection.execute(
            text("SELECT set_config('medication_checklist.reach', :reach, true)"), {"reach": reach}
        )
        assert seen(connection) == set()


@pytest.mark.parametrize("reach", ["other", Reach.CREDENTIALS])
def test_whatever_is_changed_or_deleted_no_row_of_another_clinic_is(
    database: Database, on_file: OnFile, other_clinic_id: UUID, reach: str | Reach
) -> None:
    before = all_rows(database, on_file)
    with database.transaction(other_clinic_id if reach == "other" else reach) as connection:
        for table in reversed(OF_A_CLINIC):
            whose = clinic_column(table)
            if table.name != "clinics":
                connection.execute(update(table).values({whose: whose}))
                connection.execute(delete(table))
    assert all_rows(database, on_file) == before


@pytest.mark.parametrize("table", OF_A_CLINIC, ids=lambda table: table.name)
def test_a_row_of_another_clinic_is_not_made(
    database: Database, on_file: OnFile, other_clinic_id: UUID, table: Any
) -> None:
    with database.transaction(Reach.ALL) as connection:
        row = connection.execute(select(table).where(clinic_column(table) == on_file.clinic_id)).first()
    assert row is not None
    for reach in (other_clinic_id, Reach.CREDENTIALS):
        with pytest.raises(RefusedByDatabaseError, match="42501"), database.transaction(reach) as connection:
            connection.execute(insert(table).values(dict(row._mapping)))


def test_a_row_is_not_given_to_another_clinic(
    database: Database, on_file: OnFile, other_clinic_id: UUID
) -> None:
    given = update(metadata.tables["api_keys"]).values(clinic_id=other_clinic_id)
    with (
        pytest.raises(RefusedByDatabaseError, match="42501"),
        database.transaction(on_file.clinic_id) as connection,
    ):
        connection.execute(given)


def all_rows(database: Database, on_file: OnFile) -> Rows:
    with database.transaction(Reach.ALL) as connection:
        return rows_of(connection, on_file.clinic_id)
