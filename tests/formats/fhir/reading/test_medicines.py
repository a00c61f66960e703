"""What a medicine is called: whatever names it, letter for letter, and never nothing."""

from typing import Any

import pytest

from service.domain.codings import Coding
from service.formats.fhir.reading import Medicine, medicine_of
from tests.formats.fhir.reading.made import (
    Resource,
    bundle,
    entry_of,
    item_of,
    reading_of,
    refusals,
    request,
    statement,
    told,
)

CODING = {"system": "urn:codes", "code": "42", "display": "Soap"}
TEXT, REFERENCE = "medicationCodeableConcept", "medicationReference"


def named(concept: dict[str, Any], **said: Any) -> Resource:
    return statement(medicationCodeableConcept=concept, **said)


def medication(**said: Any) -> Resource:
    return {"resourceType": "Medication", "id": "m", **said}


def inside(**said: Any) -> Resource:
    """A statement with its Medication inside."""
    return statement(
        medicationCodeableConcept=None,
        medicationReference={"reference": "#m"},
        contained=[medication(**said)],
    )


def test_the_text_names_it_before_the_code_does() -> None:
    facts = item_of(named({"text": "the little pink one", "coding": [CODING]})).facts

    assert (facts.name, facts.codings) == ("the little pink one", (Coding("urn:codes", "42", "Soap"),))


def test_without_a_text_the_words_beside_its_code_name_it() -> None:
    facts = item_of(named({"coding": [{"system": "urn:codes", "code": "1"}, CODING]})).facts

    assert (facts.name, [coding.code for coding in facts.codings]) == ("Soap", ["1", "42"])


def test_a_code_alone_names_it_and_is_warned_of() -> None:
    resource = named({"coding": [{"system": "urn:codes", "code": "42"}]})

    assert item_of(resource).facts.name == "42"
    assert told(entry_of(resource)) == [("warning", "incomplete", f"MedicationStatement.{TEXT}")]


def test_a_code_without_a_system_is_a_name_only() -> None:
    resource = named({"coding": [{"code": "42", "display": "Soap"}]})

    assert (item_of(resource).facts.name, item_of(resource).facts.codings) == ("Soap", ())
    assert told(entry_of(resource)) == [
        ("information", "required", f"MedicationStatement.{TEXT}.coding[0]"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        {TEXT: None},
        {TEXT: {}},
        {TEXT: {"text": "  "}},
        {
            TEXT: {
                "coding": [
                    {"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}
                ]
            }
        },
        {TEXT: None, REFERENCE: {}},
        {TEXT: None, REFERENCE: {"reference": "Medication/1"}},
        {TEXT: None, REFERENCE: {"reference": "#nobody"}},
        {TEXT: None, REFERENCE: {"reference": "#m"}, "contained": "m"},
        {TEXT: None, REFERENCE: {"reference": "#"}, "contained": [medication(id="")]},
    ],
)
def test_a_medicine_that_nothing_names_is_refused(said: dict[str, Any]) -> None:
    assert refusals(statement(**said)) == [("required", "MedicationStatement.medication")]


def test_two_medicines_in_one_entry_are_refused() -> None:
    assert refusals(named({"text": "Water"}, medicationReference={"display": "Tea"})) == [
        ("invariant", "MedicationStatement.medication")
    ]


def test_a_medication_inside_is_read_with_form_and_strength() -> None:
    strength = {"numerator": {"value": 5, "unit": "mg"}, "denominator": {"value": 10, "unit": "mL"}}
    facts = item_of(
        inside(code={"coding": [CODING]}, form={"text": "drops"}, ingredient=[{"strength": strength}])
    ).facts

    assert (facts.name, facts.form, facts.strength) == ("Soap", "drops", "5 mg / 10 mL")


def test_a_medication_beside_is_found_by_its_address_and_by_its_id() -> None:
    beside = {"fullUrl": "urn:uuid:AB-1", "resource": medication(code={"text": "Soap"})}
    by_address = request(medicationCodeableConcept=None, medicationReference={"reference": "urn:uuid:ab-1"})
    by_id = request(medicationCodeableConcept=None, medicationReference={"reference": "Medication/m"})

    reading = reading_of(bundle(beside, by_address, by_id))

    assert [entry.said.facts.name for entry in reading.entries[1:]] == ["Soap", "Soap"]
    assert reading.entries[0].issues == ()


def test_a_medication_that_no_item_names_is_not_kept() -> None:
    reading = reading_of(bundle(medication(code={"text": "Soap"}), statement()))

    assert told(reading) == [("information", "not-supported", "Bundle.entry[0].resource")]


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ({"reference": "Medication/1", "display": "Tea"}, "Tea"),
        ({"display": "Tea"}, "Tea"),
        ({"reference": "Medication/1", "identifier": {"system": "urn:x", "value": "4711"}}, "4711"),
        ({"identifier": {"value": "4711"}}, "4711"),
    ],
)
def test_a_medication_that_was_not_sent_goes_by_the_words_beside_the_reference(
    reference: dict[str, Any], name: str
) -> None:
    resource = statement(medicationCodeableConcept=None, medicationReference=reference)

    assert item_of(resource).facts.name == name
    assert told(entry_of(resource)) == [("warning", "not-found", f"MedicationStatement.{REFERENCE}")]


