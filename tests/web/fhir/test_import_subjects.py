"""Whom what an EHR sends is about, and what it answers for a person: found, completed, refused or left."""

from typing import Any

from tests.web.conftest import ClinicOfTests
from tests.web.fhir.sent import (
    answered,
    bundle,
    categorized,
    identified,
    issues,
    list_of,
    names,
    patient,
    statement,
    statuses,
)


class TestPatients:
    BORN = patient(birthDate="1961-04-02", name=[{"text": "Test Patient 01"}])

    def test_a_patient_is_found_by_identifier_and_completed(self, clinic: ClinicOfTests) -> None:
        clinic.ehr.post("/fhir/Patient", patient())
        answer = clinic.ehr.post("/fhir/Patient", self.BORN)

        assert answer.status_code == 200
        assert answer.get_json()["birthDate"] == "1961-04-02"
        assert list_of(clinic.ehr)["version"] == 2
        assert clinic.ehr.post("/fhir/Patient", self.BORN).get_json()["resourceType"] == "OperationOutcome"
        assert list_of(clinic.ehr)["version"] == 2

    def test_another_date_of_birth_is_refused_and_another_name_is_asked_about(
        self, clinic: ClinicOfTests
    ) -> None:
        clinic.ehr.post("/fhir/Patient", self.BORN)
        wrong = bundle("batch", patient(birthDate="1961-04-03"), statement("Water"))
        renamed = bundle("batch", patient(name=[{"text": "Test Patient 02"}]), statement("Soap"))

        assert statuses(clinic.ehr.post("/fhir", wrong))[0] == "409 Conflict"
        assert statuses(clinic.ehr.post("/fhir", renamed))[0] == "200 OK"
        assert list_of(clinic.ehr)["reported_name"] == "Test Patient 02"

    def test_items_of_a_patient_who_is_refused_are_refused(self, clinic: ClinicOfTests) -> None:
        clinic.ehr.post("/fhir/Patient", self.BORN)
        sent = bundle("batch", patient(birthDate="1961-04-03", id="p"))
        sent["entry"] += bundle("batch", statement("Water", subject={"reference": "Patient/p"}))["entry"]

        assert statuses(clinic.ehr.post("/fhir", sent)) == ["409 Conflict", "422 Unprocessable Entity"]
        assert names(list_of(clinic.ehr)) == []

    def test_identifiers_of_two_patients_are_refused(self, clinic: ClinicOfTests) -> None:
        other = {"system": "urn:example:other", "value": "9"}
        clinic.ehr.post("/fhir/Patient", patient())
        clinic.ehr.post("/fhir/Patient", {"resourceType": "Patient", "identifier": [other]})
        both = patient()
        both["identifier"].append(other)

        answer = clinic.ehr.post("/fhir/Patient", both)

        assert (answer.status_code, issues(answer)[-1]["code"]) == (409, "conflict")

    def test_a_subject_that_means_two_patients_is_refused(self, clinic: ClinicOfTests) -> None:
        for mrn in ("1", "2"):
            clinic.ehr.post("/fhir/Patient", patient(mrn))
        own_id = list_of(clinic.ehr, "1")["patient_id"]
        sent = bundle(
            "batch",
            patient("1", id="p"),
            statement("Water", subject={"reference": "Patient/p", **identified("2")}),
            statement("Soap", subject={"reference": f"Patient/{own_id}", **identified("2")}),
            statement("Tea", subject={"reference": f"Patient/{own_id}", **identified("1")}),
        )

        answer = clinic.ehr.post("/fhir", sent)

        assert statuses(answer) == ["200 OK", "409 Conflict", "409 Conflict", "201 Created"]
        assert [names(list_of(clinic.ehr, mrn)) for mrn in ("1", "2")] == [["Tea"], []]

    def test_another_identifier_is_taken_unless_the_name_makes_it_doubtful(
        self, clinic: ClinicOfTests
    ) -> None:
        def with_number(sent: Any, number: str) -> Any:
            other = {"system": f"urn:example:{number}", "value": number}
            return {**sent, "identifier": [*sent["identifier"], other]}

        clinic.ehr.post("/fhir/Patient", self.BORN)
        renamed = patient(name=[{"text": "Test Patient 02"}])
        for sent, number in (
            (renamed, "1"),
            (patient(), "2"),
            ({**renamed, "birthDate": "1961-04-02"}, "3"),
        ):
            clinic.ehr.post("/fhir/Patient", with_number(sent, number))

        found = clinic.ehr.get("/fhir/Patient").get_json()["entry"][0]["resource"]
        assert [one["value"] for one in found["identifier"]][:-1] == ["000123", "2", "3"]

    def test_a_second_number_in_one_system_is_not_taken_and_is_said(self, clinic: ClinicOfTests) -> None:
        other = {"system": "urn:example:other", "value": "9"}
        clinic.ehr.post("/fhir/Patient", {**patient(), "identifier": [other, *patient()["identifier"]]})
        answer = clinic.ehr.post(
            "/fhir/Patient", {**patient("000124"), "identifier": [other, *patient("000124")["identifier"]]}
        )

        assert (answer.status_code, issues(answer)[0]["severity"]) == (200, "warning")

    def test_a_date_of_birth_that_lies_ahead_is_refused(self, clinic: ClinicOfTests) -> None:
        assert clinic.ehr.post("/fhir/Patient", patient(birthDate="2099-01-01")).status_code == 400

    def test_another_clinics_patient_is_not_found_by_our_own_id(
        self, clinic: ClinicOfTests, other_clinic: ClinicOfTests
    ) -> None:
        clinic.ehr.post("/fhir/MedicationStatement", statement("Water"))
        theirs = {"reference": f"Patient/{list_of(clinic.ehr)['patient_id']}"}
        nobodys = {"reference": "Patient/00000000-0000-7000-8000-000000000000"}
        headers = {"X-Request-Id": "the-same"}

        found, absent = (
            other_clinic.ehr.post(
                "/fhir/MedicationStatement", statement("Soap", subject=subject), headers=headers
            )
            for subject in (theirs, nobodys)
        )

        assert (found.status_code, found.data) == (422, absent.data)
        assert names(list_of(clinic.ehr)) == ["Water"]

    def test_the_same_identifier_in_two_clinics_is_two_patients(
        self, clinic: ClinicOfTests, other_clinic: ClinicOfTests
    ) -> None:
        for one, name in ((clinic, "Water"), (other_clinic, "Soap")):
            one.ehr.post("/fhir/MedicationStatement", statement(name))

        assert (names(list_of(clinic.ehr)), names(list_of(other_clinic.ehr))) == (["Water"], ["Soap"])


