"""The three kinds of line, and the sheets that cannot be made."""

from typing import get_args

import pytest

from service.domain.attribution import Attribution
from service.domain.checklists.checklist import (
    NOT_CHECKED,
    ChecklistContent,
    ChecklistStatus,
    Section,
    SectionId,
    Withdrawal,
    status_of,
)
from service.domain.checklists.lines import AnswerLine, GuidanceLine, ItemLine, Line, WordingLine
from service.domain.guidance.statements import StatementSection
from service.domain.medications.categories import NOT_ASKED, Answer, Category, CategoryAnswer
from tests.domain.made_up import NOW, NURSE, PATIENT_SAID

NOTICE = WordingLine("notice", NOT_CHECKED, "Not checked for interactions.")
SAID = WordingLine("said", "said.full", "Said by the patient")


def section(section_id: SectionId, *lines: Line) -> Section:
    return Section(section_id, WordingLine("title", f"section.{section_id}", "Title"), lines)


def wording(line_id: str) -> WordingLine:
    return WordingLine(line_id, "ask.open", "What else do you take?")


def test_there_is_no_fourth_kind_of_line() -> None:
    assert set(get_args(Line)) == {WordingLine, GuidanceLine, ItemLine, AnswerLine}


def test_guidance_that_cites_no_sentence_is_no_line() -> None:
    with pytest.raises(ValueError, match="cites at least one sentence"):
        GuidanceLine("statement-1", "1", StatementSection.TELL, "Tell your provider.", "en", ())


def test_a_question_that_nobody_asked_has_no_answer_on_the_sheet() -> None:
    with pytest.raises(ValueError, match="nobody asked"):
        AnswerLine("answer", Category.SUPPLEMENT, NOT_ASKED, "None.", SAID)


def test_an_answer_on_the_sheet_says_who_gave_it() -> None:
    answer = CategoryAnswer(Answer.NONE_REPORTED, PATIENT_SAID)
    line = AnswerLine("answer", Category.SUPPLEMENT, answer, "The answer was “none”.", SAID)
    assert isinstance(line.attribution, Attribution)
    assert line.attribution is PATIENT_SAID


def test_sections_stand_in_one_order_and_once() -> None:
    gaps, tell = section(SectionId.GAPS, wording("1")), section(SectionId.TELL, wording("2"))
    assert [line.id for line in ChecklistContent((gaps, tell), (), (NOTICE,)).lines] == ["1", "2"]
    for wrong in ((tell, gaps), (gaps, gaps)):
        with pytest.raises(ValueError, match="in their order"):
            ChecklistContent(wrong, (), (NOTICE,))


def test_two_lines_of_a_sheet_are_told_apart_by_their_ids() -> None:
    twice = (section(SectionId.GAPS, wording("1")), section(SectionId.TELL, wording("1")))
    with pytest.raises(ValueError, match="the same id"):
        ChecklistContent(twice, (), (NOTICE,))


@pytest.mark.parametrize("notices", [(), (wording("1"),), (wording("1"), NOTICE)])
def test_a_sheet_that_does_not_first_say_that_nothing_was_checked_cannot_be_made(
    notices: tuple[WordingLine, ...],
) -> None:
    with pytest.raises(ValueError, match="no interaction check was made"):
        ChecklistContent((), (), notices)


@pytest.mark.parametrize(
    ("latest", "withdrawn", "status"),
    [
        (3, False, ChecklistStatus.CURRENT),
        (4, False, ChecklistStatus.SUPERSEDED),
        (3, True, ChecklistStatus.WITHDRAWN),
        (4, True, ChecklistStatus.WITHDRAWN),
    ],
)
def test_a_sheet_is_current_until_a_newer_list_exists_or_a_person_takes_it_back(
    latest: int, withdrawn: bool, status: ChecklistStatus
) -> None:
    withdrawal = Withdrawal(NURSE, NOW, "wrong visit") if withdrawn else None
    assert status_of(3, latest, withdrawal) is status
