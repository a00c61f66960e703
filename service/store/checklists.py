"""Issued checklists as they are read: the exact text, and what the state of each today is told from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, select

from service.domain.checklists.checklist import ChecklistStatus, Withdrawal, status_of
from service.domain.checklists.guidance_today import GuidanceToday
from service.domain.checklists.treatments import treatments_in
from service.store.guidance_today import LAST_ACT, LAST_ACT_COLUMNS, guidance_of_rows, is_last_act_of
from service.store.tables import checklist_withdrawals as withdrawals
from service.store.tables import checklists, patients
from service.store.withdrawals import told_beside, withdrawal_of

_GREATER_THAN_ALL = UUID(int=2**128 - 1)
_ITS_OWN = (
    *("id", "patient_id", "code", "treatment_id", "guidance_version", "planned_start", "list_version"),
    *("document_text", "language", "issued_at"),
)


def stored_checklists() -> Select[Any]:
    """The issued checklists of the clinic that is bound as ``clinic``, for ``stored_of``."""
    return (
        select(
            *(checklists.c[name] for name in _ITS_OWN),
            patients.c.list_version.label("latest_version"),
            *LAST_ACT_COLUMNS,
            *told_beside(withdrawals),
        )
        .join(
            patients,
            (patients.c.clinic_id == checklists.c.clinic_id) & (patients.c.id == checklists.c.patient_id),
        )
        .outerjoin(
            withdrawals,
            (withdrawals.c.clinic_id == checklists.c.clinic_id)
            & (withdrawals.c.checklist_id == checklists.c.id),
        )
        .outerjoin(LAST_ACT, is_last_act_of(checklists))
        .where(checklists.c.clinic_id == bindparam("clinic"))
    )


_stored = stored_checklists()
_LOAD = _stored.where(checklists.c.id == bindparam("checklist"))
_FIND = _stored.where(checklists.c.code == bindparam("sought"))
_LIST = (
    _stored.where(checklists.c.patient_id == bindparam("patient"), checklists.c.id < bindparam("before"))
    .order_by(checklists.c.id.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class StoredChecklist:
    """An issued checklist, and what its state today is told from.

    ``treatment_id`` is the key of several, where it is for several. ``document_text`` is the JSON as it was
    issued; ``latest_version`` is that of the patient's list now, and ``guidance`` what has become of the
    guidance of each of its treatments.
    """

    id: UUID
    patient_id: UUID
    code: str
    treatment_id: str
    guidance_version: str
    planned_start: date | None
    list_version: int
    latest_version: int
    document_text: str
    language: str
    withdrawal: Withdrawal | None
    issued_at: datetime
    guidance: tuple[GuidanceToday, ...]

    @property
    def treatment_ids(self) -> tuple[str, ...]:
        """The treatments that it is for, in order."""
        return treatments_in(self.treatment_id)

    @property
    def status(self) -> ChecklistStatus:
        """What it is today: withdrawn, superseded by a newer list, or current."""
        return status_of(self.list_version, self.latest_version, self.withdrawal)


def load_checklist(connection: Connection, clinic_id: UUID, checklist_id: UUID) -> StoredChecklist | None:
    """The clinic's checklist with this id."""
    rows = connection.execute(_LOAD, {"clinic": clinic_id, "checklist": checklist_id}).all()
    return next(iter(stored_of(connection, clinic_id, rows)), None)


def find_checklist_by_code(connection: Connection, clinic_id: UUID, code: str) -> StoredChecklist | None:
    """The clinic's checklist with this code, in the form that ``read_code`` gives it."""
    rows = connection.execute(_FIND, {"clinic": clinic_id, "sought": code}).all()
    return next(iter(stored_of(connection, clinic_id, rows)), None)


def list_checklists(
    connection: Connection, clinic_id: UUID, patient_id: UUID, before: UUID | None, limit: int
) -> tuple[StoredChecklist, ...]:
    """At most ``limit`` of a patient's checklists with an id lower than ``before``: newest first."""
    earlier = before or _GREATER_THAN_ALL
    page = {"clinic": clinic_id, "patient": patient_id, "before": earlier, "most": limit}
    return stored_of(connection, clinic_id, connection.execute(_LIST, page).all())


def stored_of(
    connection: Connection, clinic_id: UUID, rows: Sequence[Row[Any]]
) -> tuple[StoredChecklist, ...]:
    """The checklists in rows of ``stored_checklists``, in their order."""
    guidance = guidance_of_rows(connection, clinic_id, rows)
    return tuple(_sheet(row, guidance[row.id]) for row in rows)


def _sheet(row: Row[Any], guidance: tuple[GuidanceToday, ...]) -> StoredChecklist:
    return StoredChecklist(
        row.id,
        row.patient_id,
        row.code,
        row.treatment_id,
        row.guidance_version,
        row.planned_start,
        row.list_version,
        row.latest_version,
        row.document_text,
        row.language,
        withdrawal_of(row),
        row.issued_at,
        guidance,
    )
