"""Cards for EHRs: whether there is anything to say, of whose list; and what became of a card."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from service.actions.door import Door
from service.actions.medications import known_list
from service.actions.performing import perform
from service.actions.work import Work
from service.domain.access.permissions import Actor, ActorKind, Permission, Role
from service.domain.access.scopes import Scope
from service.domain.audit.events import AuditAction
from service.domain.cards.asked import CardRequest, PatientNeededError
from service.domain.cards.cards import (
    Card,
    SheetOnFile,
    ShownList,
    Whose,
    born_otherwise,
    planned,
    up_to_date_sheet,
)
from service.domain.cards.feedback import CardFeedback
from service.domain.cards.orders import ordered
from service.domain.checklists.worklist import ListState, list_state
from service.domain.guidance.statements import Guidance
from service.domain.imports.sent import SentPatient
from service.domain.patients.patients import Patient, version_of
from service.domain.zones import in_zone
from service.store import cards as card_store
from service.store import clinics as clinic_store
from service.store import feedback as feedback_store
from service.store import patients as patient_store
from service.store.cache import Cache
from service.store.cards import CardGround
from service.store.database import Database, Reach

_states: Cache[tuple[UUID, UUID, str, int], tuple[ListState, datetime]] = Cache(256)
_READS_LISTS = (Scope("List", frozenset("rs")),)


def open_actor(database: Database, clinic_name: str) -> Actor | None:
    """Who acts for an EHR without a token, where a demo's clinic answers everybody: it reads lists alone."""
    with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
        clinic = clinic_store.find_clinic_by_name(connection, clinic_name)
    if clinic is None:
        return None
    return Actor(clinic.id, ActorKind.CLIENT, clinic.id, "CDS Hooks without a token", Role.EHR, _READS_LISTS)


@dataclass(frozen=True, slots=True)
class _Subject:
    """Who is spoken of; ``patient`` is there too where only the date of birth keeps the list back."""

    whose: Whose
    patient: Patient | None = None
    list_version: int = 0
    sheets: tuple[SheetOnFile, ...] = ()


def show_cards(door: Door, asked: CardRequest) -> tuple[Card, ...]:
    """A card for each treatment that is ordered, or (with ``planned_too``) planned. Changes no list.

    A patient who is not on file is answered like one of whom nothing was asked. Most calls are for other
    orders and give no card, so that only what was shown of a patient waits for SQLite's writers: to be
    recorded, before it is given. Raises PatientNeededError.
    """
    cards, patient = perform(door, lambda work: _look(work, asked), reads_only=True)
    if cards and patient is not None:
        perform(door, lambda work: _record(work, asked.service, patient, cards))
    return cards


def keep_feedback(work: Work, service: str, told: Sequence[CardFeedback]) -> None:
    """Keep what an EHR tells of cards that it was sent."""
    work.require(Permission.READ_LISTS)
    with_ids = [(work.new_id(), feedback) for feedback in told]
    feedback_store.insert_feedback(
        work.connection, work.clinic_id, work.actor.id, service, with_ids, work.now
    )
    work.record(
        AuditAction.KEEP_FEEDBACK, subject=f"cds_service/{service}", details={"cards": str(len(with_ids))}
    )


def _look(work: Work, asked: CardRequest) -> tuple[tuple[Card, ...], Patient | None]:
    """The cards, and the patient of whom they speak."""
    work.require(Permission.READ_LISTS)
    ground = card_store.load_ground(work.connection, work.clinic_id)
    for_orders = [one for one in ground.guidance if ordered(asked.orders, one.treatment)]
    if not for_orders and not (asked.planned_too and ground.guidance):
        return (), None
    if not asked.names_somebody:
        raise PatientNeededError
    subject = _subject(work, asked)
    to_show = for_orders
    if asked.planned_too:
        today = in_zone(work.now, ground.time_zone).date()
        to_show = [
            one
            for one in ground.guidance
            if one in for_orders or planned(subject.sheets, one.treatment.id, today)
        ]
    return (_cards(work, asked, ground, subject, to_show) if to_show else ()), subject.patient


def _subject(work: Work, asked: CardRequest) -> _Subject:
    sent = asked.patient or SentPatient()
    if not sent.identifiers and asked.patient_id is None:
        return _Subject(Whose.NOT_IDENTIFIED)
    found = patient_store.find_patients(work.connection, work.clinic_id, sent.identifiers, asked.patient_id)
    if len(found) != 1:
        return _Subject(Whose.SEVERAL if found else Whose.NOT_ON_FILE)
    (patient,) = found
    if born_otherwise(patient, sent.birth_date):
        return _Subject(Whose.BORN_OTHERWISE, patient)
    on_file = card_store.load_sheets(work.connection, work.clinic_id, patient.id)
    return _Subject(Whose.ON_FILE, patient, on_file.list_version, on_file.sheets)


def _cards(
    work: Work, asked: CardRequest, ground: CardGround, subject: _Subject, to_show: Sequence[Guidance]
) -> tuple[Card, ...]:
    shown = _shown(work, ground, subject)
    return tuple(
        Card(
            id=work.new_id(),
            guidance=guidance,
            whose=subject.whose,
            shown=shown and replace(shown, sheet=up_to_date_sheet(subject.sheets, guidance.treatment.id)),
            sent=asked.sent,
            words=work.words(ground.language),
            ids_differ=asked.ids_differ,
        )
        for guidance in to_show
    )


def _shown(work: Work, ground: CardGround, subject: _Subject) -> ShownList | None:
    patient, version = subject.patient, subject.list_version
    if patient is None or subject.whose is not Whose.ON_FILE:
        return None

    def load() -> tuple[ListState, datetime]:
        medications = known_list(work, patient.id, version)
        return list_state(patient, medications), medications.attribution.recorded_at

    # An EHR asks at every order that is selected. What is kept counts and answers, and names no medicine.
    state, at = _states.get((work.clinic_id, patient.id, version_of(patient), version), load)
    return ShownList(patient.id, state, in_zone(at, ground.time_zone).date())


def _record(work: Work, service: str, patient: Patient, cards: Sequence[Card]) -> None:
    shown = cards[0].shown
    details = {"cards": " ".join(str(card.id) for card in cards), "whose": cards[0].whose.value}
    if shown is not None:
        details["version"] = str(shown.state.version)
    work.record(
        AuditAction.SHOW_CARD, patient_id=patient.id, subject=f"cds_service/{service}", details=details
    )
