"""The page of the promises names the faults that are planted, and the tests named after each promise."""

import re

import pytest

from tests.docs.markdown import ROOT, read, table
from tests.docs.test_security_pages import is_there, named_tests
from tests.promises.planted.planting import planted_faults

PAGE = "docs/promises.md"
HEADINGS = dict(re.findall(r"^## ((\d)\. .+)$", read(PAGE), re.MULTILINE))
TESTS = ROOT / "tests" / "promises"


def part(number: int) -> tuple[str, str]:
    """The heading of a promise, and what stands under it."""
    (heading,) = [heading for heading, found in HEADINGS.items() if int(found) == number]
    return heading, read(PAGE).partition(f"## {heading}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("number", range(1, 9))
def test_the_planted_faults_of_a_promise_are_those_that_are_planted(number: int) -> None:
    heading, _ = part(number)
    rows = [(row["planted fault"], row["in"], row["noticed by"]) for row in table(PAGE, heading)]

    assert rows == [
        (fault.name, fault.output, fault.test.partition("[")[0])
        for fault in planted_faults()
        if fault.promise == number
    ]


@pytest.mark.parametrize("number", range(1, 9))
def test_every_file_of_tests_that_is_named_after_a_promise_stands_under_it(number: int) -> None:
    _, text = part(number)
    named = {path for path, _ in named_tests(text)}

    assert {path.relative_to(ROOT).as_posix() for path in TESTS.glob(f"test_promise_{number}_*.py")} <= named


def test_every_test_that_the_page_names_is_there() -> None:
    named = named_tests(read(PAGE))

    assert [one for one in named if not is_there(*one)] == []
