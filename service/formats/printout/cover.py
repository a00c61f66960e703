"""The cover of a batch: one row for each sheet, and first of all each sheet that is not in the print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.domain.checklists.batches import not_asked, number_of_items, strip_of
from service.domain.checklists.guidance_today import guidance_to_tell, worst_of
from service.domain.medications.categories import Answer
from service.domain.text import PartialDate
from service.domain.wording import Catalogue, direction_of
from service.formats.printout.head import Fact, around_numbers, local_time
from service.formats.printout.isolated_text import IsolatedText, fixed, recorded
from service.formats.printout.unprintable import UnprintableError

Document = Mapping[str, Any]
_LABELS = ("failed", "failed_more", "pages", "patient", "categories", "to_ask")
_MORE_SECTIONS = ("uncategorized", "earlier_list")


@dataclass(frozen=True, slots=True)
class SheetOfBatch:
    """A sheet of the batch: its document, what its state says of it today, and whether it is a new one."""

    document: Document
    state: Document
    words: Catalogue
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class BatchHead:
    """What the cover says of the whole batch; instants and days are as JSON has them."""

    clinic: str
    paper: str
    time_zone: str
    made_at: str
    made_by: str
    day: str | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Whose sheet it is; ``code`` is the sheet's, None where there is none."""

    name: str
    facts: tuple[Fact, ...]
    code: Fact | None


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


