"""The sheet's sections: each line of a document put into the form in which it is printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.wording import Catalogue, direction_of, marked_english, same_language
from service.formats.printout.isolated_text import (
    IsolatedText,
    fixed,
    marked_label,
    marked_text,
    recorded,
    worded_line,
)
from service.formats.printout.sources import Sources

Line = Mapping[str, Any]
Marks = Mapping[str, IsolatedText]
"""What was marked, by the line's id."""

ANSWER_ROWS = 3
"""Rows to write on under a question that nobody has answered yet."""

_STILL_TAKING = "ask.still_taking"
_STANDING = {"void": "signed.void", "withdrawn": "signed.withdrawn"}


@dataclass(frozen=True, slots=True)
class Prose:
    """A line that stands by itself: an answer, a question, a note; ``strong`` when it asks for something."""

    id: str
    text: IsolatedText
    said: IsolatedText | None = None
    strong: bool = False
    mark: IsolatedText | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What is still to ask about an item: a blank to write on or, with ``choices``, boxes to tick."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item. ``said`` is None where the whole section was said by the same person; see ``said_by_all``."""

    id: str
    number: int
    name: str
    details: tuple[tuple[str, IsolatedText], ...]
    said: IsolatedText | None
    asks: tuple[Ask, ...]
    mark: IsolatedText | None
    length: int


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement of the guidance and the numbers of its sources; ``foreign`` to the sheet's language."""

    id: str
    text: str
    language: str
    direction: str
    foreign: bool
    sources: tuple[int, ...]
    mark: IsolatedText | None


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """The statements of one document. ``about`` says whose they are on a sheet for several treatments."""

    about: Prose | None
    statements: tuple[StatementRow, ...]
    foreign: bool


