"""Erase a patient for good. What stays is the audit trail, which holds no data of theirs."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from service.actions.patients import known_patient
from service.actions.work import Work
from service.domain.access.permissions import Permission, require_person
from service.domain.audit.events import AuditAction
from service.domain.patients.erasure import Erasure, ErasureReason, WhatGoes, check_confirmed
from service.store import audit as audit_store
from service.store import erasure as erasure_store

_EVENTS_AT_ONCE = 1000


def see_what_goes(work: Work, patient_id: UUID) -> WhatGoes:
    """Whom and how much an erasure would take. Raises NotFoundError, and ForbiddenError for a key."""
    _require(work)
    patient = known_patient(work, patient_id)
    work.record(AuditAction.READ_PATIENT, patient_id=patient_id)
    return WhatGoes(patient, erasure_store.count_what_goes(work.connection, work.clinic_id, patient_id))


def erase_patient(work: Work, patient_id: UUID, reason: ErasureReason, confirmed: str) -> Erasure:
    """Erase a patient with everything about them, but for the audit events.

    ``confirmed`` is the patient's identifier as a person typed it, or as ``system|value``. Raises
    NotFoundError, ForbiddenError for a key, and RefusedError where it is another.
    """
    _require(work)
    erasure_store.hold_patient(work.connection, work.clinic_id, patient_id)
    check_confirmed(known_patient(work, patient_id), confirmed)
    _erase(work, patient_id, reason)
    return Erasure(patient_id, work.now, reason)


def erase_again(work: Work, patient_id: UUID, reason: ErasureReason) -> bool:
    """Erase what a restored backup brought back of a patient who had been erased; false where it is nothing.

    Raises ForbiddenError for a key.
    """
    _require(work)
    erasure_store.hold_patient(work.connection, work.clinic_id, patient_id)
    return _erase(work, patient_id, reason)


def list_erased(work: Work, since: datetime | None) -> tuple[Erasure, ...]:
    """Who was erased, the last first, as the audit trail tells it; none of before ``since``.

    Raises ForbiddenError for a key.
    """
    _require(work)
    return tuple(_erasures(work, since))


def _require(work: Work) -> None:
    work.require(Permission.ERASE_PATIENTS)
    require_person(work.actor)


def _erase(work: Work, patient_id: UUID, reason: ErasureReason) -> bool:
    counts = erasure_store.count_what_goes(work.connection, work.clinic_id, patient_id)
    if not erasure_store.erase_rows(work.connection, work.clinic_id, patient_id):
        return False
    numbers = {what: str(count) for what, count in counts.items()}
    work.record(AuditAction.ERASE_PATIENT, patient_id=patient_id, details={"reason": reason.value, **numbers})
    return True


def _erasures(work: Work, since: datetime | None) -> Iterator[Erasure]:
    before: UUID | None = None
    while events := audit_store.list_events(work.connection, work.clinic_id, before, _EVENTS_AT_ONCE):
        for event in events:
            if since is not None and event.at < since:
                return
            if event.action is AuditAction.ERASE_PATIENT and event.patient_id is not None:
                yield Erasure(event.patient_id, event.at, ErasureReason(event.details["reason"]))
        before = events[-1].id
