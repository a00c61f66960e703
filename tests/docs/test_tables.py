"""The tables of the integrators' guide say what the code says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from marshmallow import Schema, fields

from service.app import create_app
from service.config import VARIABLES, read_settings
from service.domain.access.permissions import PERMISSIONS, Permission, Role
from service.domain.attribution import CollectionMode, InformantKind
from service.domain.checklists.checklist import ChecklistStatus, SectionId
from service.domain.checklists.gaps import GapKind
from service.domain.checklists.worklist import WorklistStatus
from service.domain.medications.categories import PERSONS_ANSWERS, Answer
from service.domain.medications.difference import ItemChangeKind
from service.domain.medications.items import CURRENT_STATUSES, Status
from service.web.schemas.intake import IntakeSchema
from tests.audit_keys import SECRETS
from tests.docs.markdown import ROOT, read, table

GUIDE = "docs/integrators.md"
SOURCE = ROOT / "service"
# What these say goes to a console, not to a caller of the API.
NOT_FOR_CALLERS = (
    *("cli/", "formats/guidance_file/", "domain/guidance", "actions/guidance"),
    *("web/pages/guidance", "web/schemas/guidance.py", "store/guidance_drafts.py"),
)


def test_the_permission_table_is_that_of_the_code() -> None:
    rows = table(GUIDE, "Keys and roles")

    assert [row["permission"] for row in rows] == list(Permission)
    for role in Role:
        assert {row["permission"] for row in rows if row[role] == "yes"} == PERMISSIONS[role]


@pytest.mark.parametrize(
    ("heading", "column", "words"),
    [
        ("Gaps", "kind", GapKind),
        ("Answers", "answer", Answer),
        ("Statuses", "status", Status),
        ("Informants", "informant", InformantKind),
        ("Collection modes", "collection mode", CollectionMode),
        ("Checklists", "section", SectionId),
        ("Superseded and withdrawn", "status", ChecklistStatus),
        ("Earlier versions", "change", ItemChangeKind),
        ("The worklist of a day", "status", WorklistStatus),
    ],
)
def test_a_table_of_words_names_each_word_of_the_code_in_its_order(
    heading: str, column: str, words: type[GapKind]
) -> None:
    assert [row[column] for row in table(GUIDE, heading)] == list(words)


def test_the_gap_table_says_what_each_gap_is_about() -> None:
    about = {row["kind"]: row["about"] for row in table(GUIDE, "Gaps")}

    assert all((about[kind] == "items") == (kind.startswith(("item_", "informant_"))) for kind in GapKind)
    assert all((about[kind] == "a category") == kind.startswith("category_") for kind in GapKind)


def test_the_answers_that_need_a_person_are_those_of_the_code() -> None:
    needs = {row["answer"]: row["needs"] for row in table(GUIDE, "Answers")}

    assert {answer for answer, need in needs.items() if "informant" in need} == PERSONS_ANSWERS


def test_the_statuses_that_count_as_current_are_those_of_the_code() -> None:
    rows = table(GUIDE, "Statuses")

    assert {row["status"] for row in rows if row["counts as current"] == "yes"} == CURRENT_STATUSES


def test_the_table_of_an_intake_names_every_field_with_its_limit_and_whether_it_is_needed() -> None:
    rows = {row["field"]: row for row in table(GUIDE, "Fields of an intake")}
    known = dict(_fields(IntakeSchema(), ""))

    assert set(rows) == set(known)
    for name, field in known.items():
        most = field.metadata.get("maxLength", field.metadata.get("maxItems"))
        assert rows[name]["at most"] == ("" if most is None else str(most)), name
        assert rows[name]["when it is missing"].startswith("needed") == field.required, name


def _fields(schema: Schema, path: str) -> Iterator[tuple[str, fields.Field]]:
    for name, field in schema.fields.items():
        yield path + name, field
        inner, step = (field.inner, "[].") if isinstance(field, fields.List) else (field, ".")
        if isinstance(inner, fields.Nested):
            yield from _fields(inner.schema, path + name + step)


def test_the_table_of_calls_has_every_call_with_the_permission_that_it_needs() -> None:
    rows = {row["call"]: row["permission"] for row in table(GUIDE, "Calls")}
    app = create_app(read_settings(SECRETS))
    served = {
        f"{method} {_written(rule.rule)}": app.view_functions[rule.endpoint]
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith("/v1") and method not in ("HEAD", "OPTIONS")
    }

    assert set(rows) == set(served)
    for call, view in served.items():
        assert rows[call] == (getattr(view, "permission", None) or ""), call


def _written(address: str) -> str:
    """``/v1/patients/<uuid:patient_id>`` as ``/v1/patients/{patient_id}``."""
    return re.sub(r"<(?:[a-z]+:)?([a-z_]+)>", r"{\1}", address)


def test_the_table_of_errors_has_every_code_that_the_service_can_answer() -> None:
    rows = table(GUIDE, "Errors")
    answered = _codes(
        r'BodyRefusedError\(\s*\d+, "(\w+)"',
        r'\bproblem\(\s*\d+,\s*"(\w+)"',
        r'\bcode="(\w+)"',
        r'^    \d{3}: \("(\w+)"',
        r'^    code = "(\w+)"',
    )

    # "refused" and "conflict" are what an error is called before it is one of these.
    assert {row["code"] for row in rows} == answered - {
        "refused",
        "conflict",
        "clinic_name_taken",
        "login_taken",
        "issuer_taken",
        "own_access",
        "last_administrator",
        "form_over",
    }


def test_the_table_of_faults_has_every_code_that_the_service_can_answer() -> None:
    _, _, rest = read(GUIDE).partition("Codes of the faults")
    named = set(re.findall(r"^\| `(\w+)` \|", rest.partition("\n## ")[0], re.MULTILINE))
    found = _codes(
        r'\bFault\(\s*(?:f?"[^"]*"|\w+(?:\.\w+)*),\s*"(\w+)"',
        r'TextFault\(\s*"(\w+)"',
        r'"(\w+)\|',
    )

    # These are told to staff who log in, and on the pages; "system" is how an identifier is written, and
    # the last is told as an OperationOutcome, which has no such codes.
    assert named == found - {
        *("too_short", "too_common", "log_in_refused", "not_printed", "system"),
        *("code_mistyped", "code_unknown", "nothing_answered", "changes_missing"),
        *("scope", "issuer", "address", "key_set"),
        "unknown_patient",
    }


def _codes(*patterns: str) -> set[str]:
    """Every code that one of the patterns finds in what the service answers."""
    sources = [
        path.read_text("utf-8")
        for path in SOURCE.rglob("*.py")
        if not path.relative_to(SOURCE).as_posix().startswith(NOT_FOR_CALLERS)
    ]
    return {
        code for text in sources for pattern in patterns for code in re.findall(pattern, text, re.MULTILINE)
    }


def test_the_configuration_table_names_every_variable_with_its_default() -> None:
    rows = {row["variable"]: row["default"] for row in table("docs/operators.md", "Configure")}

    assert rows == {variable.name: variable.default or "" for variable in VARIABLES}


def test_the_openapi_document_is_where_the_guide_says(demo_folder: Path) -> None:
    address = re.search(r"BASE_URL=(\S+)", (demo_folder / "var" / "demo.env").read_text())
    assert address

    described = requests.get(f"{address[1]}/openapi.json", timeout=10)

    assert described.json()["openapi"].startswith("3.1")
    assert requests.get(f"{address[1]}/docs", timeout=10).status_code == 200
