"""Issued checklists: kept as the exact text that was issued, never changed; and those taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    exists,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import insert as insert_unless

from service.domain.attribution import Recorder, RecorderKind
from service.domain.checklists.checklist import Checklist, ChecklistStatus, Withdrawal, status_of
from service.domain.checklists.guidance_today import GuidanceToday
from service.domain.checklists.treatments import treatments_in
from service.domain.errors import ConflictError, NotFoundError
from service.store.database.inserts import COUNTED
from service.store.guidance_today import (
    LAST_ACT,
    LAST_ACT_COLUMNS,
    guidance_of_rows,
    is_last_act_of,
)
from service.store.sheets_in_place import covers, is_followed, is_withdrawn, plans
from service.store.tables import checklist_treatments as treatments
from service.store.tables import checklist_withdrawals as withdrawals
from service.store.tables import checklists, patients
from service.store.tables.column_types import Instant

_GREATER_THAN_ALL = UUID(int=2**128 - 1)

_INSERT = insert(checklists)
_INSERT_TREATMENTS = insert(treatments)
_STORED: Select[Any] = (
    select(
        checklists.c.id,
        checklists.c.patient_id,
        checklists.c.code,
        checklists.c.treatment_id,
        checklists.c.guidance_version,
        checklists.c.planned_start,
        checklists.c.list_version,
        patients.c.list_version.label("latest_version"),
        checklists.c.document_text,
        checklists.c.language,
        checklists.c.issued_at,
        *LAST_ACT_COLUMNS,
        withdrawals.c.by_kind,
        withdrawals.c.by_id,
        withdrawals.c.by_name,
        withdrawals.c.at.label("withdrawn_at"),
        withdrawals.c.reason,
    )
    .join(
        patients,
        (patients.c.clinic_id == checklists.c.clinic_id) & (patients.c.id == checklists.c.patient_id),
    )
    .outerjoin(
        withdrawals,
        (withdrawals.c.clinic_id == checklists.c.clinic_id) & (withdrawals.c.checklist_id == checklists.c.id),
    )
    .outerjoin(LAST_ACT, is_last_act_of(checklists))
    .where(checklists.c.clinic_id == bindparam("clinic"))
)
_LOAD = _STORED.where(checklists.c.id == bindparam("checklist"))
_FIND = _STORED.where(checklists.c.code == bindparam("sought"))
_LIST = (
    _STORED.where(checklists.c.patient_id == bindparam("patient"), checklists.c.id < bindparam("before"))
    .order_by(checklists.c.id.desc())
    .limit(bindparam("most"))
)
_dated = checklists.alias("dated")
_sooner = checklists.alias("sooner")


# A sheet is planned for the day when no newer one names another day; of its patient and treatments the newest
# is shown, also where that names none. That one is shown once, though several before it planned it.
_PLANNED: Select[Any] = (
    _STORED.add_columns(_dated.c.planned_start.label("planned_day"))
    .join(
        _dated,
        and_(
            _dated.c.clinic_id == checklists.c.clinic_id,
            _dated.c.patient_id == checklists.c.patient_id,
            _dated.c.id <= checklists.c.id,
        ),
    )
    .where(
        _dated.c.clinic_id == bindparam("clinic"),
        _dated.c.planned_start == bindparam("day"),
        covers(checklists, _dated),
        plans(_dated),
        ~is_withdrawn(checklists),
        ~is_followed(checklists),
        ~exists()
        .where(
            _sooner.c.clinic_id == _dated.c.clinic_id,
            _sooner.c.patient_id == _dated.c.patient_id,
            _sooner.c.id < _dated.c.id,
            _sooner.c.planned_start == _dated.c.planned_start,
            plans(_sooner),
            covers(checklists, _sooner),
        )
        .correlate(checklists, _dated),
    )
    # The order of the index of days: with another, SQLite reads all sheets of the clinic.
    .order_by(_dated.c.id)
    .limit(bindparam("most"))
)
_NEXT_PLANNED = (
    select(_dated.c.planned_start)
    .where(
        _dated.c.clinic_id == bindparam("clinic"), _dated.c.planned_start > bindparam("day"), plans(_dated)
    )
    .order_by(_dated.c.planned_start)
    .limit(1)
)
_older = checklists.alias("older")
_between = checklists.alias("between")
_REPLACED = (
    select(checklists.c.id, _older.c.id.label("replaced"))
    .join(
        _older,
        and_(
            _older.c.clinic_id == checklists.c.clinic_id,
            _older.c.patient_id == checklists.c.patient_id,
            _older.c.id < checklists.c.id,
        ),
    )
    .where(
        covers(checklists, _older),
        checklists.c.clinic_id == bindparam("clinic"),
        checklists.c.id.in_(bindparam("sought", expanding=True)),
        ~exists()
        .where(
            _between.c.clinic_id == _older.c.clinic_id,
            _between.c.patient_id == _older.c.patient_id,
            _between.c.id > _older.c.id,
            _between.c.id < checklists.c.id,
            covers(_between, _older),
        )
        .correlate(checklists, _older),
    )
    .order_by(_older.c.id)
)
_WITHDRAW = (
    insert_unless(withdrawals)
    .from_select(
        ["clinic_id", "checklist_id", "by_kind", "by_id", "by_name", "at", "reason"],
        select(
            checklists.c.clinic_id,
            checklists.c.id,
            bindparam("kind", type_=Text),
            bindparam("recorder", type_=Text),
            bindparam("recorder_name", type_=Text),
            bindparam("now", type_=Instant),
            bindparam("because", type_=Text),
        ).where(checklists.c.clinic_id == bindparam("clinic"), checklists.c.id == bindparam("checklist")),
    )
    .on_conflict_do_nothing(index_elements=["clinic_id", "checklist_id"])
    .execution_options(**COUNTED)
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


def insert_checklist(
    connection: Connection, clinic_id: UUID, checklist: Checklist, document_text: str, content_digest: str
) -> None:
    """Keep an issued checklist. Its list and guidance versions must be on file."""
    connection.execute(
        _INSERT,
        {
            "clinic_id": clinic_id,
            "id": checklist.id,
            "patient_id": checklist.patient.id,
            "code": checklist.code,
            "treatment_id": checklist.treatment_id,
            "guidance_version": checklist.guidance_version,
            "list_version": checklist.list_version,
            "planned_start": checklist.planned_start,
            "language": checklist.language,
            "paper": checklist.paper.value,
            "print_size": checklist.print_size.value,
            "time_zone": checklist.time_zone,
            "issued_at": checklist.issued_at,
            "issued_by_kind": checklist.issued_by.kind.value,
            "issued_by_id": checklist.issued_by.id,
            "issued_by_name": checklist.issued_by.name,
            "content_digest": content_digest,
            "document_text": document_text,
        },
    )
    if len(checklist.treatments) > 1:
        connection.execute(_INSERT_TREATMENTS, _treatment_rows(clinic_id, checklist))


def load_checklist(connection: Connection, clinic_id: UUID, checklist_id: UUID) -> StoredChecklist | None:
    """The clinic's checklist with this id."""
    rows = connection.execute(_LOAD, {"clinic": clinic_id, "checklist": checklist_id}).all()
    return next(iter(_stored(connection, clinic_id, rows)), None)


