"""What a hospital's clinics ask in a day, as one mix of requests that many clients send at once."""

import http.client
import random
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

import orjson

from benchmarks.clinic import keys_of
from benchmarks.filling import a_clinic, some_sheets
from benchmarks.forms import form
from benchmarks.sides import Request, Side, running_side
from benchmarks.works import posted, reading
from service.store.clinics import load_clinic
from service.store.database import Database

SHARES: Mapping[str, int] = {
    "a sheet read": 55,
    "a card in the EHR": 25,
    "a list of 20 items posted, with its sheet": 15,
    "a sheet as PDF": 3,
    "a day's worklist": 2,
}
"""How many of 100 requests; an assumption."""
_SHEETS = 20_000
_WAIT_SECONDS = 60


@dataclass(slots=True)
class Told:
    """The seconds that each answer took, by what was asked, and what went wrong."""

    took: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in SHARES})
    errors: list[str] = field(default_factory=list)


@contextmanager
def hospital(url: str) -> Iterator[Side]:
    """A running service on a filled database. It is a demo, whose cards need no signed token."""
    clinic_id = a_clinic(url)
    database = Database(url)
    with database.transaction(clinic_id) as connection:
        clinic = load_clinic(connection, clinic_id)
    database.dispose()
    assert clinic is not None
    demo = {
        "MEDICATION_CHECKLIST_MODE": "demo",
        "MEDICATION_CHECKLIST_OPEN_HOOKS_CLINIC": clinic.name,
    }
    with running_side("service", url, demo, keys_of(url, clinic_id)) as side:
        side.sheets = some_sheets(url, clinic_id, _SHEETS)
        yield side


def play(side: Side, *, clients: int, requests: int) -> Told:
    """Let so many clients send the mix, each its next request as soon as it has an answer."""
    told, each = Told(), requests // clients
    threads = [
        threading.Thread(target=_send, args=(side, told, each, random.Random(uuid4().int)))  # noqa: S311
        for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _send(side: Side, told: Told, number: int, chance: random.Random) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", side.connection.port, timeout=_WAIT_SECONDS)
    for _ in range(number):
        kind = chance.choices(list(SHARES), list(SHARES.values()))[0]
        request = _request(kind, side, chance)
        began = time.perf_counter()
        try:
            connection.request(request.method, request.path, request.body, request.headers)
            answer = connection.getresponse()
            answer.read()
        except OSError as error:
            connection.close()
            told.errors.append(f"{kind}: {error!r}")
            continue
        told.took[kind].append(time.perf_counter() - began)
        if answer.status != request.status:
            told.errors.append(f"{kind}: {answer.status}")
    connection.close()


def _request(kind: str, side: Side, chance: random.Random) -> Request:
    sheet = chance.choice(side.sheets)
    if kind == "a card in the EHR":
        return _card(chance)
    if kind.startswith("a list"):
        return posted(side.keys.intake, orjson.dumps(_new_patient()), str(uuid4()))
    if kind == "a sheet as PDF":
        return replace(reading(side.keys.ehr, f"{sheet}.pdf"), headers=_bearer(side.keys.ehr))
    if kind == "a day's worklist":
        return reading(side.keys.ehr, f"/v1/worklist?date={datetime.now(UTC).date()}")
    return reading(side.keys.ehr, sheet)


def _new_patient() -> dict[str, object]:
    made = form()
    return made | {
        "patient": made["patient"] | {"identifier": {"system": "urn:clinic:mrn", "value": uuid4().hex}}
    }


def _card(chance: random.Random) -> Request:
    patient = {
        "resourceType": "Patient",
        "id": "ehr-1",
        "identifier": [{"system": "urn:clinic:mrn", "value": f"{chance.randrange(1, 1_000_000):09d}"}],
    }
    body = {
        "hook": "patient-view",
        "hookInstance": str(uuid4()),
        "context": {"userId": "Practitioner/1", "patientId": "ehr-1"},
        "prefetch": {"patient": patient},
    }
    headers = {"Content-Type": "application/json"}
    return Request("POST", "/cds-services/disclosure-patient-view", headers, orjson.dumps(body), 200)


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
