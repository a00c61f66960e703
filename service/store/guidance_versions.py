"""A clinic's versions of guidance side by side: when each was in use, and the sheets made from it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, func, select

from service.domain.errors import NotFoundError
from service.domain.guidance.publications import GuidanceVersion, times_in_use
from service.store.guidance import known_guidance, list_publications
from service.store.tables import checklist_treatments, checklists, patients
from service.store.tables import checklist_withdrawals as withdrawals
from service.store.tables import guidance_versions as versions

_BEGINNING_SO = (
    select(versions.c.version)
    .where(
        versions.c.clinic_id == bindparam("clinic"),
        versions.c.treatment_id == bindparam("treatment"),
        func.substr(versions.c.version, 1, func.length(bindparam("beginning"))) == bindparam("beginning"),
    )
    .order_by(versions.c.version)
    .limit(2)
)
_treatment = func.coalesce(checklist_treatments.c.treatment_id, checklists.c.treatment_id)
_version = func.coalesce(checklist_treatments.c.guidance_version, checklists.c.guidance_version)
_sheets = checklists.outerjoin(
    checklist_treatments,
    and_(
        checklist_treatments.c.clinic_id == checklists.c.clinic_id,
        checklist_treatments.c.checklist_id == checklists.c.id,
    ),
)
_COUNT_SHEETS = (
    select(_treatment.label("treatment_id"), _version.label("version"), func.count().label("sheets"))
    .select_from(_sheets)
    .where(checklists.c.clinic_id == bindparam("clinic"))
    .group_by(_treatment, _version)
)
_COUNT_OPEN = (
    select(func.count())
    .select_from(
        _sheets.join(
            patients,
            and_(
                patients.c.clinic_id == checklists.c.clinic_id,
                patients.c.id == checklists.c.patient_id,
                patients.c.list_version == checklists.c.list_version,
            ),
        ).outerjoin(
            withdrawals,
            and_(
                withdrawals.c.clinic_id == checklists.c.clinic_id,
                withdrawals.c.checklist_id == checklists.c.id,
            ),
        )
    )
    .where(
        checklists.c.clinic_id == bindparam("clinic"),
        withdrawals.c.checklist_id.is_(None),
        _treatment == bindparam("treatment"),
        _version == bindparam("digest"),
    )
)
Key = tuple[str, str]


def list_versions(
    connection: Connection, clinic_id: UUID, treatment_id: str | None = None
) -> tuple[GuidanceVersion, ...]:
    """Every version of a clinic or of one treatment: by treatment, and there the last published first."""
    done = list_publications(connection, clinic_id)
    treatments = sorted({act.treatment_id for act in done if treatment_id in (None, act.treatment_id)})
    return tuple(
        GuidanceVersion(known_guidance(connection, clinic_id, treatment, version), version, times)
        for treatment in treatments
        for version, times in times_in_use(done, treatment).items()
    )


def find_version(
    connection: Connection, clinic_id: UUID, treatment_id: str, beginning: str
) -> GuidanceVersion:
    """The version of a treatment that is named by its digest, or by how it alone begins.

    Raises NotFoundError, also where several begin so.
    """
    sought = {"clinic": clinic_id, "treatment": treatment_id, "beginning": beginning}
    found = connection.execute(_BEGINNING_SO, sought).scalars().all()
    if len(found) != 1:
        raise NotFoundError("More than one version begins so." if found else "There is no such version.")
    published = list_versions(connection, clinic_id, treatment_id)
    return next(version for version in published if version.version == found[0])


def count_sheets(connection: Connection, clinic_id: UUID) -> Mapping[Key, int]:
    """How many sheets a clinic issued from each version, by its treatment and digest."""
    rows = connection.execute(_COUNT_SHEETS, {"clinic": clinic_id})
    return {(row.treatment_id, row.version): row.sheets for row in rows}


def count_open_sheets(connection: Connection, clinic_id: UUID, treatment_id: str, version: str) -> int:
    """How many sheets made from a version show the list as it is now and were not taken back."""
    sought = {"clinic": clinic_id, "treatment": treatment_id, "digest": version}
    return int(connection.execute(_COUNT_OPEN, sought).scalar_one())
