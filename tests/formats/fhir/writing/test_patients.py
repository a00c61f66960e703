"""A patient as an EHR is given them."""

from dataclasses import replace

from service.domain.patients.patients import Identifier, PrintSize
from service.domain.text import PartialDate
from service.formats.fhir.writing.patients import write_patient
from tests.domain.made_up import NOW, PATIENT
from tests.formats.fhir.writing.r4 import check


def test_a_patient_has_the_clinics_identifiers_and_ours_and_a_birth_date_as_whole_as_it_is_known() -> None:
    known = replace(PATIENT, birth_date=PartialDate(1961, 4), language="es-MX", print_size=PrintSize.LARGE)
    resource = write_patient(known, NOW)

    check(resource)
    assert resource["identifier"] == [
        {"system": "urn:clinic:mrn", "value": "000123"},
        {"system": "urn:medication-checklist:patient", "value": str(PATIENT.id)},
    ]
    assert (resource["name"], resource["birthDate"]) == ([{"text": "Test Patient 01"}], "1961-04")
    assert resource["communication"] == [
        {"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es-MX"}]}, "preferred": True}
    ]
    assert resource["extension"] == [
        {"url": "urn:medication-checklist:extension:print-size", "valueCode": "large"}
    ]
    assert resource["meta"]["lastUpdated"] == NOW.isoformat()


def test_what_is_not_known_of_a_patient_is_not_there() -> None:
    bare = replace(PATIENT, name=None, birth_date=None, identifiers=(Identifier("Ward book", "7"),))
    resource = write_patient(bare)

    check(resource)
    assert resource.keys() == {"resourceType", "id", "meta", "identifier"}
    assert resource["identifier"][0]["system"] == "urn:medication-checklist:named-system:Ward%20book"
    assert resource["meta"].keys() == {"versionId"}
    assert write_patient(replace(bare, name="Test Patient 02"))["meta"] != resource["meta"]


def test_a_language_that_is_no_tag_is_given_in_words() -> None:
    resource = write_patient(replace(PATIENT, language="Spanish, I think"))

    check(resource)
    assert resource["communication"][0]["language"] == {"text": "Spanish, I think"}
