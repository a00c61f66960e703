"""Lists as an intake form posts them."""

from typing import Any

from tests.guidance_of_tests import TREATMENT

TREATMENT_ASKED = {"id": TREATMENT, "planned_start": "2026-12-01"}


def posted(*names: str, mrn: str = "000123", **fields: Any) -> dict[str, Any]:
    """A list of prescription items with these names, said by the patient."""
    return {
        "patient": {
            "identifier": {"system": "urn:clinic:mrn", "value": mrn},
            "name": "Test Patient 01",
            "birth_date": "1961-04-02",
        },
        "informant": {"kind": "patient"},
        "collection_mode": "self",
        "items": [{"category": "prescription", "name": name} for name in names],
        **fields,
    }


def asked(*names: str, **fields: Any) -> dict[str, Any]:
    """The same, with a checklist asked for."""
    return posted(*names, treatment=TREATMENT_ASKED, **fields)
