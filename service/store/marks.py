"""Marks of lines: every one that was made, none ever changed."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, insert, select

from service.domain.checklists.marks import LineMark, MarkWord
from service.store.attributions import by_columns, recorder_of
from service.store.tables import line_marks

_INSERT = insert(line_marks)
_LIST = (
    select(line_marks)
    .where(
        line_marks.c.clinic_id == bindparam("clinic"),
        line_marks.c.patient_id == bindparam("patient"),
        line_marks.c.treatment_id == bindparam("treatment"),
    )
    .order_by(line_marks.c.id)
)


def insert_mark(
    connection: Connection, clinic_id: UUID, mark: LineMark, patient_id: UUID, treatment_id: str
) -> None:
    """Keep a mark of a line on a checklist of this clinic."""
    connection.execute(
        _INSERT,
        {
            "clinic_id": clinic_id,
            "id": mark.id,
            "checklist_id": mark.checklist_id,
            "patient_id": patient_id,
            "treatment_id": treatment_id,
            "line_id": mark.line_id,
            "line_digest": mark.line_digest,
            "mark": mark.mark.value if mark.mark else None,
            "note": mark.note,
            **by_columns(mark.by, mark.at),
        },
    )


def list_marks(
    connection: Connection, clinic_id: UUID, patient_id: UUID, treatment_id: str
) -> tuple[LineMark, ...]:
    """Every mark on sheets of a patient for a treatment, oldest first."""
    asked = {"clinic": clinic_id, "patient": patient_id, "treatment": treatment_id}
    return tuple(map(_mark, connection.execute(_LIST, asked)))


def _mark(row: Row[Any]) -> LineMark:
    return LineMark(
        id=row.id,
        checklist_id=row.checklist_id,
        line_id=row.line_id,
        line_digest=row.line_digest,
        mark=MarkWord(row.mark) if row.mark else None,
        note=row.note,
        by=recorder_of(row),
        at=row.at,
    )
