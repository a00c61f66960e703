"""Made-up patients, one for each thing that a page may have to show."""

import json
from pathlib import Path
from typing import Any

from tests.browser.clinic import Clinic

DAY = "2026-12-01"
"""The day on which the treatment of all of them is planned to start."""
READY, GAPS, CHANGED, WITHDRAWN, SIGNED, NOTHING, ALIKE = (f"Test Patient 0{n}" for n in range(1, 8))
MANY, RIGHT_TO_LEFT, UNPRINTABLE = "Test " * 20 + "08", "דואב 09", "Test Patient 10"
_DEMO = Path(__file__).parents[2] / "seed" / "demo"
_NONE = {"answer": "none_reported"}
_TABLET = {"category": "prescription", "name": "Amlodipine", "dosage_text": "one tablet in the evening"}
_DROPS = {"category": "over_the_counter", "name": "Artificial tears", "dosage_text": "one drop when needed"}


def add_patients(clinic: Clinic) -> None:
    """Patients as a clinic has them on an ordinary day, with what a nurse has done already."""
    all_asked = {"over_the_counter": _NONE, "supplement": _NONE}
    clinic.add_patient(READY, "000101", [_TABLET, _DROPS], categories={"supplement": _NONE})
    clinic.add_patient(GAPS, "000102", _demo("patient-02"), categories={"over_the_counter": _NONE})
    clinic.add_patient(CHANGED, "000103", [_TABLET], categories=all_asked)
    clinic.add_patient(WITHDRAWN, "000104", [_TABLET])
    clinic.add_patient(SIGNED, "000105", [], categories={"prescription": _NONE, **all_asked})
    clinic.add_patient(NOTHING, "000106", [])
    clinic.add_patient(ALIKE, "000107", [_TABLET, {**_TABLET, "name": "AMLODIPINE", "strength": "5 mg"}])
    for name in (SIGNED, CHANGED):
        _sign_all(clinic, name)
    # A supplement is told of after all.
    address = f"/v1{clinic.patient(CHANGED)}/medication-list/items"
    clinic.as_nurse("POST", address, {"category": "supplement", "name": "Vitamin D3"})
    reason = {"reason": "Printed for another day."}
    clinic.as_nurse("POST", f"/v1{clinic.checklist(WITHDRAWN)}/withdrawal", reason)


def add_odd_patients(clinic: Clinic) -> None:
    """A very long name with many items, a name from right to left, and letters that no font has."""
    many = [
        {"category": "prescription", "name": f"Examplin {n:03d} " + "x" * n, "note": "word " * n}
        for n in range(40)
    ]
    clinic.add_patient(MANY, "000108", many)
    clinic.add_patient(RIGHT_TO_LEFT, "000109", [{"name": "דואב 5 mg + 10 mg (x)"}])
    clinic.add_patient(UNPRINTABLE, "000110", [{"name": "降压药片"}])


def _demo(name: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads((_DEMO / f"{name}.json").read_text("utf-8"))["items"]
    return items


def _sign_all(clinic: Clinic, name: str) -> None:
    address = f"/v1{clinic.checklist(name)}"
    for section in clinic.as_nurse("GET", address)["sections"]:
        if section["id"] not in ("gaps", "sign_off"):
            signature = {"role": "nurse", "name": "Test Nurse", "content_digest": section["content_digest"]}
            clinic.as_nurse("POST", f"{address}/sections/{section['id']}/sign-offs", signature)
        if section["id"] == "tell":
            mark = {"mark": "told_provider", "note": "By phone."}
            clinic.as_nurse("PUT", f"{address}/lines/{section['lines'][0]['id']}/mark", mark)
