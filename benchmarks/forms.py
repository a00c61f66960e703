"""The intake forms that are posted: made-up medicines with the details that forms come with."""

from itertools import count
from typing import Any

Json = dict[str, Any]
TREATMENT = "sorafenib"
_KINDS = (*("prescription",) * 11, *("over_the_counter",) * 4, *("supplement",) * 4, None)
_numbers = count(1)


def form(items: int = 20) -> Json:
    """A whole list of a patient who was never seen before, and the treatment it is for."""
    return {
        "patient": {
            "identifier": {"system": "urn:clinic:mrn", "value": f"bench-{next(_numbers):08d}"},
            "name": "Test Patient Ünal",
            "birth_date": "1961-04-02",
        },
        "informant": {"kind": "patient"},
        "collection_mode": "self",
        "categories": {"prescription": {"answer": "items_reported"}},
        "items": [_item(place) for place in range(items)],
        "treatment": {"id": TREATMENT, "planned_start": "2026-12-01"},
    }


def _item(place: int) -> Json:
    """Every third item with all that is known of it, every seventh without a dose, one not sorted yet."""
    item: Json = {"category": _KINDS[place % len(_KINDS)], "name": f"Example medicine {place + 1:02d}"}
    if place % 7 != 6:
        item |= {"strength": f"{5 * (place + 1)} mg", "dosage_text": "½ tablet in the morning, after food"}
    if place % 3 == 0:
        item |= {
            "form": "tablet",
            "route": "by mouth",
            "frequency": "every day",
            "as_needed": False,
            "reason": "blood pressure",
            "last_taken": "this morning",
            "started_on": "2019-05",
            "prescriber": "Dr. Example",
            "note": "from the pharmacy near home",
            "codings": [{"system": "urn:example:codes", "code": f"{place:06d}"}],
        }
    return item
