"""The CapabilityStatement says what there is: no more than is routed, and no less."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.formats.fhir.writing.r4 import check, required_codes, wrong_codes
from tests.web.conftest import ClinicOfTests
from tests.web.fhir.records import NOBODY, put_on_file
from tests.web.fhir.test_reading import addresses

# The last one refuses by name every type that is not here.
NOT_OF_A_TYPE = {"/fhir/metadata", "/fhir/.well-known/smart-configuration", "/fhir/<resource_type>"}
INTERACTIONS = {
    ("GET", "/fhir/{type}/{id}"): "read",
    ("PUT", "/fhir/{type}/{id}"): "update",
    ("POST", "/fhir/{type}"): "create",
    ("GET", "/fhir/{type}"): "search-type",
    ("POST", "/fhir/{type}/_search"): "search-type",
}


def statement(app: Flask) -> dict[str, Any]:
    answer = app.test_client().get("/fhir/metadata")
    assert answer.status_code == 200
    said: dict[str, Any] = answer.get_json()
    return said


def routed(app: Flask) -> Iterator[tuple[str, Rule]]:
    """Every method and route below /fhir that is about resources."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/fhir") and rule.rule not in NOT_OF_A_TYPE:
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield method, rule


def what_it_does(method: str, rule: str) -> set[tuple[str, str]]:
    if rule in ("/fhir", "/fhir/"):
        return {("", "batch"), ("", "transaction")}
    kind = rule.split("/")[2]
    operation = re.fullmatch(r"/fhir/\w+(?:/<[^>]+>)?/\$([a-z]+)", rule)
    if operation:
        return {(kind, f"${operation[1]}")}
    shape = re.sub(r"<[^>]+>|(?<=/)[a-z][a-z-]+$", "{id}", rule).replace(f"/fhir/{kind}", "/fhir/{type}")
    return {(kind, INTERACTIONS[method, shape])}


def test_anybody_may_read_it_and_it_is_valid(app: Flask) -> None:
    said = statement(app)

    check(said)
    assert (said["kind"], said["fhirVersion"], said["rest"][0]["mode"]) == ("instance", "4.0.1", "server")
    assert said["implementation"]["url"] == "http://localhost/fhir"


def test_its_codes_are_r4s(app: Flask) -> None:
    assert wrong_codes(statement(app), required_codes()) == []


def test_it_says_what_is_routed_and_nothing_else(app: Flask) -> None:
    rest = statement(app)["rest"][0]
    said = {("", one["code"]) for one in rest.get("interaction", [])}
    for resource in rest["resource"]:
        said |= {(resource["type"], one["code"]) for one in resource.get("interaction", [])}
        said |= {(resource["type"], f"${one['name']}") for one in resource.get("operation", [])}

    assert said == {does for method, rule in routed(app) for does in what_it_does(method, rule.rule)}
    assert ("Patient", "$everything") in said


def test_every_type_that_is_searched_has_a_posted_search_too(app: Flask) -> None:
    rules = {(method, rule.rule) for method, rule in routed(app)}
    searched = {
        rule
        for method, rule in rules
        if method == "GET" and INTERACTIONS.get((method, "/fhir/{type}"))
        if re.fullmatch(r"/fhir/[A-Z]\w+", rule)
    }

    assert {rule for rule in searched if ("POST", f"{rule}/_search") not in rules} == set()


@pytest.mark.parametrize(
    "kind",
    ["Patient", "MedicationStatement", "MedicationRequest", "List", "Provenance", "QuestionnaireResponse"],
)
def test_a_search_takes_what_the_statement_names_and_refuses_the_rest(
    app: Flask, clinic: ClinicOfTests, kind: str
) -> None:
    resources = {one["type"]: one for one in statement(app)["rest"][0]["resource"]}
    named = {one["name"] for one in resources[kind]["searchParam"]}
    whose = "_id" if kind == "Patient" else "patient"
    tried = (
        "_id",
        "identifier",
        "patient",
        "subject",
        "status",
        "intent",
        "code",
        "target",
        "name",
        "category",
    )

    for name in tried:
        value = NOBODY if name in ("patient", "subject", "_id") else "x"
        answer = clinic.ehr.get(f"/fhir/{kind}?{whose}={NOBODY}&{name}={value}")
        assert answer.status_code == (200 if name in named else 400), name
    assert named <= set(tried)


def test_it_says_where_a_client_gets_a_token(app: Flask) -> None:
    security = statement(app)["rest"][0]["security"]

    assert security["service"][0]["coding"][0]["code"] == "SMART-on-FHIR"
    (addresses,) = security["extension"]
    assert addresses["extension"] == [{"url": "token", "valueUri": "http://localhost/smart/token"}]


def test_it_says_which_types_are_read_with_their_version(app: Flask, clinic: ClinicOfTests) -> None:
    said = {one["type"]: one for one in statement(app)["rest"][0]["resource"]}
    patient = put_on_file(clinic)
    read = [*addresses(clinic, patient), f"/fhir/QuestionnaireResponse/{patient}.1"]
    for address in read:
        known = {"If-None-Match": clinic.ehr.get(address).headers["ETag"]}
        assert clinic.ehr.get(address, headers=known).status_code == 304, address

    versioned = {kind for kind, one in said.items() if one["versioning"] == "versioned"}
    assert versioned == {address.split("/")[2] for address in read}
    assert versioned == {kind for kind, one in said.items() if "conditionalRead" in one}
