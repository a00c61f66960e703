"""A search over HTTP: its parameters from the query and from the form, and the pages of what was found."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from werkzeug.http import parse_list_header

from service.domain.medications.medication_list import MedicationList
from service.formats.fhir.search_parameters import SearchParameter
from service.formats.fhir.searching import MOST_RESULTS, Search, read_search
from service.formats.fhir.whose import cursor_at
from service.formats.fhir.writing.bundles import searchset
from service.formats.findings import Issue
from service.formats.json_text import BodyRefusedError
from service.web.current import house
from service.web.fhir.blueprint import resource_reply
from service.web.read_first import FORM


def fhir_base() -> str:
    """The address of the FHIR face as other systems know it."""
    return f"{house().settings.public_url}/fhir"


def sent_search(parameters: Sequence[SearchParameter]) -> Search:
    """The search of the request at hand. Raises SearchRefusedError."""
    sent = [*request.args.items(multi=True), *_form_items()]
    return read_search(parameters, sent, fhir_base(), lenient=_is_lenient())


def _form_items() -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    if request.mimetype != FORM and request.get_data(cache=True):
        raise BodyRefusedError(415, "media_type", f"Send the parameters as {FORM}.")
    return list(request.form.items(multi=True))


def _is_lenient() -> bool:
    """Whether the client would rather have a parameter left out than be refused."""
    preferences = ",".join(request.headers.getlist("Prefer")).replace(";", ",")
    return "handling=lenient" in [one.replace(" ", "") for one in parse_list_header(preferences)]


def page_reply(
    found: Sequence[dict[str, Any]],
    search: Search,
    *,
    total: int | None,
    next_cursor: str | None = None,
    issues: Sequence[Issue] = (),
) -> Response:
    """One page of what was found as a searchset that links to itself and to what follows."""
    return resource_reply(
        searchset(
            found,
            fhir_base(),
            total=total,
            own_link=_link(search.pairs),
            next_link=_next_link(search, next_cursor),
            issues=issues,
        )
    )


def list_page_reply(
    found: Sequence[dict[str, Any]],
    search: Search,
    lists: Sequence[MedicationList],
    offset: int,
    issues: Sequence[Issue] = (),
) -> Response:
    """A page of what was found on these lists; the next one is of the same versions of them."""
    end = offset + search.page_size(MOST_RESULTS)
    more = offset < end < len(found)
    return page_reply(
        found[offset:end],
        search,
        total=len(found),
        next_cursor=cursor_at(lists[0].version, end) if more else None,
        issues=issues,
    )


def _next_link(search: Search, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    others = [pair for pair in search.pairs if pair[0] != "_cursor"]
    return _link([*others, ("_cursor", cursor)])


def _link(pairs: Sequence[tuple[str, str]]) -> str:
    """The address of a search or an operation, also where it was posted."""
    path = request.path.removeprefix("/fhir/").removesuffix("/_search")
    query = f"?{urlencode(pairs)}" if pairs else ""
    return f"{fhir_base()}/{path}{query}"
