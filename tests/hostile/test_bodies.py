"""No hostile body breaks an operation, is cut or leaves anything behind; each is told what is wrong."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.access.calls import Call
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Kind
from tests.hostile.bodies import MISSHAPED, UNFIT, UNREADABLE, spoiled
from tests.hostile.forms import RAW, REFUSED
from tests.stored import digests, whole_database

_WITH_BODY = ("POST /v1", "PUT /v1", "PATCH /v1", "DELETE /v1/p", "POST /fhir", "POST /cds")
TAKES_JSON = [
    one for one in RULES if one.startswith(_WITH_BODY) and not one.endswith(("_search", "{resource_type}"))
]
OF_THE_API = [one for one in TAKES_JSON if " /v1" in one]
LARGE = {name for name, body in {**UNREADABLE, **MISSHAPED}.items() if len(body) > 50_000}
MAY_GROW = ("audit_events", "audit_chains", "login_failures", "used_assertions", "staff_sessions")
"""What a refused request may write: that it was refused, that a log-in failed, when a person was here."""

on_one_database = pytest.mark.parametrize("kept_database", ["sqlite"], indirect=True)


def who(operation: str) -> Kind:
    """A person where one may, else a program."""
    allowed = list(RULES[operation].allowed())
    return next((kind for kind in (Kind.NURSE, Kind.ADMINISTRATOR) if kind in allowed), allowed[0])


def sent(clinic: FilledClinic, operation: str, call: Call, body: bytes, kind: str) -> TestResponse:
    """The answer to this very body."""
    rule = RULES[operation]
    shown = clinic.shown(who(operation), rule, call)
    headers = {**call.headers, "Content-Type": kind}
    if shown.bearer:
        headers["Authorization"] = f"Bearer {shown.bearer}"
    client = clinic.app.test_client(use_cookies=False)
    return client.open(call.path(rule), method=rule.method, headers=headers, data=body)


def unlike(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables whose rows changed."""
    return [name for name in before if before[name] != after[name]]


@on_one_database
@pytest.mark.parametrize("operation", TAKES_JSON)
def test_a_body_that_cannot_be_read_in_one_way_is_refused_everywhere(
    ours: FilledClinic, operation: str
) -> None:
    call = HOW[operation](ours)
    every = {**UNREADABLE, **MISSHAPED}
    # What is read alike everywhere: the large ones are sent to one operation of each kind.
    names = [name for name in every if name not in LARGE or operation in ("POST /v1/intake", "POST /fhir")]
    before = digests(ours.database, MAY_GROW)
    for name in names:
        answer = sent(ours, operation, call, every[name], "application/json")
        assert answer.status_code in (400, 413, 422), (name, answer.status_code, answer.data[:200])
        assert answer.content_length is None or answer.content_length < 1_000_000, name
        if operation in OF_THE_API:
            told = answer.get_json()
            assert answer.mimetype == "application/problem+json"
            assert (answer.status_code == 422) is (name in MISSHAPED and name not in REFUSED_WHOLE), name
            assert all((told["code"], told["detail"])), name
            assert (answer.status_code != 422) or told["errors"], name
    assert unlike(before, digests(ours.database, MAY_GROW)) == []


REFUSED_WHOLE = {"a key of half a surrogate pair"}
"""No fault could be named at its place."""


@pytest.mark.parametrize("operation", OF_THE_API)
def test_an_unfit_value_anywhere_is_named_at_its_place_and_nothing_is_kept(
    ours: FilledClinic, operation: str
) -> None:
    call = HOW[operation](ours)
    if call.json is None:
        return
    before = digests(ours.database, MAY_GROW)
    for name, pointer, body in spoiled(call.json):
        answer = sent(ours, operation, call, json.dumps(body).encode(), "application/json")
        assert answer.status_code == 422, (name, pointer, answer.data[:200])
        faults = [fault["pointer"] for fault in answer.get_json()["errors"]]
        assert any(fault.startswith(pointer) for fault in faults), (name, pointer, faults)
    assert unlike(before, digests(ours.database, MAY_GROW)) == []


FEW = ("a zero byte", "an override of direction", "half a surrogate pair", "a list", "an object", "a number")


@pytest.mark.parametrize("operation", [one for one in TAKES_JSON if one not in OF_THE_API and one[-1] != "/"])
def test_an_unfit_value_anywhere_in_what_an_ehr_sends_breaks_nothing_and_is_not_kept(
    ours: FilledClinic, operation: str
) -> None:
    call = HOW[operation](ours)
    for name, pointer, body in spoiled(call.json):
        if name in FEW:
            answer = sent(ours, operation, call, json.dumps(body).encode(), "application/fhir+json")
            assert answer.status_code < 500, (name, pointer, answer.data[:200])
    assert unfit_texts(ours) == []


def unfit_texts(clinic: FilledClinic) -> list[str]:
    """What is kept although no text may hold it; hopefully nothing."""
    found = []
    for name, rows in whole_database(clinic.database).items():
        for text in texts_in([list(row.values()) for row in rows]):
            found += [f"{name}: {text[:80]!r}" for sign in "\0\u202e\ud800" if sign in text]
    return found


def texts_in(value: Any) -> Iterable[str]:
    """Every text of a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts_in([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)


OF_PAGES = [
    one for one, rule in RULES.items() if one.startswith("POST ") and rule.is_page and any(rule.allowed())
]


@on_one_database
@pytest.mark.parametrize("operation", OF_PAGES)
def test_no_form_breaks_a_page(ours: FilledClinic, operation: str) -> None:
    good = HOW[operation](ours)
    # A form without fields of its own is read by nobody.
    for name, spoil in list(REFUSED.items())[: None if good.form else 1]:
        answer = ours.ask(operation, who(operation), replace(good, form=spoil(good.form or {})))
        assert answer.status_code < 500, name
    assert unfit_texts(ours) == []


DOORS = (
    *("POST /v1/intake", "PATCH /v1/patients/{patient_id}", "POST /fhir", "POST /fhir/Patient/_search"),
    *("POST /cds-services/{service_id}", "POST /smart/token", "POST /search", "POST /log-in"),
    *("POST /form/{link_id}/who", "POST /intake-forms/{form_id}/who", "POST /administration/clients"),
)


@on_one_database
@pytest.mark.parametrize("operation", DOORS)
def test_a_body_that_is_no_form_of_ours_is_refused_before_anybody_looks_at_it(
    ours: FilledClinic, operation: str
) -> None:
    # It is refused before anybody's log-in could end by it.
    call = replace(HOW[operation](ours), ends_session=False)
    before = digests(ours.database, MAY_GROW)
    for name, (body, kind, statuses) in RAW.items():
        answer = sent(ours, operation, call, body, kind)
        assert answer.status_code in statuses, (name, answer.status_code, answer.data[:200])
    assert unlike(before, digests(ours.database, MAY_GROW)) == []


def test_there_are_more_than_a_hundred_of_them() -> None:
    assert len(UNREADABLE) + len(MISSHAPED) + len(UNFIT) + len(REFUSED) + len(RAW) > 140
