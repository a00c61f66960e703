"""The policy table, the addresses of the application and the OpenAPI document name the same operations."""

from typing import Any

import pytest
from flask import Flask

from service.app import create_app
from service.store.database import Database
from tests.access.operations import HOW
from tests.access.policy import RULES, May, differences, operations_of
from tests.web.conftest import settings_of_tests

ADDRESSES = sorted({rule.address for rule in RULES.values()})


@pytest.fixture(scope="module")
def unfilled() -> Flask:
    """The application on a database that nothing here asks."""
    return create_app(settings_of_tests(), database=Database("sqlite:///unused.sqlite3"))


@pytest.fixture(scope="module")
def described(unfilled: Flask) -> dict[str, Any]:
    """Every operation of the OpenAPI document."""
    paths = unfilled.extensions["openapi"]["paths"]
    return {
        f"{method.upper()} {path}": operation
        for path, operations in paths.items()
        for method, operation in operations.items()
        if method != "parameters"
    }


def test_the_table_and_the_application_have_the_same_operations(unfilled: Flask) -> None:
    assert differences(unfilled, RULES) == []


def test_every_operation_of_the_table_can_be_called_by_the_tests() -> None:
    assert RULES.keys() == HOW.keys()


def test_the_openapi_document_has_every_operation_of_the_api_and_no_other(
    unfilled: Flask, described: dict[str, Any]
) -> None:
    served = {operation for operation in operations_of(unfilled) if " /v1" in operation}
    assert described.keys() == served


def test_the_openapi_document_asks_for_a_key_wherever_the_table_does(described: dict[str, Any]) -> None:
    for operation, described_as in described.items():
        assert bool(described_as.get("security")) is not RULES[operation].is_open, operation


def test_what_is_open_is_open_to_everybody_and_a_client_needs_a_scope_wherever_it_may() -> None:
    for rule in RULES.values():
        assert rule.is_open or May.OPEN not in rule.cells.values(), rule.operation
        in_fhir_or_api = rule.address.startswith(("/v1", "/fhir"))
        may = rule.cells["client"] is May.YES
        assert bool(rule.scopes) is (may and in_fhir_or_api), rule.operation


@pytest.mark.parametrize("address", ADDRESSES)
def test_options_tells_anybody_the_methods_and_nothing_else(unfilled: Flask, address: str) -> None:
    methods = {rule.method for rule in RULES.values() if rule.address == address}
    call = {"category": "supplement", "fact": "status", "version": "1", "key": "1"}
    places = {name: call.get(name, "00000000-0000-7000-8000-000000000000") for name in _places(address)}

    answer = unfilled.test_client().options(address.format(**places))

    assert (answer.status_code, answer.data) == (200, b"")
    assert set(answer.allow) >= methods | {"OPTIONS"}


def _places(address: str) -> list[str]:
    return [part.partition("}")[0] for part in address.split("{")[1:]]
