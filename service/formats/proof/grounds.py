"""What a text may rest on: the guidance, the record and the catalogue, read from the domain's own objects."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from service.domain.attribution import Attribution
from service.domain.checklists.checklist import ChecklistStatus, SectionId
from service.domain.checklists.gaps import GapKind
from service.domain.checklists.guidance_today import GuidanceStatus
from service.domain.checklists.short_code import printed
from service.domain.checklists.sign_offs import SignOffStatus
from service.domain.codings import Coding
from service.domain.guidance.statements import Guidance
from service.domain.medications.categories import UNCATEGORIZED, Answer, Category
from service.domain.medications.difference import ItemChangeKind
from service.domain.medications.items import Item, Status
from service.domain.text import PartialDate
from service.formats.proof.issued import Issued, Kind, about_checklist, values_in

CODES = frozenset(
    code.value
    for codes in (
        *(Kind, SectionId, GapKind, ChecklistStatus, ItemChangeKind, SignOffStatus),
        GuidanceStatus,
    )
    for code in codes
) | {UNCATEGORIZED}
"""The service's fixed words for programs."""


class Grounds:
    """The values of the record and of the guidance, and the catalogue with its places filled from them."""

    def __init__(self, issued: Issued) -> None:
        self.issued = issued
        self.words = issued.words
        checklist = issued.checklist
        made = (issued.medications, issued.state, issued.sign_offs, issued.marks)
        record = (about_checklist(checklist), printed(checklist.code), *made)
        self.values = frozenset(values_in(record))
        self.guidance_values = frozenset(values_in(issued.guidance)) | {
            one.version for one in issued.guidance
        }
        changed = issued.state.changes.items if issued.state.changes else ()
        latest = (item for change in changed for item in (change.before, change.after) if item)
        self.items = (*issued.medications.items, *latest)
        self.written = frozenset(value for item in self.items for value in self._written(item))

    def _written(self, item: Item) -> Iterator[str]:
        """The item's facts as a detail gives them: as they were said, or in the catalogue's words."""
        for fact in fields(item.facts):
            value = getattr(item.facts, fact.name)
            if fact.name == "category":
                yield self.words.text(f"section.{value or UNCATEGORIZED}")
            elif isinstance(value, Status):
                yield self.words.text(f"status_word.{value}")
            elif isinstance(value, bool):
                yield self.words.text("word.yes" if value else "word.no")
            elif isinstance(value, PartialDate):
                yield self.words.date(value)
            elif isinstance(value, tuple):
                yield ", ".join(_code(coding) for coding in value)
            elif value:
                yield str(value)

    def fillings(self, line: Mapping[str, Any]) -> Iterator[Mapping[str, object]]:
        """Every way in which the record fills the places of a wording line's text."""
        family = line["key"].split(".")[0]
        if family == "said":
            yield from map(self._said, self._attributions())
        elif family == "gap":
            numbers = line["items"]
            items = self.words.text(
                "gap.item" if len(numbers) == 1 else "gap.items", numbers=", ".join(map(str, numbers))
            )
            for category in Category:
                yield {
                    "items": items,
                    "category": self.words.text(f"section.{category}"),
                    "name": self.issued.medications.reported_name,
                }
        elif family in {"notice", "treatment"}:
            yield from (places for one in self.issued.guidance for places in self._about(one, line["id"]))
        yield {}

    def _about(self, guidance: Guidance, line_id: str) -> Iterator[Mapping[str, object]]:
        """What a line may say of a document: one about one of several treatments names that in its id."""
        treatment = guidance.treatment
        own = {"treatment": treatment.name, "document": guidance.document.title}
        of_the_line = line_id.partition(".")[0].split("-", maxsplit=2)
        if line_id.startswith("notice-") or of_the_line[-1] == treatment.id:
            yield own
            for review in filter(None, (statement.review for statement in guidance.statements)):
                yield {**own, "reviewer": review.by, "date": self.words.date(review.on)}

    def answer_changes(self) -> list[str]:
        """The sentences about other answers."""
        words, changes = self.words, self.issued.state.changes
        return [
            words.text(
                "change.answer",
                category=words.text(f"section.{change.category}"),
                before=words.text(f"answer_word.{change.before}"),
                after=words.text(f"answer_word.{change.after}"),
            )
            for change in (changes.answers if changes else ())
        ]

    def answer_text(self, category: str) -> str:
        """What a category's answer is called where no item stands for it."""
        return self.words.text(self.answer_key(category))

    def answer_key(self, category: str) -> str:
        """The key of that text."""
        answer = self.issued.medications.answers[Category(category)].answer
        ending = "_none_listed" if answer is Answer.ITEMS_REPORTED else ""
        return f"answer.{answer}{ending}"

    def _attributions(self) -> Iterator[Attribution]:
        yield from (item.attribution for item in self.issued.medications.items)
        answers = self.issued.medications.answers.values()
        yield from (answer.attribution for answer in answers if answer.attribution)

    def _said(self, attribution: Attribution) -> Mapping[str, object]:
        informant, places = attribution.informant, {"recorder": attribution.recorder.name}
        places["date"] = self.words.date(attribution.recorded_at.date())
        if informant is not None:
            places["informant"] = self.words.text(f"informant.{informant.kind}")
            if informant.name:
                places["informant"] = self.words.text(
                    "informant.named", informant=places["informant"], name=informant.name
                )
        if attribution.collection_mode is not None:
            places["mode"] = self.words.text(f"mode.{attribution.collection_mode}")
        return places


def _code(coding: Coding) -> str:
    called = f"{coding.display}: " if coding.display else ""
    return f"{called}{coding.code} ({coding.system})"
