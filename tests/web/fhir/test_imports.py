"""An EHR sends what it knows: it is added to the lists, and the answer says what became of each entry."""

from typing import Any

import pytest

from service.actions.imports import MOST_PATIENTS
from service.domain.medications.medication_list import MOST_ITEMS
from tests.formats.fhir.writing.r4 import check, required_codes, wrong_codes
from tests.web.conftest import ClinicOfTests
from tests.web.fhir.records import BASE
from tests.web.fhir.sent import (
    answered,
    bundle,
    identified,
    issues,
    list_of,
    names,
    patient,
    plan,
    statement,
    statuses,
)


class TestABundle:
    @pytest.mark.parametrize("kind", ["transaction", "batch", "collection", "searchset"])
    def test_makes_the_patient_and_adds_the_items(self, clinic: ClinicOfTests, kind: str) -> None:
        sent = bundle(kind, patient(name=[{"text": "Test Patient 01"}]), statement("Water"), plan("Soap"))

        answer = clinic.ehr.post("/fhir", sent)

        assert statuses(answer) == ["201 Created"] * 3
        check(answer.get_json())
        assert wrong_codes(answer.get_json(), required_codes()) == []
        assert answer.get_json()["type"] == f"{'batch' if kind == 'batch' else 'transaction'}-response"
        assert names(list_of(clinic.ehr)) == ["Water", "Soap"]

    def test_answers_where_each_entry_is_to_be_read(self, clinic: ClinicOfTests) -> None:
        sent = bundle("transaction", patient(), statement("Water"), plan("Soap"))

        entries = clinic.ehr.post("/fhir", sent).get_json()["entry"]

        for entry in entries:
            read = clinic.ehr.get(f"/fhir/{entry['response']['location']}")
            assert (read.status_code, read.headers["ETag"]) == (200, entry["response"]["etag"])

    def test_the_same_twice_changes_nothing(self, clinic: ClinicOfTests) -> None:
        sent = bundle("transaction", patient(), statement("Water"), statement("Water"), plan("Soap"))
        first = clinic.ehr.post("/fhir", sent)
        listed = list_of(clinic.ehr)

        again = clinic.ehr.post("/fhir", sent)

        assert statuses(again) == ["200 OK"] * 4
        assert list_of(clinic.ehr) == listed
        places = [
            [entry["response"]["location"] for entry in answer.get_json()["entry"]]
            for answer in (first, again)
        ]
        assert places[0] == places[1]

    def test_entries_name_their_patient_by_urn_uuid_and_by_reference(self, clinic: ClinicOfTests) -> None:
        urn = "urn:uuid:0192f0c0-0000-7000-8000-000000000001"
        sent = bundle("transaction", patient("000777"), statement("Water", subject={"reference": urn}))
        sent["entry"][0]["fullUrl"] = urn
        assert statuses(clinic.ehr.post("/fhir", sent)) == ["201 Created"] * 2

        own_id = list_of(clinic.ehr, "000777")["patient_id"]
        more = bundle("batch", statement("Soap", subject={"reference": f"Patient/{own_id}"}))
        assert statuses(clinic.ehr.post("/fhir", more)) == ["201 Created"]
        assert names(list_of(clinic.ehr, "000777")) == ["Water", "Soap"]

    def test_is_one_version_of_the_list_and_one_event_for_each_patient(self, clinic: ClinicOfTests) -> None:
        sent = bundle(
            "transaction", statement("Water"), statement("Soap"), statement("Tea", subject=identified("2"))
        )
        clinic.ehr.post("/fhir", sent)

        assert list_of(clinic.ehr)["version"] == 2
        events = clinic.administrator.get("/v1/audit-events").get_json()["items"]
        counts = [event["details"] for event in events if event["action"] == "import_list"]
        nothing = {"updated": "0", "unchanged": "0", "not_kept": "0", "refused": "0"}
        assert sorted(counts, key=str) == [
            {"version": "2", "created": "1", **nothing},
            {"version": "2", "created": "2", **nothing},
        ]

    def test_a_transaction_with_a_fault_changes_nothing_and_names_every_fault(
        self, clinic: ClinicOfTests
    ) -> None:
        nameless = {**statement("x"), "medicationCodeableConcept": {}}
        sent = bundle(
            "transaction", patient(), statement("Water"), nameless, {**plan("Soap"), "status": "odd"}
        )

        answer = clinic.ehr.post("/fhir", sent)

        assert answer.status_code == 400
        places = {issue["expression"][0] for issue in issues(answer) if issue["severity"] == "error"}
        assert {place.split(".")[1] for place in places} == {"entry[2]", "entry[3]"}
        assert clinic.ehr.get("/v1/patients").get_json()["items"] == []

    def test_a_batch_with_a_fault_keeps_the_rest(self, clinic: ClinicOfTests) -> None:
        sent = bundle("batch", patient(), statement("Water"), {**plan("Soap"), "status": "odd"}, plan("Tea"))

        answer = clinic.ehr.post("/fhir", sent)

        assert statuses(answer) == ["201 Created", "201 Created", "400 Bad Request", "201 Created"]
        check(answer.get_json())
        assert answer.get_json()["entry"][2]["response"]["outcome"]["issue"][0]["severity"] == "error"
        assert names(list_of(clinic.ehr)) == ["Water", "Tea"]

    def test_what_is_not_kept_is_said_and_is_no_fault(self, clinic: ClinicOfTests) -> None:
        observed = {"resourceType": "Observation", "status": "final"}
        taken_not = {**statement("Water"), "status": "not-taken"}

        answer = clinic.ehr.post("/fhir", bundle("transaction", patient(), observed, taken_not))

        assert statuses(answer) == ["201 Created", "200 OK", "200 OK"]
        assert all(entry["response"]["outcome"] for entry in answer.get_json()["entry"][1:])
        assert names(list_of(clinic.ehr)) == []

    def test_a_page_of_a_search_says_with_its_first_entry_that_more_may_be_missing(
        self, clinic: ClinicOfTests
    ) -> None:
        sent = bundle("searchset", statement("Water"))
        sent["link"] = [{"relation": "next", "url": "http://ehr.example/next"}]

        answer = clinic.ehr.post("/fhir", sent).get_json()

        assert "may be missing" in answer["entry"][0]["response"]["outcome"]["issue"][0]["diagnostics"]

    @pytest.mark.parametrize("kind", ["message", "history", "odd"])
    def test_of_another_kind_is_refused_by_name(self, clinic: ClinicOfTests, kind: str) -> None:
        answer = clinic.ehr.post("/fhir", {"resourceType": "Bundle", "type": kind})

        assert answer.status_code in (400, 422)
        assert issues(answer)[0]["expression"] == ["Bundle.type"]

    def test_deletions_and_reads_in_it_are_refused_by_name(self, clinic: ClinicOfTests) -> None:
        sent = bundle("batch", statement("Water"), statement("Soap"))
        sent["entry"][1] = {"request": {"method": "DELETE", "url": "MedicationStatement/1"}}

        answer = clinic.ehr.post("/fhir", sent)

        assert statuses(answer) == ["201 Created", "422 Unprocessable Entity"]

    def test_of_too_many_patients_or_items_is_refused_by_name(self, clinic: ClinicOfTests) -> None:
        patients = bundle("batch", *(patient(str(number)) for number in range(MOST_PATIENTS + 1)))
        items = bundle("batch", *(statement(f"Water {number}") for number in range(MOST_ITEMS + 1)))

        answers = clinic.ehr.post("/fhir", patients), clinic.ehr.post("/fhir", items)

        assert (answers[0].status_code, issues(answers[0])[0]["code"]) == (422, "too-costly")
        assert set(statuses(answers[1])) == {"422 Unprocessable Entity"}
        assert names(list_of(clinic.ehr)) == []

    def test_an_empty_one_changes_nothing_and_says_so(self, clinic: ClinicOfTests) -> None:
        answer = clinic.ehr.post("/fhir", bundle("transaction"))

        assert statuses(answer) == ["200 OK"]
        check(answer.get_json())


