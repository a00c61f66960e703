"""A unit of work writes its audit events at its end, in one go, or nothing of it is kept."""

import ast
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from service.actions.door import Door
from service.actions.performing import perform
from service.actions.work import Work
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.audit.events import AuditAction
from service.store import audit as audit_store
from service.store import patient_writing
from service.store import patients as patient_store
from service.store.database import Database, Reach, RefusedByDatabaseError
from tests.audit_keys import AUDIT_KEYS
from tests.store.records import NOW, add_clinic, patient

SERVICE = Path(__file__).parents[2] / "service"


def door_of(database: Database) -> Door:
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
    return Door(
        database,
        AUDIT_KEYS,
        lambda: NOW,
        Actor(clinic_id, ActorKind.KEY, uuid4(), "An EHR", Role.EHR),
        "request-1",
    )


def add_patients(work: Work) -> list[UUID]:
    made = [patient(str(number)) for number in range(3)]
    for one in made:
        work.record(AuditAction.CREATE_PATIENT, patient_id=one.id)
        patient_writing.insert_patient(work.connection, work.clinic_id, one, work.now)
    return [one.id for one in made]


def test_the_events_of_a_request_are_written_last_and_in_one_go(database: Database) -> None:
    door, written = door_of(database), []

    def act(work: Work) -> list[UUID]:
        event.listen(
            work.connection, "before_cursor_execute", lambda *args: written.append(args[2].split()[:3])
        )
        return add_patients(work)

    made = perform(door, act)

    tables = [words[2] for words in written if words[0] == "INSERT"]
    assert tables[-1] == "audit_events"
    assert tables.count("audit_events") == 1
    with database.transaction(Reach.ALL) as connection:
        found = audit_store.list_events(connection, door.actor.clinic_id, None, 9)
    assert [one.patient_id for one in found] == made[::-1]


def test_where_an_event_cannot_be_written_nothing_is_done(database: Database) -> None:
    door = door_of(database)

    def act(work: Work) -> None:
        add_patients(work)
        work.events.append(work.events[0])

    with pytest.raises(RefusedByDatabaseError):
        perform(door, act)

    with database.transaction(Reach.ALL) as connection:
        assert audit_store.list_events(connection, door.actor.clinic_id, None, 9) == ()
        assert not patient_store.list_patients(connection, door.actor.clinic_id, None, 9)


def test_a_unit_of_work_is_made_only_where_its_events_are_written() -> None:
    makers = [
        path.relative_to(SERVICE).as_posix()
        for path in SERVICE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Work"
    ]

    assert set(makers) == {"actions/work.py", "actions/performing.py"}
