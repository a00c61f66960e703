"""A demo clinic as ``make run`` starts it, and what it says of itself.

These tests run without the service's own packages: they know it by its addresses only.
"""

import json
import os
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

COMMAND = Path(__file__).parents[2] / ".venv" / "bin" / "medication-checklist"
Demo = dict[str, str]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """What ``var/demo.env`` of a demo that is running holds."""
    folder = tmp_path_factory.mktemp("demo")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(
        [str(COMMAND), "demo"], cwd=folder, env=environment | {"PORT": str(port)}, stdout=subprocess.DEVNULL
    )
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/readyz", process)
        lines = (folder / "var" / "demo.env").read_text("utf-8").splitlines()
        yield dict(shlex.split(line)[0].split("=", 1) for line in lines) | {"FOLDER": str(folder)}
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def fhir(demo: Demo) -> str:
    """The address of the FHIR face."""
    return demo["BASE_URL"] + "/fhir"


@pytest.fixture(scope="session")
def patient(demo: Demo) -> str:
    """The id of a made-up patient who takes three things and was never asked about supplements."""
    posted = {
        "patient": {
            "identifier": {"system": "urn:clinic:mrn", "value": "clients-1"},
            "name": "Test Patient 21",
            "birth_date": "1961-04-02",
        },
        "informant": {"kind": "patient"},
        "collection_mode": "self",
        "categories": {"over_the_counter": {"answer": "none_reported"}},
        "items": [
            {"category": "prescription", "name": "Lisinopril", "strength": "10 mg", "dosage_text": "1.50 mL"},
            {"category": "prescription", "name": "Lisinopril", "strength": "20 mg"},
            {"description": "small white tablet for sleep"},
        ],
        "treatment": {"id": "sorafenib", "planned_start": "2099-12-01"},
    }
    answer = requests.post(
        demo["BASE_URL"] + "/v1/intake",
        json=posted,
        headers={"Authorization": f"Bearer {demo['EHR_KEY']}"},
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
    receipt: dict[str, Any] = answer.json()
    return str(receipt["patient_id"])


@pytest.fixture(scope="session")
def private_keys(demo: Demo) -> dict[str, Any]:
    """The demo client's own keys."""
    kept: dict[str, Any] = json.loads((Path(demo["FOLDER"]) / demo["SMART_PRIVATE_JWKS"]).read_text("utf-8"))
    return kept


def _wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(address, timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("the demo did not become ready")
