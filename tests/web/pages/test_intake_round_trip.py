"""What is typed into the form arrives whole: in the database, in the API and on the sheet, whatever it is."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask

from service.domain.text import clean
from service.domain.wording import ENGLISH, Catalogue
from tests.guidance_of_tests import TREATMENT
from tests.strategies import hostile_names
from tests.web.conftest import ClinicOfTests
from tests.web.pages.conftest import Browser, text_of
from tests.web.pages.intake import Filling, change_clinic, link_to, list_of, opened, patient_on_file


@pytest.fixture
def patient(clinic: ClinicOfTests) -> str:
    return patient_on_file(clinic)


@pytest.fixture
def filling(browser: Browser, clinic: ClinicOfTests, patient: str) -> Filling:
    return opened(browser, link_to(clinic, patient))


def sheet_of(clinic: ClinicOfTests, patient: str) -> str:
    issued = clinic.ehr.post(f"/v1/patients/{patient}/checklists", {"treatment": TREATMENT}).get_json()
    return unescape(clinic.ehr.get(f"/v1/checklists/{issued['id']}.html").get_data(as_text=True))


@pytest.mark.parametrize("number", [0, 1, 2, 60])
def test_every_item_arrives_once_in_the_order_in_which_it_was_written(
    filling: Filling, clinic: ClinicOfTests, patient: str, number: int
) -> None:
    names = [f"Examplin {place:03d}" for place in range(number)]
    filling.who()
    filling.answer("supplement", "items_reported")
    for name in names:
        filling.add("supplement", name=name)
    assert filling.submit().status_code == 303

    assert [item["name"] for item in list_of(clinic, patient)["items"]] == names
    sheet = sheet_of(clinic, patient)
    assert [sheet.count(name) for name in names] == [1] * number


def test_every_hostile_name_arrives_as_it_was_typed(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    filling.who()
    for name in hostile_names:
        assert filling.add("prescription", name=name).status_code == 303, name
    look = filling.get("look")
    assert filling.submit().status_code == 303

    names = [clean(name) for name in hostile_names]
    assert [item["name"] for item in list_of(clinic, patient)["items"]] == names
    assert "<script>alert" not in look.get_data(as_text=True)
    for name in hostile_names:
        assert " ".join(name.split()) in text_of(look)


def test_every_field_arrives_as_it_was_typed(filling: Filling, clinic: ClinicOfTests, patient: str) -> None:
    typed = {
        "description": "small and round",
        "reason": "thirst",
        "strength": "5 mg",
        "dosage_text": "one",
        "frequency": "mornings",
        "last_taken": "last Tuesday",
        "prescriber": "my sister",
        "note": "cold,\r\nnever warm",
    }
    filling.who()
    filling.add("over_the_counter", **typed)
    filling.submit()

    item = list_of(clinic, patient)["items"][0]
    assert {name: item[name] for name in typed} == {**typed, "note": "cold,\nnever warm"}
    assert item["name"] is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", "tur\u202ened"), ("note", "nul\x00l"), ("strength", "x" * 1001), ("name", " ")],
)
def test_what_cannot_be_kept_is_named_and_everything_typed_is_still_there(
    filling: Filling, field: str, typed: str
) -> None:
    page = filling.add("supplement", **{"name": "Tea", "reason": "what it is for", field: typed})
    text = page.get_data(as_text=True)

    assert page.status_code == 422
    assert f'href="#f-{field}"' in text
    assert "what it is for" in text
    assert f'id="f-{field}-fault"' in text


def test_an_item_is_changed_and_another_is_taken_off(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    filling.who()
    for name in ("Water", "Tea", "Clay"):
        filling.add("supplement", name=name)
    filling.send("supplement/items/2", {"-do": "remove"})
    filling.send("supplement/items/3", {"-do": "save", "name": "Sand"})
    filling.submit()

    assert [item["name"] for item in list_of(clinic, patient)["items"]] == ["Water", "Sand"]


def test_enter_in_a_field_saves_and_never_takes_off(filling: Filling) -> None:
    filling.add("supplement", name="Tea")
    page = filling.get("supplement/items/1").get_data(as_text=True)
    first = page.index('<button type="submit" class="enter" name="-do" value="save"')
    assert first < page.index('value="remove"')


def test_none_beside_what_is_written_down_is_refused_and_loses_nothing(filling: Filling) -> None:
    filling.add("supplement", name="Tea")
    page = filling.answer("supplement", "none_reported")

    assert page.status_code == 422
    assert "The answer does not fit what is listed." in text_of(page)
    assert "Tea" in text_of(filling.get("look"))


def test_a_form_has_no_placeholder_no_completion_and_no_medicine_of_its_own(filling: Filling) -> None:
    page = filling.get("supplement/items/new").get_data(as_text=True)
    assert "placeholder" not in page
    assert page.count('autocomplete="off"') == 9


@pytest.mark.parametrize("prompts", [[], ["supplement"]])
def test_the_clinic_says_which_questions_name_forms_and_occasions(
    filling: Filling, app: Flask, clinic: ClinicOfTests, prompts: list[str]
) -> None:
    change_clinic(app, clinic, prompts=frozenset(prompts))
    page = text_of(filling.get("supplement"))
    assert ENGLISH["form_ask.supplement"] in page
    assert (ENGLISH["form_prompt.supplement"] in page) is bool(prompts)


def test_a_form_goes_on_in_the_language_that_was_chosen_also_from_right_to_left(
    app: Flask, clinic: ClinicOfTests, new_browser: Callable[[], Browser], patient: str
) -> None:
    arabic = Catalogue("ar", {key: f"⟦{text}⟧" for key, text in ENGLISH.items()})
    house = app.extensions["house"]
    app.extensions["house"] = replace(house, catalogues={**house.catalogues, "ar": arabic})
    change_clinic(app, clinic, languages=("en", "ar"))
    browser, link = new_browser(), link_to(clinic, patient)
    assert 'lang="ar"' in browser.get(link).get_data(as_text=True)
    led = browser.send(browser.get(f"{link}?language=ar"), link)
    filling = Filling(browser, led.location.removesuffix("/who"))
    for step in ("who", "supplement", "supplement/items/new", "look"):
        assert '<html lang="ar" dir="rtl">' in filling.get(step).get_data(as_text=True)
    filling.who()
    filling.answer("supplement", "unknown")
    receipt = browser.follow(filling.submit()).get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in receipt
    assert "⟦" in receipt
