"""``guidance coverage`` as a person and a program meet it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.cli.guidance.commands import guidance
from service.cli.guidance.made_up_checklists import made_up_checklist
from service.cli.seed import seed_folder
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from service.formats.guidance_file.reading import read_guidance
from service.formats.proof import OUTPUTS, Output, outputs

SHIPPED = seed_folder() / "guidance" / "sorafenib.toml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(guidance, ["coverage", *arguments])


def test_the_shipped_guidance_is_covered_whole() -> None:
    result = run("--lists", "20")
    lines = result.output.splitlines()
    assert result.exit_code == 0, result.output
    assert lines[0].split() == [
        "output",
        "guidance",
        "record",
        "wording",
        "not",
        "covered",
        "lists",
        "percent",
    ]
    assert [line.split()[0] for line in lines[1:7]] == ["document", "json", "html", "pdf", "batch", "fhir"]
    assert {line.split()[-1] for line in lines[1:7]} == {"100.0"}
    assert "2 lists have a letter that no font of the service has: no pdf." in lines
    assert lines[-1] == "Every text is covered. 20 lists, seed 1."


def test_the_json_form_counts_the_same() -> None:
    result = run(str(SHIPPED), "--lists", "2", "--seed", "7", "--format", "json")
    report = json.loads(result.stdout)
    assert (report["lists"], report["seed"], report["covered"], report["failures"]) == (2, 7, True, [])
    assert set(report["outputs"]) == {"document", *OUTPUTS}
    for counts in report["outputs"].values():
        assert counts["guidance"] > 0
        assert counts["record"] > 0
        assert counts["wording"] > 0
        assert (counts["made"], counts["refused"], counts["not_covered"], counts["percent"]) == (
            2,
            0,
            0,
            100.0,
        )


@pytest.fixture
def talkative_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that says one sentence more."""
    page = OUTPUTS["html"]

    def render(*printable: Any) -> str:
        html: str = page.render(*printable)
        return html.replace("</main>", "<p>Nothing here is unsafe.</p></main>")

    monkeypatch.setattr(outputs, "OUTPUTS", {"html": Output(render, page.check)})


@pytest.mark.usefixtures("talkative_page")
def test_a_planted_sentence_is_named_with_its_output_and_its_list() -> None:
    result = run("--lists", "2")
    assert result.exit_code == 1
    for number in (0, 1):
        said = f"html, list {number}: 'Nothing here is unsafe.' is not one of the document's texts\n"
        assert said in result.output
    assert "Not every text is covered. 2 lists, seed 1.\n" in result.output
    assert "100.0" not in result.output.splitlines()[2]


@pytest.mark.usefixtures("talkative_page")
def test_a_planted_sentence_is_among_the_failures_of_the_json_form() -> None:
    result = run("--lists", "1", "--format", "json")
    (failure,) = json.loads(result.stdout)["failures"]
    assert result.exit_code == 1
    assert (failure["output"], failure["list"], failure["text"]) == ("html", 0, "Nothing here is unsafe.")


def test_an_output_that_was_never_made_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "service.cli.guidance.coverage.prove",
        lambda _: [outputs.OutputProof("pdf", outputs.Counter(), (), "no")],
    )
    result = run("--lists", "1")
    assert result.exit_code == 1
    assert "pdf" in result.output
    assert "0.0" in result.output


def test_a_file_that_is_no_guidance_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "empty.toml").write_text("")
    result = run(str(tmp_path / "empty.toml"))
    assert result.exit_code == 2
    assert "/document: 'document' is missing" in result.stderr


def test_a_terminal_shows_how_far_it_is_and_the_report_stays_clean() -> None:
    here, there = os.openpty()
    command = [
        sys.executable,
        "-c",
        "from service.cli import main; main()",
        "guidance",
        "coverage",
        "--lists",
        "1",
    ]
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=there, check=False, text=True)
    os.close(there)
    shown = os.read(here, 4096).decode()
    os.close(here)
    assert finished.returncode == 0
    assert "Checklists" in shown
    assert "100%" in shown
    assert "Checklists" not in finished.stdout


def test_help_shows_an_example() -> None:
    assert "medication-checklist guidance coverage --lists 200 --seed 7" in run("--help").output


def test_the_same_seed_makes_up_the_same_checklist_and_another_seed_another() -> None:
    shipped = read_guidance(SHIPPED.read_text("utf-8"))
    assert made_up_checklist(shipped, 1, 3) == made_up_checklist(shipped, 1, 3)
    assert made_up_checklist(shipped, 1, 3) != made_up_checklist(shipped, 2, 3)


def test_the_made_up_lists_are_of_every_kind() -> None:
    shipped = read_guidance(SHIPPED.read_text("utf-8"))
    made = [made_up_checklist(shipped, 1, number) for number in range(50)]
    lists: list[MedicationList] = [one.medications for one in made]
    items = [item for one in lists for item in one.items]
    assert {0, 60} <= {len(one.items) for one in lists}
    assert {one.answers[category].answer for one in lists for category in Category} == set(Answer)
    assert {item.facts.status for item in items} == set(Status)
    assert {item.facts.category for item in items} == {*Category, None}
    assert any(item.on_earlier_list for item in items)
    assert any(item.facts.name is None for item in items)
    assert {one.state.status for one in made} == {"current", "superseded", "withdrawn"}
    assert {one.checklist.patient.name is None for one in made} == {True, False}
    assert {one.checklist.patient.birth_date is None for one in made} == {True, False}
