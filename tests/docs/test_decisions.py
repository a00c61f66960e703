"""Each decision is a page of its own that says what was chosen, what was not, and why."""

import re
from pathlib import Path

import pytest

from tests.docs.markdown import ROOT, links, read

FOLDER = ROOT / "docs" / "decisions"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_decision_says_what_was_chosen_what_was_not_and_why(page: Path) -> None:
    headings = re.findall(r"^## (.+)$", page.read_text("utf-8"), re.MULTILINE)

    assert headings == ["Chosen", "Not chosen", "Why"]


def test_decisions_are_numbered_without_a_hole_and_listed_in_their_order() -> None:
    assert [page.name[:4] for page in PAGES] == [f"{number:04d}" for number in range(1, len(PAGES) + 1)]
    assert links(read("docs/decisions/README.md")) == [page.name for page in PAGES]
