"""The patients of an import: each entry's is found on file, or made where the entry says who it is."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from service.actions.import_results import EntryStatus
from service.actions.patients import add_patient, known_patient
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.errors import ConflictError, DomainError, NotFoundError, RefusedError
from service.domain.imports.patients import merge_patient, new_patient
from service.domain.imports.sent import SentPatient
from service.domain.patients.patients import Identifier, Patient, check_born
from service.formats.findings import EntryReading, Issue, Reading, Severity, Whose
from service.store import patient_writing
from service.store import patients as patient_store

_NOT_TAKEN = "The Patient of this entry is not taken."
_UNKNOWN = "This patient is not known here. Send the Patient along, or name an identifier."


class Subjects:
    """Whom the entries of one import are about, and what there is to say of it.

    ``of_entry`` has the patient of every entry that says something and is not refused. ``statuses`` has what
    was done with the Patients, ``reported`` the names that differ from those on file, and ``corrected`` whose
    name or date of birth was not known before.
    """

    def __init__(self, work: Work, reading: Reading) -> None:
        self._work = work
        self._entries = reading.entries
        self._named: dict[Whose, Patient] = {}
        self.patients: dict[UUID, Patient] = {}
        self.of_entry: dict[int, UUID] = {}
        self.statuses: dict[int, EntryStatus] = {}
        self.reported: dict[UUID, str] = {}
        self.corrected: set[UUID] = set()
        self.issues: defaultdict[int, list[Issue]] = defaultdict(list)
        for number in sorted(range(len(self._entries)), key=self._turn):
            self._settle(number)

    def refuse(self, number: int, code: str, detail: str) -> None:
        """Say of an entry that it is not taken, and why."""
        self._say(number, Severity.ERROR, code, detail)
        self.statuses[number] = EntryStatus.REFUSED

    def _turn(self, number: int) -> tuple[bool, str]:
        """Patients first, and always in the same order, so that two imports never wait for each other."""
        said, whose = self._entries[number].said, self._entries[number].whose
        if isinstance(said, SentPatient):
            return False, repr(sorted((one.system, one.value) for one in said.identifiers))
        return True, repr(whose)

    def _say(self, number: int, severity: Severity, code: str, detail: str) -> None:
        self.issues[number].append(Issue(severity, code, detail, self._entries[number].place))

    def _settle(self, number: int) -> None:
        entry = self._entries[number]
        if entry.said is None:
            return
        try:
            if isinstance(entry.said, SentPatient):
                found = self._patient_sent(number, entry, entry.said)
            else:
                found = self._patient_named(entry.whose or Whose())
        except (ConflictError, NotFoundError, RefusedError) as error:
            self.refuse(number, *_said_of(error))
        else:
            self.patients[found.id] = found
            self.of_entry[number] = found.id

    def _patient_sent(self, number: int, entry: EntryReading, sent: SentPatient) -> Patient:
        check_born(sent.birth_date, self._work.now, pointer=entry.place)
        found, is_new = self._found_or_made(entry.whose, sent)
        if is_new:
            self.statuses[number] = EntryStatus.CREATED
            return found
        merged = merge_patient(found, sent, pointer=entry.place)
        if merged.reported_name:
            self.reported[found.id] = merged.reported_name
            self._say(number, Severity.WARNING, "conflict", "The name differs from the one on file.")
        if merged.left:
            detail = "Not kept: an identifier beside those on file; it may be another person's."
            self._say(number, Severity.WARNING, "business-rule", detail)
        self.statuses[number] = self._completed(found, merged.patient)
        return merged.patient

    def _found_or_made(self, whose: Whose | None, sent: SentPatient) -> tuple[Patient, bool]:
        """The patient, and whether this import made the record. Raises ConflictError and NotFoundError."""
        found = self._on_file(whose, sent)
        if found is None and not sent.identifiers:
            raise NotFoundError(_UNKNOWN)
        if found is None:
            try:
                return add_patient(self._work, new_patient(self._work.new_id(), sent)), True
            except ConflictError:
                # Another writer made the same patient since the look-up; that one is on file now.
                found = self._on_file(whose, sent)
                if found is None:
                    raise
        return found, False

    def _on_file(self, whose: Whose | None, sent: SentPatient) -> Patient | None:
        """The patient whom all of these mean, with other writers waiting. Raises ConflictError."""
        work = self._work
        found = {
            known.id
            for identifier in sent.identifiers
            if (known := patient_store.find_patient(work.connection, work.clinic_id, identifier))
        }
        own_id = whose.patient_id if whose else None
        if own_id and patient_store.load_patient(work.connection, work.clinic_id, own_id):
            found.add(own_id)
        if len(found) > 1:
            raise _two_patients()
        return known_patient(work, found.pop(), for_update=True) if found else None

    def _completed(self, before: Patient, after: Patient) -> EntryStatus:
        if after == before:
            return EntryStatus.UNCHANGED
        work = self._work
        work.require(Permission.WRITE_PATIENTS)
        patient_writing.update_patient(work.connection, work.clinic_id, after, work.now)
        work.record(AuditAction.CHANGE_PATIENT, patient_id=after.id)
        if (after.name, after.birth_date) != (before.name, before.birth_date):
            self.corrected.add(after.id)
        return EntryStatus.UPDATED

    def _patient_named(self, whose: Whose) -> Patient:
        """The patient that an entry names; one whom only an identifier names may be new."""
        if whose not in self._named:
            self._named[whose] = self._looked_up(whose)
        return self._named[whose]

    def _looked_up(self, whose: Whose) -> Patient:
        beside = SentPatient((whose.identifier,) if whose.identifier else ())
        if whose.entry is None:
            return self._found_or_made(whose, beside)[0]
        if whose.entry not in self.of_entry:
            raise NotFoundError(_NOT_TAKEN)
        sent = self.patients[self.of_entry[whose.entry]]
        other = self._on_file(None, beside)
        if other is not None and other.id != sent.id:
            raise _two_patients()
        return sent


def patients_behind(work: Work, identifiers: Sequence[Identifier]) -> dict[Identifier, UUID]:
    """Which patients on file these identifiers mean; one that is new here is not in it.

    What is then taken in of them is recorded there.
    """
    work.require(Permission.WRITE_LISTS)
    found = patient_store.find_patients(work.connection, work.clinic_id, identifiers)
    ids = {known: patient.id for patient in found for known in patient.identifiers}
    return {identifier: ids[identifier] for identifier in identifiers if identifier in ids}


def _two_patients() -> ConflictError:
    return ConflictError(
        "The identifiers are those of different patients. Nothing was changed.", code="identifier_taken"
    )


def _said_of(error: DomainError) -> tuple[str, str]:
    """The code of R4 and the words for what the domain refuses."""
    if isinstance(error, RefusedError):
        return "value", error.faults[0].detail
    return "conflict" if isinstance(error, ConflictError) else "not-found", error.detail
