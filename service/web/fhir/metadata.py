"""What the FHIR face can do, read from the routes themselves so that it cannot say anything else."""

import re
from collections.abc import Iterator

from flask import Response, current_app
from werkzeug.routing import Rule

from service.config import release
from service.formats.fhir.writing.capabilities import CREATE, READ, SEARCH, UPDATE, Routed, write_capabilities
from service.web.auth import is_open
from service.web.fhir.blueprint import FhirRoutes, resource_reply
from service.web.fhir.negotiation import in_json
from service.web.fhir.searches import fhir_base
from service.web.smart import token_endpoint

routes = FhirRoutes("metadata", __name__)
_ROUTE = re.compile(
    r"/fhir/(?P<type>[A-Z]\w+)(?P<one>/(?:<[^>]+>|[a-z-]+))?(?:/(?P<named>_search|\$[a-z]+))?"
)
_WHOLE = ("/fhir", "/fhir/")


@routes.get("/metadata")
@is_open
@in_json
def get_metadata() -> Response:
    """The CapabilityStatement; anybody may read it."""
    known = {one for rule in current_app.url_map.iter_rules() for one in _routed(rule)}
    return resource_reply(write_capabilities(known, fhir_base(), token_endpoint(), release()))


def _routed(rule: Rule) -> Iterator[Routed]:
    """What a route does in the words of R4; nothing for what is no resource, such as this one."""
    methods = rule.methods or set()
    found = _ROUTE.fullmatch(rule.rule)
    if rule.rule in _WHOLE and "POST" in methods:
        yield from (Routed("", "batch"), Routed("", "transaction"))
    if found is None:
        return
    kind, named = found["type"], found["named"] or ""
    if named:
        yield Routed(kind, SEARCH if named == "_search" else named.removeprefix("$"))
    elif found["one"]:
        yield from (
            Routed(kind, does) for method, does in (("GET", READ), ("PUT", UPDATE)) if method in methods
        )
    else:
        yield from (
            Routed(kind, does) for method, does in (("GET", SEARCH), ("POST", CREATE)) if method in methods
        )
