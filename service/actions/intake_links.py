"""Intake links: made by staff or an EHR, shown once, opened once. Who opens one acts for its one form."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.actions.door import Clock, Door
from service.actions.medications import known_list
from service.actions.patients import known_patient
from service.actions.performing import perform
from service.actions.work import Work
from service.domain.access.clinics import Clinic
from service.domain.access.credentials import secret_digest
from service.domain.access.permissions import Actor, ActorKind, Permission, Role
from service.domain.attribution import CollectionMode
from service.domain.audit.chain import AuditKeys
from service.domain.audit.events import AuditAction
from service.domain.intake.forms import LINK_LIFE, GivenLink, IntakeForm, IntakeLink, form_life
from service.store import clinics as clinic_store
from service.store import intake_forms as form_store
from service.store import intake_links as link_store
from service.store.database import Database, Reach, reach_only

RECORDER = "Intake form"
"""What stands on record as the recorder of what comes in by a link."""


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link and its secret of 256 bits, to be shown once."""

    link: IntakeLink
    secret: str


def make_link(work: Work, patient_id: UUID, mode: CollectionMode) -> MadeLink:
    """Make a link to a form for a patient. Raises NotFoundError."""
    work.require(Permission.MAKE_INTAKE_LINKS)
    patient = known_patient(work, patient_id)
    secret = secrets.token_urlsafe(32)
    link = IntakeLink(
        id=work.new_id(),
        clinic_id=work.clinic_id,
        patient_id=patient.id,
        secret_sha256=secret_digest(secret),
        collection_mode=mode,
        by=work.actor.recorder,
        at=work.now,
        expires_at=work.now + LINK_LIFE,
    )
    link_store.insert_link(work.connection, link)
    work.record(AuditAction.MAKE_INTAKE_LINK, patient_id=patient.id, subject=f"intake_link/{link.id}")
    return MadeLink(link, secret)


def newest_link(work: Work, patient_id: UUID) -> GivenLink | None:
    """The newest link that the clinic made for a patient, and what became of it; None where there is none."""
    work.require(Permission.MAKE_INTAKE_LINKS)
    return link_store.newest_link(work.connection, work.clinic_id, patient_id)


@dataclass(frozen=True, slots=True)
class SeenLink:
    """What a browser that shows a link's secret may know: whose clinic it is, and whether it can open it.

    ``opened_here`` is the link's id where this very browser opened it before.
    """

    clinic: Clinic
    can_be_opened: bool
    opened_here: UUID | None


def see_link(database: Database, secret: str, browser: str | None, now: datetime) -> SeenLink | None:
    """Look at a link without opening it; None where there is nothing to be opened or gone on with."""
    with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
        link = link_store.find_link(connection, secret_digest(secret))
        if link is None:
            return None
        reach_only(connection, link.clinic_id)
        form = form_store.find_form(connection, _of_browser(browser, link.id)) if browser else None
        if form is None and not link.open_to(now):
            return None
        clinic = clinic_store.load_clinic(connection, link.clinic_id)
    assert clinic is not None  # noqa: S101 -- a link refers to its clinic
    return SeenLink(clinic, form is None, link.id if form else None)


def open_link(
    database: Database,
    audit_keys: AuditKeys,
    clock: Clock,
    request_id: str,
    secret: str,
    browser: str,
    language: str,
) -> IntakeLink | None:
    """Open the form behind a link for the browser that holds the secret ``browser``; None where it cannot.

    One browser opens it, and once: sent twice by the same browser, the form is opened already.
    """
    with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
        link = link_store.find_link(connection, secret_digest(secret))
    if link is None:
        return None
    door = Door(database, audit_keys, clock, actor_of(link.clinic_id, link.id), request_id)
    return link if perform(door, lambda work: _open(work, link, browser, language)) else None


def _open(work: Work, link: IntakeLink, browser: str, language: str) -> bool:
    work.require(Permission.SUBMIT_INTAKE)
    digest = _of_browser(browser, link.id)
    if not link_store.open_link(work.connection, work.clinic_id, link.id, work.now):
        return form_store.find_form(work.connection, digest) is not None
    form = IntakeForm(
        id=work.new_id(),
        clinic_id=work.clinic_id,
        patient_id=link.patient_id,
        link_id=link.id,
        secret_sha256=digest,
        opened_at=work.now,
        expires_at=work.now + form_life(link.collection_mode),
        made_from=known_list(work, link.patient_id).version,
        draft={"collection_mode": link.collection_mode.value, "language": language},
    )
    form_store.insert_form(work.connection, form)
    work.record(AuditAction.OPEN_INTAKE_FORM, patient_id=form.patient_id, subject=f"intake_form/{form.id}")
    return True


def form_of_browser(database: Database, link_id: UUID, browser: str) -> tuple[Actor, IntakeForm] | None:
    """Who acts behind a link that this browser opened, and the form; ended ones too: the caller decides."""
    with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
        form = form_store.find_form(connection, _of_browser(browser, link_id))
    return (actor_of(form.clinic_id, link_id), form) if form else None


def actor_of(clinic_id: UUID, link_id: UUID) -> Actor:
    """Who acts behind a link: it can post an intake and read nothing back."""
    return Actor(clinic_id, ActorKind.LINK, link_id, RECORDER, Role.INTAKE)


def _of_browser(browser: str, link_id: UUID) -> str:
    """The digest of a form's secret: the browser's own secret and the link, so that one holds several."""
    return secret_digest(f"{browser}:{link_id}")
