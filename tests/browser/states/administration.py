"""The log-in, one's own password, the administrator's pages and what goes wrong."""

import json

from playwright.sync_api import Page

from service.domain.wording import ENGLISH
from tests.browser.clinic import Clinic, press
from tests.browser.states.shown import Shown, Steps, at, open_page, pressed
from tests.running_service import NURSE
from tests.signed_tokens import ec_key, public, rsa_key

STAFF, KEYS = "/administration/staff", "/administration/keys"
CLIENTS = "/administration/clients"
NO_ID = "00000000-0000-7000-8000-000000000000"


def _sent_late(page: Page, clinic: Clinic) -> None:
    """A form is sent whose guard against forged posts is no longer known."""
    open_page(page, clinic, "/log-in")
    page.locator("form [name=csrf_token]").last.evaluate("field => { field.value = 'another'; }")
    press(page, "Log in")


def _sent_after_the_end(page: Page, clinic: Clinic) -> None:
    """A form is sent when the session has ended, in a browser of its own."""
    open_page(page, clinic, "/patients/new")
    page.context.clear_cookies(name="session")
    page.locator("[name=name]").fill("Test Patient 11")
    press(page, ENGLISH["search.add"])


def _logged_in_again(page: Page, clinic: Clinic) -> None:
    _sent_after_the_end(page, clinic)
    page.get_by_label("Log-in name").fill(NURSE)
    page.get_by_label("Password").fill("a password of the tests")
    press(page, "Log in")


def _new_member(page: Page, clinic: Clinic) -> None:
    open_page(page, clinic, STAFF)
    _add_member(page, "Test Nurse 02", "nurse.02")


def _taken(page: Page, clinic: Clinic) -> None:
    open_page(page, clinic, STAFF)
    _add_member(page, "Test Nurse 03", NURSE)


def _another_password(page: Page, clinic: Clinic) -> None:
    _of_member(page, clinic, "nurse.09", "Test Nurse 09", "Make a new password")


def _leaving(page: Page, clinic: Clinic) -> None:
    _of_member(page, clinic, "nurse.09", "Test Nurse 09", "Has left: end access")


def _back_again(page: Page, clinic: Clinic) -> None:
    _leaving(page, clinic)
    press(page, "Has left: end access")
    press(page, "Is back: give access: Test Nurse 09")


def _of_member(page: Page, clinic: Clinic, login: str, name: str, act: str) -> None:
    """Do something about a member of staff, who is added first where that did not happen yet."""
    open_page(page, clinic, STAFF)
    if not page.get_by_role("row", name=login).count():
        _add_member(page, name, login)
        open_page(page, clinic, STAFF)
    press(page, f"{act}: {name}")


