"""Intake links: kept by the digest of their secret, opened once; and what became of the newest."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from service.domain.attribution import CollectionMode
from service.domain.intake.forms import GivenLink, IntakeLink
from service.store.attributions import by_columns, recorder_of
from service.store.tables import intake_forms as forms
from service.store.tables import intake_links as links
from service.store.tables.column_types import Instant

_INSERT = insert(links)
_FIND = select(links).where(links.c.secret_sha256 == bindparam("sought"))
_NEWEST = (
    select(links, forms.c.sent_at, forms.c.expires_at.label("form_expires_at"))
    .outerjoin(forms, (forms.c.clinic_id == links.c.clinic_id) & (forms.c.link_id == links.c.id))
    .where(links.c.clinic_id == bindparam("clinic"), links.c.patient_id == bindparam("patient"))
    .order_by(links.c.id.desc())
    .limit(1)
)
_OPEN = (
    update(links)
    .where(
        links.c.clinic_id == bindparam("clinic"),
        links.c.id == bindparam("link"),
        links.c.opened_at.is_(None),
        links.c.expires_at > bindparam("now", type_=Instant),
    )
    .values(opened_at=bindparam("now", type_=Instant))
)


def insert_link(connection: Connection, link: IntakeLink) -> None:
    """Keep a new link for a patient of its clinic."""
    connection.execute(
        _INSERT,
        {
            "clinic_id": link.clinic_id,
            "id": link.id,
            "patient_id": link.patient_id,
            "secret_sha256": link.secret_sha256,
            "collection_mode": link.collection_mode.value,
            **by_columns(link.by, link.at),
            "expires_at": link.expires_at,
            "opened_at": link.opened_at,
        },
    )


def find_link(connection: Connection, secret_sha256: str) -> IntakeLink | None:
    """The link with this digest, of whichever clinic, used and expired ones too: the caller decides."""
    row = connection.execute(_FIND, {"sought": secret_sha256}).one_or_none()
    return _link(row) if row else None


def newest_link(connection: Connection, clinic_id: UUID, patient_id: UUID) -> GivenLink | None:
    """The patient's newest link and what became of its form; None where the clinic made none."""
    row = connection.execute(_NEWEST, {"clinic": clinic_id, "patient": patient_id}).one_or_none()
    return GivenLink(_link(row), row.sent_at, row.form_expires_at) if row else None


def open_link(connection: Connection, clinic_id: UUID, link_id: UUID, now: datetime) -> bool:
    """Use a link up; false where the clinic has no such link, it was used before or its time has ended.

    Of several at once one is told that it was opened.
    """
    opened = connection.execute(_OPEN, {"clinic": clinic_id, "link": link_id, "now": now})
    return bool(opened.rowcount)


def _link(row: Row[Any]) -> IntakeLink:
    return IntakeLink(
        id=row.id,
        clinic_id=row.clinic_id,
        patient_id=row.patient_id,
        secret_sha256=row.secret_sha256,
        collection_mode=CollectionMode(row.collection_mode),
        by=recorder_of(row),
        at=row.at,
        expires_at=row.expires_at,
        opened_at=row.opened_at,
    )
