"""The sheet as a page whose own print gives the same sheet. What it looks like stands in ``sheet.css``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from service.domain.wording import Catalogue
from service.formats.printout.code_picture import code_picture
from service.formats.printout.sheet import sheet_of

_FOLDER = Path(__file__).parent
STYLESHEET = _FOLDER / "sheet.css"
"""Served by whoever serves the page; the page carries no style of its own."""

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def sheet_html(
    document: Mapping[str, Any], state: Mapping[str, Any], words: Catalogue, *, stylesheet_url: str
) -> str:
    """The whole page. It shows every text, also in scripts that the PDF has no font for."""
    return _ENVIRONMENT.get_template("sheet.html.jinja").render(
        sheet=sheet_of(document, state, words),
        code_picture=Markup(code_picture(document["code"])),  # noqa: S704 -- made here, of our own code
        stylesheet_url=stylesheet_url,
    )
