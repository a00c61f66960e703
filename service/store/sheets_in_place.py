"""When a sheet takes another's place: the conditions that statements about a patient's sheets are made of."""

from sqlalchemy import ColumnElement, Exists, FromClause, and_, exists, or_

from service.domain.checklists.treatments import JOINS
from service.store.tables import checklist_treatments as treatments
from service.store.tables import checklist_withdrawals as withdrawals
from service.store.tables import checklists

NEWER = checklists.alias("newer")
"""The sheet that follows another one in ``is_followed``."""


def is_withdrawn(sheet: FromClause) -> Exists:
    """Whether a sheet was taken back."""
    taken_back = withdrawals.alias()
    return (
        exists()
        .where(taken_back.c.clinic_id == sheet.c.clinic_id, taken_back.c.checklist_id == sheet.c.id)
        .correlate(sheet)
    )


def covers(sheet: FromClause, other: FromClause) -> ColumnElement[bool]:
    """Whether a sheet is for all treatments of another one: the same key, or each of them among several."""
    held, sought = treatments.alias(), treatments.alias()

    def holds(treatment: ColumnElement[str]) -> Exists:
        return (
            exists()
            .where(
                held.c.clinic_id == sheet.c.clinic_id,
                held.c.checklist_id == sheet.c.id,
                held.c.treatment_id == treatment,
            )
            .correlate(sheet, other, sought)
        )

    lacks = (
        exists()
        .where(
            sought.c.clinic_id == other.c.clinic_id,
            sought.c.checklist_id == other.c.id,
            ~holds(sought.c.treatment_id),
        )
        .correlate(sheet, other)
    )
    return or_(
        sheet.c.treatment_id == other.c.treatment_id,
        # No key of several is the id of one, so that this is of another sheet for one.
        holds(other.c.treatment_id),
        and_(other.c.treatment_id.contains(JOINS), ~lacks),
    )


def is_followed(sheet: FromClause, *by: ColumnElement[bool]) -> Exists:
    """Whether there is a newer sheet, not withdrawn, of the same patient for all of its treatments."""
    return (
        exists()
        .where(
            NEWER.c.clinic_id == sheet.c.clinic_id,
            NEWER.c.patient_id == sheet.c.patient_id,
            NEWER.c.id > sheet.c.id,
            covers(NEWER, sheet),
            ~is_withdrawn(NEWER),
            *by,
        )
        .correlate(sheet)
    )


def plans(sheet: FromClause) -> ColumnElement[bool]:
    """Whether a sheet with a day plans its treatments for it: not withdrawn, and no newer one names a day."""
    return and_(~is_withdrawn(sheet), ~is_followed(sheet, NEWER.c.planned_start.is_not(None)))
