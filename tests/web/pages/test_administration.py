"""The administrator's pages: people, keys, settings, guidance, and who did what."""

import re

import pytest

from service.domain.access.permissions import Role
from service.store import api_keys as key_store
from service.store import clinics as clinic_store
from service.store import staff as staff_store
from service.store.database import Database, Reach
from tests.web.conftest import PASSWORD, ClinicOfTests
from tests.web.pages.conftest import Browser, forms_of, text_of

STAFF, KEYS = "/administration/staff", "/administration/keys"
PAGES = ["/administration", STAFF, KEYS, "/administration/guidance", "/administration/audit"]


def secret_on(page_text: str) -> str:
    found = re.search(r"<code>([^<]+)</code>", page_text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", PAGES)
def test_a_nurse_does_not_get_in(nurse: Browser, path: str) -> None:
    page = nurse.get(path) if path != "/administration/guidance" else nurse.get("/administration")

    assert page.status_code == 403
    assert "Your role may not do this" in text_of(page)


@pytest.mark.parametrize("path", PAGES)
def test_nobody_gets_in_without_a_log_in(browser: Browser, path: str) -> None:
    page = browser.get(path)

    assert page.status_code == 302
    assert page.location.startswith("/log-in?to=")


def test_a_new_nurse_logs_in_with_the_password_that_was_shown_once(
    administrator: Browser, browser: Browser
) -> None:
    form = administrator.get(STAFF)
    shown = administrator.send(form, STAFF, name="Test Nurse 02", login="nurse.two", role="nurse")

    assert shown.status_code == 200
    password = secret_on(shown.get_data(as_text=True))
    assert browser.log_in("nurse.two", password).status_code == 302


def test_the_same_form_sent_twice_adds_one_person_and_shows_no_second_password(
    administrator: Browser, database: Database, clinic: ClinicOfTests
) -> None:
    form = administrator.get(STAFF)
    for _ in range(2):
        answer = administrator.send(form, STAFF, name="Test Nurse 02", login="nurse.two", role="nurse")

    assert answer.status_code == 303
    again = administrator.follow(answer)
    assert "Make a new password if it is lost." in text_of(again)
    with database.transaction(Reach.ALL) as connection:
        names = [member.name for member in staff_store.list_staff(connection, clinic.id)]
    assert names.count("Test Nurse 02") == 1


def test_a_log_in_name_that_is_taken_is_said_at_its_field_and_nothing_typed_is_lost(
    administrator: Browser, clinic: ClinicOfTests
) -> None:
    page = administrator.send(
        administrator.get(STAFF), STAFF, name="Test Nurse 02", login=clinic.nurse_login, role="nurse"
    )

    assert page.status_code == 409
    assert "Log-in name: This log-in name is taken." in text_of(page)
    values = next(form for form in forms_of(page) if form.action == STAFF).values
    assert (values["name"], values["login"], values["role"]) == ("Test Nurse 02", clinic.nurse_login, "nurse")


def test_who_has_left_is_out_at_once_and_can_come_back_with_another_password(
    administrator: Browser, nurse: Browser, browser: Browser, clinic: ClinicOfTests
) -> None:
    staff = administrator.get(STAFF)
    leave = next(
        path
        for path in re.findall(r'href="([^"]+/leave)"', staff.get_data(as_text=True))
        if "Test Nurse" in text_of(administrator.get(path))
    )
    administrator.send(administrator.get(leave), leave)

    assert nurse.get("/password").status_code == 302
    assert browser.log_in(clinic.nurse_login).status_code == 401

    back = leave.replace("/leave", "/return")
    shown = administrator.send(administrator.get(STAFF), back)
    assert browser.log_in(clinic.nurse_login).status_code == 401
    assert browser.log_in(clinic.nurse_login, secret_on(shown.get_data(as_text=True))).status_code == 302


def test_the_last_administrator_stays_and_nobody_ends_their_own_access(
    administrator: Browser, database: Database, clinic: ClinicOfTests
) -> None:
    with database.transaction(Reach.ALL) as connection:
        staff = staff_store.list_staff(connection, clinic.id)
    own = next(member for member in staff if member.role is Role.ADMINISTRATOR)
    path = f"{STAFF}/{own.id}/leave"

    assert path not in administrator.get(STAFF).get_data(as_text=True)
    assert administrator.send(administrator.get(path), path).status_code == 409
    assert administrator.get(STAFF).status_code == 200


def test_a_key_is_shown_once_works_and_is_revoked(administrator: Browser, clinic: ClinicOfTests) -> None:
    form = administrator.get(KEYS)
    shown = administrator.send(form, KEYS, name="Lobby tablet", role="ehr")
    secret = secret_on(shown.get_data(as_text=True))

    def call() -> int:
        headers = {"Authorization": f"Bearer {secret}"}
        return administrator.client.get("/v1/patients", headers=headers).status_code

    assert call() == 200
    assert secret not in administrator.get(KEYS).get_data(as_text=True)
    assert administrator.send(form, KEYS, name="Lobby tablet", role="ehr").status_code == 303

    keys = administrator.get(KEYS).get_data(as_text=True)
    revoke = next(
        path
        for path in re.findall(r'href="([^"]+/revoke)"', keys)
        if "Lobby tablet" in text_of(administrator.get(path))
    )
    administrator.send(administrator.get(revoke), revoke)
    assert call() == 401
    assert administrator.get(revoke).status_code == 404


def test_a_key_without_a_role_is_not_made(administrator: Browser) -> None:
    page = administrator.send(administrator.get(KEYS), KEYS, name="Lobby tablet")

    assert page.status_code == 422
    assert "Role: Choose one of these." in text_of(page)


def test_settings_are_kept_and_the_clinics_own_language_is_always_offered(
    administrator: Browser, database: Database, clinic: ClinicOfTests
) -> None:
    form = next(f for f in forms_of(administrator.get("/administration")) if f.action == "/administration")
    kept = {k: v for k, v in form.values.items() if not k.startswith(("prompts/", "languages/"))}
    answer = administrator.post(
        "/administration",
        {
            **kept,
            "paper": "letter",
            "time_zone": "America/Chicago",
            "prompts/2": "supplement",
            "none_export": "negation_entry",
        },
    )

    assert answer.status_code == 303
    with database.transaction(Reach.ALL) as connection:
        now = clinic_store.load_clinic(connection, clinic.id)
    assert now is not None
    assert (now.paper, now.time_zone, now.languages) == ("letter", "America/Chicago", ("en",))
    assert now.prompts == {"supplement"}
    assert (now.item_export, now.none_export) == ("medication_statement", "negation_entry")


def test_what_an_ehr_finds_items_as_follows_the_settings(
    administrator: Browser, clinic: ClinicOfTests
) -> None:
    page = administrator.send(
        administrator.get("/administration"), "/administration", item_export="medication_request"
    )

    assert page.status_code == 303
    told = clinic.ehr.get("/fhir/MedicationStatement?_id=x").get_json()["entry"][0]["resource"]
    assert "MedicationRequest" in told["issue"][0]["diagnostics"]


def test_a_resource_that_items_are_not_given_as_is_refused(administrator: Browser) -> None:
    page = administrator.send(
        administrator.get("/administration"), "/administration", item_export="medication_dispense"
    )

    assert page.status_code == 422
    assert "What an EHR reads each item of a list as: Choose one of these." in text_of(page)


def test_a_time_zone_that_no_clock_knows_is_refused(administrator: Browser) -> None:
    page = administrator.send(
        administrator.get("/administration"), "/administration", time_zone="Europe/Nowhere"
    )

    assert page.status_code == 422
    assert "Time zone: Choose one of these." in text_of(page)


def test_guidance_leads_to_each_statement_with_its_citation_and_its_review(administrator: Browser) -> None:
    overview = administrator.get("/administration/guidance")
    version = re.search(r'href="([^"]+/versions/[^"/]+)"', overview.get_data(as_text=True))
    assert version is not None
    text = text_of(administrator.get(version[1]))

    assert "Examplinib" in text
    assert re.search(r"Paragraph \d+, sentence \d+", text)
    assert re.search(r"Compared with the document by .+ on \d+ \w+ \d{4}", text)


def test_who_did_what_is_on_record_without_a_password_or_a_key(administrator: Browser) -> None:
    shown = administrator.send(
        administrator.get(STAFF), STAFF, name="Test Nurse 02", login="nurse.two", role="nurse"
    )
    password = secret_on(shown.get_data(as_text=True))
    page = administrator.get("/administration/audit")

    assert "Added a person to the staff" in text_of(page)
    assert password not in page.get_data(as_text=True)


def test_ones_own_password_needs_the_present_one_and_ends_the_session(
    nurse: Browser, browser: Browser, clinic: ClinicOfTests
) -> None:
    new = "another password of the tests"
    wrong = nurse.send(nurse.get("/password"), "/password", now="not the password", new=new)
    short = nurse.send(nurse.get("/password"), "/password", now=PASSWORD, new="short")
    assert (wrong.status_code, short.status_code) == (422, 422)
    assert "New password: This is too short." in text_of(short)

    changed = nurse.send(nurse.get("/password"), "/password", now=PASSWORD, new=new)
    assert changed.status_code == 303
    assert nurse.get("/password").status_code == 302
    assert browser.log_in(clinic.nurse_login, new).status_code == 302


def test_another_clinics_people_and_keys_are_not_there(
    administrator: Browser, other_clinic: ClinicOfTests, database: Database
) -> None:
    with database.transaction(Reach.ALL) as connection:
        member = staff_store.list_staff(connection, other_clinic.id)[0]
        key = key_store.list_keys(connection, other_clinic.id)[0]

    for path in (f"{STAFF}/{member.id}/leave", f"{KEYS}/{key.id}/revoke"):
        assert administrator.get(path).status_code == 404
    assert "Other clinic" not in text_of(administrator.get(STAFF)) + text_of(administrator.get(KEYS))
