"""The one function that makes a checklist's content: pure, and blind to what a medicine's name means."""

from datetime import date

from service.domain.attribution import Attribution
from service.domain.checklist import (
    NOT_CHECKED,
    AnswerLine,
    ChecklistContent,
    Citation,
    Detail,
    GuidanceLine,
    ItemLine,
    Line,
    Section,
    SectionId,
    WordingLine,
)
from service.domain.gaps import Gap, gaps_of
from service.domain.guidance import Guidance, Statement, StatementSection
from service.domain.medications import Answer, Category, Item, ItemFacts, MedicationList, Status
from service.domain.patients import Patient
from service.domain.record_texts import detail_texts, gap_text, item_numbers, said_text
from service.domain.wording import ENGLISH_CATALOGUE, Catalogue, same_language

OPEN_QUESTION_ROWS = 4


def prepare(
    patient: Patient,
    medications: MedicationList,
    guidance: Guidance,
    catalogue: Catalogue = ENGLISH_CATALOGUE,
) -> ChecklistContent:
    """Turn a list and a guidance into the sections of a checklist, in the catalogue's language.

    Items are numbered from 1 in the order in which they stand on the sheet: by category, then in the list's
    own order. Every current item, and every item on an earlier list only, stands there exactly once.
    """
    return _Preparation(patient, medications, guidance, catalogue).content()


class _Preparation:
    """One run of ``prepare``: what it reads and the numbers it gave to the items."""

    def __init__(
        self, patient: Patient, medications: MedicationList, guidance: Guidance, catalogue: Catalogue
    ) -> None:
        self.patient = patient
        self.medications = medications
        self.guidance = guidance
        self.words = catalogue
        self.numbers = item_numbers(medications)

    def content(self) -> ChecklistContent:
        gaps = gaps_of(self.patient, self.medications)
        sections = [
            self.section(SectionId.GAPS, self.gap_lines(gaps)),
            *(self.section(SectionId(category), self.category_lines(category)) for category in Category),
            *self.further_item_sections(),
            self.open_question(),
            self.section(SectionId.TELL, self.statements(StatementSection.TELL, StatementSection.WHY)),
            self.section(
                SectionId.TREATMENT, self.statements(StatementSection.REPORT, StatementSection.FOLLOW_UP)
            ),
            self.section(
                SectionId.SIGN_OFF,
                [self.line(f"sign.{who}") for who in ("statement", "patient", "nurse", "provider")],
            ),
        ]
        notices = [self.line(NOT_CHECKED), self.line("notice.not_checked_more"), *self.review_notices()]
        if self.says_another_language(sections):
            notices.append(self.line("notice.statements_language"))
        return ChecklistContent(tuple(sections), gaps, tuple(notices))

    def line(self, key: str, line_id: str | None = None, **places: object) -> WordingLine:
        text = self.words.text(key, **places)
        return WordingLine(line_id or key.replace(".", "-"), key, text, language=self.words.foreign(key))

    def section(self, section_id: SectionId, lines: list[Line], blank_rows: int = 0) -> Section:
        return Section(section_id, self.line(f"section.{section_id}"), tuple(lines), blank_rows)

    # What is still to ask.

    def gap_lines(self, gaps: tuple[Gap, ...]) -> list[Line]:
        return [self.gap_line(gap) for gap in gaps] or [self.line("gap.none")]

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
            key = f"answer.{answer.answer}"
            if answer.answer is Answer.ITEMS_REPORTED:
                key += "_none_listed"
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
            lines.append(self.line(f"ask.{category}"))
        if answer.answer is Answer.NOT_ASKED:
            lines.insert(0, self.line("answer.not_asked", f"answer-{category}"))
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
        return ItemLine(
            id=line_id,
            number=self.numbers[item.id],
            item=item,
            text=item.facts.called,
            details=tuple(self.details(item.facts)),
            said=self.said(line_id, item.attribution),
            asks=tuple(self.line(key, f"{line_id}-{key.replace('.', '-')}") for key in _asks(item)),
        )

    def details(self, facts: ItemFacts) -> list[Detail]:
        return [
            Detail(name, self.words.text(f"item.{name}"), value, self.words.foreign(f"item.{name}"))
            for name, value in detail_texts(facts, self.words)
        ]

    def said(self, line_id: str, attribution: Attribution) -> WordingLine:
        when = self.words.date(attribution.recorded_at.date())
        key, text = said_text(attribution, self.words, when)
        return WordingLine(f"{line_id}-said", key, text, language=self.words.foreign(key))

    # The open question, what the document says, and what every sheet says.

    def open_question(self) -> Section:
        lines: list[Line] = [self.line("ask.open"), self.line("ask.open_rows")]
        return self.section(SectionId.OPEN_QUESTION, lines, OPEN_QUESTION_ROWS)

    def statements(self, *sections: StatementSection) -> list[Line]:
        return [
            self.statement(statement)
            for section in sections
            for statement in self.guidance.in_section(section)
        ]

    def statement(self, statement: Statement) -> GuidanceLine:
        translation = self.guidance.reviewed_translation(statement, self.words.language)
        document = self.guidance.document
        return GuidanceLine(
            id=f"statement-{statement.id}",
            statement_id=statement.id,
            statement_section=statement.section,
            text=translation.text if translation else statement.text,
            language=translation.language if translation else document.language,
            citations=tuple(Citation(document.id, number) for number in statement.cites),
        )

    def says_another_language(self, sections: list[Section]) -> bool:
        """Whether a statement stands in its document's language for want of a reviewed translation.

        That is said in a notice and not in the section: a signature holds whatever the sheet's language.
        """
        spoken = (
            line.language for section in sections for line in section.lines if isinstance(line, GuidanceLine)
        )
        return not all(same_language(language, self.words.language) for language in spoken)

    def review_notices(self) -> list[WordingLine]:
        if self.guidance.unreviewed or not self.guidance.statements:
            return [self.line("notice.not_reviewed")]
        latest: dict[str, date] = {}
        for review in (statement.review for statement in self.guidance.statements if statement.review):
            latest[review.by] = max(review.on, latest.get(review.by, review.on))
        lines = [
            self.line("notice.review_by", f"notice-review_by-{n}", reviewer=by, date=self.words.date(on))
            for n, (by, on) in enumerate(latest.items(), start=1)
        ]
        return [*lines, self.line("notice.review_not_clinical")]


def _asks(item: Item) -> list[str]:
    """The keys of what is still to ask about one item."""
    facts = item.facts
    if item.on_earlier_list:
        return ["ask.still_taking"]
    missing = {
        "ask.name": not facts.name,
        "ask.dose": not facts.has_dose,
        "ask.category": facts.category is None,
        "ask.status": facts.status is Status.UNKNOWN,
    }
    return [key for key, is_missing in missing.items() if is_missing]
