"""What has become of the guidance of issued sheets: the last act of each of their treatments."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, Row, and_, bindparam, select

from service.domain.checklists.guidance_today import GuidanceToday, guidance_today
from service.domain.guidance.publications import PublicationAct
from service.store.tables import checklist_treatments as treatments
from service.store.tables import guidance_publications as publications

LAST_ACT = publications.alias("last_act")
"""The last act of a treatment's guidance, where a statement joins it by ``is_last_act_of``."""
LAST_ACT_COLUMNS = (
    LAST_ACT.c.version.label("version_in_use"),
    LAST_ACT.c.act.label("guidance_act"),
    LAST_ACT.c.at.label("guidance_since"),
)
_act = publications.alias("act")


def is_last_act_of(of: FromClause) -> ColumnElement[bool]:
    """Joins ``LAST_ACT`` to a row that names a clinic and a treatment."""
    last = (
        select(_act.c.id)
        .where(_act.c.clinic_id == of.c.clinic_id, _act.c.treatment_id == of.c.treatment_id)
        .order_by(_act.c.at.desc(), _act.c.id.desc())
        .limit(1)
        .correlate(of)
        .scalar_subquery()
    )
    return and_(LAST_ACT.c.clinic_id == of.c.clinic_id, LAST_ACT.c.id == last)


_OF_SEVERAL = (
    select(treatments.c.checklist_id, treatments.c.treatment_id, treatments.c.guidance_version)
    .add_columns(*LAST_ACT_COLUMNS)
    .select_from(treatments)
    .join(LAST_ACT, is_last_act_of(treatments))
    .where(
        treatments.c.clinic_id == bindparam("clinic"),
        treatments.c.checklist_id.in_(bindparam("sought", expanding=True)),
    )
    .order_by(treatments.c.checklist_id, treatments.c.treatment_id)
)


def guidance_of_rows(
    connection: Connection, clinic_id: UUID, rows: Sequence[Row[Any]]
) -> Mapping[UUID, tuple[GuidanceToday, ...]]:
    """By the id of each sheet the guidance of its treatments, told by ``LAST_ACT_COLUMNS``.

    Nothing is done with several treatments' guidance together: of a sheet for several, each is looked up.
    """
    several = [row.id for row in rows if row.guidance_act is None]
    found = guidance_of_several(connection, clinic_id, several) if several else {}
    return {row.id: found.get(row.id, ()) if row.guidance_act is None else (_guidance(row),) for row in rows}


def guidance_of_several(
    connection: Connection, clinic_id: UUID, checklist_ids: Sequence[UUID]
) -> Mapping[UUID, tuple[GuidanceToday, ...]]:
    """By the id of each sheet for several treatments, the guidance of each of them today."""
    found: dict[UUID, tuple[GuidanceToday, ...]] = {}
    for row in connection.execute(_OF_SEVERAL, {"clinic": clinic_id, "sought": list(checklist_ids)}):
        found[row.checklist_id] = (*found.get(row.checklist_id, ()), _guidance(row))
    return found


def _guidance(row: Row[Any]) -> GuidanceToday:
    act = PublicationAct(row.guidance_act)
    return guidance_today(row.treatment_id, row.guidance_version, row.version_in_use, act, row.guidance_since)
