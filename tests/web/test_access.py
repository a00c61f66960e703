"""Who may reach what: every route has a permission or is open by name, and clinics are kept apart."""

import pytest
from flask import Flask

from service.domain.access import PERMISSIONS, Permission, Role
from tests.web.conftest import PASSWORD, Caller, ClinicOfTests
from tests.web.lists import TREATMENT_ASKED, asked, posted

OPEN = {
    "assets.get_page_file",
    "cds_hooks.get_services",
    "pages_intake_by_link.get_start",
    "pages_intake_by_link.post_start",
    "pages_log_in.get_log_in",
    "pages_log_in.post_log_in",
    "pages_log_in.post_log_out",
    "pages_log_in.post_language",
    "assets.get_stylesheet",
    "assets.get_font",
    "assets.get_openapi",
    "assets.get_health",
    "assets.get_readiness",
    "docs.get_docs",
    "docs.get_start",
    "fhir_metadata.get_metadata",
    "docs.get_asset",
    "fhir_smart.get_configuration",
    "sessions.post_session",
    "sessions.delete_session",
    "smart.post_token",
}


def test_every_route_has_a_permission_or_is_open_by_name(app: Flask) -> None:
    found = {
        name: getattr(view, "permission", "nothing said of it") for name, view in app.view_functions.items()
    }

    assert {name for name, permission in found.items() if permission is None} == OPEN
    assert all(isinstance(permission, Permission) for name, permission in found.items() if name not in OPEN)


