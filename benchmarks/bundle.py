"""A made-up Bundle of 50 entries as EHRs send them, and what an import has to read from it."""

from typing import Any

import orjson

Json = dict[str, Any]
ENTRIES = 50
_BASE = "https://ehr.example.org/fhir"
_PATIENT = {"reference": "Patient/made-up-1", "display": "Test Patient Ünal"}
_CODES = "urn:example:codes"
_TERMS = "http://terminology.hl7.org/CodeSystem"


def made_up_bundle() -> bytes:
    """One Patient, then statements and requests in turns, as a searchset in UTF-8."""
    resources = [_patient(), *(_medicine(number) for number in range(1, ENTRIES))]
    return orjson.dumps(
        {
            "resourceType": "Bundle",
            "id": "made-up",
            "type": "searchset",
            "total": ENTRIES,
            "link": [{"relation": "self", "url": f"{_BASE}/Patient/made-up-1/$everything"}],
            "entry": [
                {
                    "fullUrl": f"{_BASE}/{one['resourceType']}/{one['id']}",
                    "resource": one,
                    "search": {"mode": "match"},
                }
                for one in resources
            ],
        }
    )


def medicine_name(number: int) -> str:
    """What the medicine of an entry is called."""
    return f"Example medicine {number:02d}"


def dosage_text(number: int) -> str:
    """How it is taken."""
    return f"½ tablet {1 + number % 3} times a day, after food"


def _patient() -> Json:
    return {
        "resourceType": "Patient",
        "id": "made-up-1",
        "meta": _meta("patient"),
        "text": _narrative("Test Patient Ünal, born 1961-04-02"),
        "identifier": [
            {
                "use": "usual",
                "type": _concept(f"{_TERMS}/v2-0203", "MR", "Medical record number"),
                "system": "urn:clinic:mrn",
                "value": "made-up-1",
            }
        ],
        "active": True,
        "name": [{"use": "official", "family": "Ünal", "given": ["Test", "Patient"]}],
        "telecom": [{"system": "phone", "value": "555-0100", "use": "home"}],
        "gender": "other",
        "birthDate": "1961-04-02",
        "address": [{"use": "home", "line": ["1 Example Street"], "city": "Example", "country": "XX"}],
        "communication": [{"language": _concept("urn:ietf:bcp:47", "en", "English"), "preferred": True}],
    }


def _medicine(number: int) -> Json:
    return _statement(number) if number % 2 else _request(number)


def _statement(number: int) -> Json:
    return {
        **_shared("MedicationStatement", number),
        "effectivePeriod": {"start": "2019-05-01", "end": "2027-05-01"},
        "dateAsserted": "2026-11-02T10:15:00Z",
        "informationSource": _PATIENT,
        "dosage": [_dosage(number)],
    }


def _request(number: int) -> Json:
    return {
        **_shared("MedicationRequest", number),
        "intent": "order",
        "encounter": {"reference": f"Encounter/{number}"},
        "authoredOn": "2026-11-02T10:15:00+01:00",
        "requester": {"reference": "Practitioner/example", "display": "Dr. Example"},
        "dosageInstruction": [_dosage(number)],
        "dispenseRequest": {
            "validityPeriod": {"start": "2026-11-02", "end": "2027-11-02"},
            "numberOfRepeatsAllowed": 3,
            "quantity": _amount(30, "tablet"),
            "expectedSupplyDuration": {**_amount(30, "days"), "code": "d"},
        },
        "substitution": {"allowedBoolean": True},
    }


def _shared(resource_type: str, number: int) -> Json:
    """What statements and requests have in common; the medicine of every other pair is contained."""
    name = medicine_name(number)
    one: Json = {
        "resourceType": resource_type,
        "id": f"made-up-{number}",
        "meta": _meta(resource_type),
        "text": _narrative(f"{name}: {dosage_text(number)}"),
        "identifier": [{"use": "official", "system": "urn:example:numbers", "value": f"{number:06d}"}],
        "status": "active",
        "category": _category(resource_type),
        "subject": _PATIENT,
        "reasonCode": [{**_concept(_CODES, "made-up", "Made-up reason"), "text": "made-up reason"}],
        "note": [{"time": "2026-11-02T10:15:00Z", "text": "From the pharmacy near home.\nAs it was told."}],
    }
    medicine = {
        "coding": [_coding(_CODES, f"{number:06d}", name), _coding("urn:example:others", f"E{number}", name)],
        "text": name,
    }
    if number % 4 < 2:
        return {**one, "medicationCodeableConcept": medicine}
    contained = {
        "resourceType": "Medication",
        "id": "medicine",
        "code": medicine,
        "status": "active",
        "form": {**_concept(_CODES, "tablet", "Tablet"), "text": "tablet"},
        "ingredient": [
            {
                "itemCodeableConcept": {**_concept(_CODES, f"S{number}", name), "text": name},
                "isActive": True,
                "strength": {"numerator": _amount(2.5, "mg"), "denominator": _amount(1, "tablet")},
            }
        ],
    }
    return {**one, "contained": [contained], "medicationReference": {"reference": "#medicine"}}


def _category(resource_type: str) -> Json | list[Json]:
    if resource_type == "MedicationStatement":
        return _concept(f"{_TERMS}/medication-statement-category", "community", "Community")
    return [_concept(f"{_TERMS}/medicationrequest-category", "community", "Community")]


def _dosage(number: int) -> Json:
    return {
        "sequence": 1,
        "text": dosage_text(number),
        "patientInstruction": "Made-up words for the patient.",
        "timing": {
            "repeat": {
                "boundsPeriod": {"start": "2026-11-02"},
                "frequency": 1 + number % 3,
                "period": 1,
                "periodUnit": "d",
            },
            "code": {**_concept(f"{_TERMS}/v3-GTSAbbreviation", "QD", "QD"), "text": "every day"},
        },
        "asNeededBoolean": False,
        "route": {**_concept(_CODES, "oral", "By mouth"), "text": "by mouth"},
        "doseAndRate": [
            {
                "type": _concept(f"{_TERMS}/dose-rate-type", "ordered", "Ordered"),
                "doseQuantity": _amount(0.5, "tablet"),
            }
        ],
    }


def _concept(system: str, code: str, display: str) -> Json:
    return {"coding": [_coding(system, code, display)]}


def _coding(system: str, code: str, display: str) -> Json:
    return {"system": system, "code": code, "display": display}


def _amount(value: float, unit: str) -> Json:
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": f"{{{unit}}}"}


def _meta(what: str) -> Json:
    return {
        "versionId": "1",
        "lastUpdated": "2026-11-02T10:15:00.000Z",
        "profile": [f"http://example.org/fhir/StructureDefinition/{what}"],
    }


def _narrative(text: str) -> Json:
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><table><tr><td>{text}</td></tr></table></div>',
    }
