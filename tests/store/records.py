"""What the store's tests keep: one of each, made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert

from service.domain.access.clients import EhrClient
from service.domain.access.clinics import Clinic
from service.domain.access.credentials import ApiKey, StaffMember
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.access.sessions import StaffSession
from service.domain.attribution import (
    Attribution,
    CollectionMode,
    Informant,
    InformantKind,
    Recorder,
    RecorderKind,
)
from service.domain.audit.events import AuditAction, AuditEvent, AuditOutcome
from service.domain.checklists.checklist import Checklist, SheetTreatment
from service.domain.checklists.preparation import prepare
from service.domain.guidance.drafts import GuidanceDraft
from service.domain.guidance.publications import Publication, PublicationAct
from service.domain.guidance.statements import Guidance
from service.domain.intake.forms import IntakeForm
from service.domain.medications.categories import Answer, Category, CategoryAnswer
from service.domain.medications.items import Item, ItemFacts
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Paper, Patient, PrintSize
from service.domain.text import PartialDate
from service.store import (
    checklist_writing,
    clinics,
    guidance,
    guidance_drafts,
    medication_writing,
    patient_writing,
)
from service.store.tables import metadata
from tests.guidance_of_tests import guidance_of_tests
from tests.signed_tokens import both_keys

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
NURSE = Recorder(RecorderKind.STAFF, "nurse-1", "Test Nurse")
SAID = Attribution(Informant(InformantKind.PATIENT), CollectionMode.INTERVIEW, NURSE, NOW)
MRN = "urn:clinic:mrn"
DOCUMENT = '{"text": "as issued — ‘exactly’ so,  two blanks"}'


def secret(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def add_clinic(connection: Connection, name: str | None = None) -> UUID:
    clinic = Clinic(uuid4(), name or f"Clinic {uuid4().hex}")
    clinics.insert_clinic(connection, clinic, NOW)
    return clinic.id


def patient(number: str = "000123") -> Patient:
    return Patient(
        uuid4(),
        (Identifier(MRN, number), Identifier("urn:other", f"9-{number}")),
        "Ana María Ñúñez",
        PartialDate(1961, 4),
        "es",
        PrintSize.LARGE,
    )


def add_patient(connection: Connection, clinic_id: UUID, number: str = "000123") -> Patient:
    made = patient(number)
    patient_writing.insert_patient(connection, clinic_id, made, NOW)
    return made


def first_list(patient_id: UUID, *names: str) -> MedicationList:
    items = tuple(Item(uuid4(), ItemFacts(name, category=Category.PRESCRIPTION), SAID) for name in names)
    answers = {category: CategoryAnswer(Answer.NONE_REPORTED, SAID) for category in Category}
    answers[Category.PRESCRIPTION] = CategoryAnswer(Answer.ITEMS_REPORTED, SAID)
    return MedicationList(patient_id, 1, SAID, items, answers)


def next_list(latest: MedicationList, *names: str) -> MedicationList:
    items = first_list(latest.patient_id, *names).items
    return replace(latest, version=latest.version + 1, items=(*latest.items, *items))


def add_patient_with_list(connection: Connection, clinic_id: UUID, *names: str) -> MedicationList:
    made = first_list(add_patient(connection, clinic_id, uuid4().hex).id, *names)
    medication_writing.insert_first_list(connection, clinic_id, made)
    return made


def key_of(clinic_id: UUID, text: str = "key") -> ApiKey:
    return ApiKey(uuid4(), clinic_id, Role.EHR, "An EHR", secret(text), NOW)


def member_of(clinic_id: UUID, login: str = "nurse") -> StaffMember:
    return StaffMember(uuid4(), clinic_id, login, "Test Nurse", Role.NURSE, "$argon2id$made-up")


def session_of(member: StaffMember, text: str = "session") -> StaffSession:
    return StaffSession(uuid4(), member.id, secret(text), NOW, NOW)


def add_guidance(connection: Connection, clinic_id: UUID, version: str = "v1") -> str:
    publish(connection, clinic_id, guidance_of_tests(), version)
    return version


def publish(
    connection: Connection,
    clinic_id: UUID,
    made: Guidance,
    version: str,
    at: datetime = NOW,
    by: str = "Test Reviewer 01",
) -> None:
    """Keep a version and put it to use."""
    guidance.insert_version(connection, clinic_id, made, version, at, by)
    act = Publication(uuid4(), made.treatment.id, version, PublicationAct.PUBLISH, at, by)
    guidance.insert_publication(connection, clinic_id, act)


def add_draft(connection: Connection, clinic_id: UUID) -> GuidanceDraft:
    made = guidance_of_tests()
    guidance_drafts.insert_document(connection, clinic_id, made.document.sha256, "A text.", NOW, "A")
    draft = GuidanceDraft(uuid4(), made, 1, NOW, "A")
    guidance_drafts.insert_draft(connection, clinic_id, draft)
    return draft


def checklist_of(
    person: Patient, medication_list: MedicationList, code: str = "7K2M9X4PD", *used: Guidance
) -> Checklist:
    """A sheet from version v1 of the tests' guidance, or of other guidance."""
    together = used or (guidance_of_tests(),)
    return Checklist(
        id=uuid4(),
        code=code,
        patient=person,
        treatments=tuple(SheetTreatment.of(one, "v1") for one in together),
        planned_start=date(2026, 12, 1),
        list_version=medication_list.version,
        language="en",
        paper=Paper.LETTER,
        print_size=PrintSize.STANDARD,
        time_zone="UTC",
        issued_at=NOW,
        issued_by=NURSE,
        content=prepare(person, medication_list, together),
    )