def test_every_route_of_the_api_is_in_the_openapi_document(app: Flask) -> None:
    document = app.extensions["openapi"]
    documented = {
        (method.upper(), path)
        for path, operations in document["paths"].items()
        for method in operations
        if method != "parameters"
    }
    routes = {
        (method, _as_openapi(rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/v1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert documented == routes


def _as_openapi(rule: str) -> str:
    return rule.replace("<uuid:", "{").replace("<", "{").replace(">", "}")


def calls(
    patient: str, checklist: str, code: str, item: str, digest: str = "x"
) -> list[tuple[str, str, object, Permission]]:
    """Every operation with a body that would be accepted."""
    medication_list = f"/v1/patients/{patient}/medication-list"
    whole = {"items": [{"name": "Sand"}]}
    said = {"answer": "declined", "informant": {"kind": "patient"}, "collection_mode": "phone"}
    wanted = {"treatment": TREATMENT_ASKED["id"]}
    return [
        ("POST", "/v1/intake", posted("Soap", mrn="000777"), Permission.SUBMIT_INTAKE),
        (
            "POST",
            "/v1/patients",
            {"identifier": {"system": "urn:clinic:mrn", "value": "000778"}},
            Permission.WRITE_PATIENTS,
        ),
        ("GET", "/v1/patients", None, Permission.READ_PATIENTS),
        ("GET", "/v1/patients?identifier=urn:clinic:mrn|000123", None, Permission.READ_PATIENTS),
        ("GET", f"/v1/patients/{patient}", None, Permission.READ_PATIENTS),
        ("PATCH", f"/v1/patients/{patient}", {"print_size": "large"}, Permission.WRITE_PATIENTS),
        ("GET", medication_list, None, Permission.READ_LISTS),
        ("GET", f"{medication_list}?version=1", None, Permission.READ_LISTS),
        ("GET", f"{medication_list}/versions", None, Permission.READ_LISTS),
        ("GET", f"{medication_list}/difference?from=1&to=1", None, Permission.READ_LISTS),
        ("PUT", medication_list, whole, Permission.WRITE_LISTS),
        ("POST", f"{medication_list}/items", {"name": "Clay"}, Permission.WRITE_LISTS),
        ("PATCH", f"{medication_list}/items/{item}", {"note": "x"}, Permission.WRITE_LISTS),
        ("DELETE", f"{medication_list}/items/{item}", {"reason": "x"}, Permission.WRITE_LISTS),
        ("PUT", f"{medication_list}/categories/supplement", said, Permission.WRITE_LISTS),
        ("GET", "/v1/treatments", None, Permission.READ_TREATMENTS),
        ("GET", f"/v1/treatments/{TREATMENT_ASKED['id']}", None, Permission.READ_TREATMENTS),
        ("POST", f"/v1/patients/{patient}/checklists", wanted, Permission.ISSUE_CHECKLISTS),
        ("GET", f"/v1/patients/{patient}/checklists", None, Permission.READ_CHECKLISTS),
        ("GET", f"/v1/checklists/{checklist}", None, Permission.READ_CHECKLISTS),
        ("GET", f"/v1/checklists/{checklist}.html", None, Permission.READ_CHECKLISTS),
        ("GET", f"/v1/checklists/{checklist}.pdf", None, Permission.READ_CHECKLISTS),
        ("GET", f"/v1/checklists/by-code/{code}", None, Permission.READ_CHECKLISTS),
        (
            "POST",
            f"/v1/checklists/{checklist}/sections/tell/sign-offs",
            {"role": "nurse", "name": "Test Nurse", "content_digest": digest},
            Permission.SIGN_CHECKLISTS,
        ),
        (
            "PUT",
            f"/v1/checklists/{checklist}/lines/ask-open/mark",
            {"mark": "discussed"},
            Permission.SIGN_CHECKLISTS,
        ),
        ("POST", f"/v1/checklists/{checklist}/withdrawal", {"reason": "x"}, Permission.WITHDRAW_CHECKLISTS),
        ("GET", "/v1/worklist?date=2026-12-01", None, Permission.READ_WORKLIST),
        ("POST", "/v1/print-batches", {"checklists": [checklist]}, Permission.READ_CHECKLISTS),
        (
            "POST",
            f"/v1/patients/{patient}/intake-links",
            {"collection_mode": "self"},
            Permission.MAKE_INTAKE_LINKS,
        ),
        ("GET", "/v1/audit-events", None, Permission.READ_AUDIT),
    ]


def something_of(clinic: ClinicOfTests) -> list[tuple[str, str, object, Permission]]:
    receipt = clinic.ehr.post("/v1/intake", asked("Water")).get_json()
    patient, checklist = receipt["patient_id"], receipt["checklist"]
    listed = clinic.ehr.get(f"/v1/patients/{patient}/medication-list").get_json()
    sheet = clinic.ehr.get(f"/v1/checklists/{checklist['id']}").get_json()
    digest = next(s["content_digest"] for s in sheet["sections"] if s["id"] == "tell")
    return calls(patient, checklist["id"], checklist["code"], listed["items"][0]["id"], digest)


def send(caller: Caller, method: str, path: str, body: object) -> int:
    headers = {"If-Match": "*"} if method in ("PUT", "PATCH", "DELETE") else {}
    return caller.call(method, path, json=body, headers=headers).status_code


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_answered_as_the_permission_table_says(clinic: ClinicOfTests, role: Role) -> None:
    caller: Caller = getattr(clinic, role)
    for method, path, body, permission in something_of(clinic):
        status = send(caller, method, path, body)
        # The administrator here is a key, and a person signs.
        by_a_person = permission is Permission.SIGN_CHECKLISTS and role is Role.ADMINISTRATOR
        if permission in PERMISSIONS[role] and not by_a_person:
            assert status in (200, 201), (method, path)
        else:
            assert status == 403, (method, path)


def test_every_call_is_closed_without_a_key_and_with_a_wrong_one(app: Flask, clinic: ClinicOfTests) -> None:
    for method, path, body, _ in something_of(clinic):
        for secret in ("", "mcl_wrong", "mcs_wrong"):
            assert send(Caller(app.test_client(), secret), method, path, body) == 401, (method, path)


def test_another_clinics_things_answer_exactly_like_missing_ones(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    theirs = something_of(clinic)
    nobody = "00000000-0000-7000-8000-000000000000"
    missing = calls(nobody, nobody, "000-000-000", nobody)
    shared = {
        "/v1/audit-events",
        "/v1/intake",
        "/v1/patients",
        "/v1/treatments",
        "/v1/worklist?date=2026-12-01",
        f"/v1/treatments/{TREATMENT_ASKED['id']}",
    }

    for (method, path, body, _), (_, missing_path, _, _) in zip(theirs, missing, strict=True):
        if path in shared:
            continue
        headers = {"If-Match": "*", "X-Request-Id": "the-same"}
        found = other_clinic.nurse.call(method, path, json=body, headers=headers)
        absent = other_clinic.nurse.call(method, missing_path, json=body, headers=headers)
        assert found.status_code == absent.status_code, (method, path)
        assert found.data == absent.data, (method, path)
        if "?identifier" not in path:
            assert found.status_code == 404, (method, path)


def test_another_clinics_list_is_untouched_and_not_found_by_its_identifier(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    first = clinic.intake.post("/v1/intake", posted("Water")).get_json()
    second = other_clinic.intake.post("/v1/intake", posted("Soap")).get_json()

    assert first["patient_id"] != second["patient_id"]
    assert second["medication_list"]["version"] == 1
    kept = clinic.ehr.get(f"/v1/patients/{first['patient_id']}/medication-list").get_json()
    assert [item["name"] for item in kept["items"]] == ["Water"]


def test_a_revoked_key_no_longer_opens_anything(app: Flask, clinic: ClinicOfTests) -> None:
    opened = app.test_client().post("/v1/sessions", json={"login": clinic.nurse_login, "password": PASSWORD})
    session = Caller(app.test_client(), opened.get_json()["token"])
    assert session.get("/v1/patients").status_code == 200

    assert session.delete("/v1/sessions/current").status_code == 204

    assert session.get("/v1/patients").status_code == 401
    assert session.delete("/v1/sessions/current").status_code == 401


def test_known_and_unknown_log_ins_fail_alike_and_ten_failures_close_the_account(
    app: Flask, clinic: ClinicOfTests
) -> None:
    client = app.test_client()
    for login in (clinic.nurse_login, "nobody"):
        headers = {"X-Request-Id": "the-same"}
        answers = [
            client.post("/v1/sessions", json={"login": login, "password": "wrong " * 3}, headers=headers)
            for _ in range(11)
        ]
        assert [answer.status_code for answer in answers] == [401] * 10 + [429]
        assert int(answers[-1].headers["Retry-After"]) > 0

    right = client.post("/v1/sessions", json={"login": clinic.nurse_login, "password": PASSWORD})
    assert right.status_code == 429