def test_a_medication_without_words_goes_by_the_words_beside_the_reference() -> None:
    resource = inside(code={"coding": [{"system": "urn:codes", "code": "42"}]})
    resource[REFERENCE]["display"] = "Tea"

    assert item_of(resource).facts.name == "Tea"


def test_a_medication_that_is_only_its_ingredients_goes_by_them() -> None:
    ingredients = [
        {"itemCodeableConcept": {"text": "Water"}, "strength": {"numerator": {"value": 1, "unit": "L"}}},
        {"itemReference": {"display": "Tea"}, "strength": {"numerator": {"value": 2, "code": "g"}}},
        {"itemReference": {"reference": "Substance/1"}},
    ]
    facts = item_of(inside(ingredient=ingredients)).facts

    assert (facts.name, facts.strength) == ("Water + Tea", "Water: 1 L; Tea: 2 g")


def test_a_reference_to_something_else_is_no_medicine() -> None:
    resource = statement(
        medicationCodeableConcept=None,
        medicationReference={"reference": "#m", "display": "Tea"},
        contained=[{"resourceType": "Device", "id": "m"}],
    )

    assert refusals(resource) == [("value", f"MedicationStatement.{REFERENCE}.reference")]


@pytest.mark.parametrize("status", ["entered-in-error", "melted"])
def test_a_medication_in_error_is_not_read(status: str) -> None:
    assert refusals(inside(code={"text": "Soap"}, status=status)) == [
        ("code-invalid", "MedicationStatement.contained[0].status")
    ]
    assert item_of(inside(code={"text": "Soap"}, status="inactive")).facts.name == "Soap"


@pytest.mark.parametrize(
    ("system", "code"),
    [
        ("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-known-medications"),
        ("http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips", "no-medication-info"),
        ("http://snomed.info/sct", "787481004"),
        ("urn:medication-checklist:answer", "none_reported"),
    ],
)
@pytest.mark.parametrize("text", [{"text": "None known"}, {}])
def test_a_code_for_no_medicine_is_no_item_and_no_answer(
    system: str, code: str, text: dict[str, str]
) -> None:
    entry = entry_of(named({"coding": [{"system": system, "code": code}], **text}))

    assert (entry.said, entry.refused) == (None, False)
    assert told(entry)[-1] == ("information", "informational", "MedicationStatement.medication")


def test_more_codes_than_are_kept_are_warned_of() -> None:
    resource = named({"text": "Tea", "coding": [{"system": "urn:codes", "code": str(n)} for n in range(21)]})

    assert len(item_of(resource).facts.codings) == 20
    assert told(entry_of(resource)) == [("warning", "incomplete", f"MedicationStatement.{TEXT}.coding")]


def test_a_description_beside_a_name_and_one_instead_of_a_name_are_told_apart() -> None:
    own = "urn:medication-checklist:extension"

    def names(*extensions: tuple[str, str]) -> tuple[str | None, str | None]:
        said = [{"url": f"{own}:{name}", "valueString": text} for name, text in extensions]
        facts = item_of(statement(extension=said)).facts
        return facts.name, facts.description

    assert names() == ("Water", None)
    assert names(("description", "from the tap")) == ("Water", "from the tap")
    assert names(("description", "Water")) == (None, "Water")
    assert names(("description", "Water"), ("name", "Water")) == ("Water", "Water")


def test_an_orders_medicine_is_found_for_other_readers_with_all_its_words() -> None:
    order = request(
        medicationCodeableConcept={"text": "Tea", "coding": [CODING, {"system": "urn:x", "code": "1"}]}
    )
    found = medicine_of(order)

    assert (found.name, found.names) == ("Tea", ("Tea", "Soap"))
    assert [coding.code for coding in found.codings] == ["42", "1"]


def test_an_orders_medicine_is_looked_up_where_the_caller_says() -> None:
    order = request(medicationCodeableConcept=None, medicationReference={"reference": "Medication/m"})
    known = {"Medication/m": medication(code={"text": "Soap"})}

    assert medicine_of(order, known.get).name == "Soap"
    assert medicine_of(order) == Medicine()
    assert medicine_of(inside(code={"text": "Soap"})).name == "Soap"
    assert medicine_of({**inside(code={"text": "Soap"}), "contained": 1}) == Medicine()
    assert medicine_of({}) == Medicine()
