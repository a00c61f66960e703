"""A CDS Hooks call with 20 medicines in its prefetch, made up, and what an EHR signs to be let in."""

import time
from typing import Any
from uuid import uuid4

import orjson
from joserfc import jws
from joserfc.jwk import ECKey

Json = dict[str, Any]
ORDERS, STATEMENTS = 11, 9
SERVICE = "disclosure-patient-view"
ISSUER = "https://ehr.example.org/hooks"
_TREATMENT = "Sorafenib 200 mg tablets"
_ALGORITHM = "ES384"
_SUBJECT = {"reference": "Patient/ehr-1", "display": "Test Patient Ünal"}


def hook_call(mrn: str) -> bytes:
    """The record of the patient whom the clinic knows as ``mrn`` is opened; the treatment is on order."""
    names = [_TREATMENT, *(f"Example medicine {number:02d}" for number in range(1, ORDERS + STATEMENTS))]
    return orjson.dumps(
        {
            "hook": "patient-view",
            "hookInstance": str(uuid4()),
            "context": {"userId": "Practitioner/1", "patientId": "ehr-1"},
            "prefetch": {
                "patient": {
                    "resourceType": "Patient",
                    "id": "ehr-1",
                    "identifier": [{"system": "urn:clinic:mrn", "value": mrn}],
                    "name": [{"family": "Ünal", "given": ["Test", "Patient"]}],
                    "birthDate": "1961-04-02",
                },
                "medicationRequests": _bundle("MedicationRequest", "dosageInstruction", names[:ORDERS]),
                "medicationStatements": _bundle("MedicationStatement", "dosage", names[ORDERS:]),
            },
        }
    )


def _bundle(kind: str, dosage: str, names: list[str]) -> Json:
    entries = [{"fullUrl": f"urn:uuid:{uuid4()}", "resource": _medicine(kind, dosage, one)} for one in names]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(entries), "entry": entries}


def _medicine(kind: str, dosage: str, name: str) -> Json:
    return {
        "resourceType": kind,
        "id": name.replace(" ", "-"),
        "status": "active",
        "medicationCodeableConcept": {
            "coding": [{"system": "urn:example:codes", "code": name[-2:], "display": name}],
            "text": name,
        },
        "subject": {"reference": "Patient/ehr-1", "display": "Test Patient Ünal"},
        dosage: [
            {
                "text": "½ tablet in the morning, after food",
                "timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
            }
        ],
    }


def tokens(key: ECKey, audience: str, number: int) -> list[str]:
    """So many tokens for one service, none of which was used; each is good for four minutes."""
    registry = jws.JWSRegistry(algorithms=[_ALGORITHM])
    header = {"alg": _ALGORITHM, "typ": "JWT", "kid": key.kid}
    claims = {"iss": ISSUER, "aud": audience, "iat": int(time.time()), "exp": int(time.time()) + 240}
    return [
        jws.serialize_compact(header, orjson.dumps({**claims, "jti": str(uuid4())}), key, registry=registry)
        for _ in range(number)
    ]