@dataclass(frozen=True, slots=True)
class Cover:
    """Everything that is printed on the cover."""

    language: str
    direction: str
    paper: str
    title: str
    names_several: str
    not_checked: str
    page: tuple[str, str, str]
    facts: tuple[Fact, ...]
    numbers: tuple[Fact, ...]
    failed: tuple[FailedRow, ...]
    sheets: tuple[SheetRow, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CoverWriter:
    """Writes a cover in the clinic's words; ``refused`` are texts of the record that no font can print."""

    head: BatchHead
    words: Catalogue
    refused: frozenset[str] = field(default_factory=frozenset)

    def cover(
        self, printed: Sequence[SheetOfBatch], failed: Sequence[tuple[SheetOfBatch, UnprintableError | None]]
    ) -> Cover:
        """The cover of what is printed and what failed; a failure without a letter is None."""
        words, language = self.words, self.words.language
        labels = {name: words.text(f"batch.{name}") for name in _LABELS}
        return Cover(
            language=language,
            direction=direction_of(language),
            paper=self.head.paper,
            title=self._title(),
            names_several=words.text("batch.names_several"),
            not_checked=words.text("notice.not_checked"),
            page=around_numbers(words.text("batch.page", page="\0", pages="\0")),
            facts=self._facts(),
            numbers=self._numbers(printed, [sheet for sheet, _ in failed]),
            failed=(*(self._failed(*one) for one in failed), *map(self._missing, self.head.missing)),
            sheets=tuple(map(self._row, printed)),
            labels={**labels, "reason": words.text("sheet.withdrawn_reason")},
        )

    def _title(self) -> str:
        if self.head.day is None:
            return self.words.text("batch.title")
        return self.words.text("batch.title_of_day", date=self.words.date(date.fromisoformat(self.head.day)))

    def _facts(self) -> tuple[Fact, ...]:
        words, head = self.words, self.head
        made = local_time(head.made_at, {"time_zone": head.time_zone}, words)
        return (
            Fact(words.text("batch.clinic"), self._recorded(head.clinic)),
            Fact(words.text("batch.made"), fixed(made)),
            Fact(words.text("batch.made_by"), self._recorded(head.made_by)),
        )

    def _numbers(self, printed: Sequence[SheetOfBatch], failed: Sequence[SheetOfBatch]) -> tuple[Fact, ...]:
        numbers = {
            "number": len(printed),
            "number_failed": len(failed) + len(self.head.missing),
            "number_to_ask": sum(bool(not_asked(sheet.document)) for sheet in (*printed, *failed)),
        }
        return tuple(
            Fact(self.words.text(f"batch.{name}"), fixed(str(number))) for name, number in numbers.items()
        )

    def _failed(self, sheet: SheetOfBatch, error: UnprintableError | None) -> FailedRow:
        return FailedRow(self._person(sheet.document), self._reasons(error), self._not_asked(sheet.document))

    def _reasons(self, error: UnprintableError | None) -> tuple[str, ...]:
        words = self.words
        if error is None:
            return (words.text("batch.not_set"),)
        places = {"letter": f"U+{ord(error.character):04X}", "script": error.script}
        if error.item_number is not None:
            reason = words.text("batch.letter_in_item", number=error.item_number, **places)
        elif error.line_id == "patient":
            reason = words.text("batch.letter_in_patient", **places)
        else:
            reason = words.text("batch.letter_elsewhere", **places)
        if not error.packages:
            return (reason,)
        return reason, words.text("batch.install", packages=", ".join(error.packages))

    def _missing(self, sent: str) -> FailedRow:
        sent_as = Fact(self.words.text("batch.number_sent"), recorded(sent))
        person = Person(self.words.text("batch.unknown_sheet"), (sent_as,), None)
        return FailedRow(person, (self.words.text("batch.no_such_sheet"),))

    def _person(self, document: Document) -> Person:
        words, patient = self.words, document["patient"]
        born = patient["birth_date"]
        born = words.date(PartialDate.parse(born)) if born else words.text("sheet.birth_date_missing")
        identifiers = (
            Fact(
                words.text("sheet.identifier"),
                self._recorded(identifier["value"]),
                str(self._recorded(identifier["system"])),
            )
            for identifier in patient["identifiers"]
        )
        name = patient["name"]
        return Person(
            str(self._recorded(name)) if name else words.text("sheet.name_missing"),
            (
                Fact(words.text("sheet.birth_date"), fixed(born)),
                *identifiers,
            ),
            Fact(words.text("sheet.code"), recorded(document["code"])),
        )

    def _row(self, sheet: SheetOfBatch) -> SheetRow:
        words, document = self.words, sheet.document
        number = len(document["gaps"])
        status = []
        if sheet.renewed:
            status.append(words.text("batch.renewed"))
        if sheet.state["status"] != "current":
            status.append(words.text(f"status.{sheet.state['status']}"))
        if told := guidance_to_tell(document, sheet.state):
            status.append(words.text(f"guidance_status.{worst_of(told)}"))
        return SheetRow(
            self._person(document),
            self._strip(document),
            self._not_asked(document),
            words.text("batch.gaps", number=number) if number else words.text("batch.no_gaps"),
            tuple(status),
        )

    def _not_asked(self, document: Document) -> str | None:
        unasked = [self.words.text(f"batch_category.{category}") for category in not_asked(document)]
        return self.words.text("batch.not_asked", categories=", ".join(unasked)) if unasked else None

    def _strip(self, document: Document) -> tuple[Strip, ...]:
        lines = {section["id"]: section["lines"] for section in document["sections"]}
        more = [
            self._category(name, Answer.ITEMS_REPORTED, number_of_items(lines[name]))
            for name in _MORE_SECTIONS
            if name in lines
        ]
        return (*(self._category(c.category, c.answer, c.items) for c in strip_of(document)), *more)

    def _category(self, name: str, answer: Answer, items: int) -> Strip:
        words = self.words
        if items:
            said = words.text("batch.listed", number=items)
        elif answer is Answer.ITEMS_REPORTED:
            said = words.text("batch.nothing_listed")
        else:
            said = words.text(f"answer_word.{answer}")
        text = words.text("batch.answer", category=words.text(f"batch_category.{name}"), answer=said)
        return Strip(text, answer is Answer.NOT_ASKED)

    def _recorded(self, text: str) -> IsolatedText:
        if text in self.refused:
            return fixed(self.words.text("batch.unprintable"))
        return recorded(text)
