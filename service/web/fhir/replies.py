"""What reads answer: one resource with its version, or nothing new."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, request

from service.formats.fhir.writing.elements import weak_tag
from service.web.fhir.blueprint import resource_reply


def versioned_reply(resource: Mapping[str, Any]) -> Response:
    """The resource with its version as a weak ETag; 304 where the client has it already.

    ``If-Modified-Since`` is passed over: it counts in seconds, and a list can change twice in one.
    """
    made = resource_reply(resource, headers={"ETag": weak_tag(resource["meta"]["versionId"])})
    made.make_conditional(request)
    made.last_modified = datetime.fromisoformat(resource["meta"]["lastUpdated"])
    return made
