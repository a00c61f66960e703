"""What every sheet says whatever the list: notices, the open question, the statements, and where to sign.

It is made once for its guidance and a catalogue and used again: neither of them ever changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from service.domain.checklists.checklist import NOT_CHECKED, Section, SectionId
from service.domain.checklists.lines import Citation, GuidanceLine, Line, WordingLine
from service.domain.guidance.statements import Guidance, Statement, StatementSection
from service.domain.wording import Catalogue, same_language

OPEN_QUESTION_ROWS = 4


@lru_cache(maxsize=4096)
def fixed_line(words: Catalogue, key: str) -> WordingLine:
    """The line of a text without places."""
    return WordingLine(key.replace(".", "-"), key, words.text(key), language=words.foreign(key))


def section_of(
    words: Catalogue, section_id: SectionId, lines: Sequence[Line], blank_rows: int = 0
) -> Section:
    """A section under its title."""
    return Section(section_id, fixed_line(words, f"section.{section_id}"), tuple(lines), blank_rows)


@dataclass(frozen=True, slots=True)
class OnEverySheet:
    """The last sections of every sheet from the same guidance in one language, and its notices."""

    sections: tuple[Section, ...]
    notices: tuple[WordingLine, ...]


@lru_cache(maxsize=256)
def on_every_sheet(guidance: tuple[Guidance, ...], words: Catalogue) -> OnEverySheet:
    """What stands on every sheet from the guidance of one treatment or of several, in the catalogue's words.

    Of several, each document's statements stand together behind a line that says whose they are.
    """
    return _OfTheGuidance(guidance, words).on_every_sheet()


class _OfTheGuidance:
    """One run of ``on_every_sheet``."""

    def __init__(self, guidance: tuple[Guidance, ...], words: Catalogue) -> None:
        self.guidance = guidance
        self.words = words
        self.several = len(guidance) > 1

    def on_every_sheet(self) -> OnEverySheet:
        open_question = self.fixed("ask.open", "ask.open_rows")
        tell = self.stated(SectionId.TELL, StatementSection.TELL, StatementSection.WHY)
        treatment = self.stated(SectionId.TREATMENT, StatementSection.REPORT, StatementSection.FOLLOW_UP)
        signatures = (f"sign.{who}" for who in ("statement", "patient", "nurse", "provider"))
        sections = (
            section_of(self.words, SectionId.OPEN_QUESTION, open_question, OPEN_QUESTION_ROWS),
            self.of_documents(SectionId.TELL, tell),
            self.of_documents(SectionId.TREATMENT, treatment),
            section_of(self.words, SectionId.SIGN_OFF, self.fixed(*signatures)),
        )
        return OnEverySheet(sections, tuple(self.notices([*tell, *treatment])))

    def fixed(self, *keys: str) -> list[WordingLine]:
        return [fixed_line(self.words, key) for key in keys]

    # What the documents say.

    def of_documents(self, section_id: SectionId, lines: list[Line]) -> Section:
        """A section of what the document says, or what the documents say."""
        if not self.several:
            return section_of(self.words, section_id, lines)
        return Section(section_id, fixed_line(self.words, f"treatments.{section_id}"), tuple(lines))

    def stated(self, section_id: SectionId, *sections: StatementSection) -> list[Line]:
        return [line for one in self.guidance for line in self.stated_by(one, section_id, sections)]

    def stated_by(
        self, guidance: Guidance, section_id: SectionId, sections: tuple[StatementSection, ...]
    ) -> list[Line]:
        found = [statement for section in sections for statement in guidance.in_section(section)]
        lines: list[Line] = [self.statement(guidance, statement) for statement in found]
        if not self.several:
            return lines
        # A document without a statement here is named too: nobody is to wonder whether it was left out.
        key = "treatment.statements" if found else "treatment.no_statements"
        line_id = f"treatment-{section_id}-{guidance.treatment.id}"
        return [self.about(guidance, line_id, key, document=guidance.document.title), *lines]

    def statement(self, guidance: Guidance, statement: Statement) -> GuidanceLine:
        translation = guidance.reviewed_translation(statement, self.words.language)
        document, treatment_id = guidance.document, guidance.treatment.id
        # The stop is in no id, so that two treatments' lines never have the same one.
        line_id = f"{treatment_id}.{statement.id}" if self.several else statement.id
        return GuidanceLine(
            id=f"statement-{line_id}",
            statement_id=statement.id,
            statement_section=statement.section,
            text=translation.text if translation else statement.text,
            language=translation.language if translation else document.language,
            citations=tuple(Citation(document.id, number) for number in statement.cites),
            treatment_id=treatment_id if self.several else None,
        )

    # What the sheet says of them.

    def notices(self, stated: list[Line]) -> list[WordingLine]:
        notices = [*self.fixed(NOT_CHECKED, "notice.not_checked_more"), *self.review_notices()]
        statements = [line for line in stated if isinstance(line, GuidanceLine)]
        if not all(same_language(statement.language, self.words.language) for statement in statements):
            # A statement stands in its document's language for want of a reviewed translation. That is said
            # here and not in the section: a signature holds whatever the sheet's language.
            notices += self.fixed("notice.statements_language")
        return notices

    def review_notices(self) -> list[WordingLine]:
        notices = [notice for one in self.guidance for notice in self.reviews_of(one)]
        not_clinical = any(_is_reviewed(one) for one in self.guidance)
        return [*notices, *self.fixed(*(["notice.review_not_clinical"] if not_clinical else []))]

    def reviews_of(self, guidance: Guidance) -> list[WordingLine]:
        if not _is_reviewed(guidance):
            if self.several:
                key = "treatment.not_reviewed"
                return [self.about(guidance, f"treatment-not_reviewed-{guidance.treatment.id}", key)]
            return self.fixed("notice.not_reviewed")
        latest: dict[str, date] = {}
        for review in (statement.review for statement in guidance.statements if statement.review):
            latest[review.by] = max(review.on, latest.get(review.by, review.on))
        return [
            self.reviewer(guidance, number, reviewer=by, date=self.words.date(on))
            for number, (by, on) in enumerate(latest.items(), start=1)
        ]

    def reviewer(self, guidance: Guidance, number: int, **places: str) -> WordingLine:
        if self.several:
            line_id = f"treatment-review_by-{guidance.treatment.id}.{number}"
            return self.about(guidance, line_id, "treatment.review_by", **places)
        key = "notice.review_by"
        text = self.words.text(key, **places)
        return WordingLine(f"notice-review_by-{number}", key, text, language=self.words.foreign(key))

    def about(self, guidance: Guidance, line_id: str, key: str, **places: str) -> WordingLine:
        """A line about one of several treatments, which it names."""
        text = self.words.text(key, treatment=guidance.treatment.name, **places)
        return WordingLine(line_id, key, text, language=self.words.foreign(key))


def _is_reviewed(guidance: Guidance) -> bool:
    """Whether there are statements and a person reviewed each in its present text."""
    return bool(guidance.statements) and not guidance.unreviewed
