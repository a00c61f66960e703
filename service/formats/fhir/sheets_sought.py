"""Which issued checklists a search is about, and which page of them."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.checklists.checklist import ChecklistStatus
from service.formats.fhir.ids import read_uuid
from service.formats.fhir.searching import Search, refused, token
from service.formats.fhir.writing.document_references import REFERENCE_STATUS


@dataclass(frozen=True, slots=True)
class SheetsSought:
    """Sheets of one patient, those with certain ids, or both; ``before`` is the last one of the page before.

    ``ids`` is None where any will do, and so is ``statuses``.
    """

    patient_id: UUID | None = None
    ids: frozenset[UUID] | None = None
    statuses: frozenset[ChecklistStatus] | None = None
    before: UUID | None = None

    def fits(self, sheet_id: UUID, patient_id: UUID, status: ChecklistStatus) -> bool:
        """Whether a sheet is one of those that are sought, on any page."""
        return (
            self.patient_id in (None, patient_id)
            and (self.ids is None or sheet_id in self.ids)
            and (self.statuses is None or status in self.statuses)
        )


NO_SHEETS = SheetsSought(ids=frozenset())


def sheets_in(search: Search) -> SheetsSought:
    """What a search for Compositions or DocumentReferences is about.

    Raises SearchRefusedError for one that names neither a patient nor a sheet, for one that names several
    patients, and for a cursor that is none of ours.
    """
    before = _before(search)
    named = {value.removeprefix("Patient/") for value in search.values("patient", "subject")}
    if len(named) > 1:
        raise refused("patient", "names more than one patient; ask for one at a time.")
    if not named and not search.asks("_id"):
        raise refused("patient", "is needed: nothing is searched over all patients.")
    patient_id = read_uuid(named.pop()) if named else None
    if search.asks("patient", "subject") and patient_id is None:
        return NO_SHEETS
    return SheetsSought(patient_id, _ids(search), _statuses(search), before)


def _before(search: Search) -> UUID | None:
    if search.cursor is None:
        return None
    before = read_uuid(search.cursor)
    if before is None:
        raise refused("_cursor", "is no cursor of this service.")
    return before


def _ids(search: Search) -> frozenset[UUID] | None:
    """Each time that the ids are given they narrow what is sought."""
    sets = [{read_uuid(value) for value in values} for values in search.wanted.get("_id", ())]
    if not sets:
        return None
    return frozenset(found for found in set.intersection(*sets) if found)


def _statuses(search: Search) -> frozenset[ChecklistStatus] | None:
    sets = [{token(value)[1] for value in values} for values in search.wanted.get("status", ())]
    if not sets:
        return None
    words = set.intersection(*sets)
    return frozenset(status for status in ChecklistStatus if REFERENCE_STATUS[status] in words)
