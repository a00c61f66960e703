"""Every operation answers every kind of caller as the policy table says."""

from dataclasses import replace

import pytest

from tests.access.calls import send
from tests.access.checks import disagreements
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Kind


@pytest.mark.parametrize("operation", RULES)
def test_each_caller_is_answered_as_the_table_says(ours: FilledClinic, operation: str) -> None:
    assert disagreements(ours, operation) == []


@pytest.mark.parametrize("kept_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("operation", [one for one in RULES if one.startswith("GET ")])
def test_head_is_answered_like_get_without_the_body(ours: FilledClinic, operation: str) -> None:
    rule, call = RULES[operation], HOW[operation](ours)
    for kind in (Kind.NOBODY, *list(rule.allowed())[:1]):
        shown = ours.shown(kind, rule, call)
        got = send(ours.app, rule, call, shown)
        asked = send(ours.app, replace(rule, method="HEAD"), call, shown)
        assert (asked.status_code, asked.data) == (got.status_code, b"")
