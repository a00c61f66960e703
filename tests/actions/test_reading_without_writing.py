"""While the database takes no write, reads go on a spare record, and nothing is changed."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from service.actions.credentials import authenticate
from service.actions.door import Door
from service.actions.performing import perform
from service.actions.work import Work
from service.domain.access.credentials import secret_digest
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.access.sessions import SESSION_IDLE, SESSION_PREFIX
from service.domain.audit.events import AuditAction, AuditEvent
from service.store import audit as audit_store
from service.store import patients as patient_store
from service.store import staff as staff_store
from service.store import staff_sessions as session_store
from service.store.database import Database, NotWritableError, Reach
from tests.audit_keys import AUDIT_KEYS
from tests.store.records import NOW, add_clinic, add_patient, member_of, session_of

SECRET = SESSION_PREFIX + "of the tests"


@pytest.fixture
def clinic_id(database: Database) -> UUID:
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
        member = member_of(clinic_id)
        staff_store.insert_staff(connection, member)
        session_store.insert_session(connection, session_of(member, SECRET))
        add_patient(connection, clinic_id)
    return clinic_id


@pytest.fixture
def read_only(database: Database, database_url: str, clinic_id: UUID) -> Iterator[Database]:
    """The same database, which takes no write."""
    if database.kind == "sqlite":
        opened = Database(f"sqlite:///file:{database_url.removeprefix('sqlite:///')}?mode=ro&uri=true")
    else:
        opened = Database(f"{database_url}&options=-c%20default_transaction_read_only%3Don")
    yield opened
    opened.dispose()


def door_of(database: Database, clinic_id: UUID, kept: list[AuditEvent] | None) -> Door:
    actor = Actor(clinic_id, ActorKind.KEY, uuid4(), "An EHR", Role.EHR)
    return Door(
        database,
        AUDIT_KEYS,
        lambda: NOW,
        actor,
        "request-1",
        spare_record=None if kept is None else kept.extend,
    )


def read_all(work: Work) -> int:
    found = patient_store.list_patients(work.connection, work.clinic_id, None, 5)
    for one in found:
        work.record(AuditAction.READ_PATIENT, patient_id=one.id)
    return len(found)


def test_what_is_read_is_on_the_spare_record_and_only_there(
    database: Database, read_only: Database, clinic_id: UUID
) -> None:
    kept: list[AuditEvent] = []

    assert perform(door_of(read_only, clinic_id, kept), read_all) == 1

    assert [event.action for event in kept] == [AuditAction.READ_PATIENT]
    with database.transaction(clinic_id) as connection:
        assert audit_store.list_events(connection, clinic_id, None, 5) == ()


def test_without_a_spare_record_nothing_is_read(read_only: Database, clinic_id: UUID) -> None:
    with pytest.raises(NotWritableError):
        perform(door_of(read_only, clinic_id, None), read_all)


def test_where_it_can_be_written_the_spare_record_stays_empty(database: Database, clinic_id: UUID) -> None:
    kept: list[AuditEvent] = []

    perform(door_of(database, clinic_id, kept), read_all)

    assert kept == []
    with database.transaction(clinic_id) as connection:
        assert len(audit_store.list_events(connection, clinic_id, None, 5)) == 1


def test_a_change_is_never_on_a_spare_record(read_only: Database, clinic_id: UUID) -> None:
    kept: list[AuditEvent] = []

    def change(work: Work) -> None:
        work.record(AuditAction.CREATE_PATIENT, patient_id=add_patient(work.connection, clinic_id, "9").id)

    with pytest.raises(NotWritableError):
        perform(door_of(read_only, clinic_id, kept), change)
    assert kept == []


def test_a_session_lets_its_person_in_until_it_would_have_ended(
    database: Database, read_only: Database, clinic_id: UUID
) -> None:
    last = NOW + SESSION_IDLE

    for moment in (NOW + timedelta(minutes=1), last):
        assert authenticate(read_only, SECRET, moment) is not None
    assert authenticate(read_only, SECRET, last + timedelta(seconds=1)) is None
    with database.transaction(Reach.ALL) as connection:
        found = session_store.find_session(connection, secret_digest(SECRET))
    assert found is not None
    assert found[0].used_at == NOW