def find_checklist_by_code(connection: Connection, clinic_id: UUID, code: str) -> StoredChecklist | None:
    """The clinic's checklist with this code, in the form that ``read_code`` gives it."""
    rows = connection.execute(_FIND, {"clinic": clinic_id, "sought": code}).all()
    return next(iter(_stored(connection, clinic_id, rows)), None)


def list_checklists(
    connection: Connection, clinic_id: UUID, patient_id: UUID, before: UUID | None, limit: int
) -> tuple[StoredChecklist, ...]:
    """At most ``limit`` of a patient's checklists with an id lower than ``before``: newest first."""
    page = {
        "clinic": clinic_id,
        "patient": patient_id,
        "before": before or _GREATER_THAN_ALL,
        "most": limit,
    }
    return _stored(connection, clinic_id, connection.execute(_LIST, page).all())


def sheets_before(
    connection: Connection, clinic_id: UUID, checklist_ids: Sequence[UUID]
) -> Mapping[UUID, tuple[UUID, ...]]:
    """By the id of each that took the place of others: those, oldest first.

    They are of the same patient, it is for all of their treatments, and no sheet in between was: one, or
    several, each for some of them.
    """
    found: dict[UUID, tuple[UUID, ...]] = {}
    for row in connection.execute(_REPLACED, {"clinic": clinic_id, "sought": list(checklist_ids)}):
        found[row.id] = (*found.get(row.id, ()), row.replaced)
    return found


def list_planned(
    connection: Connection, clinic_id: UUID, day: date, limit: int
) -> tuple[StoredChecklist, ...]:
    """At most ``limit`` patients and treatments that are planned for a day, by the newest sheet for them.

    In the order in which they were planned. Withdrawn sheets neither plan anything nor are shown. Where the
    newest sheet names no day, the newest one that does has planned it, and ``planned_start`` is that day.
    """
    asked = {"clinic": clinic_id, "day": day, "most": limit}
    rows = connection.execute(_PLANNED, asked).all()
    found = zip(_stored(connection, clinic_id, rows), rows, strict=True)
    return tuple(replace(sheet, planned_start=row.planned_day) for sheet, row in found)


def next_planned_day(connection: Connection, clinic_id: UUID, day: date) -> date | None:
    """The first later day for which somebody is planned."""
    return connection.execute(_NEXT_PLANNED, {"clinic": clinic_id, "day": day}).scalar_one_or_none()


def insert_withdrawal(
    connection: Connection, clinic_id: UUID, checklist_id: UUID, withdrawal: Withdrawal
) -> None:
    """Keep a withdrawal. Raises ConflictError (``already_withdrawn``) and NotFoundError."""
    kept = connection.execute(
        _WITHDRAW,
        {
            "clinic": clinic_id,
            "checklist": checklist_id,
            "kind": withdrawal.by.kind.value,
            "recorder": withdrawal.by.id,
            "recorder_name": withdrawal.by.name,
            "now": withdrawal.at,
            "because": withdrawal.reason,
        },
    )
    if kept.rowcount:
        return
    if load_checklist(connection, clinic_id, checklist_id) is None:
        raise NotFoundError("There is no such checklist.")
    raise ConflictError("The checklist was taken back before.", code="already_withdrawn")


def _treatment_rows(clinic_id: UUID, checklist: Checklist) -> list[dict[str, Any]]:
    return [
        {
            "clinic_id": clinic_id,
            "checklist_id": checklist.id,
            "treatment_id": treatment.id,
            "guidance_version": treatment.guidance.version,
        }
        for treatment in checklist.treatments
    ]


def _stored(connection: Connection, clinic_id: UUID, rows: Sequence[Row[Any]]) -> tuple[StoredChecklist, ...]:
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
        _withdrawal(row) if row.withdrawn_at else None,
        row.issued_at,
        guidance,
    )


def _withdrawal(row: Row[Any]) -> Withdrawal:
    by = Recorder(RecorderKind(row.by_kind), row.by_id, row.by_name)
    return Withdrawal(by, row.withdrawn_at, row.reason)
