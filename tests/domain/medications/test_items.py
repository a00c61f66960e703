"""What makes an item, and whether it counts as taken."""

from uuid import UUID

import pytest

from service.domain.errors import RefusedError
from service.domain.medications.items import Item, ItemFacts, Status, changed_facts
from tests.domain.made_up import PATIENT_SAID, item


@pytest.mark.parametrize(
    ("name", "description", "called"),
    [
        ("Water", None, "Water"),
        ("Water", "clear, in a jug", "Water"),
        (None, "a white pill", "a white pill"),
    ],
)
def test_an_item_goes_by_its_name_or_by_its_description(
    name: str | None, description: str | None, called: str
) -> None:
    assert ItemFacts(name, description).called == called


@pytest.mark.parametrize(("name", "description"), [(None, None), ("", ""), (None, "")])
def test_an_item_that_nobody_could_recognise_cannot_be_made(
    name: str | None, description: str | None
) -> None:
    with pytest.raises(ValueError, match="a name or a description"):
        ItemFacts(name, description)


@pytest.mark.parametrize(
    ("facts", "has_dose"),
    [({"strength": "5 mg"}, True), ({"dosage_text": "one at night"}, True), ({"frequency": "daily"}, False)],
)
def test_a_dose_is_a_strength_or_a_dosage_as_it_was_said(facts: dict[str, str], has_dose: bool) -> None:
    assert ItemFacts("Water", **facts).has_dose is has_dose  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ENTERED_IN_ERROR])
def test_whatever_is_not_known_to_have_ended_counts_as_taken(status: Status) -> None:
    on_list, left_out = item(1, status=status), item(1, status=status, left_out_since=2)
    ended = status is Status.STOPPED
    assert on_list.current is not ended
    assert left_out.on_earlier_list is not ended
    assert not on_list.on_earlier_list
    assert not left_out.current


def test_an_item_entered_in_error_says_why_and_no_other_does() -> None:
    facts = ItemFacts("Water", status=Status.ENTERED_IN_ERROR)
    slip = Item(UUID(int=1), facts, PATIENT_SAID, error_reason="a slip")
    assert not slip.current
    assert not slip.on_earlier_list
    with pytest.raises(ValueError, match="says why"):
        Item(UUID(int=1), facts, PATIENT_SAID)
    with pytest.raises(ValueError, match="no other does"):
        Item(UUID(int=1), ItemFacts("Water"), PATIENT_SAID, error_reason="a slip")


def test_an_item_may_lose_its_name_or_its_description_but_not_both() -> None:
    facts = ItemFacts("Water", "in a jug", strength="5 mg")
    assert changed_facts(facts, {"name": None}).called == "in a jug"
    assert changed_facts(facts, {"description": None, "strength": None}) == ItemFacts("Water")
    with pytest.raises(RefusedError) as refusal:
        changed_facts(facts, {"name": None, "description": ""})
    assert [fault.pointer for fault in refusal.value.faults] == ["/name"]
