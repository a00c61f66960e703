"""Another clinic's thing answers exactly like one that there is not, at every door."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.access.calls import Call
from tests.access.checks import leaks, plain, told_apart
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Kind
from tests.cds_calls import patient, select, sign, view
from tests.web.lists import posted

NO_NUMBER = "00000000-00000"
MRN = "urn:clinic:mrn"


@pytest.mark.parametrize("operation", HOW)
def test_nothing_of_another_clinic_is_told_from_nothing(
    ours: FilledClinic, theirs: FilledClinic, operation: str
) -> None:
    assert leaks(theirs, ours, operation) == []


SEARCHES: dict[str, Callable[[str], Call]] = {
    "GET /v1/patients": lambda number: Call(query=f"?identifier={MRN}|{number}"),
    "GET /fhir/Patient": lambda number: Call(query=f"?identifier={MRN}|{number}"),
    "POST /fhir/Patient/_search": lambda number: Call(form={"identifier": f"{MRN}|{number}"}),
    "POST /search": lambda number: Call(form={"sought": number}),
}
HOOKS: dict[str, Any] = {"order-sign": sign, "order-select": select, "patient-view": view}


@pytest.mark.parametrize("operation", SEARCHES)
def test_a_number_of_another_clinics_patient_finds_nobody(
    ours: FilledClinic, theirs: FilledClinic, operation: str
) -> None:
    number = ours.sheet.mrn
    for kind in RULES[operation].allowed():
        asked, about_nobody = SEARCHES[operation](number), SEARCHES[operation](NO_NUMBER)
        assert told_apart(theirs, operation, kind, asked, about_nobody) == []
        assert told_apart(ours, operation, kind, asked, about_nobody) != [], "it finds its own"


@pytest.mark.parametrize("hook", HOOKS)
def test_a_prefetched_patient_of_another_clinic_is_a_stranger(
    ours: FilledClinic, theirs: FilledClinic, hook: str
) -> None:
    def called(number: str) -> Call:
        body = HOOKS[hook](prefetch={"patient": patient(number)})
        return Call({"service_id": f"disclosure-{hook}"}, json=body)

    operation, asked, about_nobody = (
        "POST /cds-services/{service_id}",
        called(ours.sheet.mrn),
        called(NO_NUMBER),
    )
    assert told_apart(theirs, operation, Kind.CLIENT, asked, about_nobody) == []
    assert told_apart(ours, operation, Kind.CLIENT, asked, about_nobody) != [], "it knows its own"


CHANGES = [operation for operation in HOW if operation.startswith(("PUT /v1", "PATCH /v1", "DELETE /v1/p"))]


@pytest.mark.parametrize("operation", CHANGES)
def test_no_version_in_if_match_tells_whether_another_clinic_has_it(
    ours: FilledClinic, theirs: FilledClinic, operation: str
) -> None:
    call = HOW[operation](ours)
    patient = ours.known.ehr.get(f"/v1/patients/{ours.sheet.patient}")
    for version in ('"1"', '"2"', '"999"', 'W/"1"', "nonsense", "*", patient.headers["ETag"]):
        asked = replace(call, headers={"If-Match": version})
        assert told_apart(theirs, operation, Kind.NURSE, asked, asked.about_nothing()) == [], version
    without = replace(call, headers={})
    assert told_apart(theirs, operation, Kind.NURSE, without, without.about_nothing()) == []


def test_a_key_that_another_clinic_has_used_is_a_new_key(ours: FilledClinic, theirs: FilledClinic) -> None:
    intake, key = Call(json=posted("Water")), {"Idempotency-Key": "the same in both"}
    first = ours.ask("POST /v1/intake", Kind.EHR, intake, **key).get_json()
    second = theirs.ask("POST /v1/intake", Kind.EHR, intake, **key).get_json()
    assert first["patient_id"] != second["patient_id"]
    assert ours.ask("POST /v1/intake", Kind.EHR, intake, **key).get_json() == first
    by_another = ours.ask("POST /v1/intake", Kind.ADMINISTRATOR_KEY, intake, **key).get_json()
    assert by_another["medication_list"]["version"] == 2, "another program's key is its own"


def test_a_used_key_tells_nothing_of_another_clinics_patient(
    ours: FilledClinic, theirs: FilledClinic
) -> None:
    operation = "POST /v1/patients/{patient_id}/medication-list/items"
    call = replace(HOW[operation](ours), headers={"Idempotency-Key": "used"})
    assert ours.ask(operation, Kind.EHR, call).status_code == 201
    assert told_apart(theirs, operation, Kind.EHR, call, call.about_nothing()) == []


@pytest.mark.parametrize("operation", ["GET /v1/audit-events", "GET /administration/audit"])
def test_the_record_of_another_clinics_patient_is_as_empty_as_nobodys(
    ours: FilledClinic, theirs: FilledClinic, operation: str
) -> None:
    asked = Call(query=f"?patient_id={ours.sheet.patient}")
    for kind in RULES[operation].allowed():
        assert told_apart(theirs, operation, kind, asked, asked.about_nothing()) == []
        assert told_apart(ours, operation, kind, asked, asked.about_nothing()) != [], "it sees its own"


def test_another_clinics_list_is_untouched_by_a_patient_with_the_same_number(
    ours: FilledClinic, theirs: FilledClinic
) -> None:
    number = ours.number()
    first = ours.known.intake.post("/v1/intake", posted("Water", mrn=number)).get_json()
    second = theirs.known.intake.post("/v1/intake", posted("Soap", mrn=number)).get_json()
    assert first["patient_id"] != second["patient_id"]
    assert second["medication_list"]["version"] == 1
    kept = ours.known.ehr.get(f"/v1/patients/{first['patient_id']}/medication-list").get_json()
    assert [item["name"] for item in kept["items"]] == ["Water"]


def test_a_form_behind_a_link_is_there_for_its_own_browser_alone(
    ours: FilledClinic, theirs: FilledClinic
) -> None:
    operation = "GET /form/{link_id}/who"
    call = HOW[operation](ours)
    assert ours.ask(operation, Kind.LINK, call).status_code == 200
    nothing = plain(ours.ask(operation, Kind.LINK, call.about_nothing()))
    for kind in Kind:
        assert plain(theirs.ask(operation, kind, call)) == nothing, kind
