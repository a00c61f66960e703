"""The rows of some patients as one document, to be taken in at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.domain.imports.sent import SentItem, SentPatient
from service.domain.text import PartialDate
from service.formats.csv_lists.cells import Cells
from service.formats.csv_lists.gathering import ROW, GatheredRow
from service.formats.csv_lists.rows import RowReading, read_row
from service.formats.csv_lists.tables import Table
from service.formats.findings import BATCH, EntryReading, Issue, Reading, Severity, Whose

PATIENT, ITEM, ANSWERS = "Patient", "MedicationStatement", "List"
"""What is kept of a row, as FHIR calls it: its address is below /fhir."""
_TWO_BIRTHS = Issue(
    Severity.ERROR,
    "conflict",
    "The rows of this patient have different dates of birth. None of them is taken.",
    "birth_date",
)


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row and the numbers of the entries that say what became of it and of its patient."""

    row: GatheredRow
    entry: int
    patient: int | None


@dataclass(frozen=True, slots=True)
class RowsReading:
    """What the rows of some patients say, and which entry of it each of them is."""

    reading: Reading
    rows: tuple[PlacedRow, ...]


def read_rows(patients: Iterable[Sequence[GatheredRow]], tables: Sequence[Table]) -> RowsReading:
    """Read all rows of these patients. What one patient's rows say twice of who it is, is said once."""
    entries: list[EntryReading] = []
    rows: list[PlacedRow] = []
    for of_patient in patients:
        read = [(row, _read(row, tables[row.table])) for row in of_patient]
        if _differ([one.patient.birth_date for _, one in read if one.patient]):
            read = [(row, RowReading(issues=(*one.issues, _TWO_BIRTHS))) for row, one in read]
        stated: dict[SentPatient, int] = {}
        for row, one in read:
            if one.patient is not None and one.patient not in stated:
                stated[one.patient] = len(entries)
                entries.append(EntryReading(place_of(row), PATIENT, one.patient))
            patient = stated[one.patient] if one.patient else None
            rows.append(PlacedRow(row, len(entries), patient))
            entries.append(_entry(row, one, patient))
    return RowsReading(Reading(tuple(entries), BATCH), tuple(rows))


def place_of(row: GatheredRow) -> str:
    """What a row is called in issues."""
    return f"row {row.line}"


def _read(row: GatheredRow, table: Table) -> RowReading:
    return read_row(Cells(dict(zip(table.columns, row.cells, strict=True)), table.naming), table)


def _entry(row: GatheredRow, read: RowReading, patient: int | None) -> EntryReading:
    """The entry of a row; one that only says who the patient is has become that of its patient."""
    if patient is None:
        return EntryReading(place_of(row), ROW, issues=read.issues)
    kind = PATIENT if read.said is None else ITEM if isinstance(read.said, SentItem) else ANSWERS
    return EntryReading(place_of(row), kind, read.said, Whose(entry=patient), read.issues)


def _differ(births: Iterable[PartialDate | None]) -> bool:
    """Whether two dates contradict each other; one that is only less exact does not."""
    said = sorted({str(birth) for birth in births if birth})
    return any(not later.startswith(earlier) for earlier, later in pairwise(said))
