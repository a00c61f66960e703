"""Which item on file what another system sent is, and when it says nothing new."""

from dataclasses import replace
from uuid import UUID

from service.domain.codings import Coding
from service.domain.medications.categories import Category
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier
from tests.domain.made_up import PATIENT_SAID, item, listing
from tests.domain.made_up_imports import ORDER, merged, sent

SUPPLEMENT = Category.SUPPLEMENT
CODE = (Coding("urn:example", "1"),)


def names(medications: MedicationList) -> list[str]:
    return [one.facts.called for one in medications.items]


def test_what_is_on_file_already_stays_with_who_said_it_and_when() -> None:
    latest = listing(item(1, "Water", strength="5 mg", category=SUPPLEMENT))
    assert merged(latest, sent("Water", strength="5 mg")) is latest
    assert merged(latest, sent("Water", item_id=UUID(int=1))) is latest


def test_a_medicine_without_its_dose_is_not_the_one_with_a_dose() -> None:
    assert len(merged(listing(item(1, "Water", strength="5 mg")), sent("Water")).items) == 2


def test_an_item_is_known_by_its_id_whatever_is_said_of_it() -> None:
    following = merged(listing(item(1, "Water", note="cold")), sent("Tea", item_id=UUID(int=1)))
    assert [(one.id, one.facts.name, one.facts.note) for one in following.items] == [
        (UUID(int=1), "Tea", "cold")
    ]


def test_an_id_of_another_patients_item_makes_a_new_item() -> None:
    following = merged(listing(item(1, "Water")), sent("Water", item_id=UUID(int=99), note="cold"))
    assert [one.id for one in following.items] == [UUID(int=1), UUID(int=5000)]


def test_an_item_is_known_by_an_identifier_of_its_sender() -> None:
    first = merged(listing(), sent("Water", ORDER, strength="5 mg"))
    second = Identifier("urn:example:other", "9")
    following = merged(first, sent("Water", ORDER, second, strength="10 mg"))
    assert [one.facts.strength for one in following.items] == ["10 mg"]
    origin = following.items[0].origin
    assert origin is not None
    assert origin.identifiers == (ORDER, second)
    by_another = merged(following, sent("Water", second, strength="15 mg"))
    back = merged(by_another, sent("Water", ORDER, strength="20 mg"))
    assert [one.facts.strength for one in back.items] == ["20 mg"]


def test_facts_that_were_not_spoken_of_stay() -> None:
    first = merged(listing(), sent("Water", ORDER, strength="5 mg", note="cold", category=SUPPLEMENT))
    facts = merged(first, sent("Water", ORDER, strength="10 mg")).items[0].facts
    assert (facts.strength, facts.note, facts.category) == ("10 mg", "cold", SUPPLEMENT)


def test_a_code_goes_where_the_medicine_is_another_and_none_came_with_it() -> None:
    first = merged(listing(), sent("Water", ORDER, codings=CODE))
    assert merged(first, sent("Water", ORDER, note="cold")).items[0].facts.codings == CODE
    assert merged(first, sent("Tea", ORDER)).items[0].facts.codings == ()
    assert merged(first, sent("Tea", ORDER, codings=CODE)).items[0].facts.codings == CODE


def test_an_unsorted_entry_leaves_the_item_of_a_category_to_the_entry_that_names_it() -> None:
    latest = listing(item(1, "Water", category=Category.PRESCRIPTION, left_out_since=1))
    sending = sent("Water"), sent("Water", category=Category.OVER_THE_COUNTER)
    following = merged(latest, *sending)
    assert len(following.items) == 2
    assert merged(following, *sending) is following


def test_what_a_nurse_corrected_stays_until_the_sender_says_something_else() -> None:
    first = merged(listing(), sent("Water", ORDER, strength="5 mg"))
    corrected = replace(first.items[0].facts, strength="50 mg", category=SUPPLEMENT)
    by_nurse = listing(replace(first.items[0], facts=corrected, attribution=PATIENT_SAID))
    assert merged(by_nurse, sent("Water", ORDER, strength="5 mg")) is by_nurse
    following = merged(by_nurse, sent("Water", ORDER, strength="7 mg"))
    assert following.items[0].facts == replace(corrected, strength="7 mg")
