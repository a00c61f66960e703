"""What a service does whose database takes no write, and what it does once there is room again."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import requests

from service.domain.access.permissions import Role
from tests.faults.counting import count, lost_to_the_service
from tests.faults.load import loaded
from tests.faults.started_again import Server
from tests.processes import until
from tests.running_service import NURSE, Service
from tests.web.lists import TREATMENT_ASKED, asked, posted

NOT_STORED = "audit_event_not_stored"
# Counting a call is a write too.
LIMITED = {"MEDICATION_CHECKLIST_CALLS_PER_MINUTE": "100000"}
MOST_SECONDS = 2
_MANY = [f"Water {number}" for number in range(100)]
Fault = Callable[[Server], AbstractContextManager[object]]


@dataclass(frozen=True)
class Bedside:
    """A nurse who is logged in, and a patient with a list and a sheet."""

    service: Service
    token: str
    patient: str
    sheet: str

    def get(self, path: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.get(self.service.base_url + path, headers=headers, timeout=30)

    def read(self) -> dict[str, requests.Response]:
        """Everything that a nurse reads of a patient, by the action that it is recorded as."""
        return {
            "read_patient": self.get(f"/v1/patients/{self.patient}"),
            "read_list": self.get(f"/v1/patients/{self.patient}/medication-list"),
            "read_checklist": self.get(f"/v1/checklists/{self.sheet}"),
            "print_checklist": self.get(f"/v1/checklists/{self.sheet}.html"),
            "read_worklist": self.get(f"/v1/worklist?date={TREATMENT_ASKED['planned_start']}"),
        }

    def writes_refused(self) -> int:
        """How many of two changes are refused for now: a new patient's list, and an answer on a long list."""
        answer = {"answer": "declined", "informant": {"kind": "patient"}, "collection_mode": "interview"}
        listed = f"/v1/patients/{self.patient}/medication-list"
        changes = [
            self.service.call(Role.EHR, "POST", "/v1/intake", json=posted(*_MANY, mrn="900002")),
            self.service.call(Role.EHR, "PUT", f"{listed}/categories/supplement", json=answer),
        ]
        refused = [one for one in changes if not one.ok]
        assert all(one.status_code == 503 and int(one.headers["Retry-After"]) > 0 for one in refused), refused
        return len(refused)

    def status(self, path: str) -> int:
        return self.get(path).status_code


def bedside(service: Service) -> Bedside:
    receipt = service.call(Role.EHR, "POST", "/v1/intake", json=asked(*_MANY, mrn="900001")).json()
    return Bedside(service, service.session(NURSE), receipt["patient_id"], receipt["checklist"]["id"])


def check_that_it_reads_and_does_not_write(
    server: Server, url: str, fault: Fault, *, takes_small_ones: bool = False
) -> None:
    """Clients work, the fault comes, a nurse reads and cannot write, and all goes on when it is over.

    With ``takes_small_ones`` a write for which there is still room within the files is done, and stays.
    """
    here = bedside(server.service)
    with loaded(server.service, clients=2) as load:
        until(lambda: len(load.acknowledged) >= 20)
        with fault(server):
            until(lambda: takes_small_ones or here.status("/readyz") == 503)
            until(lambda: here.writes_refused() == 2)
            assert here.status("/healthz") == 200
            read = here.read()
            failed = {action: one.text for action, one in read.items() if one.status_code != 200}
            assert not failed, failed
            until(lambda: takes_small_ones or all(recorded(server, action, here.patient) for action in read))
        over = time.monotonic()
        until(lambda: here.writes_refused() == 0)
        assert time.monotonic() - over < MOST_SECONDS
        assert here.status("/readyz") == 200
        acknowledged = len(load.acknowledged)
        until(lambda: len(load.acknowledged) >= acknowledged + 10)
        load.stop()
        load.settle()
        lost = lost_to_the_service(server.service, load)
    assert (lost, load.refused, load.unknown) == ([], [], {})
    counted = count(url, load.acknowledged)
    assert (counted.lost, counted.gaps, counted.unaudited) == (frozenset(), frozenset(), frozenset())


def recorded(server: Server, action: str, patient: str) -> list[str]:
    """The lines of the log that tell of one action on a patient's data while it could not be stored."""
    return [line for line in list(server.log) if NOT_STORED in line and action in line and patient in line]
