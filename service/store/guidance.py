"""Guidance as a clinic published it: one row a version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from service.domain.checklists.treatments import treatment_key, treatments_in, version_together
from service.domain.guidance.publications import Publication, PublicationAct, PublishedGuidance
from service.domain.guidance.statements import Guidance
from service.store.cache import Cache
from service.store.guidance_body import guidance_from_json, guidance_to_json
from service.store.tables import guidance_publications as publications
from service.store.tables import guidance_versions as versions

_KEEP = insert(versions).on_conflict_do_nothing(index_elements=["clinic_id", "treatment_id", "version"])
_ACT = insert(publications)
_of_treatment = (
    versions.c.clinic_id == bindparam("clinic"),
    versions.c.treatment_id == bindparam("treatment"),
)
_BODY = select(versions.c.body).where(*_of_treatment, versions.c.version == bindparam("digest"))
_newest_first = (publications.c.at.desc(), publications.c.id.desc())
_ACTS: Select[Any] = (
    select(publications).where(publications.c.clinic_id == bindparam("clinic")).order_by(*_newest_first)
)
_LAST_ACT = _ACTS.where(publications.c.treatment_id == bindparam("treatment")).limit(1)
_ranked = (
    select(
        publications,
        func.row_number()
        .over(partition_by=publications.c.treatment_id, order_by=_newest_first)
        .label("rank"),
    )
    .where(publications.c.clinic_id == bindparam("clinic"))
    .subquery()
)
IN_USE = (
    select(_ranked.c.clinic_id, _ranked.c.treatment_id, _ranked.c.version, _ranked.c.at, _ranked.c.by_name)
    .where(_ranked.c.rank == 1, _ranked.c.act == PublicationAct.PUBLISH.value)
    .subquery()
)
"""The version in use of each treatment of the clinic that is bound as ``clinic``."""
_LIST = (
    select(IN_USE, versions.c.body)
    .join(
        versions,
        and_(
            versions.c.clinic_id == IN_USE.c.clinic_id,
            versions.c.treatment_id == IN_USE.c.treatment_id,
            versions.c.version == IN_USE.c.version,
        ),
    )
    .where(versions.c.clinic_id == bindparam("clinic"))
    .order_by(IN_USE.c.treatment_id)
)
_bodies: Cache[tuple[UUID, str, str], Guidance] = Cache(256)
_together: Cache[tuple[UUID, str, str], tuple[tuple[str, str], ...]] = Cache(256)


def insert_version(
    connection: Connection, clinic_id: UUID, guidance: Guidance, version: str, at: datetime, by: str
) -> None:
    """Keep a version of a treatment's guidance, not yet in use; one that is on file stays as it is."""
    kept = {
        "clinic_id": clinic_id,
        "treatment_id": guidance.treatment.id,
        "version": version,
        "body": guidance_to_json(guidance),
        "published_at": at,
        "published_by": by,
    }
    connection.execute(_KEEP, kept)


def insert_versions_together(
    connection: Connection, clinic_id: UUID, used: Mapping[str, str], at: datetime, by: str
) -> None:
    """Keep which versions, by treatment, sheets for these treatments together are made from.

    It is no publication: what is in use stays so. All that is ``used`` is on file.
    """
    parts = [{"treatment_id": treatment_id, "version": version} for treatment_id, version in used.items()]
    kept = {
        "clinic_id": clinic_id,
        "treatment_id": treatment_key(used),
        "version": version_together(used),
        "body": {"parts": parts},
        "published_at": at,
        "published_by": by,
    }
    connection.execute(_KEEP, kept)


def insert_publication(connection: Connection, clinic_id: UUID, publication: Publication) -> None:
    """Put a version that is on file to use, or its treatment's guidance out of use."""
    done = {
        "clinic_id": clinic_id,
        "id": publication.id,
        "treatment_id": publication.treatment_id,
        "version": publication.version,
        "act": publication.act.value,
        "at": publication.at,
        "by_name": publication.by,
    }
    connection.execute(_ACT, done)


def load_guidance(connection: Connection, clinic_id: UUID, treatment_id: str) -> PublishedGuidance | None:
    """The version of a treatment's guidance that is in use; None where there is none, or it was retired."""
    last = load_last_act(connection, clinic_id, treatment_id)
    if last is None or last.act is PublicationAct.RETIRE:
        return None
    guidance = known_guidance(connection, clinic_id, treatment_id, last.version)
    return PublishedGuidance(guidance, last.version, last.at, last.by)


def load_last_act(connection: Connection, clinic_id: UUID, treatment_id: str) -> Publication | None:
    """What was done last with a treatment's guidance, which decides what is in use."""
    sought = {"clinic": clinic_id, "treatment": treatment_id}
    row = connection.execute(_LAST_ACT, sought).one_or_none()
    return _publication(row) if row else None


def list_publications(connection: Connection, clinic_id: UUID) -> tuple[Publication, ...]:
    """All that was done with a clinic's guidance, newest first."""
    return tuple(_publication(row) for row in connection.execute(_ACTS, {"clinic": clinic_id}))


def known_guidance(connection: Connection, clinic_id: UUID, treatment_id: str, version: str) -> Guidance:
    """What a version that is on file says: read once by each process, as it never says anything else."""

    def load() -> Guidance:
        sought = {"clinic": clinic_id, "treatment": treatment_id, "digest": version}
        return guidance_from_json(connection.execute(_BODY, sought).scalar_one())

    return _bodies.get((clinic_id, treatment_id, version), load)


def guidance_used(connection: Connection, clinic_id: UUID, key: str, version: str) -> tuple[Guidance, ...]:
    """What a sheet was made from: the guidance of its treatment, or of several by their key, in order."""
    if len(treatments_in(key)) == 1:
        return (known_guidance(connection, clinic_id, key, version),)

    def load() -> tuple[tuple[str, str], ...]:
        sought = {"clinic": clinic_id, "treatment": key, "digest": version}
        parts = connection.execute(_BODY, sought).scalar_one()["parts"]
        return tuple((part["treatment_id"], part["version"]) for part in parts)

    return tuple(
        known_guidance(connection, clinic_id, treatment_id, part)
        for treatment_id, part in sorted(_together.get((clinic_id, key, version), load))
    )


def list_guidance(connection: Connection, clinic_id: UUID) -> tuple[PublishedGuidance, ...]:
    """The guidance in use of each of a clinic's treatments, by the treatment's id."""
    return tuple(_published(row) for row in connection.execute(_LIST, {"clinic": clinic_id}))


def _publication(row: Row[Any]) -> Publication:
    return Publication(row.id, row.treatment_id, row.version, PublicationAct(row.act), row.at, row.by_name)


def _published(row: Row[Any]) -> PublishedGuidance:
    return PublishedGuidance(guidance_from_json(row.body), row.version, row.at, row.by_name)
