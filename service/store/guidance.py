"""Guidance as a clinic published it: one row a version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from service.domain.guidance import Guidance
from service.store.guidance_body import guidance_from_json, guidance_to_json
from service.store.memory import Memory
from service.store.tables import guidance_versions as versions

_new = insert(versions)
# Publishing an earlier version again makes it the latest.
_INSERT = _new.on_conflict_do_update(
    index_elements=["clinic_id", "treatment_id", "version"],
    set_={name: _new.excluded[name] for name in ("body", "published_at", "published_by")},
)
_of_treatment = (
    versions.c.clinic_id == bindparam("clinic"),
    versions.c.treatment_id == bindparam("treatment"),
)
_newest_first = (versions.c.published_at.desc(), versions.c.version.desc())
_BODY = select(versions.c.body).where(*_of_treatment, versions.c.version == bindparam("digest"))
_published_when = (versions.c.version, versions.c.published_at, versions.c.published_by)
_VERSION = select(*_published_when).where(*_of_treatment, versions.c.version == bindparam("digest"))
_LATEST = select(*_published_when).where(*_of_treatment).order_by(*_newest_first).limit(1)
_ranked = (
    select(
        versions,
        func.row_number().over(partition_by=versions.c.treatment_id, order_by=_newest_first).label("rank"),
    )
    .where(versions.c.clinic_id == bindparam("clinic"))
    .subquery()
)
_LIST = select(_ranked).where(_ranked.c.rank == 1).order_by(_ranked.c.treatment_id)
_bodies: Memory[tuple[UUID, str, str], Guidance] = Memory(256)


@dataclass(frozen=True, slots=True)
class PublishedGuidance:
    """A guidance with its version, and when and by whom it was published."""

    guidance: Guidance
    version: str
    published_at: datetime
    published_by: str


def insert_guidance(
    connection: Connection,
    clinic_id: UUID,
    guidance: Guidance,
    version: str,
    published_at: datetime,
    published_by: str,
) -> None:
    """Keep a version of a treatment's guidance and make it the latest, also where it was published before."""
    connection.execute(
        _INSERT,
        {
            "clinic_id": clinic_id,
            "treatment_id": guidance.treatment.id,
            "version": version,
            "body": guidance_to_json(guidance),
            "published_at": published_at,
            "published_by": published_by,
        },
    )


def load_guidance(
    connection: Connection, clinic_id: UUID, treatment_id: str, version: str | None = None
) -> PublishedGuidance | None:
    """A version of a treatment's guidance, or the one published last."""
    sought = {"clinic": clinic_id, "treatment": treatment_id}
    found = (
        connection.execute(_LATEST, sought)
        if version is None
        else connection.execute(_VERSION, {**sought, "digest": version})
    )
    row = found.one_or_none()
    if row is None:
        return None
    guidance = known_guidance(connection, clinic_id, treatment_id, row.version)
    return PublishedGuidance(guidance, row.version, row.published_at, row.published_by)


def known_guidance(connection: Connection, clinic_id: UUID, treatment_id: str, version: str) -> Guidance:
    """What a version that is on file says: read once by each process, as it never says anything else."""

    def load() -> Guidance:
        sought = {"clinic": clinic_id, "treatment": treatment_id, "digest": version}
        return guidance_from_json(connection.execute(_BODY, sought).scalar_one())

    return _bodies.get((clinic_id, treatment_id, version), load)


def list_guidance(connection: Connection, clinic_id: UUID) -> tuple[PublishedGuidance, ...]:
    """The latest guidance of each of a clinic's treatments, by the treatment's id."""
    return tuple(_published(row) for row in connection.execute(_LIST, {"clinic": clinic_id}))


def _published(row: Row[Any]) -> PublishedGuidance:
    return PublishedGuidance(guidance_from_json(row.body), row.version, row.published_at, row.published_by)
