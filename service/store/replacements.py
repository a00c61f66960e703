"""When a sheet takes another's place: what statements about a patient's sheets ask, and which it replaced."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Exists, FromClause, and_, bindparam, exists, or_, select

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
    around = (sheet, other, sought)
    lacks = (
        exists()
        .where(
            sought.c.clinic_id == other.c.clinic_id,
            sought.c.checklist_id == other.c.id,
            ~_holds(sheet, held, sought.c.treatment_id, around),
        )
        .correlate(sheet, other)
    )
    return or_(
        sheet.c.treatment_id == other.c.treatment_id,
        # No key of several is the id of one, so that this is of another sheet for one.
        _holds(sheet, held, other.c.treatment_id, around),
        and_(other.c.treatment_id.contains(JOINS), ~lacks),
    )


def _holds(
    sheet: FromClause, held: FromClause, treatment: ColumnElement[str], around: Sequence[FromClause]
) -> Exists:
    """Whether a sheet for several is for this treatment too; ``around`` are the rows that are spoken of."""
    return (
        exists()
        .where(
            held.c.clinic_id == sheet.c.clinic_id,
            held.c.checklist_id == sheet.c.id,
            held.c.treatment_id == treatment,
        )
        .correlate(*around)
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
