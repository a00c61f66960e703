"""In production a nurse logs in with a real browser, through a proxy that ends TLS."""

from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser

from tests.databases import SqliteOfTests
from tests.guidance_of_tests import guidance_of_tests
from tests.running_service import NURSE, PASSWORD, address_of, environment_of, open_clinic, started
from tests.tls_proxy import tls_proxy


def test_a_nurse_logs_in_behind_tls_and_every_cookie_is_bound_to_the_host(
    browser: Browser, sqlite: SqliteOfTests, tmp_path: Path
) -> None:
    url = sqlite.database(tmp_path)
    open_clinic(url, guidance_of_tests(), datetime.now(UTC))
    environment = environment_of(url) | {"MEDICATION_CHECKLIST_PROXIES": "1"}
    process = started(environment)
    context = browser.new_context(ignore_https_errors=True, locale="en-US")
    try:
        with tls_proxy(address_of(environment), tmp_path) as address:
            page = context.new_page()
            page.goto(f"{address}/log-in")
            page.get_by_label("Log-in name").fill(NURSE)
            page.get_by_label("Password").fill(PASSWORD)
            with page.expect_navigation(wait_until="load") as led:
                page.get_by_role("button", name="Log in", exact=True).click()

            assert page.get_by_text("Logged in as Test Nurse").is_visible()
            assert led.value.header_value("Strict-Transport-Security")
            cookies = context.cookies()
            assert {cookie["name"] for cookie in cookies} >= {"__Host-session", "__Host-page"}
            assert all(cookie["name"].startswith("__Host-") and cookie["secure"] for cookie in cookies)
            assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies)
            context.close()
    finally:
        process.terminate()
        process.wait(timeout=20)
