"""Made-up patients, one for each thing that a page may have to show."""

from typing import Any

from tests.browser.clinic import Clinic

DAY = "2026-12-01"
"""The day on which the treatment of all of them is planned to start."""
ASKED = {
    category: {"answer": "none_reported"} for category in ("prescription", "over_the_counter", "supplement")
}
READY, GAPS, CHANGED, WITHDRAWN, SIGNED, MANY, NOTHING, RIGHT_TO_LEFT = (
    "Test Patient 01",
    "Test Patient 02",
    "Test Patient 03",
    "Test Patient 04",
    "Test Patient 05",
    "Test " * 20 + "06",
    "Test Patient 07",
    "דואב 08",
)
UNPRINTABLE = "Test Patient 09"


def add_patients(clinic: Clinic) -> None:
    """Have an EHR send the lists, and a nurse do what was done before."""
    clinic.add_patient(READY, mrn="000101", categories=ASKED)
    clinic.add_patient(GAPS, "Water", "Soap", "Tea", mrn="000102", categories=_unsure())
    clinic.add_patient(CHANGED, "Water", mrn="000103", categories=_rest("prescription"))
    _sign_all(clinic, CHANGED)
    clinic.add_patient(WITHDRAWN, "Water", mrn="000104")
    clinic.add_patient(SIGNED, mrn="000105", categories=ASKED)
    clinic.add_patient(MANY, *(f"Examplin {n:03d} " + "x" * n for n in range(40)), mrn="000106")
    clinic.add_patient(NOTHING, mrn="000107", categories={}, treatment=None)
    clinic.add_patient(RIGHT_TO_LEFT, "דואב 5 mg + 10 mg (x)", mrn="000108")
    clinic.add_patient(UNPRINTABLE, "降压药片", mrn="000109")
    _sign_all(clinic, SIGNED)
    _change(clinic, CHANGED)
    clinic.as_nurse(
        "POST", f"/v1{clinic.checklist(WITHDRAWN)}/withdrawal", {"reason": "Printed for another day."}
    )


def _unsure() -> dict[str, Any]:
    return {"over_the_counter": {"answer": "none_reported"}}


def _rest(*listed: str) -> dict[str, Any]:
    return {category: answer for category, answer in ASKED.items() if category not in listed}


def _sign_all(clinic: Clinic, name: str) -> None:
    sheet = clinic.as_nurse("GET", f"/v1{clinic.checklist(name)}")
    for section in sheet["sections"]:
        if section["id"] not in ("gaps", "sign_off"):
            signature = {"role": "nurse", "name": "Test Nurse", "content_digest": section["content_digest"]}
            address = f"/v1{clinic.checklist(name)}/sections/{section['id']}/sign-offs"
            clinic.as_nurse("POST", address, signature)
    line = next(line for section in sheet["sections"] for line in section["lines"] if section["id"] == "tell")
    mark = {"mark": "told_provider", "note": "By phone."}
    clinic.as_nurse("PUT", f"/v1{clinic.checklist(name)}/lines/{line['id']}/mark", mark)


def _change(clinic: Clinic, name: str) -> None:
    """A supplement is told of after all."""
    address = f"/v1{clinic.patient(name)}/medication-list/items"
    clinic.as_nurse("POST", address, {"category": "supplement", "name": "Tea"})
