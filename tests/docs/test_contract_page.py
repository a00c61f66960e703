"""The page of the contract is true: what it names is there, and its states are counted."""

import re
from collections import Counter
from dataclasses import dataclass

import click
import pytest

from service.app import create_app
from service.cli import main
from service.config import read_settings
from tests.audit_keys import SECRETS
from tests.docs.markdown import ROOT, read
from tests.docs.test_security_pages import is_there, named_tests

PAGE = "docs/contract.md"
STATES = ("there", "different", "missing")
_CODE = re.compile(r"`([^`]+)`")
_OPERATION = re.compile(r"(?:GET|POST|PUT|PATCH|DELETE) /\S*")
_PLACE = re.compile(r"<(?:[^:<>]+:)?([a-z_]+)>")


@dataclass(frozen=True)
class Point:
    """A row of the page: what is asked, its state, where it is, and the tests that hold it."""

    asked: str
    state: str
    where: str
    held_by: str


def points() -> list[Point]:
    lines = [line for line in read(PAGE).splitlines() if line.startswith("| ")]
    cells = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in lines]
    return [Point(*row) for row in cells if row[0] != "asked"]


POINTS = points()


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


def operations() -> set[str]:
    app = create_app(read_settings(SECRETS))
    rules = [(rule.methods or (), _PLACE.sub(r"{\1}", rule.rule)) for rule in app.url_map.iter_rules()]
    return {f"{method} {address}" for methods, address in rules for method in methods}


def is_command(words: list[str]) -> bool:
    command: click.Command | None = main
    for word in words:
        if not isinstance(command, click.Group):
            return False
        command = command.get_command(click.Context(main), word)
    return command is not None and not isinstance(command, click.Group)


def is_known(named: str, served: set[str]) -> bool:
    """Whether an operation, a command, a target of make, a role or a file is there."""
    if _OPERATION.fullmatch(named):
        return named in served
    if named.startswith("medication-checklist "):
        return is_command(named.split()[1:])
    if named.startswith("make "):
        return named.removeprefix("make ") in targets()
    return named == "patient" or (ROOT / named).exists()


def test_every_point_has_a_state_and_they_are_counted_at_the_head() -> None:
    number = Counter(point.state for point in POINTS)
    head = f"{len(POINTS)} points: " + ", ".join(f"{number[state]} {state}" for state in STATES) + "."

    assert set(number) <= set(STATES)
    assert head in read(PAGE)
    assert len(POINTS) > 90
    assert len({point.asked for point in POINTS}) == len(POINTS)


def test_what_is_not_as_it_was_asked_for_names_the_decision_that_says_why() -> None:
    silent = [point.asked for point in POINTS if point.state != "there" and "(decisions/0" not in point.where]

    assert silent == []


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.asked)
def test_each_test_that_a_point_names_is_there(point: Point) -> None:
    named = named_tests(point.held_by)

    assert named
    assert [one for one in named if not is_there(*one)] == []


def test_each_address_command_target_and_file_that_a_point_names_is_there() -> None:
    served = operations()
    unknown = [
        (point.asked, named)
        for point in POINTS
        for named in _CODE.findall(point.where)
        if not is_known(named, served)
    ]

    assert unknown == []
    assert [point.asked for point in POINTS if not _CODE.findall(point.where)] == []


@pytest.mark.parametrize(
    "named",
    [
        *("GET /v1/gone", "DELETE /v1/patients", "make gone", "docs/gone.md"),
        *("medication-checklist staff", "medication-checklist staff gone"),
    ],
)
def test_the_control_what_is_not_there_is_noticed(named: str) -> None:
    assert not is_known(named, operations())


def test_make_check_looks_at_all_that_it_is_said_to() -> None:
    recipe = read("Makefile").partition("\nCHECKED :=")[2].partition("\n\n")[0]
    assert "\ncheck:" in recipe

    for program in ("ruff format --check", "ruff check", "mypy"):
        assert program in recipe
    for file in (
        "tests/test_import_rules.py",
        "tests/store/database/test_migrations.py",
        "tests/docs/test_links.py",
        "tests/docs/test_examples.py",
    ):
        assert file in recipe
        assert (ROOT / file).exists()
