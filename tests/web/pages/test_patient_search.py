"""A nurse finds a patient by a whole identifier or by the beginnings of the words of a name."""

from typing import Any

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.lists import posted
from tests.web.pages.conftest import Browser, forms_of, text_of


def keep(clinic: ClinicOfTests, mrn: str, name: str, *names: str, **fields: Any) -> None:
    body = posted(*names, mrn=mrn, **fields)
    body["patient"]["name"] = name
    assert clinic.ehr.post("/v1/intake", body).status_code == 201


@pytest.fixture
def people(clinic: ClinicOfTests) -> None:
    keep(clinic, "000401", "Ana María Ñúñez", "Water")
    keep(clinic, "000402", "Anatol Example")
    keep(clinic, "000403", "100% Example_One")


def found(nurse: Browser, sought: str) -> str:
    page = nurse.send(nurse.get("/"), "/search", sought=sought)
    assert page.status_code == 200
    assert next(form for form in forms_of(page) if form.action == "/search").values["sought"] == sought
    return text_of(page)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("sought", "names"),
    [
        ("000401", {"Ana María Ñúñez"}),
        ("00040", set()),
        ("ana", {"Ana María Ñúñez", "Anatol Example"}),
        ("NUN", {"Ana María Ñúñez"}),
        ("ana exam", {"Anatol Example"}),
        ("María, Ana", {"Ana María Ñúñez"}),
        ("atol", set()),
        ("%", set()),
        ("_", set()),
        ("a%", {"Ana María Ñúñez", "Anatol Example"}),
        ("100", {"100% Example_One"}),
        ("example one", {"100% Example_One"}),
        ("' OR 1=1 --", set()),
    ],
)
def test_who_is_found(nurse: Browser, sought: str, names: set[str]) -> None:
    said = found(nurse, sought)
    everybody = {"Ana María Ñúñez", "Anatol Example", "100% Example_One"}

    assert {name for name in everybody if name in said} == names
    assert ("Nobody was found." in said) is (not names)


@pytest.mark.usefixtures("people")
def test_what_is_found_says_who_it_is_and_how_the_list_stands(nurse: Browser) -> None:
    said = found(nurse, "ana maria")

    assert "2 April 1961" in said
    assert "000401" in said
    assert "On the list: 1" in said
    assert "Not asked yet: Without prescription, Supplements" in said


def test_no_name_and_no_identifier_stands_in_an_address(nurse: Browser) -> None:
    assert nurse.get("/search").status_code == 405
    form = next(form for form in forms_of(nurse.get("/")) if form.action == "/search")
    assert form.method == "post"


@pytest.mark.parametrize(("sought", "fault"), [("  ", "This is needed."), ("x" * 201, "This is longer")])
def test_what_cannot_be_sought_is_said_at_its_field_and_kept(nurse: Browser, sought: str, fault: str) -> None:
    page = nurse.send(nurse.get("/"), "/search", sought=sought)

    assert page.status_code == 422
    assert f"Name or identifier: {fault}" in text_of(page)
    assert next(f for f in forms_of(page) if f.action == "/search").values["sought"] == sought


def test_of_more_than_fifty_the_page_says_that_there_are_more(nurse: Browser, clinic: ClinicOfTests) -> None:
    for number in range(51):
        body = {"identifier": {"system": "urn:clinic:mrn", "value": f"9{number:03}"}, "name": "Ana Example"}
        assert clinic.ehr.post("/v1/patients", body).status_code == 201
    said = found(nurse, "ana")

    assert "There are more than 50." in said
    assert said.count("Ana Example") == 50


def test_another_clinics_patients_are_never_found(
    nurse: Browser, clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    keep(other_clinic, "000401", "Ana María Ñúñez")

    for sought in ("000401", "ana"):
        assert "Nobody was found." in found(nurse, sought)


def test_who_was_found_is_on_record_and_what_was_typed_is_not(nurse: Browser, clinic: ClinicOfTests) -> None:
    keep(clinic, "000401", "Ana María Ñúñez")
    found(nurse, "ana")
    events = clinic.administrator.get("/v1/audit-events").get_json()["items"]

    assert [event["action"] for event in events].count("find_patient") == 1
    assert "ana" not in str([event["details"] for event in events])
