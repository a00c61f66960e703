"""``import fhir``: a folder of what another system wrote, taken in from the console."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.actions.door import Door
from service.actions.medications import get_list
from service.actions.patients import list_patients
from service.actions.performing import perform
from service.cli import main
from service.domain.medications.medication_list import MedicationList
from tests.audit_keys import SIGNING
from tests.web.fhir.sent import answered, bundle, identified, patient, plan, statement

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
Run = Callable[..., Result]
Lines = list[dict[str, Any]]


@pytest.fixture
def run(database_url: str, door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str | Path) -> Result:
        environment = SIGNING | {"DATABASE_URL": database_url}
        return CliRunner().invoke(
            main, ["import", "fhir", *map(str, words), "--by", "nurse.01"], env=environment
        )

    return invoke


def written(folder: Path, **files: Any) -> Path:
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content))
    return folder


def lines_of(result: Result) -> Lines:
    return [json.loads(line) for line in result.stdout.splitlines()]


def lists(door: Door) -> list[MedicationList]:
    found = perform(door, lambda work: list_patients(work, None, 100)).items
    return [perform(door, lambda work, one=one: get_list(work, one.id))[0] for one in found]


def names(door: Door) -> list[list[str]]:
    return [[item.facts.called for item in one.items] for one in lists(door)]


def test_a_folder_is_taken_in_and_every_entry_has_a_line(door: Door, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "exports" / "deeper"
    folder.mkdir(parents=True)
    written(
        folder,
        one=statement("Water"),
        two=bundle("transaction", patient("2"), plan("Soap", subject=identified("2"))),
    )
    (folder / "notes.txt").write_text("no resource")

    result = run("exports")

    assert result.exit_code == 0, result.output
    assert [(Path(line["file"]).name, line["place"], line["status"]) for line in lines_of(result)] == [
        ("one.json", "MedicationStatement", "created"),
        ("two.json", "Bundle.entry[0]", "created"),
        ("two.json", "Bundle.entry[1]", "created"),
    ]
    assert all(line["location"] for line in lines_of(result))
    assert "2 files: 3 created, 0 updated, 0 unchanged, 0 not kept, 0 refused" in result.stderr
    assert names(door) == [["Water"], ["Soap"]]


def test_the_same_again_makes_nothing_twice(door: Door, run: Run, tmp_path: Path) -> None:
    written(
        tmp_path, a=statement("Water"), b=bundle("batch", plan("Soap"), answered("supplement", "nilknown"))
    )
    run(tmp_path)
    before = lists(door)

    again = run(tmp_path)

    assert (again.exit_code, Counter(line["status"] for line in lines_of(again))) == (0, {"unchanged": 3})
    assert lists(door) == before


def test_a_dry_run_says_what_would_come_of_it_and_keeps_nothing(door: Door, run: Run, tmp_path: Path) -> None:
    written(tmp_path, a=bundle("batch", statement("Water"), {**statement("Soap"), "status": "odd"}))

    dry = run(tmp_path, "--dry-run")

    assert "nothing was kept" in dry.stderr
    assert names(door) == []
    wet = run(tmp_path)
    told = [[line["status"] for line in lines_of(result)] for result in (dry, wet)]
    assert told == [["created", "refused"]] * 2
    assert names(door) == [["Water"]]


def test_a_file_with_a_fault_is_refused_whole_and_the_others_are_kept(
    door: Door, run: Run, tmp_path: Path
) -> None:
    odd = {**statement("Soap"), "status": "odd"}
    written(tmp_path, a=bundle("transaction", statement("Tea"), odd), b=statement("Water"))
    (tmp_path / "c.json").write_text("{")

    result = run(tmp_path)

    assert result.exit_code == 3
    assert [line["status"] for line in lines_of(result)] == ["not_kept", "refused", "created", "refused"]
    assert lines_of(result)[1]["issues"][0]["place"] == "Bundle.entry[1].resource.status"
    assert "not JSON" in lines_of(result)[3]["issues"][0]["detail"]
    assert names(door) == [["Water"]]


def test_lines_are_taken_one_by_one_and_told_by_their_number(door: Door, run: Run, tmp_path: Path) -> None:
    resources = [patient(id="p"), statement("Water", subject={"reference": "Patient/p"}), statement("Soap")]
    odd = {**statement("Tea"), "status": "odd"}
    texts = [*map(json.dumps, resources), "", "{", json.dumps(odd), json.dumps(bundle("batch", plan("Salt")))]
    (tmp_path / "bulk.ndjson").write_text("\n".join(texts))

    result = run(tmp_path)

    assert result.exit_code == 3
    assert sorted((line["line"], line["status"]) for line in lines_of(result)) == [
        (1, "created"),
        (2, "created"),
        (3, "created"),
        (5, "refused"),
        (6, "refused"),
        (7, "created"),
    ]
    issue = next(line["issues"][0] for line in lines_of(result) if line["line"] == 6)
    assert issue["place"] == "MedicationStatement.status"
    assert names(door) == [["Salt", "Water", "Soap"]]


def test_patients_whom_files_name_by_id_are_known_under_the_system_given(
    door: Door, run: Run, tmp_path: Path
) -> None:
    by_id = {"reference": "Patient/pat1"}
    written(
        tmp_path,
        a=statement("Water", subject=by_id),
        b={**patient(), "id": "pat1"},
        c=plan("Soap", subject=by_id),
    )

    assert run(tmp_path).exit_code == 3
    result = run(tmp_path, "--subject-system", "urn:clinic:old-ehr")

    assert result.exit_code == 0, result.output
    assert names(door) == [["Water", "Soap"]]


def test_the_lines_go_into_a_file_where_one_is_named(run: Run, tmp_path: Path) -> None:
    written(tmp_path, a=statement("Water"))

    result = run("a.json", "--result", "told.jsonl")

    assert result.stdout == ""
    told = json.loads((tmp_path / "told.jsonl").read_text())
    assert (told["file"], told["status"], told["issues"]) == ("a.json", "created", [])


def test_what_is_interrupted_keeps_whole_files_and_is_done_when_started_again(
    door: Door, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, **{f"f{number}": statement(f"Water {number}") for number in range(4)})
    real, calls = perform, []

    def interrupted(*args: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*args)

    with monkeypatch.context() as patched:
        patched.setattr("service.cli.importing.taking_in.perform", interrupted)
        assert run(tmp_path).exit_code == 1

    assert names(door) == [["Water 0", "Water 1"]]
    assert [line["status"] for line in lines_of(run(tmp_path))] == ["unchanged"] * 2 + ["created"] * 2
    assert names(door) == [["Water 0", "Water 1", "Water 2", "Water 3"]]


def test_nothing_imported_is_told_by_the_status(run: Run, tmp_path: Path) -> None:
    written(tmp_path, a={**statement("Water"), "status": "not-taken"})
    result = run(tmp_path)
    assert (result.exit_code, "Nothing was imported." in result.stderr) == (1, True)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(empty).exit_code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by", "nobody"], "nobody with the log-in 'nobody'"),
        (["--clinic", "Other clinic"], "nobody with the log-in 'nurse.01'"),
        (["--subject-system", "two words"], "a URI such as urn:clinic:mrn"),
        (["missing.json"], "does not exist"),
    ],
)
def test_anything_else_is_refused_in_words(
    door: Door, database_url: str, tmp_path: Path, words: list[str], said: str
) -> None:
    written(tmp_path, a=statement("Water"))
    command = ["import", "fhir", str(tmp_path / "a.json"), "--by", "nurse.01", *words]
    result = CliRunner().invoke(main, command, env=SIGNING | {"DATABASE_URL": database_url})
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert names(door) == []


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not on this machine")
@pytest.mark.parametrize("system", [[], ["--subject-system", "urn:example:corpus"]])
def test_every_file_of_the_corpus_is_imported_or_refused_by_name(
    door: Door, run: Run, system: list[str]
) -> None:
    result = run(CORPUS, *system)

    assert result.exit_code == 3
    told = lines_of(result)
    assert {line["file"] for line in told} == {str(path) for path in CORPUS.rglob("*.json")}
    for line in told:
        # Of a Medication, an item that names it has all there is.
        said = line["issues"] or line["type"] == "Medication"
        assert said or line["status"] not in ("refused", "not_kept"), line
    assert bool(system) is any(
        line["status"] == "created" and "MedicationStatement-example" in line["file"] for line in told
    )
    before = lists(door)
    assert "created" not in {line["status"] for line in lines_of(run(CORPUS, *system))}
    assert lists(door) == before