def _add_member(page: Page, name: str, login: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Log-in name").fill(login)
    page.get_by_label("Nurse", exact=True).check()
    press(page, "Add a person")


def _revoking(page: Page, clinic: Clinic) -> None:
    open_page(page, clinic, KEYS)
    press(page, "Revoke: Test ehr")


def _no_paper(page: Page, clinic: Clinic) -> None:
    open_page(page, clinic, "/administration")
    page.locator("[name=paper]").evaluate_all("fields => fields.forEach((f) => { f.checked = false; })")
    press(page, "Save")


def _new_key(page: Page, clinic: Clinic) -> None:
    open_page(page, clinic, KEYS)
    page.get_by_label("Name").fill("Form of the front desk")
    page.get_by_label("Intake form").check()
    press(page, "Make a key")


def _registered(page: Page, clinic: Clinic) -> None:
    _register(page, clinic, "EHR of the ward")


def _register(page: Page, clinic: Clinic, name: str) -> None:
    open_page(page, clinic, CLIENTS)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Public keys").fill(json.dumps(public(ec_key(), rsa_key())))
    page.get_by_label("Scopes").fill("system/MedicationStatement.rs system/MedicationRequest.rs")
    page.get_by_label("Name in CDS Hooks").fill(f"https://ehr.example/{name.replace(' ', '-')}/fhir")
    press(page, "Register a system")


def _of_client(name: str, act: str) -> Steps:
    """Do something about a registered system, which is registered first."""

    def reach(page: Page, clinic: Clinic) -> None:
        _register(page, clinic, name)
        press(page, f"{act}: {name}")

    return reach


def _secret_key(page: Page, clinic: Clinic) -> None:
    _of_client("EHR of another ward", "Other keys")(page, clinic)
    page.get_by_label("Public keys").fill(json.dumps({"keys": [ec_key().as_dict(private=True)]}))
    press(page, "Save")


STATES = (
    Shown("log-in", "pages_log_in.get_log_in", "nobody", at("/log-in")),
    Shown(
        "log-in without anything typed",
        "pages_log_in.post_log_in",
        "nobody",
        pressed("/log-in", "Log in"),
        422,
        at_fault=True,
    ),
    Shown(
        "log-in refused",
        "pages_log_in.post_log_in",
        "nobody",
        pressed("/log-in", "Log in", login="nobody.01", password="not the password"),
        401,
        at_fault=True,
    ),
    Shown(
        "log-in over something typed",
        "pages_patients.post_new_patient",
        "nurse",
        _sent_after_the_end,
        401,
        own=True,
    ),
    Shown("logged in again", "pages_log_in.post_log_in", "nurse", _logged_in_again, own=True),
    Shown("a page open for too long", "pages_log_in.post_log_in", "nobody", _sent_late, 400),
    Shown("nothing here", None, "nobody", at("/nothing-here"), 404),
    Shown(
        "nothing here, logged in", "pages_keys.get_revoke", "administrator", at(f"{KEYS}/{NO_ID}/revoke"), 404
    ),
    Shown("not for this role", "pages_staff.get_staff", "nurse", at(STAFF), 403),
    Shown("own password", "pages_staff.get_own_password", "nurse", at("/password")),
    Shown(
        "own password too short",
        "pages_staff.post_own_password",
        "nurse",
        pressed("/password", "Save", now="a password of the tests", new="short"),
        422,
        at_fault=True,
    ),
    Shown(
        "settings", "pages_administration.get_settings", "administrator", at("/administration"), asks=False
    ),
    Shown(
        "settings without a paper",
        "pages_administration.post_settings",
        "administrator",
        _no_paper,
        422,
        at_fault=True,
        asks=False,
    ),
    Shown("staff", "pages_staff.get_staff", "administrator", at(STAFF)),
    Shown(
        "staff, nothing typed",
        "pages_staff.post_member",
        "administrator",
        pressed(STAFF, "Add a person"),
        422,
        at_fault=True,
    ),
    Shown(
        "staff, name taken",
        "pages_staff.post_member",
        "administrator",
        _taken,
        409,
        at_fault=True,
        asks=False,
    ),
    Shown("staff, a new person's password", "pages_staff.post_member", "administrator", _new_member),
    Shown("staff, another password", "pages_staff.post_new_password", "administrator", _another_password),
    Shown("staff, about to leave", "pages_staff.get_leave", "administrator", _leaving),
    Shown("staff, back again", "pages_staff.post_return", "administrator", _back_again),
    Shown("keys", "pages_keys.get_keys", "administrator", at(KEYS)),
    Shown(
        "keys, nothing typed",
        "pages_keys.post_key",
        "administrator",
        pressed(KEYS, "Make a key"),
        422,
        at_fault=True,
    ),
    Shown("a new key", "pages_keys.post_key", "administrator", _new_key),
    Shown("about to revoke a key", "pages_keys.get_revoke", "administrator", _revoking),
    Shown("other systems", "pages_clients.get_clients", "administrator", at(CLIENTS)),
    Shown(
        "other systems, nothing typed",
        "pages_clients.post_client",
        "administrator",
        pressed(CLIENTS, "Register a system"),
        422,
        at_fault=True,
    ),
    Shown("a new system", "pages_clients.get_clients", "administrator", _registered),
    Shown(
        "other keys of a system",
        "pages_clients.get_keys",
        "administrator",
        _of_client("EHR of a laboratory", "Other keys"),
    ),
    Shown(
        "a secret key of a system",
        "pages_clients.post_keys",
        "administrator",
        _secret_key,
        422,
        at_fault=True,
    ),
    Shown(
        "about to revoke a system",
        "pages_clients.get_revoke",
        "administrator",
        _of_client("EHR of a pharmacy", "Revoke"),
    ),
    Shown("who did what", "pages_administration.get_audit", "administrator", at("/administration/audit")),
)

LEAD_ELSEWHERE = {
    "pages_log_in.post_log_out",
    "pages_log_in.post_language",
    "pages_staff.post_leave",
    "pages_keys.post_revoke",
    "pages_clients.post_revoke",
}
