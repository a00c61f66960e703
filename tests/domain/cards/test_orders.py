"""An order is for a treatment when a code says so or its words name the treatment, and never otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.cards.orders import MedicineOrder, is_for, names, ordered
from service.domain.codings import Coding
from service.domain.guidance.statements import Treatment
from tests.domain.made_up import steady
from tests.strategies import texts

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
TREATMENT = Treatment(
    "examplinib", "Examplinib", (Coding(RXNORM, "1", "Examplinib"), Coding("urn:atc", "L01"))
)


@pytest.mark.parametrize(
    "text",
    [
        "Examplinib",
        "EXAMPLINIB 200 mg",
        "examplinib tosylate",
        "tab. examplinib, 2 daily",
        "Brand (examplinib)",
        "examplinib-tosylate/water",
        "Éxamplinib 200 mg",
        "ｅｘａｍｐｌｉｎｉｂ",
        "Exam\u00adplinib",
    ],
)
def test_an_order_that_names_the_treatment_in_whole_words_is_for_it(text: str) -> None:
    assert is_for(MedicineOrder((text,), ()), TREATMENT)


@pytest.mark.parametrize(
    "text", ["", "Water", "Nexamplinib", "Examplinibine", "examplinib2", "Exampli nib", "examplini b"]
)
def test_a_part_of_a_word_does_not_name_the_treatment(text: str) -> None:
    assert not is_for(MedicineOrder((text,), ()), TREATMENT)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("Two Words", "one two words three", True),
        ("Two Words", "two, then words", False),
        ("Straße", "STRASSE 5", True),
        ("सोराफेनिब", "सोराफेनिब २०० मि.ग्रा.", True),
        ("सोराफेनिब", "सोराफेनिबी", False),
        ("сорафениб", "СОРАФЕНИБ, 200", True),
        ("سورافينيب", "أقراص سورافينيب", True),
        ("!?", "!?", False),
    ],
)
def test_words_of_every_script_are_compared_whole(name: str, text: str, named: bool) -> None:
    assert names(text, name) is named


@pytest.mark.parametrize(
    ("coding", "is_one"),
    [
        (Coding(RXNORM, "1"), True),
        (Coding(RXNORM, "1", "Water"), True),
        (Coding("urn:atc", "L01"), True),
        (Coding("urn:atc", "1"), False),
        (Coding(RXNORM, "11"), False),
        (Coding(RXNORM.upper(), "1"), False),
    ],
)
def test_a_code_counts_in_its_own_system_only(coding: Coding, is_one: bool) -> None:
    assert is_for(MedicineOrder(("Water",), (coding,)), TREATMENT) is is_one


def test_one_order_among_others_is_enough_and_none_is_not() -> None:
    water = MedicineOrder(("Water",), ())
    assert ordered([water, MedicineOrder(("Examplinib",), ())], TREATMENT)
    assert not ordered([water], TREATMENT)
    assert not ordered([], TREATMENT)


@steady
@given(texts(), st.sampled_from([" ", ", ", " / ", "\n", " ("]))
def test_what_stands_around_the_name_never_hides_it(around: str, between: str) -> None:
    assert names(f"{around}{between}Examplinib{between}{around}", "Examplinib")
