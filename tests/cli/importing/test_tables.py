"""``import csv``: a clinic's lists, taken in from the console."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from service.actions.door import Door
from service.actions.medications import change_item, get_list
from service.actions.patients import list_patients
from service.actions.performing import perform
from service.cli import main
from service.domain.attribution import CollectionMode
from service.domain.audit.events import AuditAction
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import ItemFacts
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Patient
from service.store import patient_writing
from service.store.tables import audit_events
from tests.audit_keys import SIGNING
from tests.made_up_tables import MRN, Cells, cells_of, made_up_rows, write_table
from tests.strategies import item_facts

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str | Path) -> Result:
        environment = SIGNING | {"DATABASE_URL": database_url}
        command = ["import", "csv", "--by", "nurse.01", *map(str, words)]
        return CliRunner().invoke(main, command, env=environment)

    return invoke


def lines_of(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def statuses(result: Result) -> list[tuple[int, str]]:
    return sorted((line["row"], line["status"]) for line in lines_of(result))


def patients(door: Door) -> Sequence[Patient]:
    return perform(door, lambda work: list_patients(work, None, 1000)).items


def lists(door: Door) -> list[MedicationList]:
    return [
        perform(door, lambda work, one=one: get_list(work, one.id))[0]  # type: ignore[misc]
        for one in patients(door)
    ]


def names(door: Door) -> list[list[str]]:
    return [[item.facts.called for item in one.items] for one in lists(door)]


def row(identifier: str, name: str = "", **cells: str) -> Cells:
    return {"identifier_system": MRN, "identifier": identifier, "name": name, **cells}


def answer(identifier: str, said: str, category: str = "supplement", informant: str = "patient") -> Cells:
    return row(identifier, category=category, answer=said, informant=informant)


def test_the_rows_of_one_patient_make_one_version_wherever_they_stand(
    door: Door, run: Run, tmp_path: Path
) -> None:
    one = write_table(tmp_path / "one.csv", [row("1", "Water"), row("2", "Soap"), row("1", "Tea")])
    other = write_table(
        tmp_path / "other.csv", [row("1", "Salt"), answer("2", "none_reported")], delimiter=";"
    )

    result = run(one, other)

    assert (result.exit_code, {line["status"] for line in lines_of(result)}) == (0, {"created"}), (
        result.output
    )
    assert "2 patients, 5 rows: 5 created, 0 updated, 0 unchanged, 0 not kept, 0 refused" in result.stderr
    assert names(door) == [["Water", "Tea", "Salt"], ["Soap"]]
    assert [one.version for one in lists(door)] == [2, 2]
    asked = lists(door)[1].answers
    assert [asked[one].answer for one in Category] == [
        Answer.NOT_ASKED,
        Answer.NOT_ASKED,
        Answer.NONE_REPORTED,
    ]
    told = [(Path(line["file"]).name, line["row"]) for line in lines_of(result)]
    assert told == [("one.csv", 2), ("one.csv", 4), ("other.csv", 2), ("one.csv", 3), ("other.csv", 3)]


def test_the_same_file_again_changes_nothing_and_what_is_twice_in_it_stays_two(
    door: Door, run: Run, tmp_path: Path
) -> None:
    rows = [
        row("1", "Water", strength="5 mg"),
        row("1", "Water", strength="10 mg"),
        row("1", "Tea"),
        row("1", "Tea"),
    ]
    table = write_table(
        tmp_path / "a.csv", [*rows, answer("1", "declined"), row("2", patient_name="Test Patient 02")]
    )
    run(table)
    before = lists(door)

    again = run(table)

    assert (again.exit_code, {status for _, status in statuses(again)}) == (0, {"unchanged"})
    assert lists(door) == before
    assert names(door) == [["Water", "Water", "Tea", "Tea"], []]


def test_a_changed_row_with_an_id_of_its_own_is_an_update_and_without_one_an_item_more(
    door: Door, run: Run, tmp_path: Path
) -> None:
    def table(strength: str) -> Path:
        rows = [row("1", "Water", strength=strength, item_id="7"), row("1", "Tea", strength=strength)]
        return write_table(tmp_path / "a.csv", rows)

    run(table("5 mg"), "--item-id-system", "urn:clinic:items")
    result = run(table("10 mg"), "--item-id-system", "urn:clinic:items")

    assert statuses(result) == [(2, "updated"), (3, "created")]
    (found,) = lists(door)
    assert [(one.facts.called, one.facts.strength) for one in found.items] == [
        ("Water", "10 mg"),
        ("Tea", "5 mg"),
        ("Tea", "10 mg"),
    ]


def test_what_a_nurse_changed_in_between_is_neither_changed_back_nor_doubled(
    door: Door, run: Run, tmp_path: Path
) -> None:
    table = write_table(tmp_path / "a.csv", [row("1", "Water")])
    run(table)
    ((item,),) = [one.items for one in lists(door)]

    def correct(work: Any) -> None:
        (patient,) = list_patients(work, None, 1).items
        said = work.attribution(None, CollectionMode.INTERVIEW)
        change_item(work, patient.id, item.id, {"strength": "5 mg"}, said, made_from=None)

    perform(door, correct)
    before = lists(door)

    assert statuses(run(table)) == [(2, "unchanged")]
    assert lists(door) == before


def test_a_row_at_fault_is_refused_with_its_reason_and_the_others_are_kept(
    door: Door, run: Run, tmp_path: Path
) -> None:
    rows = [
        row("1", "Water"),
        row("1", "Soap", started_on="02/04/2026"),
        {"name": "Salt", "patient_name": "Test Patient 01"},
        answer("1", "none_reported", informant=""),
        answer("1", "none_reported"),
        row("1", "Tea", category="supplement"),
        row("3", "Sand", strength=""),
        {},
    ]

    result = run(write_table(tmp_path / "a.csv", rows))

    assert result.exit_code == 3
    assert statuses(result) == [
        (2, "created"),
        (3, "refused"),
        (4, "refused"),
        (5, "refused"),
        (6, "refused"),
        (7, "created"),
        (8, "created"),
        (9, "not_kept"),
    ]
    issues = {
        line["row"]: [(one["column"], one["detail"]) for one in line["issues"]] for line in lines_of(result)
    }
    assert issues[3] == [("started_on", "Not a date such as 2026, 2026-12 or 2026-12-01.")]
    assert issues[4] == [("identifier", "Without an identifier nobody can say whose this row is.")]
    assert issues[5] == [("informant", "none_reported is a person's answer: say who said it.")]
    assert "current items" in issues[6][0][1]
    assert names(door) == [["Water", "Tea"], ["Sand"]]


def test_another_date_of_birth_than_on_file_refuses_the_rows_of_that_patient_alone(
    door: Door, run: Run, tmp_path: Path
) -> None:
    run(write_table(tmp_path / "a.csv", [row("1", "Water", birth_date="1961-04-02"), row("2", "Soap")]))

    rows = [row("1", "Tea", birth_date="1961-05-02"), row("1", "Salt"), row("2", "Sand")]
    result = run(write_table(tmp_path / "b.csv", rows))

    assert statuses(result) == [(2, "refused"), (3, "created"), (4, "created")]
    assert "date of birth differs" in lines_of(result)[0]["issues"][0]["detail"]
    assert names(door) == [["Water", "Salt"], ["Soap", "Sand"]]


def test_two_numbers_of_one_patient_on_file_are_one_patient_of_the_import(
    door: Door, run: Run, tmp_path: Path
) -> None:
    both = tuple(Identifier(system, "1") for system in (MRN, "urn:other"))

    run(write_table(tmp_path / "a.csv", [row("1")]))
    perform(door, lambda work: _with_identifiers(work, both))
    rows = [row("1", "Water"), *(row(str(number), "Soap") for number in range(2, 150))]
    other = {**row("1", "Water"), "identifier_system": "urn:other"}

    result = run(write_table(tmp_path / "b.csv", [*rows, other]))

    assert {status for _, status in statuses(result)} == {"created"}
    assert names(door)[0] == ["Water", "Water"]


def _with_identifiers(work: Any, identifiers: tuple[Identifier, ...]) -> None:
    (patient,) = list_patients(work, None, 1).items
    changed = replace(patient, identifiers=identifiers)
    patient_writing.update_patient(work.connection, work.clinic_id, changed, work.now)


def test_a_dry_run_says_what_the_real_one_then_does_and_keeps_nothing(
    door: Door, run: Run, tmp_path: Path
) -> None:
    table = write_table(tmp_path / "a.csv", made_up_rows(300))
    words = (table, "--item-id-system", "urn:example:items")

    dry = run(*words, "--dry-run")

    assert "nothing was kept" in dry.stderr
    assert patients(door) == ()
    assert {line["location"] for line in lines_of(dry)} == {None}
    assert statuses(dry) == statuses(run(*words))
    assert statuses(run(*words, "--dry-run")) == statuses(run(*words))


def test_each_patient_has_an_event_of_the_import(door: Door, run: Run, tmp_path: Path) -> None:
    run(write_table(tmp_path / "a.csv", [row("1", "Water"), row("2", "Soap"), row("2", "Tea")]))
    with door.database.transaction(door.actor.clinic_id, reads_only=True) as connection:
        imported = select(audit_events.c.details).where(audit_events.c.action == AuditAction.IMPORT_LIST)
        details = sorted(connection.execute(imported).scalars(), key=lambda one: one["created"])
    assert [(one["version"], one["created"]) for one in details] == [("2", "1"), ("2", "2")]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "identifier,identifier_system,name,answer,category,informant\n",
        "identifier,identifier_system\n1,urn:a\n",
    ],
)
def test_what_says_nothing_comes_to_say_nothing(door: Door, run: Run, tmp_path: Path, content: str) -> None:
    run(write_table(tmp_path / "a.csv", [row("1", patient_name="Test Patient 01")]))
    (tmp_path / "b.csv").write_text(content)

    run("b.csv")

    for one in lists(door):
        assert {found.answer for found in one.answers.values()} == {Answer.NOT_ASKED}


def test_headers_in_other_words_are_named_by_a_file_and_by_the_command(
    door: Door, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("No.;Medication name;Kind;Row colour\n1;Water;Rx;red\n")
    (tmp_path / "map.toml").write_text(
        f'identifier_system = "{MRN}"\n[columns]\nidentifier = "No."\ncategory = "Kind"\n'
        '[values.category]\nRx = "prescription"\n'
    )

    refused = run("a.csv", "--map", "map.toml", "--column", "name=Medication name")
    result = run("a.csv", "--map", "map.toml", "--column", "name=Medication name", "--ignore", "Row colour")

    assert (refused.exit_code, result.exit_code) == (1, 0), result.output
    assert "a.csv: Nothing is read from 'Row colour'" in refused.stderr
    assert lines_of(refused)[0]["issues"][0]["detail"].startswith("Nothing is read from 'Row colour'")
    (found,) = lists(door)
    assert found.items[0].facts == ItemFacts(
        "Water", category=Category.PRESCRIPTION, status=found.items[0].facts.status
    )


def test_one_file_that_cannot_be_read_keeps_all_from_being_taken_in(
    door: Door, run: Run, tmp_path: Path
) -> None:
    sound = write_table(tmp_path / "a.csv", [row("1", "Water")])
    (tmp_path / "b.csv").write_text("name\nSoap\n")

    result = run(sound, "b.csv")

    assert (result.exit_code, patients(door)) == (1, ())
    assert "Nothing was imported." in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by", "nobody"], "nobody with the log-in 'nobody'"),
        (["--clinic", "Other clinic"], "nobody with the log-in 'nurse.01'"),
        (["--column", "name"], "Write the column and the header"),
        (["--column", "dose=Dose"], "There is no column 'dose'"),
        (["--encoding", "utf-9"], "There is no encoding 'utf-9'"),
        (["--map", "a.csv"], "It is not TOML"),
        (["missing.csv"], "does not exist"),
    ],
)
def test_anything_else_is_refused_in_words(
    door: Door, run: Run, tmp_path: Path, words: list[str], said: str
) -> None:
    table = write_table(tmp_path / "a.csv", [row("1", "Water")])
    result = run(table, *words)
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert patients(door) == ()


@given(st.lists(item_facts(), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_list_that_was_written_as_a_table_comes_back_equal(
    door: Door, run: Run, tmp_path: Path, facts: list[ItemFacts], delimiter: str
) -> None:
    one_code = [
        replace(one, codings=tuple(replace(coding, display=None) for coding in one.codings[:1]))
        for one in facts
    ]
    number = str(len(patients(door)))
    rows = [{**row(number), **cells_of(one)} for one in one_code]

    result = run(write_table(tmp_path / "a.csv", rows, delimiter=delimiter))

    assert result.exit_code == 0, result.output
    assert [item.facts for item in lists(door)[-1].items] == one_code
