"""The one function that makes a checklist's content: pure, and blind to what a medicine's name means."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from service.domain.attribution import Attribution
from service.domain.checklists.checklist import ChecklistContent, Section, SectionId
from service.domain.checklists.gaps import Gap, gaps_of
from service.domain.checklists.lines import AnswerLine, Detail, ItemLine, Line, WordingLine
from service.domain.checklists.on_every_sheet import fixed_line, on_every_sheet, section_of
from service.domain.checklists.record_texts import (
    DETAILS,
    answer_key,
    detail_texts,
    gap_text,
    item_numbers,
    said_text,
)
from service.domain.guidance.statements import Guidance
from service.domain.medications.categories import CATEGORIES, Answer, Category
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.domain.wording import ENGLISH_CATALOGUE, Catalogue


def prepare(
    patient: Patient,
    medications: MedicationList,
    guidance: Guidance | tuple[Guidance, ...],
    catalogue: Catalogue = ENGLISH_CATALOGUE,
) -> ChecklistContent:
    """Turn a list and a guidance into the sections of a checklist, in the catalogue's language.

    Several ``guidance``, in the order of their treatments' ids, make one checklist for all of them.
    Items are numbered from 1 in the order in which they stand on the sheet: by category, then in the list's
    own order. Every current item, and every item on an earlier list only, stands there exactly once.
    """
    gaps = gaps_of(patient, medications)
    of_the_list = _OfTheList(medications, catalogue)
    used = guidance if isinstance(guidance, tuple) else (guidance,)
    common = on_every_sheet(used, catalogue)
    sections = (*of_the_list.sections(gaps), *common.sections)
    return ChecklistContent(sections, gaps, common.notices)


class _OfTheList:
    """The sections that say what stands on one list: the numbers of its items, and who said what in words."""

    def __init__(self, medications: MedicationList, words: Catalogue) -> None:
        self.medications = medications
        self.words = words
        self.numbers = item_numbers(medications)
        self.labels = _detail_labels(words)
        self.told: dict[Attribution, tuple[str, str]] = {}

    def sections(self, gaps: tuple[Gap, ...]) -> list[Section]:
        return [
            self.section(SectionId.GAPS, self.gap_lines(gaps)),
            *(self.section(SectionId(category), self.category_lines(category)) for category in CATEGORIES),
            *self.further_item_sections(),
        ]

    def section(self, section_id: SectionId, lines: list[Line]) -> Section:
        return section_of(self.words, section_id, lines)

    # What is still to ask.

    def gap_lines(self, gaps: tuple[Gap, ...]) -> list[Line]:
        return [self.gap_line(gap) for gap in gaps] or [fixed_line(self.words, "gap.none")]

    def gap_line(self, gap: Gap) -> WordingLine:
        numbers = tuple(sorted(self.numbers[item_id] for item_id in gap.items))
        line_id = f"gap-{gap.kind}" + (f"-{gap.category}" if gap.category else "")
        text = gap_text(gap, self.medications, numbers, self.words)
        key = f"gap.{gap.kind}"
        return WordingLine(line_id, key, text, numbers, self.words.foreign(key))

    # What the list says.

    def category_lines(self, category: Category) -> list[Line]:
        answer = self.medications.answers[category]
        items = self.medications.in_category(category)
        lines: list[Line] = []
        if answer.attribution is not None and not items:
            key = answer_key(answer.answer)
            lines.append(
                AnswerLine(
                    id=f"answer-{category}",
                    category=category,
                    answer=answer,
                    text=self.words.text(key),
                    said=self.said(f"answer-{category}", answer.attribution),
                    language=self.words.foreign(key),
                )
            )
        if answer.answer in (Answer.NOT_ASKED, Answer.UNKNOWN, Answer.ITEMS_REPORTED) and not items:
            lines.append(fixed_line(self.words, f"ask.{category}"))
        if answer.answer is Answer.NOT_ASKED:
            lines.insert(0, fixed_line(self.words, "answer.not_asked")._replace(id=f"answer-{category}"))
        return lines + self.item_lines(items)

    def further_item_sections(self) -> list[Section]:
        unsorted = self.item_lines(self.medications.in_category(None))
        earlier = self.item_lines(self.medications.earlier_items)
        found = ((SectionId.UNCATEGORIZED, unsorted), (SectionId.EARLIER_LIST, earlier))
        return [self.section(section_id, lines) for section_id, lines in found if lines]

    def item_lines(self, items: tuple[Item, ...]) -> list[Line]:
        return [self.item_line(item) for item in items]

    def item_line(self, item: Item) -> ItemLine:
        line_id = f"item-{item.id}"
        asks = (fixed_line(self.words, key) for key in _asks(item))
        return ItemLine(
            id=line_id,
            number=self.numbers[item.id],
            item=item,
            text=item.facts.called,
            details=self.details(item.facts),
            said=self.said(line_id, item.attribution),
            asks=tuple(ask._replace(id=f"{line_id}-{ask.id}") for ask in asks),
        )

    def details(self, facts: ItemFacts) -> tuple[Detail, ...]:
        labels = self.labels
        return tuple([Detail(name, *labels[name], value) for name, value in detail_texts(facts, self.words)])

    def said(self, line_id: str, attribution: Attribution) -> WordingLine:
        said = self.told.get(attribution)
        if said is None:
            when = self.words.date(attribution.recorded_at.date())
            said = self.told[attribution] = said_text(attribution, self.words, when)
        key, text = said
        return WordingLine(f"{line_id}-said", key, text, (), self.words.foreign(key))


@lru_cache(maxsize=64)
def _detail_labels(words: Catalogue) -> Mapping[str, tuple[str, str | None]]:
    """The label of each fact, and its language where it is another than the checklist's."""
    keys = {name: f"item.{name}" for name in DETAILS}
    return MappingProxyType({name: (words.text(key), words.foreign(key)) for name, key in keys.items()})


def _asks(item: Item) -> list[str]:
    """The keys of what is still to ask about one item."""
    facts = item.facts
    if item.on_earlier_list:
        return ["ask.still_taking"]
    missing = (
        ("ask.name", not facts.name),
        ("ask.dose", not facts.has_dose),
        ("ask.category", facts.category is None),
        ("ask.status", facts.status is Status.UNKNOWN),
    )
    return [key for key, is_missing in missing if is_missing]
