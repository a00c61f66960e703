"""The changelog begins with the release that this is, and says of each how to move to it."""

import re
import tomllib

from click.testing import CliRunner

from service.cli import main
from tests.docs.markdown import ROOT, read

RELEASES = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)


def test_the_topmost_release_is_the_version_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert RELEASES[0] == project["version"]
    assert RELEASES[0] in CliRunner().invoke(main, ["--version"]).output


def test_releases_stand_once_and_the_newest_first() -> None:
    numbers = [tuple(map(int, release.split("."))) for release in RELEASES]

    assert numbers == sorted(set(numbers), reverse=True)


def test_each_release_says_what_has_to_be_done() -> None:
    _, *told = re.split(r"^## .+$", read("CHANGELOG.md"), flags=re.MULTILINE)

    assert all("\n### Upgrading\n" in release for release in told)
