"""The intake form below /fhir: fetched, filled in, posted, and given back as it was kept."""

from typing import Any

import pytest

from service.domain.access.permissions import PERMISSIONS, Permission, Role
from tests.formats.fhir.reading.answered import TEA, WHO, YES, chosen, group, question, response
from tests.formats.fhir.writing.r4 import check
from tests.web.conftest import Caller, ClinicOfTests
from tests.web.fhir.records import BASE, NOBODY, detail, found, matches
from tests.web.lists import posted

MRN = {"identifier": {"system": "urn:clinic:mrn", "value": "000123"}}
PHONE = chosen("collection-mode", "collection-mode", "phone")
SAID = group("who", *WHO["item"], PHONE)
ADDRESS = "/fhir/QuestionnaireResponse"


def filled_in(*groups: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return response(SAID, *groups, **{"subject": MRN, **parts})


def send(caller: Caller, sent: object, **headers: str) -> Any:
    return caller.post(ADDRESS, sent, headers=headers)


def test_the_form_is_read_and_found_by_its_address(clinic: ClinicOfTests) -> None:
    form = clinic.intake.get("/fhir/Questionnaire/medication-list").get_json()
    check(form)
    assert form["url"] == f"{BASE}/Questionnaire/medication-list"
    assert matches(found(clinic.ehr, f"Questionnaire?url={form['url']}")) == [form]
    posted_search = clinic.ehr.post("/fhir/Questionnaire/_search", data={"url": form["url"]})
    assert matches(posted_search.get_json()) == [form]
    assert matches(found(clinic.ehr, "Questionnaire?url=urn:another")) == []
    assert clinic.ehr.get("/fhir/Questionnaire/another").status_code == 404


def test_the_form_speaks_the_language_that_is_asked_for(clinic: ClinicOfTests) -> None:
    address = "/fhir/Questionnaire/medication-list"
    spanish = clinic.ehr.get(f"{address}?_language=es").get_json()
    by_header = clinic.ehr.get(address, headers={"Accept-Language": "es-MX, en;q=0.5"}).get_json()
    other = clinic.ehr.get(address, headers={"Accept-Language": "tlh"})
    assert spanish == by_header
    assert (spanish["language"], other.get_json()["language"]) == ("es", "en")
    assert other.headers["Vary"] == "Accept-Language"


def test_a_filled_in_form_is_kept_as_the_list_and_given_back(clinic: ClinicOfTests) -> None:
    answer = send(clinic.intake, filled_in(group("supplement", YES, TEA)))

    assert answer.status_code == 201
    check(answer.get_json())
    location = answer.headers["Location"].removeprefix(BASE)
    patient, version = location.rpartition("/")[2].rsplit(".", 1)
    assert (version, answer.headers["ETag"]) == ("1", 'W/"1"')
    listed = clinic.ehr.get(f"/v1/patients/{patient}/medication-list").get_json()
    (tea,) = listed["items"]
    assert (tea["name"], tea["strength"], tea["category"]) == ("Tea", "1.50", "supplement")
    assert tea["attribution"]["informant"] == {"kind": "caregiver", "name": "Ann"}
    assert listed["categories"]["prescription"]["answer"] == "not_asked"
    kept = clinic.ehr.get(f"/fhir{location}")
    check(kept.get_json())
    assert kept.headers["ETag"] == 'W/"1"'
    assert group("supplement", YES, TEA)["linkId"] in str(kept.get_json())


def test_what_was_given_back_can_be_posted_again_and_changes_nothing_said(clinic: ClinicOfTests) -> None:
    first = send(clinic.ehr, filled_in(group("supplement", YES, TEA))).headers["Location"]
    kept = clinic.ehr.get(first.removeprefix("http://localhost")).get_json()
    second = send(clinic.ehr, kept).headers["Location"]
    again = clinic.ehr.get(second.removeprefix("http://localhost")).get_json()
    assert (again["item"], again["subject"], again["source"]) == (
        kept["item"],
        kept["subject"],
        kept["source"],
    )
    patient = kept["subject"]["reference"].removeprefix("Patient/")
    changes = clinic.ehr.get(f"/v1/patients/{patient}/medication-list/difference?from=1&to=2").get_json()
    assert (changes["items"], changes["answers"]) == ([], [])


def test_the_answers_are_the_whole_list(clinic: ClinicOfTests) -> None:
    patient = clinic.ehr.post("/v1/intake", posted("Soap")).get_json()["patient_id"]
    send(clinic.intake, filled_in(group("supplement", YES, TEA), subject={"reference": f"Patient/{patient}"}))
    listed = clinic.ehr.get(f"/v1/patients/{patient}/medication-list").get_json()
    assert [item["name"] for item in listed["items"]] == ["Tea"]
    assert [item["name"] for item in listed["earlier_items"]] == ["Soap"]


def test_a_form_that_says_nothing_changes_nothing(clinic: ClinicOfTests) -> None:
    patient = clinic.ehr.post("/v1/intake", posted("Soap")).get_json()["patient_id"]
    answer = send(clinic.intake, filled_in())
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{BASE}/QuestionnaireResponse/{patient}.1"
    assert "says nothing" in detail(answer)


def test_a_form_posted_twice_with_one_key_is_kept_once(clinic: ClinicOfTests) -> None:
    sent = filled_in(group("supplement", YES, TEA))
    answers = [send(clinic.intake, sent, **{"Idempotency-Key": "one"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert answers[1].content_type == "application/fhir+json; fhirVersion=4.0"


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        (filled_in(status="in-progress"), "QuestionnaireResponse.status"),
        (filled_in(subject={"reference": f"Patient/{NOBODY}"}), "QuestionnaireResponse.subject"),
        (filled_in(subject={"display": "Test Patient 01"}), "QuestionnaireResponse.subject"),
        (filled_in(subject={"reference": "https://ehr.example/Patient/1"}), "QuestionnaireResponse.subject"),
        (
            filled_in(group("supplement", chosen("supplement.answer", "answer", "none_reported"), TEA)),
            "QuestionnaireResponse.item[1].item[0]",
        ),
        (
            response(
                group("supplement", chosen("supplement.answer", "answer", "none_reported")), subject=MRN
            ),
            "QuestionnaireResponse.source",
        ),
        (
            filled_in(group("allergies", question("x", valueString="y"))),
            "QuestionnaireResponse.item[1].linkId",
        ),
    ],
)
def test_what_is_refused_is_named_by_its_place_and_nothing_is_kept(
    clinic: ClinicOfTests, sent: dict[str, Any], place: str
) -> None:
    answer = send(clinic.ehr, sent)
    assert answer.status_code == 422
    check(answer.get_json())
    assert [place] in [issue.get("expression") for issue in answer.get_json()["issue"]]
    assert clinic.ehr.get("/v1/patients").get_json()["items"] == []


def test_a_patient_who_has_an_id_like_ours_elsewhere_is_known_by_the_identifier(
    clinic: ClinicOfTests,
) -> None:
    subject = {"reference": f"Patient/{NOBODY}", **MRN}
    assert send(clinic.intake, filled_in(group("supplement", YES, TEA), subject=subject)).status_code == 201


def test_a_body_that_is_no_resource_is_an_outcome(clinic: ClinicOfTests) -> None:
    for body, status in ((b"{", 400), (b"[]", 400), (b'{"resourceType": "Patient"}', 422)):
        answer = clinic.ehr.call("POST", ADDRESS, data=body, content_type="application/fhir+json")
        assert (answer.status_code, answer.get_json()["resourceType"]) == (status, "OperationOutcome")


@pytest.mark.parametrize("role", list(Role))
def test_who_may_post_a_list_posts_answers_and_who_may_read_it_reads_them(
    clinic: ClinicOfTests, role: Role
) -> None:
    location = send(clinic.ehr, filled_in(group("supplement", YES, TEA))).headers["Location"]
    caller: Caller = getattr(clinic, role)
    may = PERMISSIONS[role]
    posting = 201 if Permission.SUBMIT_INTAKE in may else 403
    reading = 200 if Permission.READ_LISTS in may else 403
    assert send(caller, filled_in(group("supplement", YES, TEA))).status_code == posting
    assert caller.get(location.removeprefix("http://localhost")).status_code == reading
    assert caller.get("/fhir/Questionnaire/medication-list").status_code == 200


def test_another_clinics_answers_are_like_missing_ones(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    location = send(clinic.ehr, filled_in(group("supplement", YES, TEA))).headers["Location"]
    theirs = location.removeprefix("http://localhost")
    addresses = (theirs, f"{ADDRESS}/{NOBODY}.1", f"{ADDRESS}/x", f"{ADDRESS}/{NOBODY}.0")
    answers = [other_clinic.ehr.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert clinic.ehr.get(theirs.replace(".1", ".2")).status_code == 404


def test_the_answers_of_the_latest_list_are_found_by_the_patient(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    first = send(clinic.ehr, filled_in(group("supplement", YES, TEA))).headers["Location"]
    patient = first.rpartition("/")[2].partition(".")[0]
    whole = {"If-Match": '"1"'}
    clinic.ehr.call("PUT", f"/v1/patients/{patient}/medication-list", json={"items": []}, headers=whole)

    for answer in (
        clinic.ehr.get(f"{ADDRESS}?patient={patient}"),
        clinic.ehr.get(f"{ADDRESS}?subject=Patient/{patient}&status=completed"),
        clinic.ehr.call("POST", f"{ADDRESS}/_search", data={"patient": patient}),
    ):
        check(answer.get_json())
        assert answer.get_json()["total"] == 1
        (entry,) = answer.get_json()["entry"]
        assert entry["fullUrl"] == first.replace(".1", ".2")
        assert entry["resource"] == clinic.ehr.get(f"{ADDRESS}/{patient}.2").get_json()
    for path in (f"{ADDRESS}?patient={NOBODY}", f"{ADDRESS}?patient={patient}&status=amended"):
        assert clinic.ehr.get(path).get_json()["total"] == 0
    assert other_clinic.ehr.get(f"{ADDRESS}?patient={patient}").get_json()["total"] == 0
    assert clinic.ehr.get(ADDRESS).status_code == 400


def test_answers_that_were_kept_and_read_are_on_record(clinic: ClinicOfTests) -> None:
    location = send(clinic.ehr, filled_in(group("supplement", YES, TEA))).headers["Location"]
    clinic.ehr.get(location.removeprefix("http://localhost"))
    events = clinic.administrator.get("/v1/audit-events?limit=2").get_json()["items"]
    assert [event["action"] for event in events] == ["read_list", "submit_intake"]
    assert events[0]["details"] == {"version": "1"}
