"""Posting twice: the same key and body is one post, whoever repeats it."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from tests.web.conftest import Caller, ClinicOfTests
from tests.web.lists import asked, posted


def test_the_same_key_and_body_answers_the_first_reply_again(clinic: ClinicOfTests) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}

    first = clinic.intake.post("/v1/intake", asked("Water"), headers=key)
    second = clinic.intake.post("/v1/intake", asked("Water"), headers=key)

    assert (second.status_code, second.data) == (201, first.data)
    patients = clinic.ehr.get("/v1/patients").get_json()["items"]
    assert len(patients) == 1
    assert version(clinic, patients[0]["id"]) == 1


def test_another_body_under_the_same_key_is_refused(clinic: ClinicOfTests) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    clinic.intake.post("/v1/intake", posted("Water"), headers=key)

    refused = clinic.intake.post("/v1/intake", posted("Soap"), headers=key)

    assert (refused.status_code, refused.get_json()["code"]) == (422, "idempotency_key_reused")


def test_a_refused_post_leaves_its_key_free_for_the_mended_one(clinic: ClinicOfTests) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    clinic.intake.post("/v1/intake", posted("a\nb"), headers=key)

    assert clinic.intake.post("/v1/intake", posted("Water"), headers=key).status_code == 201


def test_another_clinic_and_another_client_have_keys_of_their_own(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    replies = [
        caller.post("/v1/intake", posted("Water"), headers=key)
        for caller in (clinic.intake, clinic.ehr, other_clinic.intake)
    ]

    assert [reply.status_code for reply in replies] == [201, 201, 201]
    assert len({reply.data for reply in replies}) == 3


def test_twelve_at_once_make_one_patient_one_version_one_checklist_and_equal_answers(
    app: Flask, clinic: ClinicOfTests
) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}

    def post(_: int) -> tuple[int, bytes]:
        reply = Caller(app.test_client(), clinic.intake.secret).post(
            "/v1/intake", asked("Water"), headers=key
        )
        return reply.status_code, reply.data

    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(post, range(12)))

    assert len(set(answers)) == 1
    assert answers[0][0] == 201
    patients = clinic.ehr.get("/v1/patients").get_json()["items"]
    assert len(patients) == 1
    assert version(clinic, patients[0]["id"]) == 1
    checklists = clinic.ehr.get(f"/v1/patients/{patients[0]['id']}/checklists").get_json()["items"]
    assert len(checklists) == 1


def test_twelve_different_posts_at_once_for_a_new_patient_are_all_kept(
    app: Flask, clinic: ClinicOfTests
) -> None:
    def post(number: int) -> int:
        caller = Caller(app.test_client(), clinic.intake.secret)
        return caller.post("/v1/intake", posted(f"Medicine {number}")).status_code

    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(post, range(12)))

    assert answers == [201] * 12
    patients = clinic.ehr.get("/v1/patients").get_json()["items"]
    assert len(patients) == 1
    assert version(clinic, patients[0]["id"]) == 12


def version(clinic: ClinicOfTests, patient_id: str) -> int:
    found: int = clinic.ehr.get(f"/v1/patients/{patient_id}/medication-list").get_json()["version"]
    return found
