"""The rows of one patient, wherever they stand in the files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from service.domain.patients.patients import Identifier
from service.formats.csv_lists.cells import Cells
from service.formats.csv_lists.columns import IDENTIFIER, IDENTIFIER_SYSTEM
from service.formats.csv_lists.tables import Row, Table
from service.formats.findings import EntryReading

ROW = "Row"
"""What a row is called that says nothing of anybody."""
_MARK = "\0"


class GatheredRow(NamedTuple):
    """A row that waits for the others of its patient: which table, which line, and the cells, packed."""

    table: int
    line: int
    packed: bytes

    @property
    def cells(self) -> list[str]:
        """The cells in the order of the table's columns."""
        return self.packed.decode().split(_MARK)


@dataclass(slots=True)
class Gathered:
    """The rows of several tables by the identifier of their patient, in the order in which they first come.

    ``loose`` are the rows that are about nobody, each with its table and its line.
    """

    tables: list[Table] = field(default_factory=list)
    patients: dict[Identifier, list[GatheredRow]] = field(default_factory=dict)
    loose: list[tuple[int, int, EntryReading]] = field(default_factory=list)

    def add(self, table: Table) -> None:
        """Read all rows of a table. Raises TableRefusedError where the file cannot be read to its end."""
        number = len(self.tables)
        self.tables.append(table)
        for row in table.rows():
            identifier, cells = _whose(row, table)
            if identifier is None:
                self.loose.append((number, row.line, _about_nobody(row, cells)))
            else:
                packed = _MARK.join(row.cells).encode()
                self.patients.setdefault(identifier, []).append(GatheredRow(number, row.line, packed))

    def together(self, known: Mapping[Identifier, object]) -> Iterator[list[GatheredRow]]:
        """The rows of each person; identifiers that are known to be of the same one are of one person."""
        persons: dict[object, list[GatheredRow]] = {}
        for identifier, rows in self.patients.items():
            persons.setdefault(known.get(identifier, identifier), []).extend(rows)
        for rows in persons.values():
            rows.sort(key=lambda row: row[:2])
            yield rows


def _whose(row: Row, table: Table) -> tuple[Identifier | None, Cells]:
    """The identifier that a row names; None where it names none, of which the cells then tell."""
    cells = Cells(dict(zip(table.columns, row.cells, strict=False)), table.naming)
    if row.fault is not None:
        cells.refuse(None, "structure", row.fault)
    elif not cells:
        cells.tell("informational", "The row is empty. An empty row says nothing, and nothing changes.")
    else:
        return identifier_in(cells, table), cells
    return None, cells


def identifier_in(cells: Cells, table: Table) -> Identifier | None:
    """The number by which the patient of a row is known, and what it is a number of."""
    system = cells.text(IDENTIFIER_SYSTEM) or table.naming.identifier_system
    value = cells.text(IDENTIFIER)
    if system and value and not cells.refused:
        return Identifier(system, value)
    if not value and not cells.refused:
        cells.refuse(IDENTIFIER, "required", "Without an identifier nobody can say whose this row is.")
    elif not cells.refused:
        cells.refuse(IDENTIFIER_SYSTEM, "required", "Nothing says what the identifier is a number of.")
    return None


def _about_nobody(row: Row, cells: Cells) -> EntryReading:
    return EntryReading(f"row {row.line}", ROW, issues=tuple(cells.issues))
