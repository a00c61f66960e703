"""A clinic as browsers meet it: a running service with made-up patients, and a browser for each person."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import requests
from playwright.sync_api import Browser, BrowserContext, Page

from service.domain.access.permissions import Role
from tests.running_service import ADMINISTRATOR, NURSE, PASSWORD, Service
from tests.web.lists import TREATMENT_ASKED, posted

TIMEOUT = 5_000
LOGINS = {"nurse": NURSE, "administrator": ADMINISTRATOR}


@dataclass
class Clinic:
    """``receipts`` are the answers to each patient's intake, by the name of the patient."""

    service: Service
    browser: Browser
    treatment: dict[str, str] = field(default_factory=lambda: TREATMENT_ASKED)
    receipts: dict[str, dict[str, Any]] = field(default_factory=dict)
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def url(self, path: str) -> str:
        return self.service.base_url + path

    @cached_property
    def nurse_token(self) -> str:
        return self.service.session(NURSE)

    def as_nurse(self, method: str, path: str, json: Any = None) -> Any:
        """What the API answers the nurse; for what a page needs to be there beforehand."""
        headers = {"Authorization": f"Bearer {self.nurse_token}"}
        answer = requests.request(method, self.url(path), json=json, headers=headers, timeout=60)
        assert answer.ok, answer.text
        return answer.json()

    def patient(self, name: str) -> str:
        """The address of a patient's page."""
        return f"/patients/{self.receipts[name]['patient_id']}"

    def checklist(self, name: str) -> str:
        """The address of the page of a patient's first checklist."""
        return f"/checklists/{self.receipts[name]['checklist']['id']}"

    def add_patient(self, name: str, mrn: str, items: list[dict[str, Any]], **more: Any) -> None:
        """Have the EHR post a list, as the patient filled it in, for a treatment that is planned."""
        sent = {**posted(mrn=mrn, treatment=self.treatment), "items": items, **more}
        sent["patient"]["name"] = name
        answer = self.service.call(Role.EHR, "POST", "/v1/intake", json=sent)
        assert answer.status_code == 201, answer.text
        self.receipts[name] = answer.json()

    def context(self, who: str, *, own: bool = False, **options: Any) -> BrowserContext:
        """The browser of ``nobody``, the ``nurse`` or the ``administrator``, logged in; shared or its own."""
        if not own and who in self.contexts:
            return self.contexts[who]
        made = new_context(self.browser, **options)
        self.contexts[f"{who} {len(self.contexts)}" if own else who] = made
        if who in LOGINS:
            log_in(made, self.service, LOGINS[who])
        return made

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    context = browser.new_context(locale="en-GB", **options)
    context.set_default_timeout(TIMEOUT)
    return context


def log_in(context: BrowserContext, service: Service, login: str) -> None:
    page = context.new_page()
    page.goto(f"{service.base_url}/log-in?to=/password")
    page.get_by_label("Log-in name").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")
    page.close()


def called(name: str, *, exact: bool = True) -> re.Pattern[str]:
    """What a button or a link is called; browsers put a space before what only a screen reader says."""
    words = re.escape(name).replace(":", r"\s*:")
    return re.compile(f"^{words}$" if exact else words)


def press(page: Page, name: str) -> None:
    """Press a button or follow a link by what it is called, and wait for the page that comes."""
    named = called(name)
    with page.expect_navigation():
        page.get_by_role("button", name=named).or_(page.get_by_role("link", name=named)).first.click()
