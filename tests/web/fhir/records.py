"""A patient with a list of a few items, put on file by the intake form, and what an EHR asks about it."""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from service.domain.access.clinics import ItemExport, NoneExport
from tests.web.conftest import Caller, ClinicOfTests
from tests.web.lists import posted
from tests.web.pages.intake import change_clinic

NOBODY = "00000000-0000-7000-8000-000000000000"
BASE = "http://localhost/fhir"


def put_on_file(clinic: ClinicOfTests, mrn: str = "000123") -> str:
    """The id of a patient who takes three things, takes no supplement and was not asked for the rest."""
    sent = posted(
        mrn=mrn,
        items=[
            {
                "category": "prescription",
                "name": "Water",
                "strength": "1.50 mg",
                "dosage_text": "1 in the morning",
            },
            {"category": "prescription", "name": "Water", "strength": "3 mg"},
            {"name": "Soap", "status": "stopped"},
        ],
        categories={"supplement": {"answer": "none_reported"}},
    )
    receipt: str = clinic.intake.post("/v1/intake", sent).get_json()["patient_id"]
    return receipt


def give_items_as_requests(app: Flask, clinic: ClinicOfTests) -> None:
    """Have the clinic give its items as MedicationRequests, and "none" as an entry."""
    change_clinic(
        app, clinic, item_export=ItemExport.MEDICATION_REQUEST, none_export=NoneExport.NEGATION_ENTRY
    )


def found(caller: Caller, path: str, **kwargs: Any) -> Mapping[str, Any]:
    """The Bundle that a search answers."""
    answer = caller.get(f"/fhir/{path}", **kwargs)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    bundle: Mapping[str, Any] = answer.get_json()
    return bundle


def matches(bundle: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The resources that a search found."""
    entries = bundle.get("entry", [])
    return [entry["resource"] for entry in entries if entry["search"]["mode"] == "match"]


def link(bundle: Mapping[str, Any], relation: str) -> str | None:
    """Where a link of a Bundle leads, below /fhir."""
    links = {one["relation"]: one["url"] for one in bundle["link"]}
    return links[relation].removeprefix(f"{BASE}/") if relation in links else None


def detail(answer: Any) -> str:
    """What an OperationOutcome says first."""
    said: str = answer.get_json()["issue"][0]["diagnostics"]
    return said
