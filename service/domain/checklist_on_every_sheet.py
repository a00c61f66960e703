"""What every sheet says whatever the list: notices, the open question, the statements, and where to sign.

It is made once for a guidance and a catalogue and used again: neither of them ever changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from service.domain.checklist import (
    NOT_CHECKED,
    Citation,
    GuidanceLine,
    Line,
    Section,
    SectionId,
    WordingLine,
)
from service.domain.guidance import Guidance, Statement, StatementSection
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
    """The last sections of every sheet from one guidance in one language, and its notices."""

    sections: tuple[Section, ...]
    notices: tuple[WordingLine, ...]


@lru_cache(maxsize=256)
def on_every_sheet(guidance: Guidance, words: Catalogue) -> OnEverySheet:
    """What stands on every sheet from a guidance, in the catalogue's language."""
    return _OfTheGuidance(guidance, words).on_every_sheet()


class _OfTheGuidance:
    """One run of ``on_every_sheet``."""

    def __init__(self, guidance: Guidance, words: Catalogue) -> None:
        self.guidance = guidance
        self.words = words

    def on_every_sheet(self) -> OnEverySheet:
        open_question = self.fixed("ask.open", "ask.open_rows")
        tell = self.statements(StatementSection.TELL, StatementSection.WHY)
        treatment = self.statements(StatementSection.REPORT, StatementSection.FOLLOW_UP)
        signatures = (f"sign.{who}" for who in ("statement", "patient", "nurse", "provider"))
        sections = (
            section_of(self.words, SectionId.OPEN_QUESTION, open_question, OPEN_QUESTION_ROWS),
            section_of(self.words, SectionId.TELL, tell),
            section_of(self.words, SectionId.TREATMENT, treatment),
            section_of(self.words, SectionId.SIGN_OFF, self.fixed(*signatures)),
        )
        return OnEverySheet(sections, tuple(self.notices([*tell, *treatment])))

    def fixed(self, *keys: str) -> list[WordingLine]:
        return [fixed_line(self.words, key) for key in keys]

    def statements(self, *sections: StatementSection) -> list[GuidanceLine]:
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

    def notices(self, statements: list[GuidanceLine]) -> list[WordingLine]:
        notices = [*self.fixed(NOT_CHECKED, "notice.not_checked_more"), *self.review_notices()]
        if not all(same_language(statement.language, self.words.language) for statement in statements):
            # A statement stands in its document's language for want of a reviewed translation. That is said
            # here and not in the section: a signature holds whatever the sheet's language.
            notices += self.fixed("notice.statements_language")
        return notices

    def review_notices(self) -> list[WordingLine]:
        if self.guidance.unreviewed or not self.guidance.statements:
            return self.fixed("notice.not_reviewed")
        latest: dict[str, date] = {}
        for review in (statement.review for statement in self.guidance.statements if statement.review):
            latest[review.by] = max(review.on, latest.get(review.by, review.on))
        reviewers = (self.reviewer(number, by, on) for number, (by, on) in enumerate(latest.items(), start=1))
        return [*reviewers, *self.fixed("notice.review_not_clinical")]

    def reviewer(self, number: int, by: str, on: date) -> WordingLine:
        key = "notice.review_by"
        text = self.words.text(key, reviewer=by, date=self.words.date(on))
        return WordingLine(f"notice-review_by-{number}", key, text, language=self.words.foreign(key))
