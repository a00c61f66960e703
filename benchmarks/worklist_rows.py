"""The rows of a day's worklist: the page of many patients against the page of a tenth as many."""

import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from werkzeug.test import Client

from benchmarks.clinic import AUDIT_KEY, Keys, set_up_clinic
from benchmarks.databases import KINDS, MissingError, two_databases
from benchmarks.effort import times
from benchmarks.forms import Json, form
from benchmarks.results import Goal, Result, no_figure, result
from benchmarks.rounds import spread
from service.actions.credentials import add_staff, authenticate
from service.actions.sessions import log_in
from service.app import create_app
from service.config import PREFIX, read_settings
from service.domain.access.permissions import Role
from service.store.database import Database, Reach

_FEW = 30
_BUSY, _QUIET = "2026-12-01", "2026-12-02"
_LABELS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_GOAL = Goal(12)
_SETTINGS = {
    PREFIX + "SECRET_KEY": "a secret of the benchmarks " * 2,
    PREFIX + "AUDIT_KEY": AUDIT_KEY,
    PREFIX + "CALLS_PER_MINUTE": "0",
    PREFIX + "FAILURES_PER_MINUTE": "0",
    PREFIX + "MODE": "demo",
}


def _name(kind: str) -> str:
    return f"Worklist of 300 patients against 30, {_LABELS[kind]}: CPU"


NAMES = [_name(kind) for kind in KINDS]


def measure(wanted: list[str]) -> Iterator[Result]:
    """The rows wanted."""
    for kind in KINDS:
        if _name(kind) in wanted:
            try:
                with two_databases(kind) as (url, _):
                    yield _measured(kind, url)
            except MissingError as error:
                yield no_figure(_name(kind), _GOAL, str(error))


def _measured(kind: str, url: str) -> Result:
    keys = set_up_clinic(url)
    app = create_app(read_settings({**_SETTINGS, "DATABASE_URL": url}))
    database = app.extensions["house"].database
    try:
        clinic = _Clinic(Client(app), keys, _session_of_a_nurse(database, keys))
        few, many = times(_FEW, 2), times(10 * _FEW, 20)
        for number in range(many + few):
            clinic.plan(number, _BUSY if number < many else _QUIET)
        pages = clinic.page_of(_BUSY, many), clinic.page_of(_QUIET, few)
        found = spread([(_seconds(pages[0], 1), _seconds(pages[1], 3)) for _ in range(times(8))])
    finally:
        database.dispose()
    against = f"the page of a tenth as many; {found.least:.0f} ms against {found.ours:.0f} ms"
    return result(_name(kind), found.ratio, found.low, found.high, _GOAL, against)


def _seconds(page: Callable[[], None], number: int) -> float:
    """Processor time of this process, a page."""
    start = time.process_time()
    for _ in range(number):
        page()
    return (time.process_time() - start) / number


def _session_of_a_nurse(database: Database, keys: Keys) -> str:
    now, password = datetime.now(UTC), secrets.token_urlsafe(16)
    actor = authenticate(database, keys.ehr, now)
    assert actor is not None
    with database.transaction(Reach.ALL) as connection:
        add_staff(connection, actor.clinic_id, Role.NURSE, "nurse", "Nurse of the benchmark", password, now)
    return log_in(database, "nurse", password, now).token


class _Clinic:
    """Patients with lists of 20 items, planned and signed through the service itself."""

    def __init__(self, client: Client, keys: Keys, session: str) -> None:
        self._client = client
        self._keys = keys
        self._session = session
        client.set_cookie("session", session)

    def plan(self, number: int, day: str) -> None:
        """One patient more. Of three, one has signed, and one has signed and then said something new."""
        sent = form()
        sent["treatment"]["planned_start"] = day
        sheet = self._post("/v1/intake", self._keys.intake, sent)["checklist"]["id"]
        if number % 3:
            read = self._client.get(f"/v1/checklists/{sheet}", headers=_bearer(self._session))
            digests = {part["id"]: part["content_digest"] for part in read.json["sections"]}  # type: ignore[index]
            signed = {"role": "patient", "name": "T.", "content_digest": digests["prescription"]}
            self._post(f"/v1/checklists/{sheet}/sections/prescription/sign-offs", self._session, signed)
        if number % 3 == 2:
            sent["items"][0]["name"] = "Another example"
            self._post("/v1/intake", self._keys.intake, sent | {"treatment": None})

    def page_of(self, day: str, patients: int) -> Callable[[], None]:
        """A call that reads the page of a day, and finds all its patients on it."""

        def read() -> None:
            page = self._client.get("/", query_string={"date": day}).text
            assert page.count('class="pick"') == patients, "the page has not all patients of its day"

        return read

    def _post(self, path: str, secret: str, sent: Json) -> Json:
        answer = self._client.post(path, json=sent, headers=_bearer(secret))
        assert answer.status_code == 201, answer.text
        written: Json = answer.json  # type: ignore[assignment]
        return written


def _bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}
