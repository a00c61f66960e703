"""``catalogues`` as a translator and a maintainer meet it."""

from pathlib import Path

from click.testing import CliRunner, Result

from service.cli import main
from service.domain.wording import ENGLISH


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["catalogues", *arguments, "--folder", str(folder)])


def test_a_new_language_is_one_file_made_by_one_command(tmp_path: Path) -> None:
    made = run(tmp_path, "update", "fr")

    assert made.exit_code == 0
    assert made.output == f"fr: {len(ENGLISH)} texts stand in English.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["fr.po"]
    assert run(tmp_path, "check").exit_code == 0


def test_the_check_names_each_text_that_stands_in_english_and_why(tmp_path: Path) -> None:
    run(tmp_path, "update", "fr")
    assert "  sheet.title is not translated\n" in run(tmp_path, "check").output


def test_a_file_that_is_not_in_step_is_named_until_it_is_updated(tmp_path: Path) -> None:
    run(tmp_path, "update", "fr")
    path = tmp_path / "fr.po"
    path.write_text(path.read_text("utf-8").replace(ENGLISH["sheet.title"], "Another title"), "utf-8")

    late = run(tmp_path, "check")
    assert late.exit_code == 1
    assert "Not in step: fr." in late.stderr

    assert run(tmp_path, "update").exit_code == 0
    assert run(tmp_path, "check").exit_code == 0


def test_a_file_that_cannot_be_read_ends_the_command_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "fr.po").write_text("no catalogue\n", "utf-8")
    for command in ("check", "update"):
        ended = run(tmp_path, command)
        assert ended.exit_code == 2
        assert "fr.po is no gettext catalogue" in ended.stderr
