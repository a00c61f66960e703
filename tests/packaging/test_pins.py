"""What a wheel asks for and what is pinned: without the pins, too, nothing comes that was never tried."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.docs.markdown import ROOT

DATED = {"argon2-cffi", "structlog"}
"""Parts whose numbers are dates, so that none of them says that something breaks."""
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ASKED = [Requirement(text) for text in SETTINGS["project"]["dependencies"]]
_PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, Version]:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return {canonicalize_name(part): Version(version) for part, version in _PIN.findall(text)}


def bound(requirement: Requirement, operator: str) -> Version | None:
    found = [one.version for one in requirement.specifier if one.operator == operator]
    return Version(found[0]) if found else None


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_what_is_asked_for_begins_with_what_is_tried_and_ends_before_what_may_break(
    asked: Requirement,
) -> None:
    tried = pins("run.txt")[canonicalize_name(asked.name)]
    least, less_than = bound(asked, ">="), bound(asked, "<")

    assert asked.specifier.contains(tried)
    assert least is not None
    assert least.release == tried.release[: len(least.release)]
    assert (less_than is None) == (asked.name in DATED)


def test_what_builds_the_service_is_not_among_what_runs() -> None:
    build = {canonicalize_name(part) for part in SETTINGS["dependency-groups"]["build"]}
    backend = {canonicalize_name(part) for part in SETTINGS["build-system"]["requires"]}

    assert backend <= build <= pins("build.txt").keys()
    assert not build & pins("run.txt").keys()


def test_a_part_has_one_pin_in_all_that_is_installed_together() -> None:
    run, build, test = pins("run.txt"), pins("build.txt"), pins("test.txt")

    assert run.items() <= test.items()
    assert {
        name: version for name, version in build.items() if name in test or name in run
    }.items() <= test.items()


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_pin_has_a_hash(path: Path) -> None:
    without = re.findall(r"^\S+==.*(?<!\\)$", path.read_text("utf-8"), re.MULTILINE)

    assert without == []
    assert len(_PIN.findall(path.read_text("utf-8"))) > 5


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_no_pinned_file_says_where_its_parts_come_from(path: Path) -> None:
    assert "://" not in path.read_text("utf-8")
