"""Programs that write through HAProxy, and send again under the same key what they know nothing of."""

import threading
import time
from typing import Any
from uuid import uuid4

import requests

from tests.faults.cluster.ledger import Ledger
from tests.faults.cluster.processes import wait_for
from tests.faults.cluster.site_of_clinic import ClinicSite
from tests.web.lists import posted

_ITEMS_OF_A_PATIENT = 6
_VERSIONS_OF_A_SHARED_LIST = 12
_PAUSE_SECONDS = 0.02
_AGAIN_AFTER_SECONDS = 0.2
_ENDED_UNKNOWN = (502, 503, 504)
_MOST_SECONDS = 150


class AbandonedError(Exception):
    """A request got no answer that says anything, for as long as anybody waits."""


class Writers:
    """A block with writers at work; at its end each has heard of everything that it sent."""

    def __init__(self, site: ClinicSite, ledger: Ledger, name: str, threads: int = 4) -> None:
        self._site = site
        self._ledger = ledger
        self._name = name
        self._stop = threading.Event()
        self._shared = SharedList(name)
        self._threads = [
            threading.Thread(target=self._work, args=(f"{name}-{number}",), name=f"writer-{number}")
            for number in range(threads)
        ]
        self._failures: list[str] = []

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        assert self._failures == []

    def wait_for_more(self, writes: int) -> None:
        """Wait until so many more writes were acknowledged; fails at once where a writer has failed."""
        wanted = self._ledger.acknowledged + writes
        wait_for(
            f"{writes} writes",
            lambda: self._ledger.acknowledged >= wanted or self._failures,
            _MOST_SECONDS,
        )
        assert self._failures == []

    def _work(self, name: str) -> None:
        writer = Writer(self._site, self._ledger)
        number = 0
        try:
            while not self._stop.is_set():
                number += 1
                self._look_after_one(writer, f"{name}-{number}")
        except AbandonedError as error:
            self._ledger.abandon(str(error))
        except Exception as error:  # noqa: BLE001 -- said by the test, not lost with the thread
            self._failures.append(f"{name}: {error!r}")

    def _look_after_one(self, writer: "Writer", identifier: str) -> None:
        patient_id = writer.post_intake(identifier, f"{identifier}-a")
        for place in range(_ITEMS_OF_A_PATIENT):
            if self._stop.is_set():
                return
            version = writer.post_item(identifier, patient_id, f"{identifier}-b{place}")
            writer.read(patient_id, version)
            time.sleep(_PAUSE_SECONDS)
        shared, shared_id = self._shared.current(writer)
        self._shared.grown(shared, writer.put_list(shared, shared_id, f"{identifier}-c"))


class SharedList:
    """One patient whose list all the writers change, until it is long enough for another."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._number = 0
        self._current: tuple[str, str] | None = None

    def current(self, writer: "Writer") -> tuple[str, str]:
        """Its identifier and id; made where there is none."""
        with self._lock:
            if self._current is None:
                self._number += 1
                identifier = f"{self._name}-shared-{self._number}"
                self._current = identifier, writer.post_intake(identifier, f"{identifier}-a")
            return self._current

    def grown(self, identifier: str, version: int) -> None:
        """Leave a list that has become long."""
        with self._lock:
            if version >= _VERSIONS_OF_A_SHARED_LIST and self._current and self._current[0] == identifier:
                self._current = None


class Writer:
    """One program with a connection of its own."""

    def __init__(self, site: ClinicSite, ledger: Ledger) -> None:
        self._site = site
        self._ledger = ledger
        self._session = site.session()

    def post_intake(self, identifier: str, item: str) -> str:
        """A new patient with one item; the patient's id."""
        sent = self._settle("POST", "/v1/intake", posted(item, mrn=identifier), key=uuid4().hex)
        assert sent.status_code == 201, sent.text
        receipt = sent.json()
        version = receipt["medication_list"]["version"]
        self._ledger.acknowledge(identifier, receipt["patient_id"], item, version)
        return str(receipt["patient_id"])

    def post_item(self, identifier: str, patient_id: str, item: str) -> int:
        """One item more; the version that it made."""
        path = f"/v1/patients/{patient_id}/medication-list/items"
        sent = self._settle("POST", path, {"name": item, "category": "supplement"}, key=uuid4().hex)
        assert sent.status_code == 201, sent.text
        version = int(sent.headers["ETag"].strip('"'))
        self._ledger.acknowledge(identifier, patient_id, item, version)
        return version

    def put_list(self, identifier: str, patient_id: str, item: str) -> int:
        """The whole list with one item more; made anew from a later one when another writer was faster."""
        path = f"/v1/patients/{patient_id}/medication-list"
        while True:
            read = self._settle("GET", path)
            names = [each["name"] for each in read.json()["items"]]
            found = int(read.headers["ETag"].strip('"'))
            if item in names:
                # An answer was lost, and then another writer was faster: it is there, in some version.
                version = self._version_of(path, item)
                break
            body = posted(*names, item)
            del body["patient"]
            sent = self._settle("PUT", path, body, etag=f'"{found}"')
            if sent.status_code == 200:
                version = int(sent.headers["ETag"].strip('"'))
                break
            assert sent.status_code == 412, sent.text
        self._ledger.acknowledge(identifier, patient_id, item, version)
        return version

    def _version_of(self, path: str, item: str) -> int:
        number = 1
        while True:
            read = self._settle("GET", f"{path}?version={number}")
            assert read.status_code == 200, read.text
            if item in [each["name"] for each in read.json()["items"]]:
                return number
            number += 1

    def read(self, patient_id: str, version: int) -> None:
        """Read a list, and see whether it is as new as what was acknowledged."""
        read = self._settle("GET", f"/v1/patients/{patient_id}/medication-list")
        if int(read.headers.get("ETag", '"0"').strip('"')) < version:
            self._ledger.note_stale_read(f"{patient_id}: {read.status_code}, less than version {version}")

    def _settle(
        self, method: str, path: str, body: Any = None, *, key: str | None = None, etag: str | None = None
    ) -> requests.Response:
        """Send the same request until an answer says what became of it."""
        headers = {"Idempotency-Key": key} if key else {"If-Match": etag} if etag else {}
        deadline = time.monotonic() + _MOST_SECONDS
        while (began := time.monotonic()) < deadline:
            try:
                got = self._session.request(
                    method, self._site.base_url + path, json=body, headers=headers, timeout=(3, 20)
                )
                outcome, unknown = str(got.status_code), got.status_code in _ENDED_UNKNOWN
            except requests.RequestException as error:
                outcome, unknown = type(error).__name__, True
            self._ledger.note(outcome, time.monotonic() - began, again=unknown)
            if not unknown:
                return got
            time.sleep(_AGAIN_AFTER_SECONDS)
        raise AbandonedError(f"{method} {path}")
