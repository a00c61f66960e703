"""Promise 2 where lists come in: what differs only in names becomes lists that differ only in those names.

Names that differ in a letter or in a capital are different names, as any two are. Planted faults that the
checks catch stand in ``planted/``.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from service.domain.medications.categories import Category
from service.domain.medications.medication_list import MedicationList
from service.formats.findings import Reading
from tests.domain.made_up import item, listing
from tests.promises.imports import DOORS, Door, taken_in
from tests.promises.test_promise_2_blind_to_names import renamed

KNOWN = ("Warfarin", "warfarin", "St John's wort", "Grapefruit juice", "Vitamin K", "None")
HARMLESS = ("Water", "Soap", "Air", "Chalk", "Sand", "Wood")


def after(names: tuple[str, ...], reading: Reading) -> MedicationList:
    """The list after an import onto one that has two of the names, the first of them sorted by a person."""
    on_file = listing(item(1, names[0], category=Category.PRESCRIPTION), item(2, names[2]))
    following = taken_in(on_file, reading)
    # The digest of what was sent covers its name.
    return replace(following, items=tuple(replace(one, origin=None) for one in following.items))


@pytest.mark.parametrize("door", DOORS)
def test_other_names_make_a_list_with_the_same_items_under_those_names(door: Door, tmp_path: Path) -> None:
    known, harmless = (after(names, door(names, tmp_path)) for names in (KNOWN, HARMLESS))
    assert renamed(known, dict(zip(KNOWN, HARMLESS, strict=True))) == harmless
    assert len(harmless.items) == len(HARMLESS)
