"""How the cover of a batch joins what a checklist and its record say: each passage that may stand on it.

The numbers come from the list and the gaps themselves and not from the sheet, so that a cover that counts
otherwise is found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.domain.checklists.checklist import ChecklistStatus
from service.domain.checklists.gaps import GapKind
from service.domain.medications.categories import Answer, Category
from service.domain.text import PartialDate
from service.formats.printout import BatchHead, UnprintableError
from service.formats.proof.issued import Issued, Kind
from service.formats.proof.matching import Passage
from service.formats.proof.state_passages import told_of_guidance

_LABELS = ("pages", "patient", "categories", "to_ask", "failed", "failed_more", "names_several")


@dataclass(frozen=True, slots=True)
class BatchOfOne:
    """A batch of one sheet: its cover's pages and the sheet's own, and the letter that the sheet failed for.

    ``refused`` are the texts of the record that no font has all letters of.
    """

    pdf: bytes
    head: BatchHead
    cover_pages: int
    sheet_pages: int
    renewed: bool
    error: UnprintableError | None
    refused: frozenset[str]


def cover_passages(issued: Issued, batch: BatchOfOne) -> tuple[Passage, ...]:
    """Every passage that may stand on the cover of this batch."""
    writer = _Cover(issued, batch)
    parts = [writer.around, writer.facts, writer.person]
    parts += [writer.row] if batch.error is None else [writer.failure]
    return tuple(passage for part in parts for passage in part())


class _Cover:
    """One cover's passages, part by part."""

    def __init__(self, issued: Issued, batch: BatchOfOne) -> None:
        self.issued, self.batch = issued, batch
        self.words = issued.words
        self.document = issued.document

    def around(self) -> Iterator[Passage]:
        """What stands on every page, and the titles of columns."""
        for name in _LABELS:
            yield self._worded(f"batch.{name}")
        yield self._worded("sheet.withdrawn_reason")
        yield self._worded("notice.not_checked", least=1)
        yield self._worded("batch.title", least=1)
        for page in range(1, self.batch.cover_pages + 1):
            yield self._worded("batch.page", 1, 1, page=page, pages=self.batch.cover_pages)

    def facts(self) -> Iterator[Passage]:
        """Which batch it is, and how many sheets it has."""
        head, failed = self.batch.head, self.batch.error is not None
        unasked = bool(self._unasked())
        numbers = {"number": not failed, "number_failed": failed, "number_to_ask": unasked}
        yield self._fact("batch.clinic", head.clinic)
        yield self._fact("batch.made_by", head.made_by)
        yield self._fact("batch.made", self.words.instant(self.issued.checklist.issued_at))
        for name, number in numbers.items():
            yield self._fact(f"batch.{name}", str(int(number)))

    def person(self) -> Iterator[Passage]:
        """Whose sheet it is; a name that no font can print is told of in words."""
        patient, words = self.document["patient"], self.words
        if patient["name"]:
            yield Passage(Kind.RECORD, self._printable(patient["name"]), "/patient/name", 1)
        else:
            yield self._worded("sheet.name_missing", 1)
        born = patient["birth_date"]
        born = words.date(PartialDate.parse(born)) if born else words.text("sheet.birth_date_missing")
        yield self._fact("sheet.birth_date", born)
        for entry in patient["identifiers"]:
            value, system = self._printable(entry["value"]), self._printable(entry["system"])
            yield self._fact("sheet.identifier", f"{value} ({system})")
        yield self._fact("sheet.code", self.document["code"])
        if unasked := self._unasked():
            named = ", ".join(words.text(f"batch_category.{category}") for category in unasked)
            yield self._worded("batch.not_asked", 1, 1, categories=named)

    def row(self) -> Iterator[Passage]:
        """Where the sheet is, what its list says by category, and what is still to ask."""
        first = self.batch.cover_pages + 1
        last = self.batch.cover_pages + self.batch.sheet_pages
        yield Passage(Kind.RECORD, str(first) if first == last else f"{first}–{last}", "pages", 1, 1)
        for category, said in self._strip():
            name = self.words.text(f"batch_category.{category}")
            yield self._worded("batch.answer", 1, category=name, answer=said)
        gaps = len(self.issued.checklist.content.gaps)
        yield self._worded("batch.gaps", 1, 1, number=gaps) if gaps else self._worded("batch.no_gaps", 1, 1)
        if self.batch.renewed:
            yield self._worded("batch.renewed", 1, 1)
        status = self.issued.state.status
        if status is not ChecklistStatus.CURRENT:
            yield self._worded(f"status.{status}", 1)
        if told := {one["status"] for one in told_of_guidance(self.document, self.issued.state_document)}:
            yield self._worded(f"guidance_status.{'retired' if 'retired' in told else 'older'}", 1)

    def failure(self) -> Iterator[Passage]:
        """Why the sheet is not in the print."""
        error = self.batch.error
        assert error is not None  # noqa: S101 -- the caller's case
        letter = {"letter": f"U+{ord(error.character):04X}", "script": error.script}
        if error.item_number is not None:
            yield self._worded("batch.letter_in_item", 1, 1, number=error.item_number, **letter)
        elif error.line_id == "patient":
            yield self._worded("batch.letter_in_patient", 1, 1, **letter)
        else:
            yield self._worded("batch.letter_elsewhere", 1, 1, **letter)
        if error.packages:
            yield self._worded("batch.install", 1, 1, packages=", ".join(error.packages))

    def _strip(self) -> Iterator[tuple[str, str]]:
        medications, words = self.issued.medications, self.words
        for category in Category:
            answer, listed = medications.answers[category].answer, len(medications.in_category(category))
            said = words.text(f"answer_word.{answer}")
            if answer is Answer.ITEMS_REPORTED:
                said = words.text("batch.nothing_listed")
            yield category, words.text("batch.listed", number=listed) if listed else said
        more = {"uncategorized": medications.in_category(None), "earlier_list": medications.earlier_items}
        for name, items in more.items():
            if items:
                yield name, words.text("batch.listed", number=len(items))

    def _unasked(self) -> list[Category]:
        gaps = self.issued.checklist.content.gaps
        return [gap.category for gap in gaps if gap.kind is GapKind.CATEGORY_NOT_ASKED and gap.category]

    def _printable(self, text: str) -> str:
        return self.words.text("batch.unprintable") if text in self.batch.refused else text

    def _worded(self, key: str, least: int = 0, most: int | None = None, **places: Any) -> Passage:
        return Passage(Kind.WORDING, self.words.text(key, **places), key, least, most)

    def _fact(self, key: str, value: str) -> Passage:
        return Passage(Kind.RECORD, f"{self.words.text(key)} {value}", key, 1)
