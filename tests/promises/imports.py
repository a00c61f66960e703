"""The doors that lists of other systems come in by: medicines of these names, read and taken into a list."""

from collections.abc import Callable
from pathlib import Path

from service.domain.imports.merge import merge
from service.domain.imports.sent import SentItem
from service.domain.medications.medication_list import MedicationList
from service.formats.csv_lists.gathering import Gathered
from service.formats.csv_lists.naming import Naming
from service.formats.csv_lists.reading import read_rows
from service.formats.csv_lists.tables import open_table
from service.formats.fhir.reading import read
from service.formats.findings import Reading
from tests.domain.made_up import NOW, SYSTEM, new_ids
from tests.made_up_tables import MRN, write_table
from tests.web.fhir.sent import bundle, plan, statement

Door = Callable[[tuple[str, ...], Path], Reading]


def statements(names: tuple[str, ...], _: Path) -> Reading:
    return read(bundle("batch", *map(statement, names)), sender="test")


def orders(names: tuple[str, ...], _: Path) -> Reading:
    return read(bundle("batch", *map(plan, names)), sender="test")


def rows(names: tuple[str, ...], folder: Path) -> Reading:
    written = [{"identifier": "1", "status": "active", "name": name} for name in names]
    gathered = Gathered()
    gathered.add(open_table(write_table(folder / "list.csv", written), Naming(identifier_system=MRN)))
    return read_rows(gathered.together({}), gathered.tables).reading


DOORS = (statements, orders, rows)


def taken_in(on_file: MedicationList, reading: Reading) -> MedicationList:
    """The list after what was read."""
    sent = [entry.said for entry in reading.entries if isinstance(entry.said, SentItem)]
    return merge(on_file, sent, recorder=SYSTEM, now=NOW, new_id=new_ids(50))
