"""What a card rests on, in few statements: a clinic's settings and latest guidance, a patient's sheets."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, bindparam, select

from service.domain.cards.cards import SheetOnFile, is_up_to_date
from service.domain.checklists.treatments import treatments_in
from service.domain.errors import NotFoundError
from service.domain.guidance.statements import Guidance
from service.store.guidance import IN_USE, known_guidance
from service.store.guidance_today import LAST_ACT, LAST_ACT_COLUMNS, guidance_of_rows, is_last_act_of
from service.store.tables import checklist_withdrawals as withdrawals
from service.store.tables import checklists, clinics, patients

_MOST_SHEETS = 50

_CLINIC: Select[Any] = (
    select(clinics.c.language, clinics.c.time_zone, IN_USE.c.treatment_id, IN_USE.c.version)
    .outerjoin(IN_USE, IN_USE.c.clinic_id == clinics.c.id)
    .where(clinics.c.id == bindparam("clinic"))
    .order_by(IN_USE.c.treatment_id)
)
_SHEETS: Select[Any] = (
    select(
        patients.c.list_version.label("latest_version"),
        checklists.c.id,
        checklists.c.treatment_id,
        checklists.c.planned_start,
        checklists.c.list_version,
        checklists.c.guidance_version,
        *LAST_ACT_COLUMNS,
        withdrawals.c.checklist_id.label("withdrawn"),
    )
    .select_from(patients)
    .outerjoin(
        checklists,
        and_(checklists.c.clinic_id == patients.c.clinic_id, checklists.c.patient_id == patients.c.id),
    )
    .outerjoin(
        withdrawals,
        and_(
            withdrawals.c.clinic_id == checklists.c.clinic_id, withdrawals.c.checklist_id == checklists.c.id
        ),
    )
    .outerjoin(LAST_ACT, is_last_act_of(checklists))
    .where(patients.c.clinic_id == bindparam("clinic"), patients.c.id == bindparam("patient"))
    .order_by(checklists.c.id.desc())
    .limit(_MOST_SHEETS)
)


@dataclass(frozen=True, slots=True)
class CardGround:
    """A clinic's language and time zone, and its latest guidance for each of its treatments."""

    language: str
    time_zone: str
    guidance: tuple[Guidance, ...]


@dataclass(frozen=True, slots=True)
class PatientSheets:
    """The latest version of a patient's list; the checklists that were not taken back, newest first."""

    list_version: int
    sheets: tuple[SheetOnFile, ...]


def load_ground(connection: Connection, clinic_id: UUID) -> CardGround:
    """What every card of a clinic rests on."""
    rows = connection.execute(_CLINIC, {"clinic": clinic_id}).all()
    latest = [(row.treatment_id, row.version) for row in rows if row.version is not None]
    return CardGround(
        rows[0].language,
        rows[0].time_zone,
        tuple(
            known_guidance(connection, clinic_id, treatment_id, version) for treatment_id, version in latest
        ),
    )


def load_sheets(connection: Connection, clinic_id: UUID, patient_id: UUID) -> PatientSheets:
    """The sheets of a patient of the clinic. Raises NotFoundError."""
    rows = connection.execute(_SHEETS, {"clinic": clinic_id, "patient": patient_id}).all()
    if not rows:
        raise NotFoundError("There is no such patient.")
    issued = [row for row in rows if row.id is not None and row.withdrawn is None]
    guidance = guidance_of_rows(connection, clinic_id, issued)
    return PatientSheets(
        rows[0].latest_version,
        tuple(
            SheetOnFile(
                row.id,
                treatments_in(row.treatment_id),
                row.planned_start,
                is_up_to_date(row.list_version, row.latest_version, guidance[row.id]),
            )
            for row in issued
        ),
    )
