"""The intake form as a Questionnaire: valid, in the intake form's words, and without an answer in it."""

from collections.abc import Iterator
from typing import Any

import pytest

from service.domain.medications.categories import Category
from service.domain.medications.items import ItemFacts
from service.domain.wording import ENGLISH
from service.formats.catalogue_files import shipped_catalogues
from service.formats.fhir.intake_questions import FIELDS
from service.formats.fhir.writing.questionnaires import write_questionnaire
from tests.formats.fhir.writing.r4 import check, required_codes, wrong_codes

BASE = "https://checklist.example/fhir"


def form(language: str = "en", *others: str) -> dict[str, Any]:
    catalogues = shipped_catalogues()
    return write_questionnaire(BASE, catalogues[language], [catalogues[other] for other in others])


def questions(inside: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in inside.get("item", ()):
        yield item
        yield from questions(item)


@pytest.mark.parametrize("language", shipped_catalogues())
def test_the_form_is_valid_in_every_language(language: str) -> None:
    made = form(language, *shipped_catalogues())
    check(made)
    assert wrong_codes(made, required_codes()) == []
    assert made["language"] == language


def test_the_form_keeps_r4s_rules_for_questions() -> None:
    made = list(questions(form()))
    links = [item["linkId"] for item in made]
    assert len(links) == len(set(links))
    for item in made:
        assert (item["type"] == "group") == ("item" in item)
        assert "answerOption" not in item or item["type"] == "choice"
        assert "maxLength" not in item or item["type"] in ("string", "text")
        assert all(condition["question"] in links for condition in item.get("enableWhen", ()))
        if item["type"] == "display":
            assert not item.keys() & {"required", "repeats", "code"}


def test_nothing_is_answered_beforehand_and_nothing_must_be_answered() -> None:
    for item in questions(form()):
        assert not item.keys() & {"initial", "required", "readOnly"}
        assert not any("initialSelected" in option for option in item.get("answerOption", ()))


def test_each_category_is_one_question_with_the_answers_of_the_intake_form() -> None:
    made = {item["linkId"]: item for item in questions(form())}
    for category in Category:
        question = made[f"{category.value.replace('_', '-')}.answer"]
        assert question["text"] == ENGLISH[f"form_ask.{category}"]
        options = [option["valueCoding"] for option in question["answerOption"]]
        assert [option["code"] for option in options] == [
            "items_reported",
            "none_reported",
            "unknown",
            "declined",
        ]
        assert [option["display"] for option in options] == [
            "Yes",
            "No, nothing like this",
            "Not sure",
            "Rather not say",
        ]


def test_items_are_asked_for_once_the_answer_is_yes_and_unsorted_ones_always() -> None:
    made = {item["linkId"]: item for item in questions(form())}
    items = made["over-the-counter.item"]
    assert items["repeats"]
    assert items["enableWhen"][0]["question"] == "over-the-counter.answer"
    assert items["enableWhen"][0]["answerCoding"]["code"] == "items_reported"
    assert "enableWhen" not in made["uncategorized.item"]


def test_every_fact_of_an_item_but_its_codes_and_category_has_a_question() -> None:
    assert {field.name for field in FIELDS} == set(ItemFacts.__slots__) - {"category", "codings"}


def test_every_text_stands_in_the_other_language_too() -> None:
    spanish = shipped_catalogues()["es"]
    for item in questions(form("en", "en", "es")):
        (translation,) = item["_text"]["extension"]
        parts = {
            part["url"]: part.get("valueCode") or part["valueString"] for part in translation["extension"]
        }
        assert parts["lang"] == "es"
        assert parts["content"] in spanish.texts.values()


def test_no_text_of_the_form_names_a_medicine() -> None:
    texts = {item["text"] for item in questions(form())}
    texts |= {
        option["valueCoding"]["display"]
        for item in questions(form())
        for option in item.get("answerOption", ())
    }
    assert texts <= set(ENGLISH.values())
