"""A Bundle is read entry by entry: each has its answer, in order, and nothing is passed over in silence."""

from typing import Any

import pytest

from service.formats.fhir.reading import read
from tests.formats.fhir.reading.made import (
    SUBJECT,
    Resource,
    bundle,
    detail_at,
    entry_of,
    patient,
    posted,
    reading_of,
    refusals,
    request,
    statement,
    told,
)


@pytest.mark.parametrize("kind", ["document", "collection", "searchset"])
def test_any_bundle_of_resources_is_read(kind: str) -> None:
    reading = reading_of(bundle(patient(), statement(), request(), kind=kind))

    assert [(entry.place, entry.resource_type, bool(entry.said)) for entry in reading.entries] == [
        ("Bundle.entry[0]", "Patient", True),
        ("Bundle.entry[1]", "MedicationStatement", True),
        ("Bundle.entry[2]", "MedicationRequest", True),
    ]
    assert (reading.bundle_type, reading.refused, reading.entries[0].method) == (kind, False, None)


@pytest.mark.parametrize("kind", ["transaction", "batch"])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_transaction_and_a_batch_are_read_by_their_requests(kind: str, method: str) -> None:
    entry = posted(statement(), request={"method": method, "url": "MedicationStatement/1"})
    reading = reading_of(bundle(entry, kind=kind))

    assert (reading.bundle_type, reading.entries[0].method, bool(reading.entries[0].said)) == (
        kind,
        method,
        True,
    )


@pytest.mark.parametrize("kind", ["message", "history", "transaction-response", "batch-response"])
def test_a_bundle_that_is_no_import_is_refused_by_its_name(kind: str) -> None:
    reading = reading_of(bundle(statement(), kind=kind))

    assert (reading.bundle_type, len(reading.entries)) == (kind, 1)
    assert told(reading) == [("error", "not-supported", "Bundle.type")]


@pytest.mark.parametrize(
    ("said", "code", "place", "kind"),
    [
        ({"type": None}, "required", "type", ""),
        ({"type": "heap"}, "code-invalid", "type", ""),
        ({"type": 5}, "structure", "type", ""),
        ({"entry": "x"}, "structure", "entry", "collection"),
        ({"entry": {}}, "structure", "entry", "collection"),
        ({"implicitRules": "urn:x"}, "not-supported", "implicitRules", "collection"),
    ],
)
def test_a_bundle_that_cannot_be_read_is_refused_whole(
    said: Resource, code: str, place: str, kind: str
) -> None:
    reading = reading_of({**bundle(statement()), **said})

    assert (code, f"Bundle.{place}") in [(code, place) for _, code, place in told(reading)]
    assert (reading.refused, reading.bundle_type) == (True, kind)
    assert [entry.place for entry in reading.entries] == ["Bundle"]


@pytest.mark.parametrize("entries", [{"entry": []}, {"entry": None}, {}])
def test_an_empty_bundle_changes_nothing_and_says_so(entries: Resource) -> None:
    reading = reading_of({"resourceType": "Bundle", "type": "searchset", "total": 0, **entries})

    assert told(reading) == [("information", "informational", "Bundle")]
    assert "nothing changes" in detail_at(reading.entries[0], "Bundle")


def test_a_page_of_several_is_warned_of() -> None:
    links = [{"relation": "self", "url": "x"}, {"relation": "next", "url": "y"}]
    reading = reading_of(bundle(statement(), kind="searchset", link=links))

    assert told(reading) == [("warning", "incomplete", "Bundle.link[1]")]
    assert [entry.place for entry in reading.entries] == ["Bundle.entry[0]", "Bundle"]
    assert not told(reading_of(bundle(statement(), link=links)))


def test_a_document_in_error_is_refused_whole() -> None:
    wrong = {"resourceType": "Composition", "status": "entered-in-error"}

    assert told(reading_of(bundle(wrong, statement(), kind="document"))) == [
        ("error", "business-rule", "Bundle.entry[0].resource.status")
    ]
    assert not reading_of(bundle({**wrong, "status": "final"}, statement(), kind="document")).refused
    assert not reading_of(bundle(wrong, statement())).refused


@pytest.mark.parametrize(
    ("entry", "code", "place"),
    [
        ("x", "structure", ""),
        (None, "structure", ""),
        ({}, "required", ".resource"),
        ({"resource": "x"}, "structure", ".resource"),
        ({"resource": {}}, "required", ".resource.resourceType"),
        ({"resource": {"resourceType": 5}}, "required", ".resource.resourceType"),
        ({"resource": statement(), "fullUrl": 5}, "structure", ".fullUrl"),
        ({"resource": statement(), "modifierExtension": [{"url": "x"}]}, "extension", ".modifierExtension"),
        ({"resource": bundle(statement())}, "not-supported", ".resource"),
    ],
)
def test_an_entry_that_cannot_be_read_leaves_the_others(entry: Any, code: str, place: str) -> None:
    document = {**bundle(), "entry": [statement(), entry, statement()]}
    document["entry"] = [{"resource": statement()}, entry, {"resource": statement()}]

    reading = reading_of(document)

    assert told(reading) == [("error", code, f"Bundle.entry[1]{place}")]
    assert [entry.refused for entry in reading.entries] == [False, True, False]


