"""A real server in a process of its own, for tests that need the wire."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import requests

from service.actions.credentials import create_key
from service.actions.door import Door
from service.actions.guidance import publish_shipped_guidance
from service.actions.performing import perform
from service.actions.work import new_id
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Role
from service.domain.guidance.statements import Guidance
from service.store import api_keys as key_store
from service.store import clinics as clinic_store
from service.store.database import Database, Reach
from tests.audit_keys import AUDIT_KEY, AUDIT_KEYS
from tests.guidance_of_tests import guidance_of_tests
from tests.people import add_person

COMMAND = Path(sys.executable).with_name("medication-checklist")
NURSE, ADMINISTRATOR = "nurse.01", "administrator.01"
PASSWORD = "a password of the tests"
STAFF = (
    (Role.NURSE, NURSE, "Test Nurse"),
    (Role.ADMINISTRATOR, ADMINISTRATOR, "Test Administrator"),
)


@dataclass(frozen=True)
class Service:
    """Where it is served, and the keys of its one clinic."""

    base_url: str
    keys: dict[Role, str]

    def call(self, role: Role, method: str, path: str, **kwargs: object) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.keys[role]}"}
        return requests.request(method, self.base_url + path, headers=headers, timeout=60, **kwargs)  # type: ignore[arg-type]

    def session(self, login: str = ADMINISTRATOR) -> str:
        """The token of a member of staff who has just logged in."""
        log_in = {"login": login, "password": PASSWORD}
        token: str = requests.post(f"{self.base_url}/v1/sessions", json=log_in, timeout=60).json()["token"]
        return token


@dataclass(frozen=True)
class RunningService(Service):
    """One in a process of its own."""

    process: subprocess.Popen[bytes]


@contextmanager
def running_service(database_url: str, mode: str = "production") -> Iterator[RunningService]:
    """Serve a migrated database on a free port until the block ends.

    A browser logs in only in the mode ``demo``: in production its cookies need TLS.
    """
    keys = open_clinic(database_url, guidance_of_tests(), datetime.now(UTC))
    environment = environment_of(database_url, mode)
    process = started(environment)
    try:
        yield RunningService(address_of(environment), keys, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def environment_of(database_url: str, mode: str = "production") -> dict[str, str]:
    """What a server is told, on a free port: the same for each start of a service that is started again.

    It has no limits, since tests ask it faster than anybody is to.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "MEDICATION_CHECKLIST_MODE": mode,
        "MEDICATION_CHECKLIST_SECRET_KEY": secrets.token_urlsafe(32),
        "MEDICATION_CHECKLIST_AUDIT_KEY": AUDIT_KEY,
        "MEDICATION_CHECKLIST_CALLS_PER_MINUTE": "0",
        "MEDICATION_CHECKLIST_FAILURES_PER_MINUTE": "0",
    }


def address_of(environment: Mapping[str, str]) -> str:
    return f"http://127.0.0.1:{environment['PORT']}"


def started(
    environment: Mapping[str, str],
    command: Sequence[str | Path] = (COMMAND, "serve"),
    stdout: int | None = None,
    stderr: int | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """A server that is ready; another command is for a server that is to be faulty."""
    process = subprocess.Popen(command, env=os.environ | environment, stdout=stdout, stderr=stderr, cwd=cwd)
    _wait_until_ready(address_of(environment), process)
    return process


def open_clinic(
    database_url: str, guidance: Guidance, now: datetime, name: str = "Clinic of the tests"
) -> dict[Role, str]:
    """A clinic with its staff, its published guidance and a key of every role."""
    database = Database(database_url)
    clinic = Clinic(new_id(now), name)
    with database.transaction(Reach.ALL) as connection:
        clinic_store.insert_clinic(connection, clinic, now)
        keys = {
            role: create_key(connection, clinic.id, role, f"Test {role}", now)
            for role in (Role.INTAKE, Role.EHR, Role.ADMINISTRATOR)
        }
        for role, login, person in STAFF:
            add_person(connection, clinic.id, role, login, person, PASSWORD, now)
    with database.transaction(Reach.ALL) as connection:
        stored = key_store.list_keys(connection, clinic.id)
    administrator = next(key.actor for key in stored if key.role is Role.ADMINISTRATOR)
    door = Door(database, AUDIT_KEYS, lambda: now, administrator, "set-up")
    perform(door, lambda work: publish_shipped_guidance(work, guidance))
    database.dispose()
    return keys


def _wait_until_ready(base_url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{base_url}/readyz", timeout=5).status_code == 200:
                return
        except requests.RequestException:
            time.sleep(0.05)
    process.kill()
    process.wait()
    raise AssertionError("the service did not become ready")
