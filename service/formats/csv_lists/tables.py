"""The header and the rows of a text file: which cell belongs to which column, and what cannot be read."""

import codecs
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from service.domain.text import clean
from service.formats.csv_lists.columns import COLUMNS, IDENTIFIER, IDENTIFIER_SYSTEM
from service.formats.csv_lists.naming import ENCODING, Naming

_UNDECODED = re.compile("[\udc80-\udcff]")
"""What ``surrogateescape`` makes of bytes that the encoding has no letter for."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class TableRefusedError(Exception):
    """A file cannot be read as a table; ``details`` are sentences, one for each fault."""

    def __init__(self, *details: str) -> None:
        super().__init__(" ".join(details))
        self.details = details


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``line`` is the first of its lines in the file, counted from 1.

    ``cells`` are in the order of the table's columns. ``fault`` says why there are none.
    """

    line: int
    cells: tuple[str, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose header was understood; ``columns`` are those that are read, in the file's order."""

    file: Path
    naming: Naming
    delimiter: str
    columns: tuple[str, ...]
    _places: tuple[int, ...]
    _width: int

    def rows(self) -> Iterator[Row]:
        """The rows after the header, those that cannot be read too. Lines without anything are no rows.

        Raises TableRefusedError where the file cannot be read on.
        """
        with _opened(self.file, self.naming) as lines:
            records = _records(lines, self.delimiter)
            next(records, None)
            for row in records:
                yield self._row(row)

    def _row(self, row: Row) -> Row:
        fault = row.fault or _fault_in(row.cells)
        if fault is None and len(row.cells) != self._width:
            fault = f"The row has {len(row.cells)} cells and the header has {self._width}."
        if fault is not None:
            return Row(row.line, fault=fault)
        return Row(row.line, tuple([row.cells[place] for place in self._places]))


def open_table(file: Path, naming: Naming) -> Table:
    """Read a file's header. Raises TableRefusedError with everything that is wrong with it."""
    if naming.delimiter is None:
        found = {delimiter: _header(file, naming, delimiter) for delimiter in (",", ";", "\t")}
        known = {one: sum(map(bool, map(naming.column_of, header))) for one, header in found.items()}
        delimiter = max(found, key=lambda one: (known[one], len(found[one])))
        if Counter(known.values())[known[delimiter]] > 1 and known[delimiter] > 1:
            raise TableRefusedError("More than one of , ; and tab may stand between the cells. Say which.")
    else:
        delimiter = naming.delimiter
    header = _header(file, naming, delimiter)
    _refuse_header(header, naming)
    places = {
        place: column for place, name in enumerate(header) if (column := _read_from(name, naming)) is not None
    }
    return Table(file, naming, delimiter, tuple(places.values()), tuple(places), len(header))


def _read_from(header: str, naming: Naming) -> str | None:
    return None if header in naming.ignored else naming.column_of(header)


def _header(file: Path, naming: Naming, delimiter: str) -> list[str]:
    with _opened(file, naming) as lines:
        first = next(_records(lines, delimiter), None)
    if first is None:
        raise TableRefusedError("The file is empty: it has no header. Nothing is known from it.")
    fault = first.fault or _fault_in(first.cells)
    if fault:
        raise TableRefusedError(f"The header cannot be read. {fault}")
    return [clean(cell) for cell in first.cells]


def _refuse_header(header: Sequence[str], naming: Naming) -> None:
    read = [column for name in header if (column := _read_from(name, naming)) is not None]
    faults = [
        f"Nothing is read from {_called(name, place)}: no column is called so. Name the column, or ignore it."
        for place, name in enumerate(header, 1)
        if name not in naming.ignored and naming.column_of(name) is None
    ]
    faults += [f"Two columns are called {name!r}." for name in COLUMNS if read.count(name) > 1]
    missing = sorted(set(naming.columns.values()) - set(header))
    faults += [f"No column is called {name!r}." for name in missing]
    if IDENTIFIER not in read:
        faults.append("There is no column identifier: without a number nobody can say whose a row is.")
    if IDENTIFIER_SYSTEM not in read and naming.identifier_system is None:
        faults.append("There is no column identifier_system. Say what the identifiers are numbers of.")
    if "item_id" in read and naming.item_id_system is None:
        faults.append("There is a column item_id. Say what the item ids are numbers of.")
    if faults:
        raise TableRefusedError(*faults)


def _called(name: str, place: int) -> str:
    return repr(name) if name else f"column {place}, which has no name ('')"


@contextmanager
def _opened(file: Path, naming: Naming) -> Iterator[TextIO]:
    encoding = ENCODING if codecs.lookup(naming.encoding).name == "utf-8" else naming.encoding
    try:
        with file.open("rb") as start:
            if start.read(2) in _WIDE and encoding == ENCODING:
                raise TableRefusedError("This is not UTF-8 but UTF-16. Say so as its encoding.")
        with file.open(encoding=encoding, errors="surrogateescape", newline="") as lines:
            yield lines
    except OSError as error:
        raise TableRefusedError(f"The file cannot be read: {error.strerror}.") from None
    except LookupError:
        raise TableRefusedError(f"{naming.encoding!r} is no encoding of text.") from None
    except UnicodeError:
        raise TableRefusedError(f"The file is not written in {naming.encoding}.") from None


def _records(lines: TextIO, delimiter: str) -> Iterator[Row]:
    """The records of a file as it is quoted; a faulty one has a fault, and the next line goes on."""
    # Python's own limit cuts a long cell in its middle, and would read the rest of it as rows.
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, fault=_said_of(error))
            continue
        if cells:
            yield Row(line, tuple(cells))


def _said_of(error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return "A cell begins with a quotation mark and never ends: all to the end of the file stands in it."
    return "Text stands after the closing quotation mark of a cell. Write a mark inside a cell twice."


def _fault_in(cells: Sequence[str]) -> str | None:
    whole = "".join(cells)
    if "\0" in whole:
        return "A character NUL stands in the row."
    if _UNDECODED.search(whole):
        return "Bytes stand in the row that are no text in this encoding. Say which encoding it is."
    return None
