"""What another system says of who a patient is, beside what is on file: it completes and never overwrites."""

from dataclasses import dataclass, replace
from uuid import UUID

from service.domain.imports.sent import SentPatient
from service.domain.patients.patients import Identifier, Patient, check_same_person, same_name


@dataclass(frozen=True, slots=True)
class MergedPatient:
    """The record as it is now; ``reported_name`` is a name that differs from the one on file.

    ``left`` are identifiers that were not taken.
    """

    patient: Patient
    reported_name: str | None = None
    left: tuple[Identifier, ...] = ()


def new_patient(patient_id: UUID, sent: SentPatient) -> Patient:
    """A patient that was not on file; ``sent`` has an identifier."""
    return Patient(patient_id, sent.identifiers, sent.name, sent.birth_date, sent.language)


def merge_patient(on_file: Patient, sent: SentPatient, *, pointer: str) -> MergedPatient:
    """The patient on file with what was missing there.

    Identifiers in other systems are taken too, but not under another name unless the same whole date of birth
    came with it: one wrong number would tie the records of two people together. Raises ConflictError for a
    date of birth that contradicts.
    """
    check_same_person(on_file, sent.birth_date, pointer=pointer)
    others = tuple(one for one in sent.identifiers if not on_file.has(one))
    systems = {one.system for one in on_file.identifiers}
    differs = bool(sent.name and on_file.name) and not same_name(sent.name, on_file.name)
    born = sent.birth_date
    sure = not differs or (born is not None and born.day is not None and born == on_file.birth_date)
    more = tuple(one for one in others if sure and one.system not in systems)
    completed = replace(
        on_file,
        identifiers=on_file.identifiers + more,
        name=on_file.name or sent.name,
        birth_date=on_file.birth_date or sent.birth_date,
        language=on_file.language or sent.language,
    )
    left = tuple(one for one in others if one not in more)
    return MergedPatient(completed, sent.name if differs else None, left)
