"""How each operation of the JSON API is called so that whoever may do it succeeds."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.access.calls import Call
from tests.access.clinics import FilledClinic, Sheet
from tests.access.policy import Kind
from tests.guidance_of_tests import TREATMENT, guidance_of_tests
from tests.web.conftest import PASSWORD
from tests.web.lists import posted

How = Callable[[FilledClinic], Call]
# The press has tests of its own: whoever may print is told that nobody is planned for this day.
NO_DAY, NOBODY_PLANNED = "2031-01-01", frozenset({404})
ANY_VERSION = {"If-Match": "*"}
_LIST = "/v1/patients/{patient_id}/medication-list"
_SHEET = "/v1/checklists/{checklist_id}"


def of_patient(query: str = "", json: Any = None, **places: str) -> How:
    """About the patient on file."""
    return lambda c: Call({"patient_id": c.sheet.patient, **places}, query, json)


def changing(json: Any, **places: str) -> How:
    """The same, made from any version."""
    return lambda c: Call({"patient_id": c.sheet.patient, **places}, json=json, headers=ANY_VERSION)


def of_sheet(json: Any = None, **places: str) -> How:
    return lambda c: Call({"checklist_id": c.sheet.checklist, **places}, json=json)


def _whole_list(c: FilledClinic) -> Call:
    return Call(
        {"patient_id": c.new_sheet().patient}, json={"items": [{"name": "Sand"}]}, headers=ANY_VERSION
    )


def _change_of_item(c: FilledClinic) -> Call:
    places = {"patient_id": c.sheet.patient, "item_id": c.sheet.item}
    return Call(places, json={"note": "x"}, headers=ANY_VERSION)


def _taken_off(c: FilledClinic) -> Call:
    sheet = c.new_sheet()
    places = {"patient_id": sheet.patient, "item_id": sheet.item}
    return Call(places, json={"reason": "x"}, headers=ANY_VERSION)


def signature(sheet: Sheet) -> dict[str, str]:
    return {"role": "nurse", "name": "Test Nurse", "content_digest": sheet.digest}


def signed(c: FilledClinic) -> dict[str, str]:
    """The places of a signature that was not taken back."""
    places = {"checklist_id": c.sheet.checklist, "section": "tell"}
    operation = f"POST {_SHEET}/sections/{{section}}/sign-offs"
    made = c.ask(operation, Kind.NURSE, Call(places, json=signature(c.sheet)))
    assert made.status_code == 201, made.data
    return {**places, "sign_off_id": max(one["id"] for one in made.get_json()["sign_offs"])}


def _sessions(c: FilledClinic) -> Call:
    return Call(json={"login": c.known.nurse_login, "password": PASSWORD})


def identified(c: FilledClinic) -> dict[str, str]:
    return {"system": "urn:clinic:mrn", "value": c.number()}


V1: Mapping[str, How] = {
    "POST /v1/intake": lambda c: Call(json=posted("Soap", mrn=c.number())),
    "POST /v1/patients": lambda c: Call(json={"identifier": identified(c)}),
    "GET /v1/patients": lambda _: Call(query="?limit=2"),
    "GET /v1/patients/{patient_id}": of_patient(),
    "GET /v1/patients/{patient_id}/export": lambda c: Call({"patient_id": c.new_sheet().patient}),
    "PATCH /v1/patients/{patient_id}": changing({"print_size": "large"}),
    f"GET {_LIST}": of_patient(),
    f"PUT {_LIST}": _whole_list,
    f"POST {_LIST}/items": of_patient(json={"name": "Clay"}),
    f"PATCH {_LIST}/items/{{item_id}}": _change_of_item,
    f"DELETE {_LIST}/items/{{item_id}}": _taken_off,
    f"PUT {_LIST}/categories/{{category}}": changing(
        {"answer": "declined", "informant": {"kind": "patient"}, "collection_mode": "phone"},
        category="supplement",
    ),
    f"GET {_LIST}/versions": of_patient(),
    f"GET {_LIST}/difference": of_patient("?from=1&to=1"),
    "GET /v1/treatments": lambda _: Call(),
    "GET /v1/treatments/{treatment_id}": lambda _: Call({"treatment_id": TREATMENT}),
    "GET /v1/treatments/{treatment_id}/versions": lambda _: Call({"treatment_id": TREATMENT}),
    "GET /v1/treatments/{treatment_id}/versions/{version}": lambda _: Call(
        {"treatment_id": TREATMENT, "version": guidance_of_tests().version}
    ),
    "POST /v1/patients/{patient_id}/checklists": of_patient(json={"treatment": TREATMENT}),
    "GET /v1/patients/{patient_id}/checklists": of_patient(),
    f"GET {_SHEET}": of_sheet(),
    f"GET {_SHEET}.html": of_sheet(),
    f"GET {_SHEET}.pdf": of_sheet(),
    "GET /v1/checklists/by-code/{code}": lambda c: Call({"code": c.sheet.code}),
    f"POST {_SHEET}/sections/{{section}}/sign-offs": lambda c: Call(
        {"checklist_id": c.sheet.checklist, "section": "tell"}, json=signature(c.sheet)
    ),
    f"POST {_SHEET}/sections/{{section}}/sign-offs/{{sign_off_id}}/withdrawal": lambda c: Call(
        signed(c), json={"reason": "x"}
    ),
    f"PUT {_SHEET}/lines/{{line}}/mark": of_sheet({"mark": "discussed"}, line="ask-open"),
    f"POST {_SHEET}/withdrawal": lambda c: Call(
        {"checklist_id": c.new_sheet().checklist}, json={"reason": "x"}
    ),
    "GET /v1/worklist": lambda _: Call(query="?date=2026-12-01"),
    "POST /v1/print-batches": lambda _: Call(json={"date": NO_DAY}, statuses=NOBODY_PLANNED),
    "POST /v1/patients/{patient_id}/intake-links": of_patient(json={"collection_mode": "self"}),
    "GET /v1/audit-events": lambda _: Call(query="?limit=2"),
    "POST /v1/sessions": _sessions,
    "DELETE /v1/sessions/current": lambda _: Call(ends_session=True),
}
