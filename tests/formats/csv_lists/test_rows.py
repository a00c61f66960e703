"""What one row says of a patient, of an item and of a category."""

from pathlib import Path

import pytest

from service.domain.attribution import CollectionMode, Informant, InformantKind
from service.domain.codings import Coding
from service.domain.imports.sent import SentAnswer, SentItem, SentPatient
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import ItemFacts, Origin, Status
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate
from service.formats.csv_lists.columns import COLUMNS
from service.formats.csv_lists.gathering import Gathered
from service.formats.csv_lists.naming import Naming
from service.formats.csv_lists.reading import read_rows
from service.formats.csv_lists.tables import Table, open_table
from service.formats.findings import EntryReading, Severity
from tests.made_up_tables import MRN, Cells, write_table

NAMING = Naming(
    identifier_system=MRN, item_id_system="urn:clinic:items", values={"category": {"Rx": "prescription"}}
)
ONE = Identifier(MRN, "1")


def table_of(folder: Path, *rows: Cells) -> Table:
    return open_table(write_table(folder / "lists.csv", rows), NAMING)


def entries_of(folder: Path, *rows: Cells) -> list[EntryReading]:
    """What the rows of patients say, after those that are about nobody."""
    gathered = Gathered()
    gathered.add(table_of(folder, *({"identifier": "1", **row} for row in rows)))
    read = read_rows(gathered.together({}), gathered.tables)
    return [*(entry for *_, entry in gathered.loose), *(read.reading.entries[row.entry] for row in read.rows)]


def faults(entry: EntryReading) -> list[tuple[str | None, str]]:
    return [(one.expression, one.detail) for one in entry.issues if one.severity is Severity.ERROR]


def test_a_row_says_all_that_a_list_has_of_an_item(tmp_path: Path) -> None:
    cells = {
        "item_id": "a-1",
        "name": "  Examplin “forte” =1+1 ",
        "description": "the small white ones",
        "category": "Rx",
        "strength": "5 mg",
        "form": "tablet",
        "dosage_text": "1 or 2",
        "route": "by mouth",
        "frequency": "every morning",
        "as_needed": "TRUE",
        "reason": "sleep",
        "status": "on_hold",
        "last_taken": "last Tuesday",
        "started_on": "2026",
        "stopped_on": "2026-11-01",
        "prescriber": "Test Person 01",
        "note": "one\r\ntwo",
        "code_system": "urn:example",
        "code": "7",
        "informant": "caregiver",
        "informant_name": "Test Person 02",
        "collection_mode": "phone",
    }

    (entry,) = entries_of(tmp_path, cells)

    facts = ItemFacts(
        "Examplin “forte” =1+1",
        "the small white ones",
        Category.PRESCRIPTION,
        Status.ON_HOLD,
        "5 mg",
        "tablet",
        "1 or 2",
        "by mouth",
        "every morning",
        True,
        "sleep",
        "last Tuesday",
        PartialDate(2026),
        PartialDate(2026, 11, 1),
        "Test Person 01",
        "one\ntwo",
        (Coding("urn:example", "7"),),
    )
    informant = Informant(InformantKind.CAREGIVER, "Test Person 02")
    origin = Origin((Identifier("urn:clinic:items", "a-1"),))
    assert (entry.said, entry.issues) == (SentItem(facts, informant, CollectionMode.PHONE, origin), ())


def test_a_status_that_is_not_given_is_not_known(tmp_path: Path) -> None:
    (entry,) = entries_of(tmp_path, {"name": "Water"})
    assert entry.said == SentItem(ItemFacts("Water", status=Status.UNKNOWN))


def test_an_item_entered_in_error_says_why(tmp_path: Path) -> None:
    slip, without, other = entries_of(
        tmp_path,
        {"name": "Water", "status": "entered_in_error", "error_reason": "a slip"},
        {"name": "Water", "status": "entered_in_error"},
        {"name": "Water", "error_reason": "a slip"},
    )
    assert isinstance(slip.said, SentItem)
    assert slip.said.error_reason == "a slip"
    assert [column for entry in (without, other) for column, _ in faults(entry)] == ["error_reason"] * 2


def test_a_row_with_an_answer_says_who_said_it(tmp_path: Path) -> None:
    (entry,) = entries_of(
        tmp_path, {"category": "supplement", "answer": "none_reported", "informant": "patient"}
    )
    informant = Informant(InformantKind.PATIENT)
    assert entry.said == SentAnswer(Category.SUPPLEMENT, Answer.NONE_REPORTED, informant)


@pytest.mark.parametrize("answer", ["none_reported", "unknown", "declined"])
@pytest.mark.parametrize("informant", ["", " "])
def test_nobodys_answer_is_refused(tmp_path: Path, answer: str, informant: str) -> None:
    (entry,) = entries_of(tmp_path, {"category": "supplement", "answer": answer, "informant": informant})
    assert (entry.said, [column for column, _ in faults(entry)]) == (None, ["informant"])


