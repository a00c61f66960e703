"""What an EHR asks at a moment of its own work, and how much of its own record came with that."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from service.domain.cards.orders import MedicineOrder
from service.domain.errors import DomainError
from service.domain.imports.sent import SentPatient


class SentStatus(StrEnum):
    """How much of a part of the EHR's record came with its request."""

    WHOLE = "whole"
    PARTIAL = "partial"
    NOT_SENT = "not_sent"
    NOT_READABLE = "not_readable"


@dataclass(frozen=True, slots=True)
class SentPart:
    """A part of the EHR's record; ``number`` counts what came of it and is there where anything did."""

    status: SentStatus
    number: int | None = None

    def __post_init__(self) -> None:
        if (self.status in (SentStatus.WHOLE, SentStatus.PARTIAL)) != (self.number is not None):
            raise ValueError("what came is counted, what did not come is not")

    @property
    def complete(self) -> bool:
        """Whether all of it came."""
        return self.status is SentStatus.WHOLE


class SentRecord(StrEnum):
    """The parts of the EHR's record that a card counts."""

    ORDERS = "orders"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class CardRequest:
    """What an EHR asks.

    ``patient`` is who it says the patient is, ``patient_id`` our own id where it uses that. ``orders`` are
    those that decide whether there is anything to say; with ``planned_too`` a planned start here does too.
    ``ids_differ`` where the patient's record has another id than the call itself names.
    """

    service: str
    patient: SentPatient | None
    patient_id: UUID | None
    orders: tuple[MedicineOrder, ...]
    planned_too: bool
    sent: Mapping[SentRecord, SentPart]
    ids_differ: bool = False

    @property
    def names_somebody(self) -> bool:
        """Whether it is said at all who the patient is."""
        return self.patient_id is not None or self.patient is not None


class PatientNeededError(DomainError):
    """The call names nobody who could be looked for, and nothing is fetched from an EHR to find out."""

    code = "patient_needed"

    def __init__(self) -> None:
        super().__init__("Send the patient as prefetch, with an identifier that has a system and a value.")
