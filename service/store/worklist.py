"""Who is planned for a day, by the newest sheet for their treatments."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, bindparam, exists, select

from service.store.checklists import StoredChecklist, stored_checklists, stored_of
from service.store.replacements import covers, is_followed, is_withdrawn, plans
from service.store.tables import checklists

_dated = checklists.alias("dated")
_sooner = checklists.alias("sooner")
# A sheet is planned for the day when no newer one names another day; of its patient and treatments the newest
# is shown, also where that names none. That one is shown once, though several before it planned it.
_PLANNED: Select[Any] = (
    stored_checklists()
    .add_columns(_dated.c.planned_start.label("planned_day"))
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


def list_planned(
    connection: Connection, clinic_id: UUID, day: date, limit: int
) -> tuple[StoredChecklist, ...]:
    """At most ``limit`` patients and treatments that are planned for a day, by the newest sheet for them.

    In the order in which they were planned. Withdrawn sheets neither plan anything nor are shown. Where the
    newest sheet names no day, the newest one that does has planned it, and ``planned_start`` is that day.
    """
    asked = {"clinic": clinic_id, "day": day, "most": limit}
    rows = connection.execute(_PLANNED, asked).all()
    found = zip(stored_of(connection, clinic_id, rows), rows, strict=True)
    return tuple(replace(sheet, planned_start=row.planned_day) for sheet, row in found)


def next_planned_day(connection: Connection, clinic_id: UUID, day: date) -> date | None:
    """The first later day for which somebody is planned."""
    return connection.execute(_NEXT_PLANNED, {"clinic": clinic_id, "day": day}).scalar_one_or_none()