class TestOneResource:
    def test_an_item_is_made_and_given_back(self, clinic: ClinicOfTests) -> None:
        answer = clinic.ehr.post("/fhir/MedicationStatement", statement("Water"))

        made = answer.get_json()
        assert answer.status_code == 201
        assert answer.headers["Location"] == f"{BASE}/MedicationStatement/{made['id']}"
        assert answer.headers["ETag"] == 'W/"2"'
        assert made["medicationCodeableConcept"]["text"] == "Water"
        check(made)

    @pytest.mark.parametrize("resource", [patient(), plan("Water"), answered("supplement", "nilknown")])
    def test_every_other_kind_too(self, clinic: ClinicOfTests, resource: Any) -> None:
        answer = clinic.ehr.post(f"/fhir/{resource['resourceType']}", resource)

        assert answer.status_code == 201
        address = answer.headers["Location"].removeprefix("http://localhost")
        read = clinic.ehr.get(address)
        assert (read.get_json(), read.headers["ETag"]) == (answer.get_json(), answer.headers["ETag"])

    @pytest.mark.parametrize(
        ("prefer", "kind"), [("minimal", None), ("OperationOutcome", "OperationOutcome")]
    )
    def test_is_answered_as_it_is_wanted(self, clinic: ClinicOfTests, prefer: str, kind: str | None) -> None:
        headers = {"Prefer": f"respond-async, return={prefer}"}
        answer = clinic.ehr.post("/fhir/MedicationStatement", statement("Water"), headers=headers)

        assert answer.status_code == 201
        assert "Location" in answer.headers
        assert (answer.get_json()["resourceType"] if answer.data else None) == kind

    def test_what_is_known_is_not_made_again(self, clinic: ClinicOfTests) -> None:
        first = clinic.ehr.post("/fhir/MedicationStatement", statement("Water"))
        again = clinic.ehr.post("/fhir/MedicationStatement", statement("Water"))

        assert (again.status_code, again.get_json()["resourceType"]) == (200, "OperationOutcome")
        assert again.headers["Location"] == first.headers["Location"]
        wanted = {"Prefer": "return=representation"}
        once_more = clinic.ehr.post("/fhir/MedicationStatement", statement("Water"), headers=wanted)
        assert once_more.get_json() == first.get_json()

    def test_what_says_more_of_a_known_item_is_answered_with_200(self, clinic: ClinicOfTests) -> None:
        number = [{"system": "urn:example:orders", "value": "1"}]
        first = clinic.ehr.post("/fhir/MedicationStatement", statement("Water", identifier=number))
        dose = [{"text": "one in the morning"}]
        more = clinic.ehr.post(
            "/fhir/MedicationStatement", statement("Water", identifier=number, dosage=dose)
        )

        assert more.status_code == 200
        assert more.headers["Location"] == first.headers["Location"]
        assert list_of(clinic.ehr)["items"][0]["dosage_text"] == "one in the morning"

    def test_a_negation_is_no_item_and_is_answered_with_why(self, clinic: ClinicOfTests) -> None:
        answer = clinic.ehr.post("/fhir/MedicationStatement", {**statement("Water"), "status": "not-taken"})

        assert answer.status_code == 200
        assert "Location" not in answer.headers
        assert issues(answer)[0]["severity"] == "information"

    def test_a_resource_at_anothers_address_is_refused(self, clinic: ClinicOfTests) -> None:
        for path, sent in (("", statement("Water")), ("/Patient", statement("Water")), ("/List", patient())):
            answer = clinic.ehr.post(f"/fhir{path}", sent)
            assert (answer.status_code, issues(answer)[0]["expression"]) == (400, ["resourceType"])

    def test_what_is_not_taken_here_is_refused_by_name(self, clinic: ClinicOfTests) -> None:
        answer = clinic.ehr.post("/fhir/Observation", {"resourceType": "Observation"})
        assert (answer.status_code, issues(answer)[0]["code"]) == (404, "not-supported")
        assert "Observation" in issues(answer)[0]["diagnostics"]
        assert clinic.ehr.get("/fhir/Observation").status_code == 404
        misplaced = clinic.ehr.post("/fhir/Bundle", bundle("batch"))
        assert (misplaced.status_code, "/fhir itself" in issues(misplaced)[0]["diagnostics"]) == (404, True)
        only_read = clinic.ehr.post("/fhir/Provenance", {"resourceType": "Provenance"})
        assert only_read.status_code == 405
        assert "GET" in only_read.headers["Allow"]
        assert "POST" not in only_read.headers["Allow"]

    @pytest.mark.parametrize("subject", [{"reference": "Patient/pat1"}, {"display": "Test Patient"}, None])
    def test_an_item_of_nobody_known_is_refused(self, clinic: ClinicOfTests, subject: Any) -> None:
        sent = {**statement("Water"), "subject": subject} if subject else statement("Water")
        if subject is None:
            del sent["subject"]

        answer = clinic.ehr.post("/fhir/MedicationStatement", sent)

        assert answer.status_code in (400, 422)
        assert issues(answer)[0]["severity"] == "error"
