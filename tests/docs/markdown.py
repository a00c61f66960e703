"""Reads the project's Markdown: its fenced blocks, its tables and its links."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CELLS = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text and the line of the document that it opens on."""

    language: str
    text: str
    line: int


def documents() -> list[Path]:
    """Every Markdown file of the project."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def blocks(name: str) -> list[Block]:
    text = read(name)
    return [
        Block(found[1], found[2], text.count("\n", 0, found.start()) + 1) for found in _FENCE.finditer(text)
    ]


def prose(text: str) -> str:
    """The text without its fenced blocks."""
    return _FENCE.sub("", text)


def links(text: str) -> list[str]:
    return _LINK.findall(prose(text))


def anchors(text: str) -> set[str]:
    """What a link to a heading of the document is called."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in _HEADING.findall(prose(text))
    }


def table(name: str, heading: str) -> list[dict[str, str]]:
    """The rows of the first table under a heading, by column; code marks are taken off the cells."""
    _, found, rest = read(name).partition(f"# {heading}\n")
    assert found, f"{name} has no heading {heading!r}"
    lines = rest.split("\n#")[0].splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[first:]:
        if not line.startswith("|"):
            break
        cells = _CELLS.split(line.removeprefix("|").removesuffix("|"))
        rows.append([cell.strip().strip("`") for cell in cells])
    titles, _rule, *rest_of_rows = rows
    return [dict(zip(titles, row, strict=True)) for row in rest_of_rows]
