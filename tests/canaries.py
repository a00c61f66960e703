"""Every string that a test sends as a patient's data is a canary: wherever it must not stand, the test fails.

It may stand in what is answered to whoever may read it. It may not stand in a log, in the metrics, in a
header, in an address on a page, or in an error; but a page that asks for a form again shows what was typed
into it.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any

import pytest
import structlog
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.domain.wording import ENGLISH
from service.web.fields import Day, PartialDay

_OF_PATIENTS = frozenset(
    (
        *("name", "given", "family", "text", "display", "value", "identifier", "description", "dosage_text"),
        *("birth_date", "birthDate", "birthdate", "last_taken", "prescriber", "started_on", "stopped_on"),
        *("strength", "form", "route", "frequency", "reason", "note", "phone", "line", "city"),
    )
)
"""What fields are called that hold what is known of a patient: the API's, the forms' and FHIR's."""
_LEAST = 5
_MOST = 500
_ADDRESS = re.compile(r'\b(?:href|action|src|formaction)="([^"]*)"')
_OWN_WORDS = "\n".join((*ENGLISH.values(), Day.fault, PartialDay.fault))


class CanaryFoundError(AssertionError):
    """A patient's data stands where it must not."""


class Canaries:
    """What was sent since the test began."""

    def __init__(self) -> None:
        self._sent: dict[str, re.Pattern[str]] = {}
        self._logged: list[str] = []

    def forget(self) -> None:
        self._sent.clear()
        self._logged.clear()

    def take(self, *bodies: object) -> None:
        """Keep what is a patient's in these bodies of a request."""
        for text in (text for body in bodies for text in _texts(_read(body), "")):
            kept = text.strip()
            known = kept in self._sent or kept in _OWN_WORDS or len(self._sent) >= _MOST
            if sum(map(str.isalnum, kept)) >= _LEAST and not known:
                self._sent[kept] = re.compile(rf"(?<!\w){re.escape(kept)}(?!\w)")

    def found_in(self, text: str) -> list[str]:
        return [canary for canary, pattern in self._sent.items() if canary in text and pattern.search(text)]

    def check(self, answer: TestResponse) -> None:
        """Raise where an answer has one in its headers, in an address or in an error, or one was logged."""
        self.check_log()
        asked = answer.request.url + answer.request.query_string.decode("latin-1")
        for where, text in _exposed(answer):
            found = [canary for canary in self.found_in(text) if canary not in asked]
            if found:
                raise CanaryFoundError(f"{where} of {answer.status_code} {answer.request.path}: {found}")

    def see_line(self, line: object) -> None:
        """Keep the canaries of a line of the log; raised here, they would be one more error of a request."""
        self._logged += self.found_in(repr(line))

    def check_log(self) -> None:
        """Raise where one was logged since the test began."""
        if self._logged:
            raise CanaryFoundError(f"the log: {self._logged}")


class _Lines(logging.Handler):
    """What libraries log in the usual way."""

    def emit(self, record: logging.LogRecord) -> None:
        CANARIES.see_line(record.getMessage())


def _exposed(answer: TestResponse) -> Iterator[tuple[str, str]]:
    """What of an answer must hold nothing of a patient, with what to call it."""
    yield "the headers", "\n".join(f"{name}: {value}" for name, value in answer.headers)
    if answer.request.path == "/metrics":
        yield "the metrics", answer.get_data(as_text=True)
    if (answer.content_type or "").startswith("text/html"):
        page = answer.get_data(as_text=True)
        yield "an address", "\n".join(_ADDRESS.findall(page))
        if answer.status_code >= 400 and "<form" not in page:
            yield "the error", page
    elif answer.status_code >= 400:
        yield "the error", answer.get_data(as_text=True)


def _read(body: object) -> object:
    """A body as what it says; text that is no JSON says nothing here."""
    if isinstance(body, bytes | str):
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            return None
    return body


def _texts(value: object, name: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, str(key).rpartition("/")[2])
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, name)
    elif isinstance(value, str) and name in _OF_PATIENTS:
        yield value


CANARIES = Canaries()
_Open = Callable[..., TestResponse]


def _watched(ask: _Open) -> _Open:
    def ask_and_look(client: FlaskClient, *args: Any, **kwargs: Any) -> TestResponse:
        CANARIES.take(kwargs.get("json"), kwargs.get("data"))
        answer = ask(client, *args, **kwargs)
        CANARIES.check(answer)
        return answer

    return ask_and_look


def look_at_line(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A step of the log that looks at every line."""
    CANARIES.see_line(line)
    return line


@contextmanager
def watching() -> Iterator[None]:
    """Look at every answer and every line of the log until the block ends."""
    ask, steps = FlaskClient.open, structlog.get_config()["processors"]
    FlaskClient.open = _watched(ask)  # type: ignore[method-assign]
    structlog.configure(processors=[look_at_line, *steps])
    lines = _Lines()
    logging.getLogger().addHandler(lines)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(lines)
        FlaskClient.open = ask  # type: ignore[method-assign]
        structlog.configure(processors=steps)


@pytest.fixture(autouse=True, scope="session")
def _canaries_everywhere() -> Iterator[None]:
    with watching():
        yield


@pytest.fixture(autouse=True)
def _canaries_of_this_test() -> Iterator[None]:
    CANARIES.forget()
    yield
    CANARIES.check_log()
