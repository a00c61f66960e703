"""A browser without JavaScript: pages are read by their forms, and forms are sent with all they hold."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.domain.access.permissions import Role
from service.store.database import Database, Reach
from tests.people import add_person
from tests.web.conftest import PASSWORD, ClinicOfTests

HTML = {"Accept": "text/html"}


@dataclass
class Form:
    """A form as a browser knows it: where it leads and what it sends when nothing is touched."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(a.get("action", ""), a.get("method", "get")))
        if not self.forms:
            return
        values = self.forms[-1].values
        if tag == "button" and "name" in a:
            self.forms[-1].buttons.append((a["name"], a.get("value", "")))
        elif tag == "input" and "name" in a:
            if a.get("type") not in ("radio", "checkbox"):
                values[a["name"]] = a.get("value", "")
            elif "checked" in a:
                values[a["name"]] = a.get("value", "on")
        elif tag == "textarea":
            self._area = a["name"]
            values[a["name"]] = ""
        elif tag == "select":
            self._select = a["name"]
        elif tag == "option" and self._select and ("selected" in a or self._select not in values):
            values[self._select] = a.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1].values[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            # The first line break after the tag is no part of the text.
            self.forms[-1].values[self._area] = self.forms[-1].values[self._area].removeprefix("\n")
            self._area = None
        if tag == "select":
            self._select = None


@dataclass
class Browser:
    """One browser with its own cookies, over TLS."""

    client: FlaskClient

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.client.get(path, base_url="https://localhost", headers=HTML, **kwargs)

    def post(self, path: str, data: dict[str, str] | None = None, **kwargs: Any) -> TestResponse:
        return self.client.post(path, base_url="https://localhost", headers=HTML, data=data, **kwargs)

    def send(
        self, page: TestResponse, action: str, /, fields: dict[str, str] | None = None, **named: str
    ) -> TestResponse:
        """Send the page's form that leads to ``action``, with what it holds and these fields over it."""
        form = next(form for form in forms_of(page) if form.action == action)
        return self.post(action, {**form.values, **(fields or {}), **named})

    def follow(self, response: TestResponse) -> TestResponse:
        """The page that a response leads to."""
        assert response.status_code in (302, 303), response.get_data(as_text=True)
        return self.get(response.location)

    def log_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        return self.send(self.get("/log-in"), "/log-in", login=login, password=password)


def forms_of(page: TestResponse) -> list[Form]:
    """Every form of a page."""
    parser = _Forms()
    parser.feed(page.get_data(as_text=True))
    return parser.forms


def text_of(page: TestResponse) -> str:
    """What a page says, without its marks."""
    body = re.sub(r"(?s)<(script|style|title)\b.*?</\1>", " ", page.get_data(as_text=True))
    parts: list[str] = []
    parser = HTMLParser()
    parser.handle_data = parts.append  # type: ignore[method-assign]
    parser.feed(body)
    return " ".join(" ".join(parts).split())


@pytest.fixture
def new_browser(app: Flask) -> Callable[[], Browser]:
    """Makes browsers, each with its own cookies."""
    return lambda: Browser(app.test_client())


@pytest.fixture
def browser(new_browser: Callable[[], Browser]) -> Browser:
    """A browser that has been nowhere yet."""
    return new_browser()


@pytest.fixture
def nurse(new_browser: Callable[[], Browser], clinic: ClinicOfTests) -> Browser:
    """The browser of the clinic's nurse, logged in."""
    opened = new_browser()
    assert opened.log_in(clinic.nurse_login).status_code == 302
    return opened


def administrator_of(clinic: ClinicOfTests) -> str:
    """The log-in name of the clinic's administrator."""
    return f"administrator.{clinic.id.hex[-6:]}"


@pytest.fixture
def administrator(new_browser: Callable[[], Browser], clinic: ClinicOfTests, database: Database) -> Browser:
    """The browser of the clinic's administrator, logged in."""
    login = administrator_of(clinic)
    with database.transaction(Reach.ALL) as connection:
        now = datetime.now(UTC)
        add_person(connection, clinic.id, Role.ADMINISTRATOR, login, "Test Administrator 01", PASSWORD, now)
    opened = new_browser()
    assert opened.log_in(login).status_code == 302
    return opened
