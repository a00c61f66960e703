"""The items of a section, each with what is still to ask about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.wording import marked_english
from service.formats.isolated_text import IsolatedText, marked_label, marked_text, recorded, worded_line
from service.formats.printout.layout.lines import Around, Line

_STILL_TAKING = "ask.still_taking"
_LETTERS_A_LINE = 40
"""So many letters a line end counts as, in the length of a row."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is still to ask about an item: a blank to write on or, with ``choices``, boxes to tick."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item. ``said`` is None where the whole section was said by the same person.

    ``length`` in letters tells how much room it takes.
    """

    id: str
    number: int
    name: str
    details: tuple[tuple[str, IsolatedText], ...]
    said: IsolatedText | None
    asks: tuple[Ask, ...]
    mark: IsolatedText | None
    length: int


@dataclass(frozen=True, slots=True)
class ItemRows:
    """The items of a section; ``said_by_all`` is there where the same person said all of them at once."""

    rows: tuple[ItemRow, ...]
    said_by_all: IsolatedText | None


def item_rows(lines: Sequence[Line], around: Around) -> ItemRows:
    """A section's items in their order."""
    shared = len({line["said"]["text"] for line in lines}) == 1
    return ItemRows(
        tuple(_item(line, around, shared=shared) for line in lines),
        worded_line(lines[0]["said"], around.words) if shared else None,
    )


def _item(line: Line, around: Around, *, shared: bool) -> ItemRow:
    mark = around.marks.get(line["id"])
    texts = [line["text"], *(detail["value"] for detail in line["details"]), str(mark or "")]
    return ItemRow(
        id=line["id"],
        number=line["number"],
        name=line["text"],
        details=tuple((marked_label(detail), recorded(detail["value"])) for detail in line["details"]),
        said=None if shared else worded_line(line["said"], around.words),
        asks=tuple(_ask(ask) for ask in line["asks"]),
        mark=mark,
        length=sum(len(text) + _LETTERS_A_LINE * text.count("\n") for text in texts),
    )


def _ask(ask: Line) -> Ask:
    """A question; the one with answers to tick is taken apart at its mark: ``Still taken? Yes / No``."""
    if ask["key"] != _STILL_TAKING:
        return Ask(marked_text(ask))
    text: str = ask["text"]
    question, mark, answers = text.partition("? ") if "? " in text else text.partition("؟ ")
    question, answers = (question + mark, answers) if answers else ("", text)
    parts = (question, *answers.split(" / "))
    asked, *choices = map(marked_english, parts) if ask.get("language") else parts
    return Ask(asked if question else "", tuple(choices))
