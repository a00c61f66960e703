"""Another clinic's object answers exactly like a missing one, in every function of the store."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Delete, Select, Update, select
from sqlalchemy.sql import visitors

import service.store
from service.domain.access.clients import EhrClient
from service.domain.access.credentials import ApiKey, StaffMember
from service.domain.checklists.checklist import Checklist, Withdrawal
from service.domain.errors import NotFoundError
from service.domain.guidance.drafts import GuidanceDraft
from service.domain.intake.forms import IntakeForm
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient, sought_words
from service.store import (
    api_keys,
    audit,
    audit_chain,
    cards,
    checklists,
    clients,
    clinics,
    erasure,
    guidance,
    guidance_drafts,
    guidance_today,
    guidance_versions,
    idempotency,
    intake_forms,
    intake_links,
    marks,
    medications,
    patient_rows,
    patient_search,
    patients,
    sign_offs,
    staff,
)
from service.store.database import Database, Reach, RefusedByDatabaseError
from service.store.idempotency import Claim, Reply
from service.store.tables import card_feedback
from tests.audit_keys import AUDIT_KEYS
from tests.guidance_of_tests import TREATMENT
from tests.store.records import (
    DOCUMENT,
    LATER,
    NOW,
    NURSE,
    add_checklist,
    add_draft,
    client_of,
    event_of,
    fill_the_tables_of_the_pages,
    form_at_desk,
    key_of,
    member_of,
    next_list,
    secret,
)
from tests.store.second_wall import statements_in

REQUEST = Claim(UUID(int=0), UUID(int=1), "POST", "/v1/intake", "key-1", "00")


@dataclass(frozen=True)
class OnFile:
    """One of everything that a clinic keeps."""

    clinic_id: UUID
    person: Patient
    listed: MedicationList
    checklist: Checklist
    renewed: UUID
    key: ApiKey
    member: StaffMember
    client: EhrClient
    form: IntakeForm
    link_id: UUID
    draft: GuidanceDraft


def fill(connection: Connection, clinic_id: UUID) -> OnFile:
    made = add_checklist(connection, clinic_id)
    listed = medications.load_latest_list(connection, clinic_id, made.patient.id)
    assert listed is not None
    renewed = replace(made, id=UUID(int=made.id.int + 1), code="9K2M9X4PD")
    checklists.insert_checklist(connection, clinic_id, renewed, DOCUMENT, "sha256:made-up")
    key = key_of(clinic_id)
    api_keys.insert_key(connection, key)
    member = member_of(clinic_id, f"nurse of {clinic_id}")
    staff.insert_staff(connection, member)
    client = client_of(clinic_id)
    clients.insert_client(connection, client)
    request = replace(REQUEST, clinic_id=clinic_id)
    idempotency.claim(connection, request, NOW)
    idempotency.keep_reply(connection, request, Reply(200, (), f"of {made.patient.id}".encode()))
    audit_chain.append_events(connection, [event_of(clinic_id, uuid4(), made.patient.id)], AUDIT_KEYS)
    fill_the_tables_of_the_pages(connection, clinic_id, made)
    draft = add_draft(connection, clinic_id)
    intake_forms.insert_form(connection, form_at_desk(clinic_id, made.patient.id))
    form = intake_forms.find_form(connection, secret(f"form {made.id}"))
    assert form is not None
    assert form.link_id is not None
    return OnFile(
        clinic_id, made.patient, listed, made, renewed.id, key, member, client, form, form.link_id, draft
    )


Reading = Callable[[Connection, UUID, OnFile], object]
# What each function answers where there is nothing: None, an empty page or False.
READINGS: dict[str, Reading] = {
    "medications.load_latest_list": lambda c, other, f: medications.load_latest_list(c, other, f.person.id),
    "medications.load_list": lambda c, other, f: medications.load_list(c, other, f.person.id, 1),
    "medications.load_lists": lambda c, other, f: medications.load_lists(c, other, f.person.id, [1]),
    "medications.latest_version": lambda c, other, f: medications.latest_version(c, other, f.person.id),
    "medications.list_versions": lambda c, other, f: medications.list_versions(
        c, other, f.person.id, None, 9
    ),
    "medications.load_latest_lists": lambda c, other, f: medications.load_latest_lists(
        c, other, [f.person.id]
    ),
    "medications.find_patient_of_item": lambda c, other, f: medications.find_patient_of_item(
        c, other, f.listed.items[0].id
    ),
    "patients.load_updated_at": lambda c, other, f: patients.load_updated_at(c, other, [f.person.id]),
    "patients.load_patients": lambda c, other, f: patients.load_patients(c, other, [f.person.id]),
    "patients.load_patient": lambda c, other, f: patients.load_patient(c, other, f.person.id),
    "patients.find_patient": lambda c, other, f: patients.find_patient(c, other, f.person.identifiers[0]),
    "patients.find_patients": lambda c, other, f: patients.find_patients(
        c, other, f.person.identifiers, f.person.id
    ),
    "patients.usual_system": lambda c, other, _: patients.usual_system(c, other, 9),
    "patients.list_patients": lambda c, other, _: patients.list_patients(c, other, None, 9),
    "guidance.load_guidance": lambda c, other, _: guidance.load_guidance(c, other, TREATMENT),
    "guidance.list_guidance": lambda c, other, _: guidance.list_guidance(c, other),
    "guidance.load_last_act": lambda c, other, _: guidance.load_last_act(c, other, TREATMENT),
    "guidance.list_publications": lambda c, other, _: guidance.list_publications(c, other),
    "guidance_today.guidance_of_several": lambda c, other, f: guidance_today.guidance_of_several(
        c, other, [f.checklist.id]
    ),
    "guidance_versions.list_versions": lambda c, other, _: guidance_versions.list_versions(c, other),
    "guidance_versions.count_open_sheets": lambda c, other, _: guidance_versions.count_open_sheets(
        c, other, TREATMENT, "v1"
    ),
    "guidance_versions.count_sheets": lambda c, other, _: guidance_versions.count_sheets(c, other),
    "guidance_drafts.load_document": lambda c, other, f: guidance_drafts.load_document(
        c, other, f.draft.guidance.document.sha256
    ),
    "guidance_drafts.load_draft": lambda c, other, f: guidance_drafts.load_draft(c, other, f.draft.id),
    "guidance_drafts.list_drafts": lambda c, other, _: guidance_drafts.list_drafts(c, other),
    "checklists.load_checklist": lambda c, other, f: checklists.load_checklist(c, other, f.checklist.id),
    "checklists.find_checklist_by_code": lambda c, other, f: checklists.find_checklist_by_code(
        c, other, f.checklist.code
    ),
    "checklists.list_checklists": lambda c, other, f: checklists.list_checklists(
        c, other, f.person.id, None, 9
    ),
    "checklists.list_planned": lambda c, other, f: checklists.list_planned(
        c, other, f.checklist.planned_start or date.min, 9
    ),
    "patient_search.find_by_identifier_value": lambda c, other, f: patient_search.find_by_identifier_value(
        c, other, f.person.identifiers[0].value, 9
    ),
    "patient_search.find_by_name_words": lambda c, other, f: patient_search.find_by_name_words(
        c, other, sought_words(f.person.name or ""), 9
    ),
    "checklists.sheets_before": lambda c, other, f: checklists.sheets_before(c, other, [f.renewed]),
    "checklists.next_planned_day": lambda c, other, _: checklists.next_planned_day(c, other, date.min),
    "audit.list_events": lambda c, other, _: audit.list_events(c, other, None, 9),
    "audit.list_events of a patient": lambda c, other, f: audit.list_events(c, other, None, 9, f.person.id),
    "audit_chain.load_head": lambda c, other, _: audit_chain.load_head(c, other).length,
    "audit_chain.read_chain": lambda c, other, _: audit_chain.read_chain(c, other, None, 9),
    "api_keys.list_keys": lambda c, other, _: api_keys.list_keys(c, other),
    "api_keys.revoke_key": lambda c, other, f: api_keys.revoke_key(c, other, f.key.id, LATER),
    "clients.list_clients": lambda c, other, _: clients.list_clients(c, other),
    "clients.revoke_client": lambda c, other, f: clients.revoke_client(c, other, f.client.id, LATER),
    "staff.list_staff": lambda c, other, _: staff.list_staff(c, other),
    "sign_offs.list_sign_offs": lambda c, other, f: sign_offs.list_sign_offs(
        c, other, f.person.id, TREATMENT
    ),
    "sign_offs.list_sign_offs_of_many": lambda c, other, f: sign_offs.list_sign_offs_of_many(
        c, other, [(f.person.id, TREATMENT)]
    ),
    "intake_forms.load_form": lambda c, other, f: intake_forms.load_form(c, other, f.form.id),
    "intake_forms.find_open_form_at_desk": lambda c, other, f: intake_forms.find_open_form_at_desk(
        c, other, f.person.id, NOW
    ),
    "intake_links.open_link": lambda c, other, f: intake_links.open_link(c, other, f.link_id, NOW),
    "patient_rows.read_rows": lambda c, other, f: [
        row for table in patient_rows.ROWS for row in patient_rows.read_rows(c, other, f.person.id, table)
    ],
    "patient_rows.read_feedback": lambda c, other, _: list(
        patient_rows.read_feedback(c, other, [uuid4(), *c.scalars(select(card_feedback.c.card))])
    ),
    "marks.list_marks": lambda c, other, f: marks.list_marks(c, other, f.person.id, TREATMENT),
    "erasure.count_what_goes": lambda c, other, f: erasure.count_what_goes(c, other, f.person.id),
    "erasure.hold_patient": lambda c, other, f: erasure.hold_patient(c, other, f.person.id),
    "erasure.erase_rows": lambda c, other, f: erasure.erase_rows(c, other, f.person.id),
    "idempotency.take_back_replies": lambda c, other, f: idempotency.take_back_replies(
        c, other, {f.person.id}
    ),
    "idempotency.claim": lambda c, other, _: idempotency.claim(c, replace(REQUEST, clinic_id=other), NOW),
}
REFUSALS: dict[str, Reading] = {
    "cards.load_sheets": lambda c, other, f: cards.load_sheets(c, other, f.person.id),
    "guidance_versions.find_version": lambda c, other, _: guidance_versions.find_version(
        c, other, TREATMENT, "v1"
    ),
    "medications.insert_first_list": lambda c, other, f: medications.insert_first_list(
        c, other, replace(f.listed, version=1)
    ),
    "medications.save_next_list": lambda c, other, f: medications.save_next_list(
        c, other, next_list(f.listed, "Tea")
    ),
    "patients.update_patient": lambda c, other, f: patients.update_patient(
        c, other, replace(f.person, name="Changed"), LATER
    ),
    "staff.set_left": lambda c, other, f: staff.set_left(c, other, f.member.id, LATER),
    "staff.set_password_hash": lambda c, other, f: staff.set_password_hash(
        c, other, f.member.id, "$argon2id$another"
    ),
    "clients.set_keys": lambda c, other, f: clients.set_keys(c, other, f.client.id, f.client.keys),
    "intake_forms.save_draft": lambda c, other, f: intake_forms.save_draft(c, other, f.form.id, {}, 1),
    "intake_forms.close_form": lambda c, other, f: intake_forms.close_form(c, other, f.form.id, LATER, 1, {}),
    "guidance_drafts.save_draft": lambda c, other, f: guidance_drafts.save_draft(
        c, other, replace(f.draft, revision=2)
    ),
    "guidance_drafts.delete_draft": lambda c, other, f: guidance_drafts.delete_draft(c, other, f.draft.id),
    "checklists.insert_withdrawal": lambda c, other, f: checklists.insert_withdrawal(
        c, other, f.checklist.id, Withdrawal(NURSE, LATER, "Not ours.")
    ),
}
# These make something of the clinic's own, or (load_clinic) are asked for the clinic itself.
OTHERWISE = {"patients.insert_patient", "clinics.load_clinic"} | {
    *("guidance.insert_version", "guidance.insert_versions_together", "guidance.insert_publication"),
    *("guidance_drafts.insert_document", "guidance_drafts.insert_draft"),
    *("cards.load_ground", "feedback.insert_feedback"),
    "checklists.insert_checklist",
    # Of a version that was just found, and of the sheets that were.
    *("guidance.known_guidance", "guidance.guidance_used", "guidance_today.guidance_of_rows"),
    # Nothing that the tables allow is without a number in the chain.
    *("audit_chain.begin_chain", "audit_chain.count_beside"),
    # The database refuses what refers to another clinic's checklist or signature; see below.
    "sign_offs.insert_sign_off",
    "sign_offs.insert_withdrawal",
    "marks.insert_mark",
}


@pytest.mark.parametrize("function", READINGS)
def test_another_clinic_finds_nothing(
    database: Database, clinic_id: UUID, other_clinic_id: UUID, function: str
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = fill(connection, clinic_id)
        assert not READINGS[function](connection, other_clinic_id, on_file)
    with database.transaction(Reach.ALL) as connection:
        # The control: the clinic itself finds what it has.
        assert READINGS[function](connection, clinic_id, on_file)


@pytest.mark.parametrize("function", REFUSALS)
def test_another_clinic_changes_nothing_and_is_told_that_there_is_no_such_thing(
    database: Database, clinic_id: UUID, other_clinic_id: UUID, function: str
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = fill(connection, clinic_id)
        with pytest.raises(NotFoundError):
            REFUSALS[function](connection, other_clinic_id, on_file)
        assert patients.load_patient(connection, clinic_id, on_file.person.id) == on_file.person
        stored = checklists.load_checklist(connection, clinic_id, on_file.checklist.id)
    assert stored is not None
    assert (stored.latest_version, stored.withdrawal) == (1, None)


def test_another_clinic_cannot_issue_a_checklist_for_the_patient(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = fill(connection, clinic_id)
    foreign = replace(on_file.checklist, id=uuid4())
    with pytest.raises(RefusedByDatabaseError), database.transaction(Reach.ALL) as connection:
        checklists.insert_checklist(connection, other_clinic_id, foreign, DOCUMENT, "sha256:made-up")


def test_another_clinic_cannot_sign_or_mark_the_checklist(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = fill(connection, clinic_id)
        signed = sign_offs.list_sign_offs(connection, clinic_id, on_file.person.id, TREATMENT)[0]
        marked = marks.list_marks(connection, clinic_id, on_file.person.id, TREATMENT)[0]
    whose = (on_file.person.id, TREATMENT)
    withdrawal = Withdrawal(NURSE, LATER, "Not ours.")
    for refused in (
        lambda c: sign_offs.insert_sign_off(c, other_clinic_id, replace(signed, id=uuid4()), *whose),
        lambda c: sign_offs.insert_withdrawal(c, other_clinic_id, signed.id, withdrawal),
        lambda c: marks.insert_mark(c, other_clinic_id, replace(marked, id=uuid4()), *whose),
    ):
        with pytest.raises(RefusedByDatabaseError), database.transaction(Reach.ALL) as connection:
            refused(connection)


def _store_modules() -> list[Any]:
    return [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(service.store.__path__, "service.store.")
    ]


def test_every_function_that_takes_a_clinic_is_tried_here() -> None:
    taking = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in _store_modules()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if "clinic_id" in inspect.signature(function).parameters
    }
    tried = {name.partition(" ")[0] for name in (*READINGS, *REFUSALS)} | OTHERWISE
    assert taking <= tried
    assert clinics.load_clinic.__name__ in {name.partition(".")[2] for name in taking}


def test_every_statement_asks_for_the_clinic_unless_it_is_what_tells_the_clinic() -> None:
    before_the_clinic_is_known = {
        "audit_chain": {"_HEADS"},
        "clinics": {"_LOAD", "_FIND", "_UPDATE", "_LIST"},
        "cards": {"_CLINIC"},
        "api_keys": {"_FIND"},
        "staff": {"_FIND", "_LOAD"},
        "staff_sessions": {"_FIND", "_TOUCH", "_DELETE"},
        "login_failures": {"_COUNT", "_COUNT_ALONE", "_CLEAR", "_DELETE_OLD"},
        "intake_forms": {"_FIND"},
        "intake_links": {"_FIND"},
        "clients": {"_FIND", "_FIND_BY_ISSUER", "_FIND_TOKEN"},
        "database": {"_REWRITE_REVISION"},
        "outage": {"_HANGING_COMMITS"},
        "reach": {"_SET"},
        # Counts are of callers, and the policies let them be reached before the caller is known.
        "limits": {"_DROP_OLD", "_TELL", "_over"},
    }
    found = {
        (module.__name__.rpartition(".")[2], name)
        for module in _store_modules()
        for name, kept in vars(module).items()
        for statement in statements_in(kept)
        if isinstance(statement, Select | Update | Delete) and not _asks_for_clinic(statement)
    }
    assert found == {(module, name) for module, names in before_the_clinic_is_known.items() for name in names}


def _asks_for_clinic(statement: Any) -> bool:
    """Whether the outermost WHERE, or that of the subquery it reads from, compares clinic_id."""
    parts = [statement.whereclause]
    if isinstance(statement, Select):
        parts += [
            getattr(source.element, "whereclause", None)
            for source in statement.get_final_froms()
            if hasattr(source, "element")
        ]
    return any(
        getattr(node, "name", None) == "clinic_id" and getattr(node, "table", None) is not None
        for part in parts
        if part is not None
        for node in visitors.iterate(part)
    )
