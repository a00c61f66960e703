"""What the page on SMART says of scopes, tokens and errors is what the code does."""

import re

from service.domain.access.client_keys import SigningAlgorithm
from service.domain.access.clients import CLOCK_SKEW, TOKEN_LIFE, Refusal
from service.domain.access.permissions import PERMISSIONS, Permission, Role, granted
from service.domain.access.scopes import Scope
from service.formats.client_assertions import MOST_LENGTH, MOST_LIFE
from tests.docs.markdown import ROOT, read, table

PAGE = "docs/smart.md"
TYPES = (
    *("*", "Patient", "MedicationStatement", "MedicationRequest", "List", "Provenance", "Questionnaire"),
    *("QuestionnaireResponse", "Composition", "DocumentReference", "Bundle", "Binary", "Observation"),
)


def test_the_table_of_scopes_says_what_each_scope_leaves_a_client() -> None:
    rows = table(PAGE, "Scopes")
    said = {Permission(row["permission"]): (row["types"].split(", "), row["letters"]) for row in rows}

    assert set(said) == PERMISSIONS[Role.EHR]
    for resource in TYPES:
        for letter in "cruds":
            left = granted([Scope(resource, frozenset(letter))])
            assert left == {
                permission
                for permission, (types, letters) in said.items()
                if letter in letters and (resource in types or resource == "*")
            }, (resource, letter)


def test_the_numbers_of_the_page_are_those_of_the_code() -> None:
    rows = {row["part"]: row["what it has to be"] for row in table(PAGE, "What is signed")}

    assert re.findall(r"[A-Z]{2}384", rows["alg"]) == list(SigningAlgorithm)
    assert f"at most {MOST_LIFE.seconds} seconds ahead" in rows["exp"]
    assert f"A token has at most {MOST_LENGTH} signs" in read(PAGE)
    assert CLOCK_SKEW.seconds == 5
    assert f"ends after {TOKEN_LIFE.seconds} seconds" in read(PAGE)


def test_the_table_of_errors_has_every_error_of_the_token_endpoint() -> None:
    source = (ROOT / "service" / "web" / "smart.py").read_text("utf-8")
    known = set(re.findall(r'TokenRefusedError\(\s*"(\w+)"', source))

    assert {row["error"]: row["status"] for row in table(PAGE, "Errors of the token endpoint")} == {
        error: {"invalid_client": "401", "temporarily_unavailable": "429"}.get(error, "400")
        for error in known
    }


def test_the_table_of_reasons_has_every_word_that_the_log_can_hold() -> None:
    assert [row["reason"] for row in table(PAGE, "Reasons in the log")] == list(Refusal)
