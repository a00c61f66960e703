"""One of everything that a clinic keeps, put on file."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import Connection

from service.domain.access.clients import EhrClient
from service.domain.access.credentials import ApiKey, StaffMember
from service.domain.checklists.checklist import Checklist
from service.domain.guidance.drafts import GuidanceDraft
from service.domain.intake.forms import IntakeForm
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.store import (
    api_keys,
    audit_chain,
    checklist_writing,
    clients,
    idempotency,
    intake_forms,
    medications,
    staff,
)
from service.store.idempotency import Claim, Reply
from tests.audit_keys import AUDIT_KEYS
from tests.store.records import (
    DOCUMENT,
    NOW,
    add_checklist,
    add_draft,
    client_of,
    event_of,
    fill_the_tables_of_the_pages,
    form_at_desk,
    key_of,
    member_of,
    secret,
)

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
    """Put one of everything on file for a clinic."""
    made = add_checklist(connection, clinic_id)
    listed = medications.load_latest_list(connection, clinic_id, made.patient.id)
    assert listed is not None
    renewed = replace(made, id=UUID(int=made.id.int + 1), code="9K2M9X4PD")
    checklist_writing.insert_checklist(connection, clinic_id, renewed, DOCUMENT, "sha256:made-up")
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
