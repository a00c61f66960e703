"""The rows of a cover: a printed sheet each, or one that is not in the print, with the reason."""

from dataclasses import dataclass

from service.domain.checklists.batches import number_of_items, strip_of
from service.domain.checklists.guidance_today import guidance_to_tell, worst_of
from service.domain.medications.categories import Answer
from service.domain.wording import Catalogue
from service.formats.isolated_text import recorded
from service.formats.printout.layout.cover_people import (
    CoverWords,
    Document,
    Person,
    not_asked_of,
    person_of,
)
from service.formats.printout.layout.facts import Fact
from service.formats.printout.unprintable import UnprintableError

_MORE_SECTIONS = ("uncategorized", "earlier_list")


@dataclass(frozen=True, slots=True)
class SheetOfBatch:
    """A sheet of the batch: its document, what its state says of it today, and whether it is a new one."""

    document: Document
    state: Document
    words: Catalogue
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A sheet that is not in the print, and why. What was not asked is asked all the same."""

    person: Person
    reasons: tuple[str, ...]
    not_asked: str | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """One category; ``strong`` when nobody asked about it."""

    text: str
    strong: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A printed sheet, in the order of the print."""

    person: Person
    strip: tuple[Strip, ...]
    not_asked: str | None
    gaps: str
    status: tuple[str, ...]


def printed_row(sheet: SheetOfBatch, said: CoverWords) -> SheetRow:
    """The row of a sheet that is in the print."""
    document, number = sheet.document, len(sheet.document["gaps"])
    return SheetRow(
        person_of(document, said),
        _strip(document, said),
        not_asked_of(document, said),
        said.text("batch.gaps", number=number) if number else said.text("batch.no_gaps"),
        _status(sheet, said),
    )


def failed_row(sheet: SheetOfBatch, error: UnprintableError | None, said: CoverWords) -> FailedRow:
    """The row of a sheet that could not be set; ``error`` is the letter it failed for, where it was one."""
    return FailedRow(
        person_of(sheet.document, said), _reasons(error, said), not_asked_of(sheet.document, said)
    )


def missing_row(sent: str, said: CoverWords) -> FailedRow:
    """The row of a sheet that was asked for by a number, as it was ``sent``, that no sheet has."""
    sent_as = Fact(said.text("batch.number_sent"), recorded(sent))
    person = Person(said.text("batch.unknown_sheet"), (sent_as,), None)
    return FailedRow(person, (said.text("batch.no_such_sheet"),))


def _status(sheet: SheetOfBatch, said: CoverWords) -> tuple[str, ...]:
    keys = ["batch.renewed"] if sheet.renewed else []
    if sheet.state["status"] != "current":
        keys.append(f"status.{sheet.state['status']}")
    if told := guidance_to_tell(sheet.document, sheet.state):
        keys.append(f"guidance_status.{worst_of(told)}")
    return tuple(map(said.text, keys))


def _strip(document: Document, said: CoverWords) -> tuple[Strip, ...]:
    lines = {section["id"]: section["lines"] for section in document["sections"]}
    more = (
        _category(name, Answer.ITEMS_REPORTED, number_of_items(lines[name]), said)
        for name in _MORE_SECTIONS
        if name in lines
    )
    return (*(_category(one.category, one.answer, one.items, said) for one in strip_of(document)), *more)


def _category(name: str, answer: Answer, items: int, said: CoverWords) -> Strip:
    if items:
        told = said.text("batch.listed", number=items)
    elif answer is Answer.ITEMS_REPORTED:
        told = said.text("batch.nothing_listed")
    else:
        told = said.text(f"answer_word.{answer}")
    text = said.text("batch.answer", category=said.text(f"batch_category.{name}"), answer=told)
    return Strip(text, answer is Answer.NOT_ASKED)


def _reasons(error: UnprintableError | None, said: CoverWords) -> tuple[str, ...]:
    if error is None:
        return (said.text("batch.not_set"),)
    places = {"letter": f"U+{ord(error.character):04X}", "script": error.script}
    if error.item_number is not None:
        reason = said.text("batch.letter_in_item", number=error.item_number, **places)
    elif error.line_id == "patient":
        reason = said.text("batch.letter_in_patient", **places)
    else:
        reason = said.text("batch.letter_elsewhere", **places)
    if not error.packages:
        return (reason,)
    return reason, said.text("batch.install", packages=", ".join(error.packages))
