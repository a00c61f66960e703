"""The pages on security and reliability name tests that are there, and every chapter that they go through."""

import re

import pytest

from tests.docs.markdown import ROOT

PAGES = ("docs/asvs.md", "docs/reliability.md")
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def named_tests(text: str) -> list[tuple[str, str]]:
    """Each file of tests that a page names, and the test in it or an empty string."""
    return [(path, name) for path, name in _TEST.findall(text)]


def is_there(path: str, name: str) -> bool:
    file = ROOT / path
    return file.exists() and (not name or f"def {name}(" in file.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_is_there(page: str) -> None:
    named = named_tests((ROOT / page).read_text("utf-8"))

    assert len(named) > 30
    assert [one for one in named if not is_there(*one)] == []


def test_the_control_a_test_that_is_not_there_is_noticed() -> None:
    (gone, renamed) = named_tests("`tests/test_gone.py` and `tests/test_config.py::test_renamed`")

    assert not is_there(*gone)
    assert not is_there(*renamed)
    assert is_there("tests/test_config.py", "")


def test_every_chapter_of_the_standard_has_its_rows() -> None:
    text = (ROOT / "docs/asvs.md").read_text("utf-8")

    assert {int(number) for number in re.findall(r"^\| V(\d+)", text, re.MULTILINE)} == set(range(1, 18))


def test_every_promise_on_reliability_has_its_row() -> None:
    text = (ROOT / "docs/reliability.md").read_text("utf-8")

    assert re.findall(r"^\| R(\d+) \|", text, re.MULTILINE) == [str(number) for number in range(1, 37)]
