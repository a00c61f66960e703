"""What a service does whose database takes no write, and what it does once there is room again."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import requests

from service.domain.access import Role
from tests.faults.counting import count, lost_to_the_service
from tests.faults.load import loaded
from tests.faults.started_again import Server
from tests.processes import until
from tests.running_service import NURSE, Service
from tests.web.lists import TREATMENT_ASKED, asked, posted

NOT_STORED = "audit_event_not_stored"
MOST_SECONDS = 2
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

    def write(self) -> list[requests.Response]:
        """A new list, a list in place of another, and an answer."""
        listed = f"/v1/patients/{self.patient}/medication-list"
        no = {"answer": "declined", "informant": {"kind": "patient"}, "collection_mode": "interview"}
        return [
            self.service.call(Role.EHR, "POST", "/v1/intake", json=posted("Soap", mrn="900002")),
            self.service.call(Role.EHR, "PUT", f"{listed}/categories/supplement", json=no),
        ]

    def status(self, path: str) -> int:
        return self.get(path).status_code


def bedside(service: Service) -> Bedside:
    receipt = service.call(Role.EHR, "POST", "/v1/intake", json=asked("Water", mrn="900001")).json()
    return Bedside(service, service.session(NURSE), receipt["patient_id"], receipt["checklist"]["id"])


def check_that_it_reads_and_does_not_write(server: Server, url: str, fault: Fault) -> None:
    """Clients work, the fault comes, a nurse reads and cannot write, and all goes on when it is over."""
    here = bedside(server.service)
    with loaded(server.service, clients=2) as load:
        until(lambda: len(load.acknowledged) >= 20)
        with fault(server):
            until(lambda: here.status("/readyz") == 503)
            assert here.status("/healthz") == 200
            refused, read = here.write(), here.read()
            assert [one.status_code for one in refused] == [503, 503], [one.text for one in refused]
            assert all(int(one.headers["Retry-After"]) > 0 for one in refused)
            failed = {action: one.text for action, one in read.items() if one.status_code != 200}
            assert not failed, failed
            until(lambda: [action for action in read if recorded(server, action, here.patient)] == list(read))
        over = time.monotonic()
        until(lambda: here.write()[0].status_code == 201)
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
