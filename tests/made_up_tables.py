"""Lists as tables, made up: what a clinic could keep in a file, faulty rows among them."""

import csv
from collections.abc import Iterable, Mapping
from itertools import count as counted
from pathlib import Path
from random import Random

from service.cli.guidance.made_up_lists import Chance
from service.domain.medications.categories import Category
from service.domain.medications.items import CURRENT_STATUSES, ItemFacts
from service.domain.text import clean
from service.formats.csv_lists.columns import COLUMNS

MRN = "urn:clinic:mrn"
_ROWS_OF_A_PATIENT = 5
Cells = Mapping[str, str]


def write_table(path: Path, rows: Iterable[Cells], delimiter: str = ",") -> Path:
    """Write rows as a file that a spreadsheet would write, with the columns that any of them has."""
    rows = list(rows)
    columns = [column for column in COLUMNS if any(column in row for row in rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=delimiter)
        table.writerow(columns)
        table.writerows([row.get(column, "") for column in columns] for row in rows)
    return path


def cells_of(facts: ItemFacts) -> dict[str, str]:
    """An item as cells; of its codes, the first."""
    cells = {name: getattr(facts, name) for name in COLUMNS if hasattr(facts, name)}
    if facts.codings:
        cells |= {"code_system": facts.codings[0].system, "code": facts.codings[0].code}
    if facts.as_needed is not None:
        cells["as_needed"] = str(facts.as_needed)
    return {name: str(value) for name, value in cells.items() if value is not None}


def made_up_rows(count: int, seed: int = 0) -> list[Cells]:
    """So many rows, about five a patient, who stand anywhere in the file; the same for the same seed."""
    chance = Random(seed)  # noqa: S311 -- the same rows in every run
    patients = max(1, count // _ROWS_OF_A_PATIENT)
    rows: list[Cells] = []
    blocks = counted()
    while len(rows) < count:
        block = next(blocks)
        rows += _of_patient(chance, block % patients, block)
    del rows[count:]
    chance.shuffle(rows)
    return rows


def _of_patient(chance: Random, number: int, place: int) -> list[Cells]:
    """A few rows of one patient: items, perhaps the same twice, an answer, and what is at fault."""
    who = {
        "identifier_system": MRN,
        "identifier": f"{number:06d}",
        "patient_name": f"Test Patient {number:02d}",
        "birth_date": f"19{number % 90 + 10}-04-02",
    }
    made = Chance(str(place), place)
    items = [made.facts() for _ in range(chance.randint(1, 6))]
    rows = [
        {**who, **cells_of(facts), **({"item_id": f"{place}-{n}"} if chance.random() < 0.5 else {})}
        for n, facts in enumerate(items)
    ]
    if chance.random() < 0.05:
        rows.append(dict(rows[0]))
    taken = {facts.category for facts in items if facts.status in CURRENT_STATUSES}
    for category in set(Category) - taken:
        if chance.random() < 0.1:
            said = chance.choice(["none_reported", "unknown", "declined"])
            rows.append({**who, "category": category, "answer": said, "informant": "patient"})
    if chance.random() < 0.05:
        rows.append({**who, "name": clean("Examplin"), "started_on": "02/04/1961"})
    if chance.random() < 0.02:
        rows.append({"patient_name": who["patient_name"], "name": "Examplin"})
    if chance.random() < 0.05:
        rows.append(who)
    return rows
