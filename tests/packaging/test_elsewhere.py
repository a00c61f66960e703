"""A wheel works by itself: in a folder of its own, with nothing but its dependencies beside it."""

import os
import shlex
import site
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
import requests

from service.config import PREFIX
from tests.docs.markdown import ROOT
from tests.packaging.releases import Release, in_wheel
from tests.running_service import address_of, environment_of, started

# Without `site`, what leads the tests to the project's own folder is not read.
COMMAND = (sys.executable, "-S", "-P", "-m", "service.cli")
STATIC = "service/web/pages/static/"
POSTED = {
    "patient": {"identifier": {"system": "urn:clinic:mrn", "value": "000601"}, "name": "Test Patient 06"},
    "informant": {"kind": "patient"},
    "collection_mode": "self",
    "items": [{"category": "prescription", "name": "Lisinopril", "strength": "10 mg"}],
    "treatment": {"id": "sorafenib", "planned_start": "2026-12-01"},
}


@dataclass(frozen=True)
class Place:
    """Where a wheel was unpacked, an empty folder to work in, and the environment that leads to both."""

    program: Path
    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str) -> str:
        """What a command prints; fails where its status is not 0."""
        ran = subprocess.run(
            arguments, cwd=self.folder, env=self.environment, check=True, capture_output=True, text=True
        )
        return ran.stdout


@pytest.fixture(scope="module")
def elsewhere(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Place:
    program, folder = tmp_path_factory.mktemp("program"), tmp_path_factory.mktemp("folder")
    with ZipFile(release.wheel) as archive:
        archive.extractall(program)
    # Whoever starts it in a folder with a program of the same name means the one that is installed.
    (folder / "service").mkdir()
    (folder / "service" / "__init__.py").write_text("raise SystemExit('the wrong program')")
    told = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, "DATABASE"))}
    led = os.pathsep.join([str(program), *site.getsitepackages()])
    return Place(program, folder, told | {"PYTHONPATH": led})


@pytest.fixture(scope="module")
def demo(elsewhere: Place) -> Iterator[str]:
    """The address of a demo that the wheel serves."""
    environment = elsewhere.environment | {"PORT": environment_of("")["PORT"]}
    process = started(environment, (*COMMAND, "demo"), subprocess.DEVNULL, cwd=elsewhere.folder)
    try:
        yield address_of(environment)
    finally:
        process.terminate()
        process.wait(timeout=20)


def kept_by_the_demo(folder: Path) -> dict[str, str]:
    lines = (folder / "var" / "demo.env").read_text("utf-8").splitlines()
    return dict(shlex.split(line)[0].split("=", 1) for line in lines)


def test_the_program_that_runs_is_the_wheels(elsewhere: Place) -> None:
    where = elsewhere.run(*COMMAND[:3], "-c", "import service; print(service.__file__)")

    assert where.strip() == str(elsewhere.program / "service" / "__init__.py")


def test_a_new_database_takes_a_list_and_gives_its_sheet(elsewhere: Place, demo: str) -> None:
    keys = kept_by_the_demo(elsewhere.folder)

    receipt = requests.post(
        f"{demo}/v1/intake",
        json=POSTED,
        headers={"Authorization": f"Bearer {keys['INTAKE_KEY']}"},
        timeout=60,
    )

    assert receipt.status_code == 201, receipt.text
    sheet = requests.get(
        demo + receipt.json()["checklist"]["links"]["pdf"],
        headers={"Authorization": f"Bearer {keys['EHR_KEY']}"},
        timeout=60,
    )
    assert sheet.content.startswith(b"%PDF-")


def test_it_says_which_release_it_is_wherever_that_is_asked(
    release: Release, elsewhere: Place, demo: str
) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked_for = elsewhere.run(*COMMAND, "--version")
    statement = requests.get(f"{demo}/fhir/metadata", timeout=60).json()

    assert asked_for == f"medication-checklist, version {settings['version']}\n"
    assert statement["software"]["version"] == settings["version"]
    assert f"-{settings['version']}-" in release.wheel.name
    assert f"-{settings['version']}.tar" in release.sdist.name


def test_the_pages_come_with_everything_that_they_are_made_of(release: Release, demo: str) -> None:
    files = [name.removeprefix(STATIC) for name in in_wheel(release.wheel) if name.startswith(STATIC)]
    served = [*(f"/static/pages/{name}" for name in files), "/static/sheet.css", "/log-in", "/code", "/docs"]

    answers = {path: requests.get(demo + path, timeout=60).status_code for path in served}

    assert len(files) > 5
    assert set(answers.values()) == {200}, answers


def test_what_the_program_brings_along_is_in_step(elsewhere: Place) -> None:
    said = elsewhere.run(*COMMAND, "catalogues", "check")

    assert said == "es: every text is translated.\n"
