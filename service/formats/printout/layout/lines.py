"""Lines that stand by themselves, and what every form of line is put together with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.wording import Catalogue
from service.formats.isolated_text import IsolatedText, fixed, marked_text, recorded, worded_line
from service.formats.printout.layout.citations import Citations

Line = Mapping[str, Any]
"""A line as the document has it."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a line is put into its form with.

    ``words`` and ``language`` are the sheet's, ``citations`` number the sentences that it cites, and
    ``marks`` are what was marked, by the line's id.
    """

    words: Catalogue
    language: str
    citations: Citations
    marks: Mapping[str, IsolatedText]


@dataclass(frozen=True, slots=True)
class Prose:
    """A line that stands by itself: an answer, a question, a note; ``strong`` when it asks for something."""

    id: str
    text: IsolatedText
    said: IsolatedText | None = None
    strong: bool = False
    mark: IsolatedText | None = None


def prose_of(line: Line, around: Around) -> Prose:
    """A line of words alone."""
    key, mark = line.get("key", ""), around.marks.get(line["id"])
    strong = key.startswith(("ask.", "answer.not_asked", "treatment.")) and key != "ask.open_rows"
    if line["kind"] == "record":
        said = worded_line(line["said"], around.words)
        return Prose(line["id"], fixed(marked_text(line)), said, mark=mark)
    return Prose(line["id"], worded_line(line, around.words), strong=strong, mark=mark)


def marks_of(state: Mapping[str, Any], words: Catalogue) -> Mapping[str, IsolatedText]:
    """What was marked on a sheet, by the line's id."""
    return {mark["line"]: _mark(mark, words) for mark in state["marks"]}


def _mark(mark: Mapping[str, Any], words: Catalogue) -> IsolatedText:
    said = worded_by("marked.by", mark["text"], words)
    if not mark["note"]:
        return said
    return IsolatedText((*said.parts, *fixed(": ").parts, *recorded(mark["note"]).parts))


def worded_by(key: str, text: str, words: Catalogue) -> IsolatedText:
    """A text of what was signed or marked; it has no key of its own."""
    return worded_line({"key": key, "text": text, "language": words.foreign(key)}, words)
