"""What is on record, said in words."""

from uuid import UUID

import pytest

from service.domain.checklists.gaps import gaps_of
from service.domain.checklists.record_texts import fact_text, gap_text, item_numbers, said_text
from service.domain.codings import Coding
from service.domain.medications.categories import Category
from service.domain.medications.items import ItemFacts, Status
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH_CATALOGUE
from tests.domain.made_up import NOBODY_SAID, PATIENT, PATIENT_SAID, item, listing


@pytest.mark.parametrize(
    ("facts", "name", "said"),
    [
        (ItemFacts("Water", strength="5 mg"), "strength", "5 mg"),
        (ItemFacts("Water"), "strength", None),
        (ItemFacts("Water"), "status", "taken now"),
        (ItemFacts("Water", status=Status.ON_HOLD), "status", "on hold"),
        (ItemFacts("Water", category=Category.PRESCRIPTION), "category", "Prescription medicines"),
        (ItemFacts("Water"), "category", "Not sorted yet"),
        (ItemFacts("Water", as_needed=False), "as_needed", "no"),
        (ItemFacts("Water"), "as_needed", None),
        (ItemFacts("Water", started_on=PartialDate(2025, 4)), "started_on", "April 2025"),
        (ItemFacts("Water", codings=(Coding("urn:s", "1", None),)), "codings", "1 (urn:s)"),
        (ItemFacts("Water"), "codings", None),
    ],
)
def test_a_fact_is_said_in_words_and_what_nobody_said_is_nothing(
    facts: ItemFacts, name: str, said: str | None
) -> None:
    assert fact_text(facts, name, ENGLISH_CATALOGUE) == said


def test_who_said_it_how_and_who_recorded_it_stand_in_one_sentence() -> None:
    _, text = said_text(PATIENT_SAID, ENGLISH_CATALOGUE, "today")
    assert text == "Said by the patient, in an interview, recorded by Test Nurse, today"


def test_it_is_never_assumed_who_said_it() -> None:
    key, text = said_text(NOBODY_SAID, ENGLISH_CATALOGUE, "today")
    assert key == "said.no_informant"
    assert text == "Not on record who said it; recorded by Front desk tablet, today"


def test_items_are_numbered_as_on_the_sheet_and_what_has_ended_has_no_number() -> None:
    medications = listing(
        item(1, "Soap"),
        item(2, "Water", category=Category.SUPPLEMENT),
        item(3, "Tea", status=Status.STOPPED),
        item(4, "Air", left_out_since=1),
        item(5, "Clay", category=Category.PRESCRIPTION),
    )
    assert {item_id.int: number for item_id, number in item_numbers(medications).items()} == {
        5: 1,
        2: 2,
        1: 3,
        4: 4,
    }


def test_a_gap_names_its_items_by_their_numbers() -> None:
    medications = listing(item(1, category=Category.PRESCRIPTION), item(2, category=Category.PRESCRIPTION))
    gap = next(gap for gap in gaps_of(PATIENT, medications) if gap.items)
    numbers = [item_numbers(medications)[item_id] for item_id in (UUID(int=1), UUID(int=2))]
    assert gap_text(gap, medications, numbers, ENGLISH_CATALOGUE) == "No dose on the list: items 1, 2. Ask."