@dataclass(frozen=True, slots=True)
class SheetSignature:
    """Who signed the section; ``status`` is ``holds``, ``void`` or ``withdrawn``.

    ``standing`` says what has become of a signature that does not hold, ``deferred`` why it was signed before
    it was asked.
    """

    status: str
    standing: IsolatedText | None
    text: IsolatedText
    deferred: IsolatedText | None


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A section with its lines by form. A line has exactly one form; within a form the order is kept."""

    id: str
    title: str
    prose: tuple[Prose, ...] = ()
    tasks: tuple[Prose, ...] = ()
    said_by_all: IsolatedText | None = None
    items: tuple[ItemRow, ...] = ()
    documents: tuple[StatementGroup, ...] = ()
    signers: tuple[Prose, ...] = ()
    signatures: tuple[SheetSignature, ...] = ()
    blank_rows: int = 0


def sections_of(
    document: Mapping[str, Any], state: Mapping[str, Any], words: Catalogue, sources: Sources
) -> tuple[SheetSection, ...]:
    """Every section in the document's order; ``state`` has what was signed and marked.

    ``sources`` numbers what the sections cite.
    """
    marks = {mark["line"]: _mark(mark, words) for mark in state["marks"]}
    made = []
    for section in document["sections"]:
        signed = tuple(
            _signature(one, words) for one in state["sign_offs"] if one["section"] == section["id"]
        )
        made.append(_section(section, document["language"], signed, marks, words, sources))
    return tuple(made)


def _mark(mark: Mapping[str, Any], words: Catalogue) -> IsolatedText:
    said = _by_key("marked.by", mark["text"], words)
    return (
        IsolatedText((*said.parts, *fixed(": ").parts, *recorded(mark["note"]).parts))
        if mark["note"]
        else said
    )


def _signature(sign_off: Mapping[str, Any], words: Catalogue) -> SheetSignature:
    status, deferred = sign_off["status_text"], sign_off["deferred_text"]
    return SheetSignature(
        status=sign_off["status"],
        standing=_by_key(_STANDING[sign_off["status"]], status, words) if status else None,
        text=_by_key(f"signed.{sign_off['role']}", sign_off["text"], words),
        deferred=_by_key("signed.deferred", deferred, words) if deferred else None,
    )


def _by_key(key: str, text: str, words: Catalogue) -> IsolatedText:
    """A text of what was signed or marked; it has no key of its own."""
    return worded_line({"key": key, "text": text, "language": words.foreign(key)}, words)


def _section(
    section: Mapping[str, Any],
    language: str,
    signatures: tuple[SheetSignature, ...],
    marks: Marks,
    words: Catalogue,
    sources: Sources,
) -> SheetSection:
    forms: dict[str, list[Line]] = {form: [] for form in ("prose", "task", "item", "stated", "signer")}
    for line in section["lines"]:
        forms[_form(line)].append(line)
    said = {line["said"]["text"] for line in forms["item"]}
    shared = len(said) == 1
    unasked = any(line.get("key", "").startswith("ask.") for line in forms["prose"])
    return SheetSection(
        id=section["id"],
        title=_marked(section["title"], section.get("title_language")),
        prose=tuple(_prose(line, marks, words) for line in forms["prose"]),
        tasks=tuple(_prose(line, marks, words) for line in forms["task"]),
        said_by_all=worded_line(forms["item"][0]["said"], words) if shared else None,
        items=tuple(_item(line, marks, words, shared=shared) for line in forms["item"]),
        documents=tuple(
            _group(lines, language, marks, words, sources) for lines in _by_document(forms["stated"])
        ),
        signers=tuple(_prose(line, marks, words) for line in forms["signer"]),
        signatures=signatures,
        blank_rows=section["blank_rows"] or (ANSWER_ROWS if unasked else 0),
    )


def _form(line: Line) -> str:
    key = line.get("key", "")
    if line["kind"] == "guidance" or key.startswith("treatment."):
        return "stated"
    if "item" in line:
        return "item"
    if key.startswith("gap.") and key != "gap.none":
        return "task"
    return "signer" if key.startswith("sign.") and key != "sign.statement" else "prose"


def _prose(line: Line, marks: Marks, words: Catalogue) -> Prose:
    key = line.get("key", "")
    strong = key.startswith(("ask.", "answer.not_asked", "treatment.")) and key != "ask.open_rows"
    if line["kind"] == "record":
        said = worded_line(line["said"], words)
        return Prose(line["id"], fixed(marked_text(line)), said, mark=marks.get(line["id"]))
    return Prose(line["id"], worded_line(line, words), strong=strong, mark=marks.get(line["id"]))


def _marked(text: str, language: str | None) -> str:
    return marked_english(text) if language else text


def _item(line: Line, marks: Marks, words: Catalogue, *, shared: bool) -> ItemRow:
    details = tuple((marked_label(detail), recorded(detail["value"])) for detail in line["details"])
    asks = tuple(_ask(ask) for ask in line["asks"])
    mark = marks.get(line["id"])
    texts = [line["text"], *(detail["value"] for detail in line["details"]), str(mark or "")]
    return ItemRow(
        id=line["id"],
        number=line["number"],
        name=line["text"],
        details=details,
        said=None if shared else worded_line(line["said"], words),
        asks=asks,
        mark=mark,
        length=sum(len(text) + 40 * text.count("\n") for text in texts),
    )


def _ask(ask: Line) -> Ask:
    """A question; the one with answers to tick is taken apart at its mark: ``Still taken? Yes / No``."""
    text: str = ask["text"]
    if ask["key"] != _STILL_TAKING:
        return Ask(marked_text(ask))
    question, mark, answers = text.partition("? ") if "? " in text else text.partition("؟ ")
    question, answers = (question + mark, answers) if answers else ("", text)
    language = ask.get("language")
    choices = tuple(_marked(answer, language) for answer in answers.split(" / "))
    return Ask(_marked(question, language) if question else "", choices)


def _by_document(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each document together: a new one begins where a line says whose they are."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or line["kind"] == "wording":
            groups.append([])
        groups[-1].append(line)
    return groups


def _group(
    lines: list[Line], language: str, marks: Marks, words: Catalogue, sources: Sources
) -> StatementGroup:
    about = [_prose(line, marks, words) for line in lines if line["kind"] == "wording"]
    statements = [_statement(line, language, marks, sources) for line in lines if line["kind"] == "guidance"]
    foreign = any(statement.foreign for statement in statements)
    return StatementGroup(about[0] if about else None, tuple(statements), foreign)


def _statement(line: Line, language: str, marks: Marks, sources: Sources) -> StatementRow:
    numbers = sources.numbers(line)
    spoken = line["language"]
    return StatementRow(
        line["id"],
        line["text"],
        spoken,
        direction_of(spoken),
        not same_language(spoken, language),
        numbers,
        marks.get(line["id"]),
    )
