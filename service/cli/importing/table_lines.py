"""The lines that tell what became of each row of a table."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from service.actions.import_results import EntryResult, EntryStatus, ImportResult
from service.formats.csv_lists.gathering import Gathered
from service.formats.csv_lists.reading import PATIENT, PlacedRow
from service.formats.csv_lists.tables import Table
from service.formats.findings import Issue, Severity


def lines_of_rows(
    tables: Sequence[Table], rows: Sequence[PlacedRow], result: ImportResult
) -> Iterator[dict[str, Any]]:
    """What became of each row; what is to be said of its patient is said of the row."""
    for placed in rows:
        row, patient = result.entries[placed.entry], None
        if placed.patient is not None:
            patient = result.entries[placed.patient]
            row = _with_patient(row, patient)
        yield _line(tables[placed.row.table].file, placed.row.line, row, patient)


def _with_patient(row: EntryResult, patient: EntryResult) -> EntryResult:
    """A row that only says who the patient is, and one whose patient is refused, fare as the patient."""
    issues = (*patient.issues, *row.issues)
    if row.resource_type == PATIENT or patient.status is EntryStatus.REFUSED:
        return EntryResult(row.place, row.resource_type, patient.status, issues, patient.location)
    return EntryResult(row.place, row.resource_type, row.status, issues, row.location)


def lines_of_loose(gathered: Gathered) -> Iterator[dict[str, Any]]:
    """The rows that are about nobody."""
    for table, line, entry in gathered.loose:
        status = EntryStatus.REFUSED if entry.refused else EntryStatus.NOT_KEPT
        row = EntryResult(entry.place, entry.resource_type, status, entry.issues)
        yield _line(gathered.tables[table].file, line, row, None)


def lines_of_file(file: Path, details: Sequence[str]) -> Iterator[dict[str, Any]]:
    """A file of which nothing can be read, and why."""
    issues = tuple(Issue(Severity.ERROR, "structure", detail) for detail in details)
    yield _line(file, None, EntryResult("", "", EntryStatus.REFUSED, issues), None)


def _line(file: Path, row: int | None, one: EntryResult, patient: EntryResult | None) -> dict[str, Any]:
    return {
        "file": str(file),
        "row": row,
        "status": one.status.value,
        "location": one.location,
        "patient": patient.location if patient else None,
        "issues": [
            {
                "severity": issue.severity.value,
                "code": issue.code,
                "detail": issue.detail,
                "column": None if issue.expression == one.place else issue.expression,
            }
            for issue in one.issues
        ],
    }
