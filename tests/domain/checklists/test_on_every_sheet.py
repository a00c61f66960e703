"""What the document says on a sheet, and what is said of it."""

from dataclasses import replace
from datetime import date

import pytest

from service.domain.checklists.checklist import ChecklistContent, Section, SectionId
from service.domain.checklists.lines import Citation, GuidanceLine
from service.domain.checklists.preparation import prepare
from service.domain.guidance.statements import (
    Guidance,
    Review,
    Statement,
    StatementSection,
    Translation,
    text_digest,
)
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.domain.sentences.numbering import SentenceNumber
from service.domain.wording import ENGLISH, ENGLISH_CATALOGUE, Catalogue
from tests.domain.made_up import PATIENT, listing
from tests.guidance_of_tests import guidance_of_tests

GUIDANCE = guidance_of_tests()


def sheet(medications: MedicationList, patient: Patient = PATIENT) -> ChecklistContent:
    return prepare(patient, medications, GUIDANCE)


def section(content: ChecklistContent, section_id: SectionId) -> Section:
    return next(found for found in content.sections if found.id is section_id)


def texts(content: ChecklistContent, section_id: SectionId) -> list[str]:
    return [line.text for line in section(content, section_id).lines]


class TestTheDocument:
    def test_what_to_tell_stands_before_why_and_what_to_report_before_the_visits(self) -> None:
        content = sheet(listing())
        shown = [
            (line.statement_id, line.citations) for line in content.lines if isinstance(line, GuidanceLine)
        ]
        assert shown == [
            (name, (Citation("example-leaflet", SentenceNumber.parse(number)),))
            for name, number in (("tell", "2.1"), ("why", "2.2"), ("report", "3.1"), ("visits", "3.2"))
        ]

    def test_what_the_treatment_is_about_is_not_on_the_sheet(self) -> None:
        about = replace(GUIDANCE.statements[0], id="about", section=StatementSection.ABOUT)
        content = prepare(PATIENT, listing(), replace(GUIDANCE, statements=(*GUIDANCE.statements, about)))
        assert "statement-about" not in [line.id for line in content.lines]

    @pytest.mark.parametrize(
        ("language", "reviewed", "shown"),
        [
            ("es", "fits", "es"),
            ("es", "another text", "en"),
            ("es", None, "en"),
            ("en", "fits", "en"),
        ],
    )
    def test_a_translation_is_shown_only_after_a_person_reviewed_it(
        self, language: str, reviewed: str | None, shown: str
    ) -> None:
        digest = text_digest(GUIDANCE.document.sha256, "Cuente.", GUIDANCE.statements[0].cites)
        fits = {"fits": digest, "another text": "0" * 64}
        review = Review("Test Reviewer 01", date(2026, 11, 1), fits[reviewed]) if reviewed else None
        statement = replace(GUIDANCE.statements[0], translations=(Translation("es", "Cuente.", review),))
        words = Catalogue(language, ENGLISH)
        content = prepare(PATIENT, listing(), replace(GUIDANCE, statements=(statement,)), words)
        (line,) = [line for line in content.lines if isinstance(line, GuidanceLine)]
        assert (line.language, line.text) == (shown, "Cuente." if shown == "es" else statement.text)

    def test_the_notices_say_that_nothing_was_checked_and_who_compared_the_statements_last(self) -> None:
        by_and_day = (
            ("Test Reviewer 02", date(2026, 3, 4)),
            ("Test Reviewer 01", date(2026, 1, 2)),
            ("Test Reviewer 02", date(2026, 2, 3)),
        )
        statements = tuple(
            replace(statement, review=Review(by, day, GUIDANCE.digest(statement)))
            for statement, (by, day) in zip(GUIDANCE.statements, by_and_day, strict=False)
        )
        assert self.notices(statements) == [
            ENGLISH["notice.not_checked"],
            ENGLISH["notice.not_checked_more"],
            "The statements were compared with the document by Test Reviewer 02 on 4 March 2026.",
            "The statements were compared with the document by Test Reviewer 01 on 2 January 2026.",
            ENGLISH["notice.review_not_clinical"],
        ]

    def test_one_statement_without_a_review_makes_the_sheet_say_so(self) -> None:
        first, second, *_ = GUIDANCE.statements
        assert second.review is not None
        changed_since = replace(second.review, digest="0" * 64)
        for statements in (
            (),
            (first, replace(second, review=None)),
            (first, replace(second, review=changed_since)),
        ):
            assert self.notices(statements)[2:] == [ENGLISH["notice.not_reviewed"]]

    @staticmethod
    def notices(statements: tuple[Statement, ...]) -> list[str]:
        guidance: Guidance = replace(GUIDANCE, statements=statements)
        return [line.text for line in prepare(PATIENT, listing(), guidance).notices]


def test_what_is_made_once_for_a_guidance_and_a_language_never_stands_on_another_ones_sheet() -> None:
    """The cheap hash of a guidance is its document's and its treatment's, a catalogue's is its language's."""
    first, *others = GUIDANCE.statements
    altered = replace(GUIDANCE, statements=(replace(first, text="Tell all.", review=None), *others))
    other_words = Catalogue("en", {**ENGLISH, "ask.open": "And else?", "section.tell": "Tell"})
    assert hash(altered) == hash(GUIDANCE)
    assert hash(other_words) == hash(ENGLISH_CATALOGUE)
    for guidance, told in ((GUIDANCE, first.text), (altered, "Tell all."), (GUIDANCE, first.text)):
        for words in (ENGLISH_CATALOGUE, other_words, ENGLISH_CATALOGUE):
            content = prepare(PATIENT, listing(), guidance, words)
            assert texts(content, SectionId.TELL)[0] == told
            assert texts(content, SectionId.OPEN_QUESTION)[0] == words.text("ask.open")
            assert section(content, SectionId.TELL).title.text == words.text("section.tell")
            reviewed = "notice.not_reviewed" not in [notice.key for notice in content.notices]
            assert reviewed is (guidance is GUIDANCE)
