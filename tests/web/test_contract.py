"""What is promised of every JSON answer at once: how members, ids, instants and pages look."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked

ANSWERS = (
    "/v1/patients/{patient}",
    "/v1/patients/{patient}/medication-list",
    "/v1/patients/{patient}/medication-list/versions",
    "/v1/patients/{patient}/medication-list/difference?from=1&to=2",
    "/v1/patients/{patient}/checklists",
    "/v1/checklists/{checklist}",
    "/v1/treatments",
    "/v1/worklist?date=2026-12-01",
    "/v1/audit-events",
)
PAGES = (
    "/v1/patients",
    "/v1/patients/{patient}/medication-list/versions",
    "/v1/patients/{patient}/checklists",
    "/v1/audit-events",
)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT")


@pytest.fixture
def ids(clinic: ClinicOfTests) -> dict[str, str]:
    """A patient with two versions of a list and two checklists, and another patient."""
    receipts = [clinic.intake.post("/v1/intake", asked(*names)).get_json() for names in (("a",), ("a", "b"))]
    clinic.intake.post("/v1/intake", asked("c", mrn="000124"))
    return {"patient": receipts[0]["patient_id"], "checklist": receipts[0]["checklist"]["id"]}


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Each value that is no object, with the name of the member that it stands in."""
    if isinstance(value, dict):
        for member, inner in value.items():
            yield from leaves(inner, member)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, name)
    else:
        yield name, value


@pytest.mark.parametrize("address", ANSWERS)
def test_members_are_in_snake_case_instants_have_an_offset_and_ids_are_of_their_time(
    clinic: ClinicOfTests, ids: dict[str, str], address: str
) -> None:
    answer = clinic.administrator.get(address.format(**ids))
    assert answer.status_code == 200
    found = list(leaves(answer.get_json()))
    assert found
    for name, value in found:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name), name
        if isinstance(value, str) and _INSTANT.match(value):
            assert datetime.fromisoformat(value).tzinfo is not None, (name, value)
        if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value):
            assert UUID(value).version == 7, (name, value)


@pytest.mark.parametrize("address", PAGES)
def test_a_list_comes_in_pages_and_each_leads_to_the_next_by_its_link(
    clinic: ClinicOfTests, ids: dict[str, str], address: str
) -> None:
    following: str | None = f"{address.format(**ids)}?limit=1"
    pages = []
    while following and len(pages) < 3:
        answer = clinic.administrator.get(following)
        pages.append(answer.get_json()["items"])
        link = answer.headers.get("Link")
        assert (link is None) is (answer.get_json()["next"] is None)
        assert link is None or link.endswith('; rel="next"')
        following = link[1 : link.index(">")] if link else None
    assert [len(page) for page in pages][:2] == [1, 1]
    assert pages[0] != pages[1]
