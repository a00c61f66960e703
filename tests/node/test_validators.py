"""Validators that others wrote find nothing wrong with any resource that a demo clinic answers."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from service.domain.access.permissions import Role
from tests.browser.clinic import Clinic

FOLDER = Path(__file__).parent
Json = dict[str, Any]
# Written beside those that the metadata names.
MORE = {"CapabilityStatement", "OperationOutcome"}


def validated(resources: Mapping[str, Json], folder: Path) -> dict[str, dict[str, list[str]]]:
    """What each validator finds wrong with each resource, by its name."""
    files = {}
    for number, (name, resource) in enumerate(resources.items()):
        path = folder / f"{number:04d}.json"
        path.write_text(json.dumps(resource), "utf-8")
        files[str(path)] = name
    node = shutil.which("node") or pytest.fail("Node.js is needed")
    done = subprocess.run(
        [node, FOLDER / "validate.mjs", *files], capture_output=True, text=True, check=False, timeout=500
    )
    assert done.returncode == 0, done.stderr
    return {files[path]: found for path, found in json.loads(done.stdout).items()}


def answers_of(clinic: Clinic) -> Iterator[tuple[str, Json]]:
    """What the running service answers below /fhir about all that it has on file, by its address."""

    def get(address: str) -> Json:
        found: Json = clinic.service.call(Role.EHR, "GET", f"/fhir/{address}").json()
        return found

    for address in (
        "metadata",
        "Questionnaire/medication-list",
        "Questionnaire/medication-list?_language=es",
    ):
        yield address, get(address)
    yield "nothing", get("Patient/00000000-0000-7000-8000-000000000000")
    for entry in get("Patient?_count=100")["entry"]:
        patient = entry["resource"]["id"]
        yield f"Patient/{patient}", get(f"Patient/{patient}")
        searches = ("List", "MedicationStatement", "MedicationRequest", "Provenance")
        for address in (
            f"Patient/{patient}/$everything",
            f"QuestionnaireResponse/{patient}.1",
            *(f"{kind}?patient={patient}" for kind in searches),
        ):
            yield address, get(address)
        for item in get(f"MedicationStatement?patient={patient}").get("entry", ()):
            address = f"MedicationRequest/{item['resource']['id']}"
            yield address, get(address)
        sheets = get(f"DocumentReference?patient={patient}")
        yield f"DocumentReference?patient={patient}", sheets
        for sheet in (one["resource"]["id"] for one in sheets.get("entry", ())):
            for kind in ("Composition", "Bundle", "Binary", "DocumentReference"):
                address = f"{kind}/{sheet}?_format=json"
                yield address, get(address)


def types_in(found: object) -> Iterator[str]:
    if isinstance(found, dict):
        if "resourceType" in found:
            yield found["resourceType"]
        for inner in found.values():
            yield from types_in(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from types_in(inner)


def test_no_validator_finds_anything_wrong_with_any_resource(clinic: Clinic, tmp_path: Path) -> None:
    answers = dict(answers_of(clinic))
    offered = {one["type"] for one in answers["metadata"]["rest"][0]["resource"]}
    assert offered | MORE <= set(types_in(list(answers.values())))

    wrong = {name: found for name, found in validated(answers, tmp_path).items() if any(found.values())}
    assert wrong == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"resourceType": "Composition", "status": "final"},
        {"resourceType": "Patient", "taken": True},
        {"resourceType": "List", "status": "current", "mode": "snapshot", "entry": [{"item": "x"}]},
    ],
)
def test_each_validator_finds_what_was_planted(wrong: Json, tmp_path: Path) -> None:
    found = validated({"wrong": wrong}, tmp_path)["wrong"]
    assert all(found.values())
