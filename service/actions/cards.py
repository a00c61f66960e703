"""Cards for EHRs: whether there is anything to say, of whose list; and what became of a card."""

from collections.abc import Sequence
from dataclasses import replace

from service.actions.medications import known_list
from service.actions.work import Work
from service.domain.access import Actor, ActorKind, Permission, Role
from service.domain.audit import AuditAction
from service.domain.cards import (
    Card,
    CardFeedback,
    CardRequest,
    PatientNeededError,
    SheetOnFile,
    ShownList,
    Whose,
    born_otherwise,
    current_sheet,
    planned,
)
from service.domain.guidance import Guidance
from service.domain.medication_imports import SentPatient
from service.domain.patients import Patient
from service.domain.scopes import Scope
from service.domain.treatment_orders import ordered
from service.domain.worklist import list_state
from service.domain.zones import in_zone
from service.store import cards as card_store
from service.store import clinics as clinic_store
from service.store import feedback as feedback_store
from service.store import patients as patient_store
from service.store.cards import CardGround
from service.store.database import Database

_READS_LISTS = (Scope("List", frozenset("rs")),)


def open_actor(database: Database, clinic_name: str) -> Actor | None:
    """Who acts for an EHR without a token, where a demo's clinic answers everybody: it reads lists alone."""
    with database.transaction(reads_only=True) as connection:
        clinic = clinic_store.find_clinic_by_name(connection, clinic_name)
    if clinic is None:
        return None
    return Actor(clinic.id, ActorKind.CLIENT, clinic.id, "CDS Hooks without a token", Role.EHR, _READS_LISTS)


def show_cards(work: Work, asked: CardRequest) -> tuple[Card, ...]:
    """A card for each treatment that is ordered, or (with ``planned_too``) planned. Writes no list.

    A patient who is not on file is answered like one of whom nothing was asked. Raises PatientNeededError.
    """
    work.require(Permission.READ_LISTS)
    ground = card_store.load_ground(work.connection, work.clinic_id)
    for_orders = [g for g in ground.guidance if ordered(asked.orders, g.treatment)]
    if not for_orders and not (asked.planned_too and ground.guidance):
        return ()
    if not asked.names_somebody:
        raise PatientNeededError
    whose, patient = _find(work, asked)
    sheets: tuple[SheetOnFile, ...] = ()
    if patient is not None and whose is Whose.ON_FILE:
        sheets = card_store.list_sheets(work.connection, work.clinic_id, patient.id)
    to_show = _with_planned(ground, for_orders, sheets, work) if asked.planned_too else for_orders
    return _cards(work, asked, ground, to_show, whose, patient, sheets) if to_show else ()


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


def _find(work: Work, asked: CardRequest) -> tuple[Whose, Patient | None]:
    """Whose list is meant, and the patient, also where the date of birth keeps the list from being shown."""
    sent = asked.patient or SentPatient()
    found = patient_store.find_patients(work.connection, work.clinic_id, sent.identifiers, asked.patient_id)
    if len(found) > 1:
        return Whose.SEVERAL, None
    if not found:
        return Whose.NOT_ON_FILE, None
    return (Whose.BORN_OTHERWISE if born_otherwise(found[0], sent.birth_date) else Whose.ON_FILE), found[0]


def _with_planned(
    ground: CardGround, for_orders: list[Guidance], sheets: tuple[SheetOnFile, ...], work: Work
) -> list[Guidance]:
    today = in_zone(work.now, ground.time_zone).date()
    return [g for g in ground.guidance if g in for_orders or planned(sheets, g.treatment.id, today)]


def _cards(
    work: Work,
    asked: CardRequest,
    ground: CardGround,
    to_show: Sequence[Guidance],
    whose: Whose,
    patient: Patient | None,
    sheets: tuple[SheetOnFile, ...],
) -> tuple[Card, ...]:
    shown = _shown(work, ground, patient) if patient is not None and whose is Whose.ON_FILE else None
    words = work.words(ground.language)
    cards = tuple(
        Card(
            id=work.new_id(),
            guidance=guidance,
            whose=whose,
            shown=shown and replace(shown, sheet=current_sheet(sheets, guidance.treatment.id)),
            sent=asked.sent,
            words=words,
        )
        for guidance in to_show
    )
    if patient is not None:
        _record(work, asked.service, patient, cards)
    return cards


def _shown(work: Work, ground: CardGround, patient: Patient) -> ShownList:
    medications = known_list(work, patient.id)
    day = in_zone(medications.attribution.recorded_at, ground.time_zone).date()
    return ShownList(patient.id, list_state(patient, medications), day)


def _record(work: Work, service: str, patient: Patient, cards: Sequence[Card]) -> None:
    shown = cards[0].shown
    details = {"cards": " ".join(str(card.id) for card in cards), "whose": cards[0].whose.value}
    if shown is not None:
        details["version"] = str(shown.state.version)
    work.record(
        AuditAction.SHOW_CARD, patient_id=patient.id, subject=f"cds_service/{service}", details=details
    )
