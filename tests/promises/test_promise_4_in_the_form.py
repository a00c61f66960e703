"""Promise 4 through the intake form's own door: silence on a page is never "none" on the list.

Planted faults that the checks catch: a page that sends "none" for a question that was skipped; a form that
keeps the "none" of an earlier list; an item that a skipped question takes along; an answer that is put down
to nobody.
"""

from itertools import product
from random import Random
from typing import Any

import pytest
from flask import Flask

from service.app import create_app
from service.domain.medications.categories import Answer, Category
from service.store.database import Database
from tests.web.conftest import ClinicOfTests, make_clinic, settings_of_tests
from tests.web.pages.conftest import Browser
from tests.web.pages.intake import Filling, link_to, list_of, opened, opened_at_desk, patient_on_file

SAYINGS = ["", "none_reported", "unknown", "declined", "items_reported", "one item", "one item, no answer"]
# Every pair of sayings stands beside every third at some place; the same ones every time.
COMBINED = Random(4).sample(list(product(SAYINGS, repeat=3)), 12)  # noqa: S311 -- examples, not secrets
EXPECTED = {
    "": Answer.NOT_ASKED,
    "one item": Answer.ITEMS_REPORTED,
    "one item, no answer": Answer.ITEMS_REPORTED,
}


@pytest.fixture
def house(database: Database) -> tuple[Flask, ClinicOfTests]:
    app = create_app(settings_of_tests(), database=database)
    return app, make_clinic(app, database, "The clinic")


def say(filling: Filling, category: str, saying: str) -> None:
    """Answer one category as a person would, or leave its page without an answer."""
    if saying.startswith("one item"):
        filling.add(category, name=f"Water of {category}")
        if saying == "one item":
            filling.answer(category, "items_reported")
    elif saying:
        filling.answer(category, saying)
    else:
        filling.send(category, {"-do": "skip"})


def assert_kept_as_said(kept: Any, sayings: tuple[str, ...], mode: str) -> None:
    for category, saying in zip(Category, sayings, strict=True):
        found = kept["categories"][category]
        assert found["answer"] == EXPECTED.get(saying, saying), category
        listed = [item["name"] for item in kept["items"] if item["category"] == category]
        assert listed == ([f"Water of {category}"] if saying.startswith("one item") else [])
        if saying:
            assert found["attribution"]["informant"]["kind"] == "caregiver"
            assert found["attribution"]["collection_mode"] == mode
        else:
            assert found["attribution"] is None


@pytest.mark.parametrize("sayings", COMBINED, ids=" / ".join)
def test_a_category_is_kept_as_it_was_answered_behind_a_link(
    house: tuple[Flask, ClinicOfTests], sayings: tuple[str, ...]
) -> None:
    app, clinic = house
    none = {"categories": {category: {"answer": "none_reported"} for category in Category}}
    patient = patient_on_file(clinic, **none)
    filling = opened(Browser(app.test_client()), link_to(clinic, patient))
    filling.who(**{"informant/kind": "caregiver"})
    for category, saying in zip(Category, sayings, strict=True):
        say(filling, category, saying)
    filling.submit()

    if any(sayings):
        assert_kept_as_said(list_of(clinic, patient), sayings, "self")
    else:
        assert list_of(clinic, patient)["version"] == 1


@pytest.mark.parametrize("sayings", COMBINED[:4], ids=" / ".join)
def test_a_category_is_kept_as_it_was_answered_at_the_desk(
    house: tuple[Flask, ClinicOfTests], sayings: tuple[str, ...]
) -> None:
    app, clinic = house
    none = {"categories": {category: {"answer": "none_reported"} for category in Category}}
    patient = patient_on_file(clinic, **none)
    nurse = Browser(app.test_client())
    nurse.log_in(clinic.nurse_login)
    filling = opened_at_desk(nurse, patient)
    filling.who(**{"informant/kind": "caregiver", "collection_mode": "phone"})
    for category, saying in zip(Category, sayings, strict=True):
        say(filling, category, saying)
    filling.submit()

    assert_kept_as_said(list_of(clinic, patient), sayings, "phone")


@pytest.mark.parametrize("answer", ["none_reported", "unknown", "declined"])
def test_no_answer_of_a_person_is_sent_without_who_gave_it(
    house: tuple[Flask, ClinicOfTests], answer: str
) -> None:
    app, clinic = house
    patient = patient_on_file(clinic, "Water")
    filling = opened(Browser(app.test_client()), link_to(clinic, patient))
    filling.answer("supplement", answer)

    assert filling.submit().status_code == 422
    assert list_of(clinic, patient)["version"] == 1


def test_a_planted_none_is_found() -> None:
    kept = {
        "items": [],
        "categories": {
            category: {"answer": "not_asked", "attribution": None} for category in map(str, Category)
        },
    }
    assert_kept_as_said(kept, ("", "", ""), "self")
    kept["categories"]["supplement"]["answer"] = "none_reported"  # type: ignore[call-overload]
    with pytest.raises(AssertionError):
        assert_kept_as_said(kept, ("", "", ""), "self")
