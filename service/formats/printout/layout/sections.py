"""The sheet's sections: each line of a document put into the form in which it is printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.wording import Catalogue, marked_english
from service.formats.isolated_text import IsolatedText
from service.formats.printout.layout.items import ItemRow, item_rows
from service.formats.printout.layout.lines import Around, Line, Prose, prose_of, worded_by
from service.formats.printout.layout.statements import StatementGroup, statement_groups

ANSWER_ROWS = 3
"""Rows to write on under a question that nobody has answered yet."""

_FORMS = ("prose", "task", "item", "stated", "signer")
_STANDING = {"void": "signed.void", "withdrawn": "signed.withdrawn"}


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
    """A section with its lines by form. A line has exactly one form; within a form the order is kept.

    ``said_by_all`` is there where the same person said all of its items at once.
    """

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
    document: Mapping[str, Any], state: Mapping[str, Any], around: Around
) -> tuple[SheetSection, ...]:
    """Every section in the document's order; ``state`` has what was signed."""
    return tuple(_section(section, state["sign_offs"], around) for section in document["sections"])


def _section(section: Mapping[str, Any], sign_offs: list[Mapping[str, Any]], around: Around) -> SheetSection:
    lines: dict[str, list[Line]] = {form: [] for form in _FORMS}
    for line in section["lines"]:
        lines[_form(line)].append(line)
    prose, tasks, signers = (
        tuple(prose_of(line, around) for line in lines[form]) for form in ("prose", "task", "signer")
    )
    items = item_rows(lines["item"], around)
    signed = (one for one in sign_offs if one["section"] == section["id"])
    unasked = any(line.get("key", "").startswith("ask.") for line in lines["prose"])
    title = section["title"]
    return SheetSection(
        id=section["id"],
        title=marked_english(title) if section.get("title_language") else title,
        prose=prose,
        tasks=tasks,
        said_by_all=items.said_by_all,
        items=items.rows,
        documents=tuple(statement_groups(lines["stated"], around)),
        signers=signers,
        signatures=tuple(_signature(one, around.words) for one in signed),
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


def _signature(sign_off: Mapping[str, Any], words: Catalogue) -> SheetSignature:
    status, deferred = sign_off["status_text"], sign_off["deferred_text"]
    return SheetSignature(
        status=sign_off["status"],
        standing=worded_by(_STANDING[sign_off["status"]], status, words) if status else None,
        text=worded_by(f"signed.{sign_off['role']}", sign_off["text"], words),
        deferred=worded_by("signed.deferred", deferred, words) if deferred else None,
    )
