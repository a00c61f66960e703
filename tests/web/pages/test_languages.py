"""Every page in the language that its reader chose; what has no translation yet says that it is English."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.domain.wording import ENGLISH, Catalogue
from service.formats.catalogue_files import shipped_catalogues
from tests.right_to_left import MADE_UP
from tests.web.conftest import ClinicOfTests
from tests.web.pages.conftest import HTML, Browser, forms_of, text_of

KEYS = "/administration/keys"
SPANISH = shipped_catalogues()["es"]


def asks_for(client: FlaskClient, path: str, languages: str) -> str:
    headers = {**HTML, "Accept-Language": languages}
    return client.get(path, base_url="https://localhost", headers=headers).get_data(as_text=True)


def with_words(app: Flask, **catalogues: Catalogue) -> None:
    house = app.extensions["house"]
    app.extensions["house"] = replace(house, catalogues={**house.catalogues, **catalogues})


@pytest.mark.parametrize(
    ("asked", "lang"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("de,es;q=0.5", "es"),
        ("en-GB,es;q=0.5", "en"),
        ("de", "en"),
        ("*", "en"),
        ("not a language", "en"),
    ],
)
def test_a_page_is_in_the_language_that_the_browser_asks_for(app: Flask, asked: str, lang: str) -> None:
    page = asks_for(app.test_client(), "/log-in", asked)
    assert f'<html lang="{lang}" dir="ltr">' in page
    assert (SPANISH.text("page.log_in") in page) == (lang == "es")


def test_the_button_names_the_other_language_in_its_own_words_and_stays_chosen(
    browser: Browser, clinic: ClinicOfTests
) -> None:
    page = browser.get("/log-in?to=/administration")
    assert '<button type="submit" class="quiet" name="language" value="es" lang="es">Español</button>' in (
        page.get_data(as_text=True)
    )

    changed = browser.send(page, "/language", language="es")
    assert changed.location == "/log-in?to=/administration"
    for path in (changed.location, "/log-in"):
        shown = browser.get(path).get_data(as_text=True)
        assert '<html lang="es"' in shown
        assert 'value="en" lang="en">English</button>' in shown


def test_every_page_of_the_menu_can_be_read_in_spanish(nurse: Browser) -> None:
    page = nurse.get("/")
    nurse.send(page, "/language", language="es")
    for path in ("/", "/code"):
        shown = nurse.get(path)
        assert shown.status_code == 200
        html = shown.get_data(as_text=True)
        assert '<html lang="es"' in html
        assert 'lang="en" dir' not in html
        assert SPANISH.text("notice.not_checked") in text_of(shown)


def test_what_was_typed_into_a_form_that_failed_is_not_lost_by_choosing_a_language(
    administrator: Browser,
) -> None:
    failed = administrator.send(administrator.get(KEYS), KEYS, name="Test EHR")
    assert failed.status_code == 422

    asked = administrator.send(failed, "/language", language="es")
    assert asked.status_code == 200
    assert SPANISH.text("page.language_changed") in text_of(asked)

    again = administrator.send(asked, KEYS)
    assert again.status_code == 422
    assert 'value="Test EHR"' in again.get_data(as_text=True)
    assert SPANISH.text("fault.choice") in text_of(again)


def test_a_third_language_can_be_chosen_while_something_typed_waits(
    app: Flask, administrator: Browser
) -> None:
    with_words(app, he=MADE_UP)
    failed = administrator.send(administrator.get(KEYS), KEYS, name="Test EHR")
    asked = administrator.send(failed, "/language", language="es")
    asked = administrator.send(asked, "/language", language="he")
    assert 'dir="rtl"' in asked.get_data(as_text=True)
    assert 'value="Test EHR"' in administrator.send(asked, KEYS).get_data(as_text=True)


def test_a_language_that_there_is_no_catalogue_for_changes_nothing(browser: Browser) -> None:
    browser.send(browser.get("/log-in"), "/language", language="xx")
    assert '<html lang="en"' in browser.get("/log-in").get_data(as_text=True)


def test_a_page_from_right_to_left_says_so(app: Flask) -> None:
    with_words(app, he=MADE_UP)
    page = asks_for(app.test_client(), "/log-in", "he")
    assert '<html lang="he" dir="rtl">' in page
    assert MADE_UP.text("page.log_in") in page


@pytest.fixture
def half_spanish(app: Flask) -> Catalogue:
    """A catalogue in which nobody has translated the log-in's title and its label."""
    missing = frozenset({"page.log_in", "page.login"})
    words = Catalogue("es", {**SPANISH.texts, **{key: ENGLISH[key] for key in missing}}, missing)
    with_words(app, es=words)
    return words


def test_a_text_without_a_translation_stands_in_english_and_says_that_it_is(
    app: Flask, half_spanish: Catalogue
) -> None:
    page = asks_for(app.test_client(), "/log-in", "es")
    assert re.search(r'<h1><span lang="en" dir="ltr">Log in</span></h1>', page)
    assert '<label for="f-login"><span lang="en" dir="ltr">Log-in name</span></label>' in page
    assert "<title>Log in - Hoja de medicamentos</title>" in page
    assert not re.search("[\ufdd0\ufdd1]", page)


def test_what_is_shown_once_is_not_lost_by_choosing_a_language(administrator: Browser) -> None:
    made = administrator.send(administrator.get(KEYS), KEYS, name="Test EHR", role="ehr")
    assert made.status_code == 200
    assert "/language" not in {form.action for form in forms_of(made)}


def test_a_name_keeps_its_own_direction_inside_a_sentence(app: Flask, nurse: Browser) -> None:
    """A name in Hebrew stands apart on an English page, and any name on a page from right to left."""
    assert "Logged in as Test Nurse" in text_of(nurse.get("/"))
    with_words(app, he=MADE_UP)
    nurse.send(nurse.get("/"), "/language", language="he")
    assert MADE_UP.text("page.logged_in_as", name="\u2068Test Nurse\u2069") in text_of(nurse.get("/"))
