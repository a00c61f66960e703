"""What a card rests on, in few statements: a clinic's settings and latest guidance, a patient's sheets."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, bindparam, exists, func, select

from service.domain.cards import SheetOnFile
from service.domain.guidance import Guidance
from service.store.guidance import load_guidance
from service.store.tables import checklist_withdrawals as withdrawals
from service.store.tables import checklists, clinics, patients
from service.store.tables import guidance_versions as versions

_MOST_SHEETS = 50
_MOST_IN_MEMORY = 256

_rank = func.row_number().over(
    partition_by=versions.c.treatment_id,
    order_by=(versions.c.published_at.desc(), versions.c.version.desc()),
)
_ranked = (
    select(versions.c.clinic_id, versions.c.treatment_id, versions.c.version, _rank.label("rank"))
    .where(versions.c.clinic_id == bindparam("clinic"))
    .subquery()
)
_CLINIC: Select[Any] = (
    select(clinics.c.language, clinics.c.time_zone, _ranked.c.treatment_id, _ranked.c.version)
    .outerjoin(_ranked, and_(_ranked.c.clinic_id == clinics.c.id, _ranked.c.rank == 1))
    .where(clinics.c.id == bindparam("clinic"))
    .order_by(_ranked.c.treatment_id)
)
_SHEETS: Select[Any] = (
    select(
        checklists.c.id,
        checklists.c.treatment_id,
        checklists.c.planned_start,
        (checklists.c.list_version == patients.c.list_version).label("current"),
    )
    .join(
        patients,
        and_(patients.c.clinic_id == checklists.c.clinic_id, patients.c.id == checklists.c.patient_id),
    )
    .where(
        checklists.c.clinic_id == bindparam("clinic"),
        checklists.c.patient_id == bindparam("patient"),
        ~exists()
        .where(
            withdrawals.c.clinic_id == checklists.c.clinic_id, withdrawals.c.checklist_id == checklists.c.id
        )
        .correlate(checklists),
    )
    .order_by(checklists.c.id.desc())
    .limit(_MOST_SHEETS)
)
# A version never changes, so that what was read of it once holds as long as the process lives.
_in_memory: dict[tuple[UUID, str, str], Guidance] = {}


@dataclass(frozen=True, slots=True)
class CardGround:
    """A clinic's language and time zone, and its latest guidance for each of its treatments."""

    language: str
    time_zone: str
    guidance: tuple[Guidance, ...]


def load_ground(connection: Connection, clinic_id: UUID) -> CardGround:
    """What every card of a clinic rests on."""
    rows = connection.execute(_CLINIC, {"clinic": clinic_id}).all()
    latest = [(row.treatment_id, row.version) for row in rows if row.version is not None]
    return CardGround(
        rows[0].language,
        rows[0].time_zone,
        tuple(_guidance(connection, clinic_id, treatment_id, version) for treatment_id, version in latest),
    )


def list_sheets(connection: Connection, clinic_id: UUID, patient_id: UUID) -> tuple[SheetOnFile, ...]:
    """A patient's newest checklists that were not taken back, newest first."""
    found = connection.execute(_SHEETS, {"clinic": clinic_id, "patient": patient_id})
    return tuple(SheetOnFile(row.id, row.treatment_id, row.planned_start, row.current) for row in found)


def _guidance(connection: Connection, clinic_id: UUID, treatment_id: str, version: str) -> Guidance:
    key = (clinic_id, treatment_id, version)
    found = _in_memory.get(key)
    if found is None:
        published = load_guidance(connection, clinic_id, treatment_id, version)
        assert published is not None  # noqa: S101 -- its version was just read
        found = published.guidance
        if len(_in_memory) >= _MOST_IN_MEMORY:
            _in_memory.clear()
        _in_memory[key] = found
    return found
