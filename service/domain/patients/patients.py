"""Patients and the identifiers that clinics know them by."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.errors import ConflictError, Fault, RefusedError
from service.domain.text import PartialDate

_FURTHEST_EAST = timedelta(hours=14)
"""By how much the clocks that are furthest ahead differ from UTC."""


class PrintSize(StrEnum):
    """The type size of a printed sheet: 12 or 18 points."""

    STANDARD = "standard"
    LARGE = "large"


class Paper(StrEnum):
    """The paper of a printed sheet."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number in a named system (MRN, NHS number, …)."""

    system: str
    value: str

    def __post_init__(self) -> None:
        if not self.system or not self.value:
            raise ValueError("an identifier has a system and a value")

    @classmethod
    def parse(cls, text: str) -> "Identifier":
        """Read ``system|value``; the value has no bar. Raises ValueError for anything else."""
        system, _, value = text.rpartition("|")
        return cls(system, value)


@dataclass(frozen=True, slots=True)
class Patient:
    """A person known to a clinic by at least one identifier.

    Name and date of birth may be missing: the checklist then asks for them. ``language`` is a BCP 47 tag.
    """

    id: UUID
    identifiers: tuple[Identifier, ...]
    name: str | None = None
    birth_date: PartialDate | None = None
    language: str | None = None
    print_size: PrintSize | None = None

    def __post_init__(self) -> None:
        if not self.identifiers:
            raise ValueError("a patient has at least one identifier")
        systems = [identifier.system for identifier in self.identifiers]
        if len(systems) != len(set(systems)):
            raise ValueError("a patient has at most one identifier in a system")

    def has(self, identifier: Identifier) -> bool:
        """Whether this is the patient with that identifier."""
        return identifier in self.identifiers


def version_of(patient: Patient) -> str:
    """What tells this state of a patient's record from every other: the same text for the same record."""
    return hashlib.sha256(repr(patient).encode()).hexdigest()[:32]


def check_born(birth_date: PartialDate | None, now: datetime, *, pointer: str) -> None:
    """Refuse a date of birth that no clock on Earth has reached yet. Raises RefusedError.

    A date that is not whole is refused when all of it lies ahead.
    """
    latest = (now.astimezone(UTC) + _FURTHEST_EAST).date()
    if birth_date is not None and str(birth_date) > latest.isoformat():
        raise RefusedError(Fault(pointer, "birth_date_ahead", "A date of birth does not lie ahead."))


def sought_words(text: str) -> tuple[str, ...]:
    """The words of a name as they are sought: each once, without capitals, accents and marks between."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(sorted(set("".join(c if c.isalnum() else " " for c in plain.casefold()).split())))


def same_name(first: str | None, second: str | None) -> bool:
    """Whether two names are one, but for capitals and the width of blanks."""
    return _plain(first) == _plain(second)


def _plain(name: str | None) -> list[str]:
    return (name or "").casefold().split()


def check_same_person(on_file: Patient, birth_date: PartialDate | None, *, pointer: str) -> None:
    """Refuse a list whose date of birth contradicts the one on file for the same identifier.

    One wrong digit in an identifier puts a list on another person's sheet. A date that is only less exact
    (1961 for 1961-04-02) is no contradiction. Raises ConflictError without telling the date on file.
    """
    if birth_date is None or on_file.birth_date is None:
        return
    sent, kept = str(birth_date), str(on_file.birth_date)
    if not (sent.startswith(kept) or kept.startswith(sent)):
        raise ConflictError(
            "The date of birth differs from the one on file for this identifier. Nothing was changed.",
            code="birth_date_differs",
            pointer=pointer,
        )


def patient_document(patient: Patient) -> dict[str, Any]:
    """A patient as JSON-ready data."""
    return {
        "id": str(patient.id),
        "identifiers": [{"system": i.system, "value": i.value} for i in patient.identifiers],
        "name": patient.name,
        "birth_date": str(patient.birth_date) if patient.birth_date else None,
        "language": patient.language,
        "print_size": str(patient.print_size) if patient.print_size else None,
    }
