"""Files name patients by ids of the system they come from: these become identifiers, as if it had said so."""

import re
from typing import Any

_BY_ID = re.compile(r"Patient/([A-Za-z0-9.-]{1,64})")
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")


def named_by_id(document: dict[str, Any], system: str) -> dict[str, Any]:
    """The document in which every Patient's id, and every reference to one, is an identifier in ``system``.

    Nothing else is changed; what is not of R4's shape is left for the reader to refuse.
    """
    entries = document.get("entry")
    if document.get("resourceType") != "Bundle" or not isinstance(entries, list):
        return _named(document, system)
    return {
        **document,
        "entry": [
            {**entry, "resource": _named(entry["resource"], system)}
            if isinstance(entry, dict) and isinstance(entry.get("resource"), dict)
            else entry
            for entry in entries
        ],
    }


def _named(resource: dict[str, Any], system: str) -> dict[str, Any]:
    if resource.get("resourceType") == "Patient":
        return _patient(resource, system)
    subject = resource.get("subject")
    if not isinstance(subject, dict) or "identifier" in subject:
        return resource
    found = _BY_ID.fullmatch(str(subject.get("reference")))
    if found is None:
        return resource
    return {**resource, "subject": {**subject, "identifier": {"system": system, "value": found[1]}}}


def _patient(resource: dict[str, Any], system: str) -> dict[str, Any]:
    own_id, known = resource.get("id"), resource.get("identifier", [])
    if not isinstance(own_id, str) or not _ID.fullmatch(own_id) or not isinstance(known, list):
        return resource
    return {**resource, "identifier": [*known, {"system": system, "value": own_id}]}
