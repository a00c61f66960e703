"""FHIR's JSON as it comes in."""

from typing import Any

from service.formats.json_text import BodyRefusedError, parse_json_as_written


def parse_fhir(body: bytes) -> dict[str, Any]:
    """The resource in ``body``, its numbers as they are written. Raises BodyRefusedError.

    What the resource says is not looked at here; see ``reading``.
    """
    document = parse_json_as_written(body)
    if not isinstance(document, dict):
        raise BodyRefusedError(400, "not_json", "A FHIR resource is a JSON object.")
    return document