def add_checklist(connection: Connection, clinic_id: UUID, code: str = "7K2M9X4PD") -> Checklist:
    """A patient with a list and one checklist issued from it."""
    add_guidance(connection, clinic_id)
    person = add_patient(connection, clinic_id, uuid4().hex)
    listed = first_list(person.id, "Amlodipine")
    medication_writing.insert_first_list(connection, clinic_id, listed)
    made = checklist_of(person, listed, code)
    checklist_writing.insert_checklist(connection, clinic_id, made, DOCUMENT, "sha256:made-up")
    return made


def form_at_desk(clinic_id: UUID, patient_id: UUID) -> IntakeForm:
    return IntakeForm(uuid4(), clinic_id, patient_id, None, None, NOW, LATER, 1, {"language": "en"})


BY = {"by_kind": "staff", "by_id": "nurse-1", "by_name": "Test Nurse", "at": NOW}


def client_of(clinic_id: UUID, issuer: str | None = None) -> EhrClient:
    return EhrClient(
        id=uuid4(),
        clinic_id=clinic_id,
        name="Test EHR",
        keys=both_keys(),
        scopes=("system/*.rs",),
        created_at=NOW,
        issuer=issuer,
        key_set_url="https://ehr.example/keys.json",
    )


def fill_the_tables_of_the_pages(connection: Connection, clinic_id: UUID, made: Checklist) -> None:
    """A row in each table that the pages brought, as the database takes it."""
    of_this = str(made.id)
    sign_off, link = uuid4(), uuid4()
    on_sheet = {
        "checklist_id": made.id,
        "patient_id": made.patient.id,
        "treatment_id": made.treatment_id,
        **BY,
    }
    rows = {
        "sign_offs": {
            "id": sign_off,
            "section": "tell",
            "role": "nurse",
            "name": "Test Nurse",
            "content_digest": "sha256:made-up",
            **on_sheet,
        },
        "checklist_treatments": {
            "checklist_id": made.id,
            "treatment_id": made.treatment_id,
            "guidance_version": made.guidance_version,
        },
        "sign_off_withdrawals": {"sign_off_id": sign_off, "reason": "Wrong section.", **BY},
        "line_marks": {
            "id": uuid4(),
            "line_id": "item-1",
            "line_digest": "sha256:made-up",
            "mark": "discussed",
            **on_sheet,
        },
        "intake_links": {
            "id": link,
            "patient_id": made.patient.id,
            "secret_sha256": secret(f"link {of_this}"),
            "collection_mode": "self",
            "expires_at": LATER,
            **BY,
        },
        "intake_forms": {
            "id": uuid4(),
            "patient_id": made.patient.id,
            "link_id": link,
            "secret_sha256": secret(f"form {of_this}"),
            "opened_at": NOW,
            "expires_at": LATER,
            "made_from": 1,
            "draft": {"prescription": {"answer": "none_reported"}},
        },
        **_rows_for_ehrs(of_this),
    }
    for table, row in rows.items():
        connection.execute(insert(metadata.tables[table]).values(clinic_id=clinic_id, **row))


def _rows_for_ehrs(of_this: str) -> dict[str, dict[str, Any]]:
    client = uuid4()
    return {
        "ehr_clients": {
            "id": client,
            "name": "Test EHR",
            "issuer": f"https://ehr.example/{of_this}",
            "key_set_url": "https://ehr.example/keys.json",
            "jwks": {"keys": [{"kty": "EC", "crv": "P-384", "kid": "made-up", "x": "AAAA", "y": "AAAA"}]},
            "scopes": ["system/*.rs"],
            "created_at": NOW,
        },
        "client_tokens": {
            "client_id": client,
            "secret_sha256": secret(f"token {of_this}"),
            "scopes": ["system/*.rs"],
            "expires_at": LATER,
        },
        "used_assertions": {"client_id": client, "jti": "made-up", "expires_at": LATER},
        "card_feedback": {
            "id": uuid4(),
            "client_id": client,
            "service": "disclosure-order-select",
            "card": UUID(of_this),
            "outcome": "accepted",
            "body": {},
            "at": NOW,
        },
    }


def event_of(clinic_id: UUID, event_id: UUID, patient_id: UUID | None = None) -> AuditEvent:
    actor = Actor(clinic_id, ActorKind.KEY, UUID(int=5), "An EHR", Role.EHR)
    return AuditEvent(event_id, NOW, actor, AuditAction.READ_LIST, AuditOutcome.DONE, "request-1", patient_id)
