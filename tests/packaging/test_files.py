"""A release holds what git holds: nothing is missing, and nothing that only lay beside it went along."""

import os
import shutil
from pathlib import Path

from tests.docs.markdown import ROOT
from tests.packaging.releases import (
    PACKED_AS,
    Release,
    build,
    build_wheel,
    difference,
    files_of,
    in_wheel,
    kept,
    packed,
    program_in,
    unpacked,
)

DESCRIBES = {"METADATA", "RECORD", "WHEEL", "entry_points.txt"}
WHOLE = 'packages = ["service"]'
TEMPLATES = "service/web/pages/templates"


def test_the_wheel_holds_the_program_its_migrations_and_its_seed_and_nothing_else(release: Release) -> None:
    assert difference(program_in(release.wheel), packed(kept())) == []

    about_itself = in_wheel(release.wheel).keys() - program_in(release.wheel).keys()
    assert {name.rpartition("/")[2] for name in about_itself} == DESCRIBES


def test_the_source_archive_holds_what_git_holds(release: Release, tmp_path: Path) -> None:
    files = files_of(unpacked(release.sdist, tmp_path))

    assert b"\nName: medication-checklist\n" in files.pop("PKG-INFO")
    assert difference(files, kept()) == []


def test_a_release_built_from_its_source_archive_is_the_same_to_the_last_byte(
    release: Release, tmp_path: Path
) -> None:
    # Given the archive's files, elsewhere, without git, and with other times and rights than the project's
    before = os.umask(0o077)
    try:
        project = unpacked(release.sdist, tmp_path / "project")
        again = build(project, tmp_path / "again")
    finally:
        os.umask(before)

    assert (again.wheel.name, again.sdist.name) == (release.wheel.name, release.sdist.name)
    assert again.wheel.read_bytes() == release.wheel.read_bytes()
    assert again.sdist.read_bytes() == release.sdist.read_bytes()


def test_the_control_a_wheel_without_templates_is_found(tmp_path: Path) -> None:
    # Given a project whose settings leave the pages' templates out
    project = tmp_path / "project"
    for folder in PACKED_AS:
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "README.md", project)
    whole = (ROOT / "pyproject.toml").read_text("utf-8")
    faulty = whole.replace(WHOLE, f'{WHOLE}\nexclude = ["{TEMPLATES}"]')
    (project / "pyproject.toml").write_text(faulty, "utf-8")

    wheel = build_wheel(project, tmp_path / "dist")

    # Then each of them is named, and nothing else
    missing = [name for name in packed(kept()) if name.startswith(f"{TEMPLATES}/")]
    assert len(missing) > 50
    assert difference(program_in(wheel), packed(kept())) == [f"{name} is missing" for name in sorted(missing)]


def test_the_control_a_file_that_git_does_not_hold_is_found() -> None:
    assert difference({"service/a.py": b"1", "service/notes.txt": b""}, {"service/a.py": b"2"}) == [
        "service/a.py is another one",
        "service/notes.txt is not kept by git: add it, or take it away",
    ]
