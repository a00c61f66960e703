"""Erasing a patient: every row about them goes, in one transaction. The audit events stay as they are."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, select

from service.domain.audit.events import AuditAction
from service.store.idempotency import take_back_replies
from service.store.patient_tables import OF_PATIENT
from service.store.tables import (
    audit_events,
    card_feedback,
    checklists,
    intake_forms,
    intake_links,
    line_marks,
    list_items,
    list_versions,
    patients,
    sign_offs,
)

_GOES = {table: of_patient for table, of_patient in OF_PATIENT.items() if table is not audit_events}
_REFERRED_TO = (patients, list_versions, checklists, sign_offs, intake_links)
# Whoever adds a row holds those that it refers to: held here first, nothing can be added any more, and what
# was being added is there to be seen.
_HOLD = tuple(
    select(*table.primary_key).where(_GOES[table]).order_by(*table.primary_key).with_for_update()
    for table in _REFERRED_TO
)
_COUNTED = {
    "versions": select(func.count()).select_from(list_versions).where(_GOES[list_versions]),
    # Whatever was ever on the list is on its latest version: as stopped, left out or entered in error.
    "items": select(func.count())
    .select_from(list_items)
    .where(_GOES[list_items], list_items.c.version == patients.c.list_version),
    "sheets": select(func.count()).select_from(checklists).where(_GOES[checklists]),
    "signatures": select(func.count()).select_from(sign_offs).where(_GOES[sign_offs]),
    "marks": select(func.count()).select_from(line_marks).where(_GOES[line_marks]),
    "links": select(func.count()).select_from(intake_links).where(_GOES[intake_links]),
    "forms": select(func.count()).select_from(intake_forms).where(_GOES[intake_forms]),
}
_COUNT = (
    select(*(count.scalar_subquery().label(what) for what, count in _COUNTED.items()))
    .select_from(patients)
    .where(_GOES[patients])
)
# What stands in addresses and in answers: ids of these.
_NAMED = tuple(
    select(column).where(_GOES[column.table])
    for column in (
        list_items.c.item_id,
        checklists.c.id,
        sign_offs.c.id,
        intake_links.c.id,
        intake_forms.c.id,
    )
)
_DELETE = tuple(delete(table).where(of_patient) for table, of_patient in reversed(_GOES.items()))
_SHOWN_CARDS = select(audit_events.c.details).where(
    OF_PATIENT[audit_events], audit_events.c.action == AuditAction.SHOW_CARD.value
)
_DELETE_FEEDBACK = delete(card_feedback).where(
    card_feedback.c.clinic_id == bindparam("clinic"), card_feedback.c.card == bindparam("shown")
)


def count_what_goes(connection: Connection, clinic_id: UUID, patient_id: UUID) -> Mapping[str, int]:
    """How much there is of a patient, by what is counted; nothing of one who is not on file."""
    found = connection.execute(_COUNT, {"clinic": clinic_id, "patient": patient_id}).mappings().one_or_none()
    return dict(found or {})


def hold_patient(connection: Connection, clinic_id: UUID, patient_id: UUID) -> bool:
    """Wait for whoever writes about a patient, and keep all others waiting until the transaction ends.

    Says whether there is such a patient.
    """
    whose = {"clinic": clinic_id, "patient": patient_id}
    held = [connection.execute(rows, whose).all() for rows in _HOLD]
    return any(held)


def erase_rows(connection: Connection, clinic_id: UUID, patient_id: UUID) -> int:
    """Delete every row about a patient and say how many. Answers that named any of it are given no more."""
    whose = {"clinic": clinic_id, "patient": patient_id}
    named = {patient_id}
    for ids in _NAMED:
        named.update(connection.execute(ids, whose).scalars())
    take_back_replies(connection, clinic_id, named)
    gone = sum(
        connection.execute(_DELETE_FEEDBACK, {"clinic": clinic_id, "shown": card}).rowcount
        for card in _shown_cards(connection, whose)
    )
    return gone + sum(connection.execute(rows, whose).rowcount for rows in _DELETE)


def _shown_cards(connection: Connection, whose: Mapping[str, UUID]) -> list[UUID]:
    """The cards that EHRs were shown of a patient: what they tell of one names nobody else."""
    shown = connection.execute(_SHOWN_CARDS, whose).scalars()
    return [UUID(card) for details in shown for card in details["cards"].split()]