@pytest.mark.parametrize(
    ("asked", "code", "place"),
    [
        (None, "required", "request"),
        ({}, "required", "request.method"),
        ("POST", "structure", "request"),
        ({"method": "post"}, "code-invalid", "request.method"),
        ({"method": "PATCH", "url": "MedicationStatement/1"}, "not-supported", "request.method"),
        ({"method": "HEAD", "url": "MedicationStatement/1"}, "not-supported", "request.method"),
        ({"method": "POST", "url": "MedicationStatement/$stop"}, "not-supported", "request.url"),
    ],
)
def test_an_entry_that_asks_for_something_else_is_refused(asked: Any, code: str, place: str) -> None:
    reading = reading_of(bundle({"resource": statement(), "request": asked}, kind="batch"))

    assert (code, f"Bundle.entry[0].{place}") in [(code, place) for _, code, place in told(reading)]
    assert reading.entries[0].refused
    assert reading.entries[0].resource_type == "MedicationStatement"


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"method": "DELETE", "url": "MedicationStatement/1"}, "MedicationStatement"),
        ({"method": "GET", "url": "Patient?name=x"}, "Patient"),
        ({"method": "GET", "url": "Patient"}, "Patient"),
        ({"method": "GET", "url": "metadata"}, ""),
        ({"method": "GET", "url": 5}, ""),
        ({"method": "GET"}, ""),
    ],
)
def test_nothing_is_deleted_or_looked_up_on_the_way(asked: Resource, kind: str) -> None:
    (entry,) = reading_of(bundle({"request": asked}, kind="transaction")).entries

    assert (entry.refused, entry.method, entry.resource_type) == (True, asked["method"], kind)


def test_a_request_without_a_resource_is_refused() -> None:
    (entry,) = reading_of(bundle({"request": {"method": "POST", "url": "Patient"}}, kind="batch")).entries

    assert told(entry) == [("error", "required", "Bundle.entry[0].resource")]


def test_a_condition_that_was_not_looked_at_is_warned_of() -> None:
    asked = {"method": "PUT", "url": "MedicationStatement/1", "ifMatch": 'W/"2"'}
    (entry,) = reading_of(bundle(posted(statement(), request=asked), kind="batch")).entries

    assert told(entry) == [("warning", "not-supported", "Bundle.entry[0].request.ifMatch")]
    assert entry.said


def test_other_resources_are_not_kept_and_named() -> None:
    reading = reading_of(bundle({"resourceType": "Observation"}, {"resourceType": "MedicationKnowledge"}))

    assert [entry.issues[0].detail for entry in reading.entries] == [
        "Not kept: Observation.",
        "Not kept: MedicationKnowledge.",
    ]
    assert not reading.refused


@pytest.mark.parametrize(
    "kind", ["MedicationDispense", "MedicationAdministration", "MedicationStatment", "QuestionnaireResponse"]
)
def test_another_resource_with_a_medicine_is_warned_of(kind: str) -> None:
    reading = reading_of(bundle({"resourceType": kind}))

    assert told(reading) == [("warning", "incomplete", "Bundle.entry[0].resource")]
    assert reading.issues[0].detail == f"A medicine may be missing: {kind} is not read."


@pytest.mark.parametrize(
    ("form", "detail"),
    [
        (
            "https://clinic.example/fhir/Questionnaire/medication-list|1",
            "post the answers to the intake form",
        ),
        ("https://clinic.example/fhir/Questionnaire/other", "QuestionnaireResponse is not read"),
        (None, "QuestionnaireResponse is not read"),
    ],
)
def test_answers_to_our_own_form_are_asked_for_by_themselves(form: str | None, detail: str) -> None:
    answers = {"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": form}

    (issue,) = reading_of(bundle(answers)).issues
    assert issue.severity == "warning"
    assert detail in issue.detail


def test_a_name_that_is_no_type_is_not_repeated() -> None:
    secret = {"resourceType": "Test Patient 01"}

    assert reading_of(bundle(secret)).entries[0].issues[0].detail == "Not kept: Resource."
    assert refusals(secret) == [("not-supported", "Resource")]
    assert refusals({}) == [("required", "Resource.resourceType")]


@pytest.mark.parametrize(
    ("severity", "grave"), [("error", "warning"), ("warning", "warning"), ("information", "information")]
)
def test_what_the_sender_says_went_wrong_is_passed_on(severity: str, grave: str) -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": severity}]}
    reading = reading_of(bundle({"resource": outcome, "search": {"mode": "outcome"}}, kind="searchset"))

    assert [(one, place) for one, _, place in told(reading)] == [(grave, "Bundle.entry[0].resource")]


@pytest.mark.parametrize(
    "kind", ["Parameters", "Medication", "MedicationDispense", "OperationOutcome", "Composition"]
)
def test_a_resource_that_says_nothing_by_itself_is_refused_alone(kind: str) -> None:
    assert refusals({"resourceType": kind}) == [("not-supported", kind)]


def test_a_resource_alone_has_no_bundle_type() -> None:
    reading = read(statement(), sender=None)

    assert reading.bundle_type is None
    assert entry_of(statement()).place == "MedicationStatement"


@pytest.mark.parametrize("reference", [5, None, "Medication/1", "Medication/m"])
def test_a_medicine_reference_of_any_shape_leaves_the_others(reference: object) -> None:
    odd = statement(
        medicationCodeableConcept=None, medicationReference={"reference": reference, "display": "Tea"}
    )
    medication = {"resourceType": "Medication", "id": "m", "code": {"text": "Soap"}}

    reading = reading_of(
        bundle(odd, medication, statement(medicationReference="x"), statement(subject=SUBJECT))
    )

    assert reading.entries[3].said
    assert (reading.entries[1].issues == ()) == (reference == "Medication/m")
