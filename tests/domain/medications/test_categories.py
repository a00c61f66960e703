"""What can be answered for a category, and by whom."""

import pytest

from service.domain.medications.categories import Answer, CategoryAnswer
from tests.domain.made_up import NOBODY_SAID, PATIENT_SAID


@pytest.mark.parametrize("answer", [Answer.NONE_REPORTED, Answer.UNKNOWN, Answer.DECLINED])
def test_only_a_person_says_none_not_sure_or_rather_not_say(answer: Answer) -> None:
    assert CategoryAnswer(answer, PATIENT_SAID).said_by_a_person
    with pytest.raises(ValueError, match="it needs an informant and a collection mode"):
        CategoryAnswer(answer, NOBODY_SAID)


def test_items_may_be_reported_without_knowing_who_said_so() -> None:
    assert not CategoryAnswer(Answer.ITEMS_REPORTED, NOBODY_SAID).said_by_a_person


def test_nobody_gave_the_answer_to_a_question_that_nobody_asked() -> None:
    with pytest.raises(ValueError, match="not asked has none"):
        CategoryAnswer(Answer.NOT_ASKED, PATIENT_SAID)
    with pytest.raises(ValueError, match="an answer has an attribution"):
        CategoryAnswer(Answer.ITEMS_REPORTED)
