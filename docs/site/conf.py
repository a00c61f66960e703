"""How Sphinx makes the documentation browsable: `make docs`. The pages stay plain Markdown.

Sphinx reads the settings by their names. Any warning ends the build: a link or an anchor that leads nowhere,
and a page that no list of `docs/README.md` names.
"""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from docs.site.navigation import MAP, Group, directives, groups, lists_pages, without_folders

ROOT = Path(__file__).parents[2]
WIDE = re.compile(r'<pre\b|<div(?= class="table-wrapper)')

project = "Medication disclosure checklist"
extensions = ["myst_parser"]
root_doc = "README"
include_patterns = ["README.md", "SECURITY.md", "CHANGELOG.md", "docs/**.md"]
# Folders that are not looked into: what is in them is no documentation, and some are large.
exclude_patterns = [".*", "**/.*", "var", "service", "tests", "migrations", "benchmarks", "docs/pictures"]
# Headings get the anchors that code hosts give them.
myst_heading_anchors = 4
# Examples shorten answers with "…", which no language's grammar knows.
suppress_warnings = ["misc.highlighting_failure"]

html_theme = "furo"
html_title = project
html_static_path = ["static"]
html_css_files = ["site.css"]
html_additional_pages = {"index": "start.html"}
templates_path = ["templates"]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_show_copyright = False
# Excerpts of the pages that a search finds would have to be fetched, which no browser does from a folder.
html_show_search_summary = False


def prepare(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Append to the README what the map lists, and to each folder's list what it lists; link no folder."""
    name = f"{docname}.md"
    folder = (ROOT / name).parent
    source[0] = without_folders(source[0], lambda link: (folder / link).is_dir())
    if docname == root_doc:
        mapped = groups(MAP, (ROOT / MAP).read_text("utf-8"))
        source[0] += directives([Group("", (MAP,)), *mapped])
    elif lists_pages(name) and name != MAP:
        source[0] += directives(groups(name, source[0]))


def reach_by_keyboard(
    _app: Sphinx, _name: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Let the keyboard scroll what is wider than the screen: examples and tables."""
    if "body" in context:
        context["body"] = WIDE.sub(r'\g<0> tabindex="0"', context["body"])


def setup(app: Sphinx) -> None:
    """Have Sphinx call what is above, the second when the theme has put its boxes around tables."""
    app.connect("source-read", prepare)
    app.connect("html-page-context", reach_by_keyboard, priority=900)
