"""Where a patient's data is kept: every table stands here, with how its rows are told to be a patient's.

What a patient is given of their own data, and what is erased for good, both rest on this; a test holds it to
the tables that there are.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Column, ColumnElement, Table, bindparam, select

from service.store import tables
from service.store.tables import checklists, sign_offs


def _named_in(column: Column[object]) -> ColumnElement[bool]:
    return (column.table.c.clinic_id == bindparam("clinic")) & (column == bindparam("patient"))


def _named_by(column: Column[object], parent: Table) -> ColumnElement[bool]:
    """The rows of a table without a patient of its own: ``column`` names a row of ``parent``."""
    of_patient = select(parent.c.id).where(_named_in(parent.c.patient_id))
    return (column.table.c.clinic_id == bindparam("clinic")) & column.in_(of_patient)


OF_PATIENT: Mapping[Table, ColumnElement[bool]] = MappingProxyType(
    {
        tables.patients: _named_in(tables.patients.c.id),
        tables.patient_identifiers: _named_in(tables.patient_identifiers.c.patient_id),
        tables.patient_name_words: _named_in(tables.patient_name_words.c.patient_id),
        tables.list_versions: _named_in(tables.list_versions.c.patient_id),
        tables.list_items: _named_in(tables.list_items.c.patient_id),
        checklists: _named_in(checklists.c.patient_id),
        tables.checklist_treatments: _named_by(tables.checklist_treatments.c.checklist_id, checklists),
        tables.checklist_withdrawals: _named_by(tables.checklist_withdrawals.c.checklist_id, checklists),
        sign_offs: _named_in(sign_offs.c.patient_id),
        tables.sign_off_withdrawals: _named_by(tables.sign_off_withdrawals.c.sign_off_id, sign_offs),
        tables.line_marks: _named_in(tables.line_marks.c.patient_id),
        tables.intake_links: _named_in(tables.intake_links.c.patient_id),
        tables.intake_forms: _named_in(tables.intake_forms.c.patient_id),
        tables.audit_events: _named_in(tables.audit_events.c.patient_id),
    }
)
"""The tables with rows of a patient, each after those that it refers to, and the condition of these rows.

The conditions have the places ``clinic`` and ``patient``.
"""

TOLD_OTHERWISE: Mapping[Table, str] = MappingProxyType(
    {
        tables.card_feedback: "the events of a patient name the cards that were shown, and feedback its card",
        tables.idempotency_records: "an answer, kept for a day, may name a patient in its path or its body",
    }
)
"""Tables that can hold something of a patient without a column that says whose, and what tells instead."""

OF_NO_PATIENT: Mapping[Table, str] = MappingProxyType(
    {
        tables.clinics: "the clinic's settings",
        tables.api_keys: "the clinic's programs",
        tables.staff: "the clinic's staff",
        tables.staff_sessions: "log-ins of staff",
        tables.ehr_clients: "the clinic's EHRs",
        tables.client_tokens: "access of EHRs",
        tables.used_assertions: "access of EHRs",
        tables.login_failures: "log-ins that failed",
        tables.limit_counts: "how often who asked",
        tables.guidance_versions: "the clinic's guidance",
        tables.guidance_publications: "what was done with guidance",
        tables.source_documents: "the clinic's documents",
        tables.guidance_drafts: "guidance that is being written",
        tables.audit_chains: "where each clinic's chain of events ends",
    }
)
"""The other tables, and what they hold."""
