"""Promise 3 where lists come in: whatever names a medicine is an item, and what comes twice is two.

Planted faults that the checks catch stand in ``planted/``.
"""

from pathlib import Path
from typing import Any

import pytest

from service.formats.fhir.reading import read
from tests.domain.made_up import listing
from tests.promises.imports import DOORS, Door, taken_in
from tests.web.fhir.sent import bundle, identified

SENT = ("Water", "Soap", "Water", "none", "降压药片", "Water", "No known medications", "n/a")


@pytest.mark.parametrize("door", DOORS)
def test_every_medicine_that_comes_in_is_an_item_also_one_like_another(door: Door, tmp_path: Path) -> None:
    following = taken_in(listing(), door(SENT, tmp_path))
    assert [one.facts.name for one in following.current_items] == list(SENT)
    again = taken_in(following, door(SENT, tmp_path))
    assert [one.facts.name for one in again.current_items] == list(SENT)


NAMED: dict[str, dict[str, Any]] = {
    "by a text": {"medicationCodeableConcept": {"text": "Water"}},
    "by the words beside a code": {
        "medicationCodeableConcept": {"coding": [{"system": "urn:x", "code": "1", "display": "Water"}]}
    },
    "by a medicine inside": {
        "contained": [{"resourceType": "Medication", "id": "m", "code": {"text": "Water"}}],
        "medicationReference": {"reference": "#m"},
    },
    "by the words beside a reference": {
        "medicationReference": {"reference": "Medication/elsewhere", "display": "Water"}
    },
}


@pytest.mark.parametrize("status", [None, "active", "unknown", "on-hold", "intended"])
@pytest.mark.parametrize("named", NAMED)
def test_a_medicine_is_an_item_whatever_names_it_and_whatever_its_status(
    named: str, status: str | None
) -> None:
    said = {"status": status} if status else {}
    sent = {"resourceType": "MedicationStatement", "subject": identified(), **said, **NAMED[named]}
    following = taken_in(listing(), read(bundle("batch", sent), sender="test"))
    assert [one.facts.called for one in following.current_items] == ["Water"]
