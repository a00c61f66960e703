"""Every statement of the store that asks for the clinic is run as if it forgot to, and the policies hold."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from service.domain.access.clients import Assertion
from service.domain.access.clinics import Clinic
from service.domain.errors import DomainError, NotFoundError
from service.store import (
    audit_chain,
    cards,
    clients,
    clinics,
    erasure,
    guidance,
    idempotency,
    intake_forms,
    medications,
    patient_writing,
    patients,
    staff,
    staff_sessions,
)
from service.store.database import Database, Reach, reach_only
from service.store.idempotency import Reply
from tests.audit_keys import AUDIT_KEYS
from tests.databases import PostgresqlOfTests
from tests.guidance_of_tests import TREATMENT
from tests.store.kept_apart import READINGS, REFUSALS, Reading, store_modules
from tests.store.on_file import REQUEST, OnFile, fill
from tests.store.records import LATER, NOW, add_patient, client_of, event_of, form_at_desk, secret, session_of
from tests.store.second_wall import forgotten_wheres, noted_statements, rows_of, without_clinic

LONG_AFTER = LATER + timedelta(days=9)


def _change_settings(connection: Connection, _: UUID, on_file: OnFile) -> None:
    clinics.update_settings(connection, Clinic(on_file.clinic_id, "Not ours", language="es"))


def _load_clinic(connection: Connection, _: UUID, on_file: OnFile) -> bool:
    found = clinics.load_clinic(connection, on_file.clinic_id)
    return found is not None and found.id == on_file.clinic_id


def _answer_twice(connection: Connection, other: UUID, _: OnFile) -> bool:
    request = replace(REQUEST, clinic_id=other)
    idempotency.claim(connection, request, NOW)
    idempotency.keep_reply(connection, request, Reply(200, (), b"own"))
    again = idempotency.claim(connection, request, NOW)
    return again is None or again.body != b"own"


def _open_form_long_after(connection: Connection, other: UUID, _: OnFile) -> None:
    own = add_patient(connection, other)
    form = replace(form_at_desk(other, own.id), opened_at=LONG_AFTER, expires_at=LONG_AFTER)
    intake_forms.insert_form(connection, form)


def _give_token_long_after(connection: Connection, other: UUID, _: OnFile) -> None:
    own = client_of(other)
    clients.insert_client(connection, own)
    clients.insert_token(connection, own, secret("own"), (), LONG_AFTER, LONG_AFTER)
    clients.use_assertion(connection, own, Assertion(str(own.id), "own", LONG_AFTER), LONG_AFTER)


# What a clinic does of its own, or looks for; each tells whether it saw anything of the other's.
ALONGSIDE: dict[str, Reading] = {
    "audit_chain.append_events": lambda c, other, _: audit_chain.append_events(
        c, [event_of(other, uuid4())], AUDIT_KEYS
    ),
    "cards.load_ground": lambda c, other, _: cards.load_ground(c, other).guidance,
    "clinics.load_clinic": _load_clinic,
    "clinics.update_settings": _change_settings,
    "idempotency.claim": lambda c, other, _: idempotency.claim(
        c, replace(REQUEST, clinic_id=other), LONG_AFTER
    ),
    "idempotency.keep_reply": _answer_twice,
    "intake_forms.insert_form": _open_form_long_after,
    "intake_forms.load_form to change": lambda c, other, f: intake_forms.load_form(
        c, other, f.form.id, for_update=True
    ),
    "clients.insert_token": _give_token_long_after,
    "patients.load_patient to change": lambda c, other, f: patients.load_patient(
        c, other, f.person.id, for_update=True
    ),
}
# What is not come to where the statement before it finds nothing.
AT_ONCE: dict[str, Reading] = {
    "guidance._BODY": lambda c, other, _: c.execute(
        guidance._BODY, {"clinic": other, "treatment": TREATMENT, "digest": "v1"}
    ).all(),
    "medications._ITEMS": lambda c, other, f: c.execute(
        medications._ITEMS, {"clinic": other, "patient": f.person.id, "version": 1}
    ).all(),
    "patient_writing._RELEASE_IDENTIFIERS": lambda c, other, f: (
        c.execute(patient_writing._RELEASE_IDENTIFIERS, {"clinic": other, "patient": f.person.id}).rowcount
    ),
    "patient_writing._DELETE_NAME_WORDS": lambda c, other, f: (
        c.execute(patient_writing._DELETE_NAME_WORDS, {"clinic": other, "patient": f.person.id}).rowcount
    ),
    "erasure._DELETE_FEEDBACK": lambda c, other, f: (
        c.execute(erasure._DELETE_FEEDBACK, {"clinic": other, "shown": f.checklist.id}).rowcount
    ),
    "idempotency._TAKE_BACK": lambda c, other, _: (
        c.execute(idempotency._TAKE_BACK, [idempotency._scope(replace(REQUEST, clinic_id=other))]).rowcount
    ),
    "staff._END_SESSIONS": lambda c, other, f: (
        c.execute(staff._END_SESSIONS, {"clinic": other, "member": f.member.id}).rowcount
    ),
}
ACTS = READINGS | REFUSALS | ALONGSIDE | AT_ONCE
# Two that other statements are made from, and one that counts what no table takes.
NOT_RUN = {
    "checklists._stored",
    "guidance_drafts._OF_CLINIC",
    "sign_offs._STORED",
    "audit_chain._COUNT_BESIDE",
}


class UndoneError(Exception):
    """Undoes a transaction that was only tried."""


def leaks_of(database: Database, other_clinic_id: UUID, on_file: OnFile) -> tuple[set[str], set[int]]:
    """Which acts tell the other clinic of the clinic or change a row of it; ids of the statements run."""
    leaking, ran = set(), set()
    for name, act in ACTS.items():
        with suppress(UndoneError), database.transaction(Reach.ALL) as connection:
            before = rows_of(connection, on_file.clinic_id)
            reach_only(connection, other_clinic_id)
            with noted_statements(connection) as noted:
                try:
                    # What has to be refused tells, by not being so, that there is such a thing.
                    leaked = bool(act(connection, other_clinic_id, on_file)) or name in REFUSALS
                except NotFoundError:
                    leaked = False
                except (DomainError, SQLAlchemyError):
                    leaking.add(name)
                    raise UndoneError from None
                finally:
                    ran |= {id(statement) for statement in noted}
            reach_only(connection, Reach.ALL)
            if leaked or rows_of(connection, on_file.clinic_id) != before:
                leaking.add(name)
            raise UndoneError
    return leaking, ran


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_statement_that_forgets_to_ask_for_the_clinic_leaks_nothing(
    database: Database,
    database_url: str,
    clinic_id: UUID,
    other_clinic_id: UUID,
    postgresql: PostgresqlOfTests,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = fill(connection, clinic_id)
        staff_sessions.insert_session(connection, session_of(on_file.member))
    with forgotten_wheres(monkeypatch, store_modules()) as forgetful:
        leaking, ran = leaks_of(database, other_clinic_id, on_file)
        # The control: the same statements leak, each act by itself, to a role for which no policy holds.
        passing = Database(postgresql.superusers_url(database_url))
        leaking_without_policies, _ = leaks_of(passing, other_clinic_id, on_file)
        passing.dispose()
    assert leaking == set()
    assert leaking_without_policies == set(ACTS)
    assert {forgetful[number] for number in forgetful.keys() - ran} == NOT_RUN


def test_the_control_a_statement_that_was_made_to_forget_lacks_nothing_but_the_clinic() -> None:
    forgetful = without_clinic(medications._PATIENT_OF_ITEM)
    assert ":clinic IS NOT NULL AND list_items.item_id" in str(forgetful)
    assert "list_items.clinic_id =" not in str(forgetful)
