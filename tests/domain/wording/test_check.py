"""The service's own words ask and name; they never name a medicine and never claim anything about one."""

import pytest

from service.domain.wording import ENGLISH
from service.domain.wording.check import WordingRefusal, check_wording


def test_no_text_of_the_catalogue_breaks_a_rule() -> None:
    assert check_wording(ENGLISH) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Page {page} of {pages}",
        "Do you take any medicines bought without a prescription?",
        "Not checked for interactions.",
        "No interaction check was made for this sheet.",
        "This sheet was taken back on {date}. Do not use it.",
        "What else do you take, also now and then?",
    ],
)
def test_labels_questions_and_requests_are_the_services_own(text: str) -> None:
    assert check_wording({"key": text}) == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ask about aspirin.", "aspirin"),
        ("Do you drink grapefruit juice?", "grapefruit"),
        ("Not checked for interactions. Your list is safe.", "safe"),
        ("No interactions were found.", "interactions"),
        ("This sheet was checked.", "checked"),
        ("An interaction is possible.", "interaction"),
        ("Other medicines may change.", "may"),
        ("Your medicines should be reported", "should"),
        ("Take supplements before treatment.", "Take"),
        ("Ask each patient, then use other medicines.", "use"),
        ("Do not take medicines.", "take"),
        ("Ask 3 questions.", "3"),
        ("Ask five questions.", "five"),
        ("Tell your provider → now", "→"),
        ("Tell your provi\u00adder.", "\u00ad"),
        ("Verified by {name}", "Verified"),
        ("No known drug-food problems", "drug-food"),
        ("All is clear", "clear"),
    ],
)
def test_a_medicine_a_claim_or_a_stray_mark_is_refused_by_name(text: str, word: str) -> None:
    refusals = check_wording({"good": "Name", "bad": text})
    assert word in {refusal.word for refusal in refusals}
    assert {refusal.key for refusal in refusals} == {"bad"}


def test_a_refusal_says_which_text_and_why() -> None:
    assert check_wording({"a.b": "Herbs"}) == (
        WordingRefusal("a.b", "Herbs", "is neither a plain word nor a word for labels"),
    )
