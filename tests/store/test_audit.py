"""Audit events come back as they were written, newest first."""

from dataclasses import replace
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.audit.events import AuditAction, AuditEvent, AuditOutcome
from service.store.audit import list_events
from service.store.audit_chain import append_events
from service.store.database import Database, Reach
from tests.audit_keys import AUDIT_KEYS
from tests.store.records import add_clinic, event_of
from tests.strategies import instants, optional, texts

actors = st.builds(
    Actor, st.just(UUID(int=0)), st.sampled_from(ActorKind), st.uuids(), texts(), st.sampled_from(Role)
)
events = st.builds(
    AuditEvent,
    st.uuids(),
    instants(),
    actors,
    st.sampled_from(AuditAction),
    st.sampled_from(AuditOutcome),
    texts(30),
    optional(st.uuids()),
    optional(texts(30)),
    st.dictionaries(texts(10), texts(10), max_size=3),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=events)
def test_an_event_comes_back_equal_to_what_was_written(database: Database, made: AuditEvent) -> None:
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
        written = replace(made, actor=replace(made.actor, clinic_id=clinic_id))
        append_events(connection, [written], AUDIT_KEYS)
        assert list_events(connection, clinic_id, None, 5) == (written,)


def test_events_are_read_page_by_page_newest_first_of_all_or_of_one_patient(
    database: Database, clinic_id: UUID
) -> None:
    one, other = uuid4(), uuid4()
    with database.transaction(Reach.ALL) as connection:
        for number in range(1, 7):
            about = one if number % 2 else other
            append_events(connection, [event_of(clinic_id, UUID(int=number), about)], AUDIT_KEYS)

        page = list_events(connection, clinic_id, None, 4)
        rest = list_events(connection, clinic_id, page[-1].id, 4)
        of_one = list_events(connection, clinic_id, None, 9, patient_id=one)
        earlier_of_one = list_events(connection, clinic_id, UUID(int=5), 9, one)

    assert [event.id.int for event in (*page, *rest)] == [6, 5, 4, 3, 2, 1]
    assert [event.id.int for event in of_one] == [5, 3, 1]
    assert [event.id.int for event in earlier_of_one] == [3, 1]
