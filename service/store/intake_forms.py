"""Forms that are being filled in: what is typed so far, and what became of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Connection, Row, bindparam, delete, insert, select, update

from service.domain.errors import NotFoundError
from service.domain.intake.forms import IntakeForm
from service.store.tables import intake_forms as forms
from service.store.tables.column_types import Instant

# So long a form that is over says so; then what was typed into it is gone, since nobody sent it.
_ENDED_KEPT = timedelta(days=1)

_INSERT = insert(forms)
_FIND = select(forms).where(forms.c.secret_sha256 == bindparam("sought"))
_of_form = (forms.c.clinic_id == bindparam("clinic"), forms.c.id == bindparam("form"))
_LOAD = select(forms).where(*_of_form)
_LOAD_TO_CHANGE = _LOAD.with_for_update()
_DELETE_OLD = delete(forms).where(
    forms.c.clinic_id == bindparam("clinic"),
    forms.c.sent_at.is_(None),
    forms.c.expires_at < bindparam("oldest", type_=Instant),
)
_LATEST_AT_DESK = (
    select(forms)
    .where(
        forms.c.clinic_id == bindparam("clinic"),
        forms.c.patient_id == bindparam("patient"),
        forms.c.link_id.is_(None),
        forms.c.sent_at.is_(None),
        forms.c.expires_at > bindparam("now", type_=Instant),
    )
    .order_by(forms.c.id.desc())
    .limit(1)
)
_SAVE = (
    update(forms)
    .where(*_of_form)
    .values(draft=bindparam("new_draft", type_=JSON), made_from=bindparam("new_made_from"))
)
_CLOSE = (
    update(forms)
    .where(*_of_form)
    .values(
        draft=bindparam("new_draft", type_=JSON),
        sent_at=bindparam("sent", type_=Instant),
        sent_version=bindparam("version"),
    )
)


def insert_form(connection: Connection, form: IntakeForm) -> None:
    """Keep a form that was opened, and drop the clinic's that ended a day ago without being sent."""
    oldest = form.opened_at - _ENDED_KEPT
    connection.execute(_DELETE_OLD, {"clinic": form.clinic_id, "oldest": oldest})
    connection.execute(
        _INSERT,
        {
            "clinic_id": form.clinic_id,
            "id": form.id,
            "patient_id": form.patient_id,
            "link_id": form.link_id,
            "secret_sha256": form.secret_sha256,
            "opened_at": form.opened_at,
            "expires_at": form.expires_at,
            "made_from": form.made_from,
            "draft": dict(form.draft),
            "sent_at": form.sent_at,
            "sent_version": form.sent_version,
        },
    )


def find_form(connection: Connection, secret_sha256: str) -> IntakeForm | None:
    """The form behind a link whose secret has this digest, of whichever clinic."""
    row = connection.execute(_FIND, {"sought": secret_sha256}).one_or_none()
    return _form(row) if row else None


def load_form(
    connection: Connection, clinic_id: UUID, form_id: UUID, *, for_update: bool = False
) -> IntakeForm | None:
    """A form of the clinic; ``for_update`` keeps other writers of it waiting."""
    statement = _LOAD_TO_CHANGE if for_update else _LOAD
    row = connection.execute(statement, {"clinic": clinic_id, "form": form_id}).one_or_none()
    return _form(row) if row else None


def find_open_form_at_desk(
    connection: Connection, clinic_id: UUID, patient_id: UUID, now: datetime
) -> IntakeForm | None:
    """The newest form of the desk for a patient that is neither sent nor over."""
    sought = {"clinic": clinic_id, "patient": patient_id, "now": now}
    row = connection.execute(_LATEST_AT_DESK, sought).one_or_none()
    return _form(row) if row else None


def save_draft(
    connection: Connection, clinic_id: UUID, form_id: UUID, draft: Mapping[str, Any], made_from: int
) -> None:
    """Keep what is typed so far. Raises NotFoundError."""
    saved = {"clinic": clinic_id, "form": form_id, "new_draft": dict(draft), "new_made_from": made_from}
    if connection.execute(_SAVE, saved).rowcount == 0:
        raise NotFoundError("There is no such form.")


def close_form(
    connection: Connection,
    clinic_id: UUID,
    form_id: UUID,
    sent_at: datetime,
    sent_version: int,
    draft: Mapping[str, Any],
) -> None:
    """Note that a form was sent; ``draft`` is what stays of it. Raises NotFoundError."""
    closed = {
        "clinic": clinic_id,
        "form": form_id,
        "new_draft": dict(draft),
        "sent": sent_at,
        "version": sent_version,
    }
    if connection.execute(_CLOSE, closed).rowcount == 0:
        raise NotFoundError("There is no such form.")


def _form(row: Row[Any]) -> IntakeForm:
    return IntakeForm(
        id=row.id,
        clinic_id=row.clinic_id,
        patient_id=row.patient_id,
        link_id=row.link_id,
        secret_sha256=row.secret_sha256,
        opened_at=row.opened_at,
        expires_at=row.expires_at,
        made_from=row.made_from,
        draft=row.draft,
        sent_at=row.sent_at,
        sent_version=row.sent_version,
    )
