"""Take in what another system sent: what it says is added to the lists, and nothing is taken away."""

from collections.abc import Mapping
from uuid import UUID

from service.actions.import_lists import Kept, ListImport
from service.actions.import_patients import Subjects
from service.actions.import_results import EntryResult, EntryStatus, ImportRefusedError, ImportResult
from service.actions.medications import known_list
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.imports.sent import SentPatient
from service.domain.medications.changes import restate_for
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import version_of
from service.formats.fhir.ids import ListId
from service.formats.findings import BATCH, EntryReading, Issue, Reading, Severity
from service.store import medication_writing

MOST_PATIENTS = 500
"""How many patients one import is about at most: others wait until it is kept."""
_BUNDLE = "Bundle"
"""The place of what is to be said of a Bundle itself."""


def import_reading(work: Work, reading: Reading) -> ImportResult:
    """Find or make the patients and add what was said to their lists, as one version of each.

    Raises ImportRefusedError where anything is refused, and all has then to be undone; of a batch only what
    is refused is not kept.
    """
    _require(work, reading)
    _refuse_too_many(reading)
    subjects = Subjects(work, reading)
    found: dict[int, EntryResult] = {}
    for patient_id, entries in _by_patient(reading, subjects).items():
        found |= _import_list(work, patient_id, entries, subjects)
    result = ImportResult(
        tuple(
            found.get(number) or _not_taken(number, entry, subjects)
            for number, entry in enumerate(reading.entries)
            if entry.place != _BUNDLE
        ),
        tuple(issue for entry in reading.entries if entry.place == _BUNDLE for issue in entry.issues),
    )
    if _is_refused(reading, result):
        raise ImportRefusedError(result)
    return result


def _by_patient(reading: Reading, subjects: Subjects) -> Mapping[UUID, Mapping[int, EntryReading]]:
    """The entries about each patient by their numbers, patients in the order of their ids."""
    found: dict[UUID, dict[int, EntryReading]] = {patient_id: {} for patient_id in sorted(subjects.patients)}
    for number, patient_id in sorted(subjects.of_entry.items()):
        found[patient_id][number] = reading.entries[number]
    return found


def _require(work: Work, reading: Reading) -> None:
    """Who only says who patients are need not be allowed to write lists."""
    said = [entry.said for entry in reading.entries if entry.said is not None]
    only_patients = bool(said) and all(isinstance(one, SentPatient) for one in said)
    work.require(Permission.WRITE_PATIENTS if only_patients else Permission.WRITE_LISTS)


def _refuse_too_many(reading: Reading) -> None:
    sent = {
        (entry.said.identifiers, entry.whose)
        for entry in reading.entries
        if isinstance(entry.said, SentPatient)
    }
    others = {entry.whose for entry in reading.entries if entry.whose and entry.whose.entry is None}
    if len(sent) + len(others) > MOST_PATIENTS:
        detail = f"One import is about {MOST_PATIENTS} patients at most. Send it in parts."
        raise ImportRefusedError(ImportResult((), (Issue(Severity.ERROR, "too-costly", detail, _BUNDLE),)))


def _is_refused(reading: Reading, result: ImportResult) -> bool:
    if any(issue.severity is Severity.ERROR for issue in result.beside):
        return True
    refused = any(one.status is EntryStatus.REFUSED for one in result.entries)
    return refused and reading.bundle_type != BATCH


def _not_taken(number: int, entry: EntryReading, subjects: Subjects) -> EntryResult:
    refused = entry.refused or subjects.statuses.get(number) is EntryStatus.REFUSED
    status = EntryStatus.REFUSED if refused else EntryStatus.NOT_KEPT
    return EntryResult(entry.place, entry.resource_type, status, (*entry.issues, *subjects.issues[number]))


def _import_list(
    work: Work, patient_id: UUID, entries: Mapping[int, EntryReading], subjects: Subjects
) -> Mapping[int, EntryResult]:
    """The next version of one patient's list, and what became of the entries that are about the patient."""
    sent = ListImport.of({number: entry.said for number, entry in entries.items()})
    latest = known_list(work, patient_id)
    merged = sent.merge_into(work, latest, subjects.reported.get(patient_id))
    merged = _saved(work, latest, merged, subjects)
    for number, fault in sent.refused.items():
        code = "too-costly" if fault.code == "too_many" else "conflict"
        subjects.refuse(number, code, fault.detail)
    kept = sent.kept(latest, merged)
    _record(work, merged, [one.status for one in kept.values()] + [EntryStatus.REFUSED] * len(sent.refused))
    return {
        number: _list_result(entry, kept[number], merged)
        if number in kept
        else _patient_result(entry, number, subjects)
        for number, entry in entries.items()
        if number not in sent.refused
    }


def _record(work: Work, merged: MedicationList, statuses: list[EntryStatus]) -> None:
    counts = {status.value: str(statuses.count(status)) for status in EntryStatus}
    details = {"version": str(merged.version), **counts}
    work.record(AuditAction.IMPORT_LIST, patient_id=merged.patient_id, details=details)


def _saved(work: Work, latest: MedicationList, merged: MedicationList, subjects: Subjects) -> MedicationList:
    """The list as it now stands; a name or a date of birth that came to be known makes a version too."""
    patient = subjects.patients[latest.patient_id]
    if merged is latest and patient.id in subjects.corrected:
        merged = restate_for(latest, patient, work.attribution(None, None))
    if merged is not latest:
        medication_writing.save_next_list(work.connection, work.clinic_id, merged)
    return merged


def _patient_result(entry: EntryReading, number: int, subjects: Subjects) -> EntryResult:
    patient = subjects.patients[subjects.of_entry[number]]
    return EntryResult(
        entry.place,
        entry.resource_type,
        subjects.statuses[number],
        (*entry.issues, *subjects.issues[number]),
        f"Patient/{patient.id}",
        version_of(patient),
    )


def _list_result(entry: EntryReading, kept: Kept, merged: MedicationList) -> EntryResult:
    own_id = kept.item_id or ListId(merged.patient_id, kept.category)
    issues = entry.issues
    if kept.says_less:
        detail = "More is known of this category here; the answer stays."
        issues += (Issue(Severity.INFORMATION, "informational", detail, entry.place),)
    location = f"{entry.resource_type}/{own_id}"
    return EntryResult(entry.place, entry.resource_type, kept.status, issues, location, str(merged.version))
