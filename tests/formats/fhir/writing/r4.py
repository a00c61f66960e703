"""What R4 demands of any resource, checked by a library and by the list of required codes."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

CODES = Path(__file__).parents[5] / "shared" / "contracts" / "r4-required-codes.json"


def required_codes() -> Mapping[str, list[str]]:
    """R4's required codes by path; skips the test where the contracts are not at hand."""
    if not CODES.exists():
        pytest.skip("the contracts with R4's required codes are not at hand")
    found: Mapping[str, list[str]] = json.loads(CODES.read_text(encoding="utf-8"))
    return found


def check(resource: Mapping[str, Any]) -> None:
    """Fail where the resource is not valid R4, or has anything null or empty in it."""
    assert list(_empty(resource, resource["resourceType"])) == []
    get_fhir_model_class(resource["resourceType"]).model_validate_json(json.dumps(resource))


def _empty(element: object, place: str) -> Iterator[str]:
    if element is None or element in ("", [], {}):
        yield place
    parts: Any = ()
    if isinstance(element, Mapping):
        parts = element.items()
    elif isinstance(element, list):
        parts = enumerate(element)
    for name, part in parts:
        yield from _empty(part, f"{place}.{name}")


def wrong_codes(resource: Mapping[str, Any], codes: Mapping[str, list[str]]) -> list[str]:
    """Every element with a required binding whose code is not of it."""
    return [
        f"{path}: {value}"
        for path, value in _values(resource, resource["resourceType"])
        if path in codes and value not in codes[path]
    ]


def _values(element: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(element, Mapping):
        if "resourceType" in element:
            path = element["resourceType"]
        for name, part in element.items():
            yield from _values(part, f"{path}.{name}")
    elif isinstance(element, list):
        for part in element:
            yield from _values(part, path)
    else:
        yield path, element
