"""A load with a memory: clients that change lists and sign, and know what was acknowledged of it.

Every change carries a mark of its own, which stands in what the change leaves behind and nowhere else.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import requests

from service.domain.access.permissions import Role
from tests.running_service import NURSE, Service
from tests.web.lists import TREATMENT_ASKED, posted

MARK = "mark-"
_SIGNED = "tell"
_PAUSE = 0.05
_NOT_NOW = (429, 503)


@dataclass(frozen=True)
class Sent:
    """One change as it was sent, to be sent again in just the same way."""

    mark: str
    method: str
    path: str
    body: Mapping[str, Any]
    headers: Mapping[str, str]


class _StoppedError(Exception):
    """The load is to end, or what was answered is of no use for the next change."""


class Load:
    """Clients that work until they are told to stop; what has no answer is sent again until it has one.

    ``acknowledged`` are the marks of changes that were answered with success, all of the answer received;
    ``unknown`` what has had no answer yet; ``refused`` what a healthy service would not have answered.
    ``versions`` is the version of each patient's list that was acknowledged last.
    """

    def __init__(self, service: Service, clients: int = 3) -> None:
        self.acknowledged: list[str] = []
        self.unknown: dict[str, Sent] = {}
        self.refused: list[str] = []
        self.versions: dict[str, int] = {}
        self._service = service
        self._nurse = service.session(NURSE)
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._work) for _ in range(clients)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def settle(self) -> None:
        """Send again, once, whatever has no answer yet; the service has to be there."""
        with requests.Session() as wire:
            for sent in list(self.unknown.values()):
                self._try(wire, sent, again=True)

    def _work(self) -> None:
        with requests.Session() as wire:
            while not self._stop.is_set():
                try:
                    self._treat_a_patient(wire)
                except _StoppedError:
                    continue

    def _treat_a_patient(self, wire: requests.Session) -> None:
        """Seven changes of one patient, whom no other client knows."""
        number = uuid4().hex
        received = self._intake(wire, number, treatment=TREATMENT_ASKED)
        self._sign(wire, received["checklist"]["id"])
        patient = received["patient_id"]
        listed = f"/v1/patients/{patient}/medication-list"
        mark = _mark()
        body = {"items": [{"category": "supplement", "name": mark}]}
        changed = self._change(wire, patient, Sent(mark, "PUT", listed, body, {"If-Match": '"1"'}))
        item = next(one["id"] for one in changed["items"] if one["name"] == mark)
        for method, field in (("PATCH", "note"), ("DELETE", "reason")):
            mark = _mark()
            made_from = {"If-Match": f'"{self.versions[patient]}"'}
            sent = Sent(mark, method, f"{listed}/items/{item}", {field: mark}, made_from)
            self._change(wire, patient, sent)
        self._intake(wire, number)

    def _intake(self, wire: requests.Session, number: str, **fields: Any) -> dict[str, Any]:
        mark = _mark()
        body = posted(mark, mrn=number, **fields)
        received = self._send(wire, Sent(mark, "POST", "/v1/intake", body, _once()))
        self.versions[received["patient_id"]] = received["medication_list"]["version"]
        return received

    def _sign(self, wire: requests.Session, checklist: str) -> None:
        sheet = f"/v1/checklists/{checklist}"
        found = self._read(wire, sheet)
        digest = next(one["content_digest"] for one in found["sections"] if one["id"] == _SIGNED)
        mark = _mark()
        signature = {"role": "nurse", "name": mark, "content_digest": digest}
        path = f"{sheet}/sections/{_SIGNED}/sign-offs"
        self._send(wire, Sent(mark, "POST", path, signature, _once() | self._as_nurse()))

    def _change(self, wire: requests.Session, patient: str, sent: Sent) -> dict[str, Any]:
        changed = self._send(wire, sent)
        self.versions[patient] = changed["version"]
        return changed

    def _send(self, wire: requests.Session, sent: Sent) -> dict[str, Any]:
        self.unknown[sent.mark] = sent
        again = False
        while (answer := self._try(wire, sent, again=again)) is None:
            again = True
            self._pause()
        if not answer:
            raise _StoppedError
        return answer

    def _read(self, wire: requests.Session, path: str) -> dict[str, Any]:
        while True:
            try:
                answer = wire.get(self._service.base_url + path, headers=self._as_ehr(), timeout=30)
                if answer.ok:
                    return dict(answer.json())
            except requests.RequestException:
                pass
            self._pause()

    def _pause(self) -> None:
        if self._stop.wait(_PAUSE):
            raise _StoppedError

    def _try(self, wire: requests.Session, sent: Sent, *, again: bool) -> dict[str, Any] | None:
        """What was answered with success; None where it is to be sent again.

        Empty where the version was no longer the latest when it was sent again: nobody else knows the
        patient, so that it was done the first time.
        """
        headers = self._as_ehr() | sent.headers
        url = self._service.base_url + sent.path
        try:
            answer = wire.request(sent.method, url, json=sent.body, headers=headers, timeout=30)
            received = answer.json()
        except requests.RequestException:
            return None
        if answer.status_code in _NOT_NOW:
            return None
        if answer.ok or (again and answer.status_code == 412):
            self.acknowledged.append(sent.mark)
        else:
            self.refused.append(f"{sent.method} {answer.status_code} {received.get('code')}")
        del self.unknown[sent.mark]
        return received if answer.ok else {}

    def _as_ehr(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._service.keys[Role.EHR]}"}

    def _as_nurse(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._nurse}"}


@contextmanager
def loaded(service: Service, clients: int = 3) -> Iterator[Load]:
    """A load on the service while the block runs; its clients have ended after it."""
    load = Load(service, clients)
    load.start()
    try:
        yield load
    finally:
        load.stop()


def _mark() -> str:
    return MARK + uuid4().hex


def _once() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}
