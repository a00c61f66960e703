"""The EHR guide's tables of calls, scopes, refusals and errors say what the code says."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest

from service.app import create_app
from service.config import read_settings
from service.domain.access.clinics import ItemExport, NoneExport
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.fhir.intake_questions import FIELDS, SORTED_IN, group_link
from service.formats.fhir.outcome import issues_of_refusal
from service.formats.fhir.reading.bundles import _READ, _REFUSED
from service.formats.fhir.writing.questionnaires import write_questionnaire
from tests.audit_keys import SECRETS
from tests.docs.markdown import ROOT, table

GUIDE = "docs/ehrs.md"
Json = dict[str, Any]
SERVICE = ROOT / "service"
# The codes of R4's issue types (required binding) that could be used.
ISSUE_TYPES = frozenset(
    {
        *(
            "invalid",
            "structure",
            "required",
            "value",
            "invariant",
            "security",
            "login",
            "unknown",
            "expired",
        ),
        *(
            "forbidden",
            "suppressed",
            "processing",
            "not-supported",
            "duplicate",
            "multiple-matches",
            "deleted",
        ),
        *(
            "deleted",
            "not-found",
            "too-long",
            "code-invalid",
            "extension",
            "too-costly",
            "business-rule",
            "conflict",
        ),
        *("transient", "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled"),
        "informational",
    }
)


@pytest.fixture(scope="module")
def metadata() -> Json:
    app = create_app(read_settings(SECRETS))
    found: Json = app.test_client().get("/fhir/metadata").get_json(force=True)
    return found


def words(cell: str) -> list[str]:
    return [word for word in cell.replace("`", "").split(", ") if word]


def test_the_table_of_interactions_is_the_capability_statement(metadata: Json) -> None:
    rows = {row["type"]: row for row in table(GUIDE, "What can be done")}
    stated = {one["type"]: one for one in metadata["rest"][0]["resource"]}

    assert set(rows) == set(stated)
    for name, one in stated.items():
        assert words(rows[name]["interactions"]) == [each["code"] for each in one["interaction"]], name
        assert words(rows[name]["operations"]) == [f"${each['name']}" for each in one.get("operation", ())]
        assert words(rows[name]["search parameters"]) == [each["name"] for each in one.get("searchParam", ())]


def test_the_bundles_that_are_taken_are_those_of_the_code() -> None:
    rows = {word: row["what happens"] for row in table(GUIDE, "Send a Bundle") for word in words(row["type"])}

    assert {word for word, text in rows.items() if text != "refused"} == set(_READ)
    assert {word for word, text in rows.items() if text == "refused"} == set(_REFUSED)


def test_the_table_of_issues_has_every_code_that_is_told_of_what_was_sent() -> None:
    named = [row["code"] for row in table(GUIDE, "Issues")]
    places = [
        *(SERVICE / "formats" / "fhir").rglob("*.py"),
        *(SERVICE / "actions").glob("*import*.py"),
        *(SERVICE / "web" / "fhir").glob("*.py"),
    ]

    told = {code for place in places for code in codes_told_in(place.read_text("utf-8"))}
    assert set(named) == told


def codes_told_in(source: str) -> Iterator[str]:
    """The issue types that stand as an argument of a call that tells of an issue."""
    telling = ("refuse", "warn", "tell", "_say", "Issue", "_issue")
    for node in ast.walk(ast.parse(source)):
        called = getattr(node, "func", None)
        if getattr(called, "attr", getattr(called, "id", None)) in telling:
            for argument in node.args:  # type: ignore[attr-defined]
                branches = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
                yield from (
                    one.value
                    for one in branches
                    if isinstance(one, ast.Constant) and one.value in ISSUE_TYPES
                )


def test_the_table_of_statuses_is_that_of_the_code() -> None:
    codes = {str(status): issues_of_refusal(status, "")[0].code for status in range(400, 600)}
    of_their_own = {status for status, code in codes.items() if code not in {"processing", "exception"}}
    told = {row["status"]: row["code"] for row in table(GUIDE, "Statuses of errors")}

    assert of_their_own <= told.keys()
    assert told == {status: codes[status] for status in told}


def test_the_table_of_questions_has_every_link_of_the_form() -> None:
    rows = table(GUIDE, "The form as a Questionnaire")
    named = {
        row["link id"].format(category=group_link(category), field=field.link)
        for row in rows
        for category in SORTED_IN
        if category is not None or "not for `uncategorized" not in row["answered with"]
        for field in FIELDS
    }

    assert named == set(links_in(write_questionnaire("https://clinic.example/fhir", ENGLISH_CATALOGUE)))


def links_in(holder: Json) -> Iterator[str]:
    """Every link id of a form, at any depth."""
    for item in holder.get("item", ()):
        yield item["linkId"]
        yield from links_in(item)


def test_the_table_of_settings_has_every_choice() -> None:
    choices = [row["choice"] for row in table(GUIDE, "How a clinic exports")]

    assert choices == [*ItemExport, *NoneExport]
