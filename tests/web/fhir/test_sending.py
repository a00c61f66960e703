"""How an EHR may send: in which form, how often, with which rights, and what a hostile body gets."""

from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from service.actions.door import Door
from service.actions.imports import import_reading
from service.actions.performing import perform
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.access.scopes import parse_scope
from service.domain.errors import ForbiddenError
from service.formats.fhir.reading import read
from service.store.database import Database
from tests.audit_keys import AUDIT_KEYS
from tests.domain.made_up import NOW
from tests.formats.fhir.writing.r4 import check
from tests.web.conftest import ClinicOfTests
from tests.web.fhir.sent import bundle, issues, list_of, names, patient, plan, statement, statuses

ADDRESSES = ["", "/Patient", "/MedicationStatement", "/MedicationRequest", "/List", "/Observation"]


def send(
    clinic: ClinicOfTests, path: str, body: bytes | str, kind: str = "application/fhir+json"
) -> TestResponse:
    return clinic.ehr.call("POST", f"/fhir{path}", data=body, headers={"Content-Type": kind})


@pytest.mark.parametrize("kind", ["application/fhir+json", "application/json; charset=utf-8"])
@pytest.mark.parametrize("wanted", ["application/fhir+json", "application/json", "*/*"])
def test_json_is_taken_and_given_under_its_names(clinic: ClinicOfTests, kind: str, wanted: str) -> None:
    headers = {"Content-Type": kind, "Accept": wanted}
    answer = clinic.ehr.call("POST", "/fhir", data=orjson.dumps(bundle("batch")), headers=headers)
    assert answer.status_code == 200
    assert answer.mimetype == "application/fhir+json"


@pytest.mark.parametrize("path", ADDRESSES[:-1])
@pytest.mark.parametrize(
    "kind", ["application/fhir+xml", "text/plain", "", "application/fhir+json; fhirVersion=3.0"]
)
def test_another_form_is_refused_by_name(clinic: ClinicOfTests, path: str, kind: str) -> None:
    answer = send(clinic, path, b"<Bundle/>", kind)
    assert answer.status_code == 415
    assert "XML" in issues(answer)[0]["diagnostics"]


@pytest.mark.parametrize(
    "asked", [{"headers": {"Accept": "application/fhir+xml"}}, {"query": "?_format=xml"}]
)
def test_an_answer_in_another_form_is_refused_before_anything_is_kept(
    clinic: ClinicOfTests, asked: dict[str, Any]
) -> None:
    path = f"/fhir/MedicationStatement{asked.get('query', '')}"
    answer = clinic.ehr.post(path, statement("Water"), headers=asked.get("headers", {}))
    assert answer.status_code == 406
    assert clinic.ehr.get("/v1/patients").get_json()["items"] == []


@pytest.mark.parametrize("path", ADDRESSES[:-1])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"Bundle"',
        b"\xff",
        b'{"resourceType": "Bundle", "resourceType": "Patient"}',
        b'{"resourceType": ' + b"[" * 50 + b"]" * 50 + b"}",
        b'{"resourceType": NaN}',
    ],
)
def test_what_is_no_resource_is_refused_with_400(clinic: ClinicOfTests, path: str, body: bytes) -> None:
    answer = send(clinic, path, body)
    assert answer.status_code == 400
    assert issues(answer)[0]["severity"] == "error"


def test_a_body_that_is_too_long_is_refused(clinic: ClinicOfTests) -> None:
    answer = send(clinic, "", b" " * (2 * 1024 * 1024 + 1))
    assert (answer.status_code, issues(answer)[0]["code"]) == (413, "too-long")


def test_a_number_is_kept_with_its_digits(clinic: ClinicOfTests) -> None:
    dose = {"doseAndRate": [{"doseQuantity": {"value": "DIGITS", "unit": "mg"}}]}
    body = orjson.dumps(statement("Water", dosage=[dose])).replace(b'"DIGITS"', b"1.50")
    send(clinic, "/MedicationStatement", body)
    assert list_of(clinic.ehr)["items"][0]["dosage_text"] == "1.50 mg"


@pytest.mark.parametrize(
    ("path", "sent"),
    [("", bundle("batch", patient(), statement("Water"))), ("/MedicationRequest", plan("Water"))],
)
def test_the_same_key_answers_the_first_reply_again(clinic: ClinicOfTests, path: str, sent: Any) -> None:
    headers = {"Idempotency-Key": "one"}
    first = clinic.ehr.post(f"/fhir{path}", sent, headers=headers)
    again = clinic.ehr.post(f"/fhir{path}", sent, headers=headers)
    other = clinic.ehr.post(f"/fhir{path}", {**sent, "id": "other"}, headers=headers)

    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert again.headers.get("Location") == first.headers.get("Location")
    assert (other.status_code, other.get_json()["resourceType"]) == (422, "OperationOutcome")


