"""Every table, declared once, in its subject's module. The migrations make them; a test holds both in step.

Every row carries its clinic. Keys start with the clinic where the id alone never names a row, so that a query
that forgets the clinic finds no index and a reference cannot cross from one clinic to another. ``shapes`` has
what tables share, ``column_types`` how ids and instants are kept.
"""

from service.store.tables.access import api_keys, clinics, limit_counts, login_failures, staff, staff_sessions
from service.store.tables.audit import audit_chains, audit_events
from service.store.tables.checklist import (
    checklist_treatments,
    checklist_withdrawals,
    checklists,
    line_marks,
    sign_off_withdrawals,
    sign_offs,
)
from service.store.tables.clients import (
    card_feedback,
    client_tokens,
    ehr_clients,
    idempotency_records,
    used_assertions,
)
from service.store.tables.guidance import (
    guidance_drafts,
    guidance_publications,
    guidance_versions,
    source_documents,
)
from service.store.tables.intake import intake_forms, intake_links
from service.store.tables.medication_list import list_items, list_versions
from service.store.tables.patient import patient_identifiers, patient_name_words, patients
from service.store.tables.shapes import metadata

__all__ = [
    "api_keys",
    "audit_chains",
    "audit_events",
    "card_feedback",
    "checklist_treatments",
    "checklist_withdrawals",
    "checklists",
    "client_tokens",
    "clinics",
    "ehr_clients",
    "guidance_drafts",
    "guidance_publications",
    "guidance_versions",
    "idempotency_records",
    "intake_forms",
    "intake_links",
    "limit_counts",
    "line_marks",
    "list_items",
    "list_versions",
    "login_failures",
    "metadata",
    "patient_identifiers",
    "patient_name_words",
    "patients",
    "sign_off_withdrawals",
    "sign_offs",
    "source_documents",
    "staff",
    "staff_sessions",
    "used_assertions",
]
