"""The OpenAPI document is true: schemathesis sends what it allows and what it forbids."""

import subprocess
import sys
from pathlib import Path

import requests
from flask import Flask

from service.domain.access.permissions import Role
from tests.running_service import RunningService, running_service
from tests.web.lists import asked

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
# What a schema cannot say, such as a contradiction between two fields, is a 4xx of its own.
CONFIGURATION = """
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "401", "404", "409", "412", "422"]

[parameters]
"path.patient_id" = "{patient_id}"
"path.checklist_id" = "{checklist_id}"
"path.code" = "{code}"
"path.item_id" = "{item_id}"
"path.section" = "tell"
"path.line" = "ask-open"
"path.treatment_id" = "examplinib"

# It sets every sheet that the other operations issued meanwhile.
[[operations]]
include-path = "/v1/patients/{{patient_id}}/export"
request-timeout = 90
generation.max-examples = 1
"""


def test_schemathesis_finds_nothing_with_100_examples_an_operation(database_url: str, tmp_path: Path) -> None:
    with running_service(database_url) as service:
        configuration = tmp_path / "schemathesis.toml"
        configuration.write_text(CONFIGURATION.format(**things_of(service)))

        found = subprocess.run(
            [
                SCHEMATHESIS,
                f"--config-file={configuration}",
                "run",
                f"{service.base_url}/openapi.json",
                # A person's session, since no key signs; the call that would end it has its tests elsewhere.
                f"--header=Authorization: Bearer {service.session()}",
                "--exclude-path=/v1/sessions/current",
                "--max-examples=100",
                "--phases=examples,coverage,fuzzing",
                "--generation-deterministic",
                "--workers=2",
                "--no-color",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    assert found.returncode == 0, found.stdout[-8000:]


def test_the_document_names_every_problem_as_a_problem_document(app: Flask) -> None:
    paths = app.extensions["openapi"]["paths"]
    refusals = [
        answer
        for operations in paths.values()
        for method, operation in operations.items()
        if method != "parameters"
        for status, answer in operation["responses"].items()
        if status.startswith(("4", "5"))
    ]

    assert len(refusals) > 50
    assert all(list(answer["content"]) == ["application/problem+json"] for answer in refusals)


def test_every_operation_says_that_it_may_have_to_be_asked_again_and_when(app: Flask) -> None:
    for path, operations in app.extensions["openapi"]["paths"].items():
        for method, operation in operations.items():
            if method != "parameters":
                for status in ("429", "503"):
                    assert operation["responses"][status]["headers"]["Retry-After"]["required"], (
                        path,
                        method,
                    )


def things_of(service: RunningService) -> dict[str, str]:
    """A patient with an item and a checklist, so that the calls meet something."""
    receipt: requests.Response = service.call(Role.EHR, "POST", "/v1/intake", json=asked("Water", "Soap"))
    posted = receipt.json()
    address = f"/v1/patients/{posted['patient_id']}/medication-list"
    items = service.call(Role.EHR, "GET", address).json()["items"]
    return {
        "patient_id": posted["patient_id"],
        "checklist_id": posted["checklist"]["id"],
        "code": posted["checklist"]["code"],
        "item_id": items[0]["id"],
    }
