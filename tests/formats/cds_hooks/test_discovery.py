"""The document in which an EHR finds the services."""

import re
from typing import Any

import pytest

from service.formats.cds_hooks.discovery import SERVICES, discovery_document
from tests.formats.cds_hooks.test_request import CALLS

DESCRIBED: list[dict[str, Any]] = discovery_document()["services"]
TOKEN = re.compile(r"\{\{(.*?)\}\}")
READ = re.compile(r"[A-Z][A-Za-z]+/\{\{context\.\w+\}\}")
SEARCH = re.compile(r"[A-Z][A-Za-z]+\?patient=\{\{context\.\w+\}\}")


def test_each_service_is_described_as_the_specification_asks() -> None:
    assert list(discovery_document()) == ["services"]
    for service in DESCRIBED:
        assert set(service) == {"id", "hook", "title", "description", "prefetch", "usageRequirements"}
        for name in ("id", "hook", "title", "description", "usageRequirements"):
            assert isinstance(service[name], str)
            assert service[name].strip()
        assert service["prefetch"]
        assert all(isinstance(text, str) and text for pair in service["prefetch"].items() for text in pair)
    assert len({service["id"] for service in DESCRIBED}) == len(DESCRIBED) == len(SERVICES) == 3


@pytest.mark.parametrize("service", DESCRIBED, ids=lambda service: str(service["id"]))
def test_each_template_is_a_query_of_the_recommended_kind(service: dict[str, Any]) -> None:
    context = CALLS[service["id"]]()["context"]
    for template in service["prefetch"].values():
        assert READ.fullmatch(template) or SEARCH.fullmatch(template)
        (token,) = TOKEN.findall(template)
        prefix, _, field = token.partition(".")
        assert prefix == "context"
        assert isinstance(context[field], str)