@pytest.mark.parametrize("empty", ["", " ", "\t", "\u00a0"])
def test_an_empty_answer_is_none_at_all(tmp_path: Path, empty: str) -> None:
    (entry,) = entries_of(
        tmp_path, {"category": "supplement", "answer": empty, "informant": "patient", "name": empty}
    )
    assert (entry.said, faults(entry)) == (None, [("name", "An item has a name or a description.")])


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"category": "supplement", "answer": "none"}, "answer"),
        ({"category": "uncategorized", "answer": "none_reported", "informant": "patient"}, "category"),
        ({"answer": "none_reported", "informant": "patient"}, "category"),
        (
            {"category": "supplement", "answer": "none_reported", "informant": "patient", "name": "Water"},
            "name",
        ),
        ({"strength": "5 mg"}, "name"),
        ({"category": "supplement"}, "name"),
        ({"name": "Wa\nter"}, "name"),
        ({"name": "W" * 1001}, "name"),
        ({"name": "Wa\u202eter"}, "name"),
        ({"name": "Water", "category": "Prescription"}, "category"),
        ({"name": "Water", "status": "current"}, "status"),
        ({"name": "Water", "as_needed": "perhaps"}, "as_needed"),
        ({"name": "Water", "started_on": "02/04/2026"}, "started_on"),
        ({"name": "Water", "birth_date": "1961-13"}, "birth_date"),
        ({"name": "Water", "code": "7"}, "code_system"),
        ({"name": "Water", "code_system": "urn:example"}, "code"),
        ({"name": "Water", "informant": "nurse"}, "informant"),
        ({"name": "Water", "informant_name": "Test Person 01"}, "informant"),
        ({"name": "Water", "collection_mode": "fax"}, "collection_mode"),
        ({"name": "Water", "note": "n" * 4001}, "note"),
        ({"identifier": "", "name": "Water", "patient_name": "Test Patient 01"}, "identifier"),
        ({"identifier": "1\u202e", "name": "Water"}, "identifier"),
    ],
)
def test_a_cell_at_fault_refuses_its_row_by_the_column(tmp_path: Path, cells: Cells, column: str) -> None:
    (entry,) = entries_of(tmp_path, cells)
    assert (entry.said, entry.refused, [one for one, _ in faults(entry)]) == (None, True, [column])


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    (entry,) = entries_of(tmp_path, {"name": "Water", "status": "current", "started_on": "soon"})
    assert [column for column, _ in faults(entry)] == ["status", "started_on"]


def test_a_row_that_is_empty_and_one_that_only_says_who_somebody_is_say_nothing_of_a_list(
    tmp_path: Path,
) -> None:
    empty, who = entries_of(tmp_path, {"identifier": " "}, {"patient_name": "Test Patient 01"})
    assert [(one.said, one.refused, len(one.issues)) for one in (empty, who)] == [(None, False, 1)] * 2


def test_what_rows_say_of_their_patient_is_said_once(tmp_path: Path) -> None:
    rows = [
        {"identifier": "1", "patient_name": "Test Patient 01", "name": "Water"},
        {"identifier": "2", "name": "Soap"},
        {"identifier": "1", "patient_name": "Test Patient 01", "name": "Tea"},
    ]
    gathered = Gathered()
    gathered.add(table_of(tmp_path, *rows))
    read = read_rows(gathered.together({}), gathered.tables)

    patients = [entry.said for entry in read.reading.entries if isinstance(entry.said, SentPatient)]
    assert patients == [
        SentPatient((ONE,), "Test Patient 01"),
        SentPatient((Identifier(MRN, "2"),)),
    ]
    assert [(row.row.line, row.patient) for row in read.rows] == [(2, 0), (4, 0), (3, 3)]


def test_identifiers_of_one_person_bring_their_rows_together(tmp_path: Path) -> None:
    rows = [{"identifier": "1", "name": "Water"}, {"identifier": "2", "name": "Soap"}]
    gathered = Gathered()
    gathered.add(table_of(tmp_path, *reversed(rows), *rows))

    (together,) = gathered.together({ONE: "a", Identifier(MRN, "2"): "a"})

    assert [row.line for row in together] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("births", "taken"),
    [
        (["1961-04-02", "1961-04", "", "1961"], True),
        (["1961-04-02", "1961-05"], False),
        (["1961", "", "1962"], False),
    ],
)
def test_rows_whose_dates_of_birth_contradict_each_other_are_all_refused(
    tmp_path: Path, births: list[str], taken: bool
) -> None:
    entries = entries_of(tmp_path, *({"name": "Water", "birth_date": birth} for birth in births))
    assert {entry.refused for entry in entries} == {not taken}


def test_every_column_is_read(tmp_path: Path) -> None:
    """What nothing reads would be dropped: a character that no text may have is found in each column."""
    for column in COLUMNS:
        row = {"name": "Water", "informant": "patient", column: "\u202e1"}
        if column == "answer":
            row = {"category": "supplement", column: "\u202e1"}
        (entry,) = entries_of(tmp_path, row)
        assert column in [one for one, _ in faults(entry)], column
