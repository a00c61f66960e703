"""What an entry of a transaction or a batch asks for: only to be taken in, by POST or by PUT."""

import re

from service.formats.fhir.reading.elements import Element

_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
_TAKEN = ("POST", "PUT")
_CONDITIONS = ("ifMatch", "ifNoneMatch", "ifModifiedSince")
_TYPE = re.compile(r"([A-Z][A-Za-z]{1,63})(?=[/?]|\Z)")


def read_method(entry: Element) -> str | None:
    """The method of an entry's request; any but POST and PUT is refused, and so is an operation."""
    request = entry.part("request")
    method = request.code("method") if request else None
    if request is None or method is None:
        place = request.at("method") if request else entry.at("request")
        entry.notes.refuse(place, "required", "An entry of a transaction or a batch says what is asked for.")
        return None
    if method not in _METHODS:
        entry.notes.refuse(request.at("method"), "code-invalid", "Not one of R4's methods.")
        return None
    if method not in _TAKEN:
        detail = f"{method} is not done here: an import only adds and updates."
        entry.notes.refuse(request.at("method"), "not-supported", detail)
    elif "$" in (request.code("url") or ""):
        entry.notes.refuse(request.at("url"), "not-supported", "An operation is not done here.")
    for name in _CONDITIONS:
        if request.code(name):
            entry.notes.warn(request.at(name), "not-supported", "This condition was not looked at.")
    return method


def type_asked_for(entry: Element) -> str:
    """The resource type in the address of an entry without a resource; empty where it has none."""
    request = entry.content.get("request")
    url = request.get("url") if isinstance(request, dict) else None
    found = _TYPE.match(url) if isinstance(url, str) else None
    return found[1] if found else ""