def test_a_refused_import_can_be_mended_and_sent_again_under_its_key(clinic: ClinicOfTests) -> None:
    headers = {"Idempotency-Key": "one"}
    wrong = clinic.ehr.post(
        "/fhir/MedicationStatement", {**statement("Water"), "status": "x"}, headers=headers
    )
    assert wrong.status_code == 400
    assert (
        clinic.ehr.post("/fhir/MedicationStatement", statement("Water"), headers=headers).status_code == 201
    )


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_intake_key_sends_nothing_in(clinic: ClinicOfTests, path: str) -> None:
    answer = clinic.intake.post(f"/fhir{path}", bundle("batch"))
    assert (answer.status_code, issues(answer)[0]["code"]) == (403, "forbidden")


def test_a_nurse_sends_like_an_ehr(clinic: ClinicOfTests) -> None:
    assert statuses(clinic.nurse.post("/fhir", bundle("batch", statement("Water")))) == ["201 Created"]


def client_of(clinic: ClinicOfTests, *scopes: str) -> Actor:
    known = tuple(scope for text in scopes if (scope := parse_scope(text)))
    return Actor(clinic.id, ActorKind.CLIENT, UUID(int=7), "Test EHR", Role.EHR, known)


SCOPED = [
    (["system/*.cu"], bundle("batch", patient(), statement("Water")), True),
    (["system/MedicationStatement.c"], bundle("batch", statement("Water")), False),
    (["system/MedicationStatement.c", "system/Patient.c"], bundle("batch", statement("Water")), True),
    (["system/Patient.c"], bundle("batch", patient()), True),
    (["system/Patient.c"], bundle("batch", patient(), statement("Water")), False),
    (["system/*.rs"], bundle("batch"), False),
]


@pytest.mark.parametrize(("scopes", "sent", "may"), SCOPED)
def test_a_client_does_what_its_scopes_let_it(
    clinic: ClinicOfTests, database: Database, scopes: list[str], sent: Any, may: bool
) -> None:
    door = Door(database, AUDIT_KEYS, lambda: NOW, client_of(clinic, *scopes), "a request")

    def act() -> object:
        return perform(door, lambda work: import_reading(work, read(sent, sender="test")))

    if may:
        act()
    else:
        with pytest.raises(ForbiddenError):
            act()
    assert bool(clinic.ehr.get("/v1/patients").get_json()["items"]) is may


def test_a_client_that_knows_a_patient_needs_no_right_to_make_one(
    clinic: ClinicOfTests, database: Database
) -> None:
    clinic.ehr.post("/fhir/Patient", patient())
    door = Door(
        database, AUDIT_KEYS, lambda: NOW, client_of(clinic, "system/MedicationStatement.c"), "a request"
    )

    perform(door, lambda work: import_reading(work, read(statement("Water"), sender="test")))

    assert names(list_of(clinic.ehr)) == ["Water"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.text(max_size=5)
    | st.floats(allow_nan=False, width=16),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
WHOLE = bundle(
    "batch",
    patient(name=[{"text": "Test Patient 01"}], birthDate="1961-04-02"),
    statement("Water", dosage=[{"text": "one"}], identifier=[{"system": "urn:x", "value": "1"}]),
    plan("Soap"),
)


@st.composite
def broken(draw: st.DrawFn) -> Any:
    """A whole Bundle in which one element somewhere is anything at all."""
    document = orjson.loads(orjson.dumps(WHOLE))
    element, steps = document, draw(st.integers(1, 7))
    for _ in range(steps):
        keys = list(element) if isinstance(element, dict) else list(range(len(element)))
        key = draw(st.sampled_from(keys))
        if not isinstance(element[key], dict | list) or not element[key]:
            break
        parent, element = element, element[key]
    else:
        element = parent
    element[key] = draw(JSON)
    return document


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(sent=broken())
def test_a_broken_element_anywhere_is_answered_and_never_breaks_the_service(
    clinic: ClinicOfTests, sent: Any
) -> None:
    for path, body in (("", sent), ("/MedicationStatement", sent["entry"])):
        answer = send(clinic, path, orjson.dumps(body))
        assert answer.status_code < 500, answer.get_data(as_text=True)
        check(answer.get_json())
