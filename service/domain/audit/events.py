"""The audit event: who did what to whose data, when and with what outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.access.permissions import Actor


class AuditAction(StrEnum):
    """What was done."""

    CREATE_PATIENT = "create_patient"
    READ_PATIENT = "read_patient"
    CHANGE_PATIENT = "change_patient"
    ERASE_PATIENT = "erase_patient"
    LIST_PATIENTS = "list_patients"
    FIND_PATIENT = "find_patient"
    READ_LIST = "read_list"
    CHANGE_LIST = "change_list"
    SUBMIT_INTAKE = "submit_intake"
    IMPORT_LIST = "import_list"
    EXPORT_LIST = "export_list"
    EXPORT_PATIENT = "export_patient"
    MAKE_INTAKE_LINK = "make_intake_link"
    OPEN_INTAKE_FORM = "open_intake_form"
    READ_INTAKE_FORM = "read_intake_form"
    CHANGE_INTAKE_FORM = "change_intake_form"
    ISSUE_CHECKLIST = "issue_checklist"
    READ_CHECKLIST = "read_checklist"
    PRINT_CHECKLIST = "print_checklist"
    LIST_CHECKLISTS = "list_checklists"
    WITHDRAW_CHECKLIST = "withdraw_checklist"
    SIGN_SECTION = "sign_section"
    WITHDRAW_SIGN_OFF = "withdraw_sign_off"
    MARK_LINE = "mark_line"
    READ_WORKLIST = "read_worklist"
    PUBLISH_GUIDANCE = "publish_guidance"
    RETIRE_GUIDANCE = "retire_guidance"
    BEGIN_GUIDANCE_DRAFT = "begin_guidance_draft"
    CHANGE_GUIDANCE_DRAFT = "change_guidance_draft"
    DELETE_GUIDANCE_DRAFT = "delete_guidance_draft"
    REVIEW_STATEMENT = "review_statement"
    ADD_STAFF = "add_staff"
    CHANGE_STAFF = "change_staff"
    MAKE_KEY = "make_key"
    REVOKE_KEY = "revoke_key"
    ADD_CLIENT = "add_client"
    CHANGE_CLIENT = "change_client"
    GIVE_TOKEN = "give_token"  # noqa: S105 -- the name of what was done
    SHOW_CARD = "show_card"
    KEEP_FEEDBACK = "keep_feedback"
    CREATE_CLINIC = "create_clinic"
    CHANGE_CLINIC = "change_clinic"
    READ_AUDIT = "read_audit"
    ACCESS = "access"


class AuditOutcome(StrEnum):
    """Whether it was done or refused."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One thing that one actor did, or was refused, about at most one patient.

    ``subject`` names what was touched (``checklist/<id>``); ``details`` holds versions and counts as text,
    never a medicine or a name. Every field is plain, so that the event has one canonical form.
    """

    id: UUID
    at: datetime
    actor: Actor
    action: AuditAction
    outcome: AuditOutcome
    request_id: str
    patient_id: UUID | None = None
    subject: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)
