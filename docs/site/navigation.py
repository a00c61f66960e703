"""What stands where in the browsable documentation: read from the lists of links that readers see themselves.

`docs/README.md` has a heading for each kind of reader with a list of pages below it, and the `README.md` of a
folder below lists that folder's pages. How the pages look is told in `conf.py` and in `static`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import normpath

MAP = "docs/README.md"
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\(([^)#\s:]+)\)")
_LISTED = re.compile(r"^- \[[^\]]*\]\(([^)#\s]+\.md)\)", re.MULTILINE)


@dataclass(frozen=True)
class Group:
    """The pages listed under one heading, as paths from the root; before the first heading it is empty."""

    heading: str
    pages: tuple[str, ...]


def groups(name: str, text: str) -> list[Group]:
    """The lists of a page whose path from the root is ``name``; of each line the first link counts."""
    folder = PurePosixPath(name).parent
    first, *rest = _HEADING.split(text)
    parts = [("", first), *zip(rest[::2], rest[1::2], strict=True)]
    return [
        Group(heading, tuple(normpath(folder / link) for link in _LISTED.findall(below)))
        for heading, below in parts
        if _LISTED.search(below)
    ]


def lists_pages(name: str) -> bool:
    """Whether the page is the map, or the list of a folder below it."""
    return name.startswith("docs/") and name.endswith("/README.md")


def without_folders(text: str, is_folder: Callable[[str], bool]) -> str:
    """The text, and of links to folders the names alone, since a site has no page of a folder."""
    return _LINK.sub(lambda found: found[1] if is_folder(found[2]) else found[0], text)


def directives(found: list[Group]) -> str:
    """The groups as tables of contents for Sphinx, in MyST's spelling, which are not shown on the page."""
    return "".join(
        "\n\n```{toctree}\n:hidden:\n"
        + (f":caption: {group.heading}\n" if group.heading else "")
        + "\n"
        + "".join(f"/{page.removesuffix('.md')}\n" for page in group.pages)
        + "```\n"
        for group in found
    )
