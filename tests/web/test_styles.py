"""Styles name no side: what is on the left in one language is on the right in another."""

import re
from pathlib import Path

import pytest

from service.formats.printout import STYLESHEET

PAGES = Path(__file__).parents[2] / "service" / "web" / "pages" / "static"
STYLES = [STYLESHEET, *sorted(PAGES.glob("*.css"))]
SIDED = re.compile(r"(?<![\w-])(?:[a-z]+-)*(?:left|right)(?:-[a-z]+)*(?![\w-])")
# The margin boxes of a printed page have no other names.
MARGIN_BOX = re.compile(r"@(?:top|bottom)-(?:left|right)\b")
SHORTHAND = re.compile(r"(?:margin|padding|inset|border-width):\s*\S+ (\S+) \S+ ([^;\s]+);")


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_turns_around_with_its_page(path: Path) -> None:
    css = MARGIN_BOX.sub("", path.read_text("utf-8"))

    assert SIDED.findall(css) == []
    assert [(right, left) for right, left in SHORTHAND.findall(css) if right != left] == []
