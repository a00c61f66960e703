"""A registered client reads as far as its scopes go: letter by letter, type by type."""

import pytest
from flask import Flask

from service.actions.clock import utc_now
from service.store.database import Database
from tests.web.conftest import ClinicOfTests
from tests.web.fhir.records import put_on_file
from tests.web.lists import asked
from tests.web.registered import Registered, administrator_of, register

READ_AND_SEARCHED = {
    "Patient": "Patient/{patient}",
    "MedicationStatement": "MedicationStatement/{item}",
    "List": "List/{patient}.supplement",
    "Provenance": "Provenance/list.{patient}.supplement",
}
WHOLE = ("system/Patient.r", "system/MedicationStatement.r", "system/List.r", "system/Provenance.r")


@pytest.fixture
def registered(app: Flask, database: Database, clinic: ClinicOfTests) -> Registered:
    return register(app, administrator_of(database, clinic, utc_now))


@pytest.mark.parametrize("kind", READ_AND_SEARCHED)
def test_a_scope_lets_a_client_do_what_its_letters_say_and_no_more(
    registered: Registered, clinic: ClinicOfTests, kind: str
) -> None:
    patient = put_on_file(clinic)
    items = clinic.ehr.get(f"/fhir/MedicationStatement?patient={patient}").get_json()
    item = items["entry"][0]["resource"]["id"]
    allowed = {
        f"system/{kind}.r": (200, 403),
        f"system/{kind}.s": (403, 200),
        f"system/{kind}.read": (200, 200),
        f"system/{kind}.cud": (403, 403),
        "system/*.rs": (200, 200),
        "system/*.read": (200, 200),
        "system/*.*": (200, 200),
        "system/*.write": (403, 403),
        "system/Questionnaire.rs": (403, 403),
    }
    whose = "_id" if kind == "Patient" else "patient"
    for scope, (read, search) in allowed.items():
        caller = registered.caller(scope)
        address = f"/fhir/{READ_AND_SEARCHED[kind].format(patient=patient, item=item)}"
        assert caller.get(address).status_code == read, scope
        assert caller.get(f"/fhir/{kind}?{whose}={patient}").status_code == search, scope
        posted = caller.call("POST", f"/fhir/{kind}/_search", data={whose: patient})
        assert posted.status_code == search, scope


def test_everything_is_all_or_nothing(registered: Registered, clinic: ClinicOfTests) -> None:
    address = f"/fhir/Patient/{put_on_file(clinic)}/$everything"

    assert registered.caller(" ".join(WHOLE)).get(address).status_code == 200
    for missing in WHOLE:
        rest = " ".join(scope for scope in WHOLE if scope != missing)
        assert registered.caller(rest).get(address).status_code == 403, missing


def test_everything_says_where_the_scope_leaves_the_sheets_out(
    registered: Registered, clinic: ClinicOfTests
) -> None:
    patient = clinic.ehr.post("/v1/intake", asked("Water")).get_json()["patient_id"]
    address = f"/fhir/Patient/{patient}/$everything"
    of_lists = " ".join(WHOLE)

    without = registered.caller(of_lists).get(address).get_json()
    whole = registered.caller(f"{of_lists} system/DocumentReference.r").get(address).get_json()

    assert [entry["search"]["mode"] for entry in without["entry"]][-1] == "outcome"
    assert "DocumentReference" in without["entry"][-1]["resource"]["issue"][0]["diagnostics"]
    assert whole["entry"][-1]["resource"]["resourceType"] == "DocumentReference"
    assert (whole["total"], len(whole["entry"])) == (without["total"] + 1, len(without["entry"]))
