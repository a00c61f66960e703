"""Parameters and fields that nobody knows are refused where docs/access.md says so, and never kept."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.access.calls import Call
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Rule
from tests.stored import whole_database

NAME, VALUE = "unheard_of", "a-value-of-nothing"


def searches(rule: Rule) -> bool:
    """Whether it is a search below /fhir, by its address or by a form."""
    by_address = rule.method == "GET" and re.fullmatch(r"/fhir/[A-Z]\w+", rule.address)
    return bool(by_address) or rule.address.endswith(("/_search", "$everything"))


def answers(clinic: FilledClinic, rule: Rule, call: Call, **headers: str) -> tuple[int, Any]:
    """As the last of those who may: a person where there is one."""
    kind = [*rule.allowed()][-1] if not rule.is_open else next(rule.allowed())
    answer = clinic.ask(rule.operation, kind, call, **headers)
    return answer.status_code, answer.get_json(silent=True)


ANYBODY_MAY = [operation for operation, rule in RULES.items() if any(rule.allowed())]
on_one_database = pytest.mark.parametrize("kept_database", ["sqlite"], indirect=True)


@on_one_database
@pytest.mark.parametrize("operation", ANYBODY_MAY)
def test_a_parameter_that_nobody_knows_is_refused_or_not_read(ours: FilledClinic, operation: str) -> None:
    rule, call = RULES[operation], HOW[operation](ours)
    mark = "&" if "?" in call.query else "?"
    status, said = answers(ours, rule, replace(call, query=f"{call.query}{mark}{NAME}={VALUE}"))

    if rule.address.startswith("/v1"):
        assert status == 422
        assert [(one["pointer"], one["code"]) for one in said["errors"]] == [(f"/{NAME}", "unknown_field")]
    elif searches(rule):
        assert status == 400
        assert NAME in said["issue"][0]["diagnostics"]
        lenient = {"Prefer": "handling=lenient"}
        asked = replace(call, query=f"{call.query}{mark}{NAME}={VALUE}")
        assert answers(ours, rule, asked, **lenient)[0] == 200
    else:
        assert status in {422, *call.statuses} or 200 <= status < 304, said


WITH_QUERY = [operation for operation in HOW if operation.startswith("GET /v1")]


@on_one_database
@pytest.mark.parametrize("operation", WITH_QUERY)
def test_a_parameter_that_is_said_twice_is_refused(ours: FilledClinic, operation: str) -> None:
    rule, call = RULES[operation], HOW[operation](ours)
    asked = call.query.removeprefix("?").partition("&")[0] or "cursor=x"
    status, said = answers(ours, rule, replace(call, query=f"?{asked}&{asked}"))

    assert status == 422
    assert {one["code"] for one in said["errors"]} <= {"twice", "unknown_field"}


def with_a_field_more(call: Call) -> Call:
    if call.json is not None:
        return replace(call, json={**call.json, NAME: VALUE})
    return replace(call, form={**(call.form or {}), NAME: VALUE})


def test_a_field_that_nobody_knows_is_refused_or_kept_nowhere(ours: FilledClinic) -> None:
    for operation in ANYBODY_MAY:
        rule, call = RULES[operation], HOW[operation](ours)
        if rule.method == "GET" or (call.json is None and call.form is None):
            continue
        status, said = answers(ours, rule, with_a_field_more(call))
        if rule.address.startswith("/v1"):
            told = [(one["pointer"], one["code"]) for one in said["errors"]]
            assert (status, told) == (422, [(f"/{NAME}", "unknown_field")]), operation
        else:
            assert (status == 400) if searches(rule) else (status < 500), operation

    assert VALUE not in json.dumps(whole_database(ours.database), default=str)
