"""``guidance list --all``, ``show`` and ``retire``: every version stays, and what is in use is said."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.domain.access.clinics import Clinic
from service.store.database import Database
from tests.audit_keys import SIGNING
from tests.cli.guidance.test_commands import GOOD, toml
from tests.cli.guidance.test_publishing import CLINIC, clinic, publish

__all__ = ["clinic"]
FIRST = toml(GOOD, reviewed=True)
SECOND = FIRST.replace('id = "s0"', 'id = "renamed"')


def run(url: str, *words: str) -> Result:
    return CliRunner().invoke(
        main, ["guidance", *words, "--clinic", CLINIC], env=SIGNING | {"DATABASE_URL": url}
    )


def version_in(output: str) -> str:
    return output.split("version ")[1][:12]


@pytest.fixture
def versions(database_url: str, database: Database, clinic: Clinic, tmp_path: Path) -> tuple[str, str]:
    """The first twelve digits of two versions; the second one is in use."""
    published = [publish(database_url, tmp_path, content).output for content in (FIRST, SECOND)]
    return version_in(published[0]), version_in(published[1])


def test_every_version_stands_there_with_when_it_was_in_use(
    database_url: str, versions: tuple[str, str]
) -> None:
    first, second = versions
    in_use = run(database_url, "list").output
    assert (in_use.count("\n"), version_in(in_use)) == (1, second)

    lines = run(database_url, "list", "--all").output.splitlines()

    assert len(lines) == 4
    assert lines[0].startswith(f"brimolate  version {second}  in use  sheets: 0  ")
    assert lines[1].startswith("  published ")
    assert "replaced" not in lines[1]
    assert lines[2].startswith(f"brimolate  version {first}  not in use  sheets: 0  ")
    assert " by Test administrator, replaced " in lines[3]


def test_retired_guidance_is_out_of_use_until_it_is_published_again(
    database_url: str, versions: tuple[str, str], tmp_path: Path
) -> None:
    retired = run(database_url, "retire", "brimolate", "--by", "admin.01")
    assert (retired.exit_code, retired.output) == (0, f"Retired for brimolate: version {versions[1]}.\n")
    assert run(database_url, "list").output == ""
    assert ", retired " in run(database_url, "list", "--all").output.splitlines()[1]

    again = run(database_url, "retire", "brimolate", "--by", "admin.01")
    assert (again.exit_code, "was retired on" in again.output) == (1, True)

    publish(database_url, tmp_path, FIRST)
    lines = run(database_url, "list", "--all").output.splitlines()
    assert lines[0].startswith(f"brimolate  version {versions[0]}  in use")
    assert [line.startswith("  published ") for line in lines] == [False, True, True, False, True]


@pytest.mark.parametrize(
    ("treatment", "by", "code", "said"),
    [
        ("another", "admin.01", 1, "There is no guidance for such a treatment."),
        ("brimolate", "nurse.01", 1, "may not do this"),
        ("brimolate", "nobody", 2, "nobody with the log-in"),
    ],
)
def test_what_cannot_be_retired_stays_in_use(
    database_url: str, versions: tuple[str, str], treatment: str, by: str, code: int, said: str
) -> None:
    refused = run(database_url, "retire", treatment, "--by", by)
    assert (refused.exit_code, said in refused.output) == (code, True), refused.output
    assert version_in(run(database_url, "list").output) == versions[1]


def test_the_statements_of_any_version_can_be_read(database_url: str, versions: tuple[str, str]) -> None:
    in_use, earlier = (
        run(database_url, "show", "brimolate"),
        run(database_url, "show", "brimolate", versions[0]),
    )
    assert f"renamed (tell): {GOOD}" in in_use.output
    assert f"s0 (tell): {GOOD}\n  cites 3.2; reviewed " in earlier.output
    run(database_url, "retire", "brimolate", "--by", "admin.01")
    assert run(database_url, "show", "brimolate", versions[1]).exit_code == 0
    for words, said in (
        (("brimolate",), "No guidance is in use for 'brimolate'."),
        (("brimolate", versions[0][:7]), "at least 8 digits"),
        (("brimolate", "0" * 12), "There is no such version."),
        (("another", versions[0]), "There is no such version."),
    ):
        refused = run(database_url, "show", *words)
        assert (refused.exit_code, said in refused.output) == (1, True), refused.output