class TestAnswers:
    def test_none_that_a_person_said_is_kept_with_who_said_it(self, clinic: ClinicOfTests) -> None:
        clinic.ehr.post("/fhir/List", answered("supplement", "nilknown"))

        kept = list_of(clinic.ehr)["categories"]["supplement"]
        assert kept["answer"] == "none_reported"
        assert kept["attribution"]["informant"] == {"kind": "practitioner", "name": "Test Nurse"}
        assert kept["attribution"]["collection_mode"] == "import"

    def test_none_against_items_on_file_is_refused(self, clinic: ClinicOfTests) -> None:
        clinic.ehr.post("/fhir/MedicationStatement", categorized(statement("Tea"), "supplement"))

        answer = clinic.ehr.post("/fhir/List", answered("supplement", "nilknown"))

        assert (answer.status_code, issues(answer)[-1]["expression"]) == (409, ["List"])
        batch = bundle("batch", answered("supplement", "nilknown"), statement("Salt"))
        assert statuses(clinic.ehr.post("/fhir", batch)) == ["409 Conflict", "201 Created"]

    def test_an_answer_that_says_less_than_is_known_leaves_what_is_known(self, clinic: ClinicOfTests) -> None:
        clinic.ehr.post("/fhir/List", answered("supplement", "nilknown"))
        refusing = answered("supplement", "declined")

        answer = clinic.ehr.post("/fhir/List", refusing)

        assert answer.status_code == 200
        assert "stays" in issues(answer)[-1]["diagnostics"]
        assert list_of(clinic.ehr)["categories"]["supplement"]["answer"] == "none_reported"
