"""Promise 2 where lists come in: what differs only in names becomes lists that differ only in those names.

Names that differ in a letter or in a capital are different names, as any two are. Planted faults that the
checks catch stand in ``planted/``.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from service.domain.imports.merge import merge
from service.domain.imports.sent import SentItem
from service.domain.medications.categories import Category
from service.domain.medications.medication_list import MedicationList
from service.formats.csv_lists.gathering import Gathered
from service.formats.csv_lists.naming import Naming
from service.formats.csv_lists.reading import read_rows
from service.formats.csv_lists.tables import open_table
from service.formats.fhir.reading import read
from service.formats.findings import Reading
from tests.domain.made_up import NOW, SYSTEM, item, listing, new_ids
from tests.made_up_tables import MRN, write_table
from tests.promises.test_promise_2_blind_to_names import renamed
from tests.web.fhir.sent import bundle, plan, statement

KNOWN = ("Warfarin", "warfarin", "St John's wort", "Grapefruit juice", "Vitamin K", "None")
HARMLESS = ("Water", "Soap", "Air", "Chalk", "Sand", "Wood")
Read = Callable[[tuple[str, ...], Path], Reading]


def statements(names: tuple[str, ...], _: Path) -> Reading:
    return read(bundle("batch", *map(statement, names)), sender="test")


def orders(names: tuple[str, ...], _: Path) -> Reading:
    return read(bundle("batch", *map(plan, names)), sender="test")


def rows(names: tuple[str, ...], folder: Path) -> Reading:
    path = write_table(
        folder / "list.csv", [{"identifier": "1", "status": "active", "name": n} for n in names]
    )
    gathered = Gathered()
    gathered.add(open_table(path, Naming(identifier_system=MRN)))
    return read_rows(gathered.together({}), gathered.tables).reading


def taken_in(names: tuple[str, ...], reading: Reading) -> MedicationList:
    """The list after an import onto one that has two of the names, the first of them sorted by a person."""
    on_file = listing(item(1, names[0], category=Category.PRESCRIPTION), item(2, names[2]))
    sent = [entry.said for entry in reading.entries if isinstance(entry.said, SentItem)]
    assert [one.facts.name for one in sent] == list(names)
    merged = merge(on_file, sent, recorder=SYSTEM, now=NOW, new_id=new_ids(50))
    # The digest of what was sent covers its name.
    return replace(merged, items=tuple(replace(one, origin=None) for one in merged.items))


@pytest.mark.parametrize("door", [statements, orders, rows])
def test_other_names_make_a_list_with_the_same_items_under_those_names(door: Read, tmp_path: Path) -> None:
    known, harmless = (taken_in(names, door(names, tmp_path)) for names in (KNOWN, HARMLESS))
    assert renamed(known, dict(zip(KNOWN, HARMLESS, strict=True))) == harmless
    assert len(harmless.items) == len(HARMLESS)
