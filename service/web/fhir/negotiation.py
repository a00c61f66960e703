"""In which form an answer is wanted: there is JSON, of R4, and nothing else."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request
from werkzeug.http import parse_options_header

from service.formats.fhir.codes import FHIR_VERSION, MEDIA_TYPE
from service.formats.findings import Issue, Severity
from service.web.fhir.blueprint import FhirRefusedError

P = ParamSpec("P")
R = TypeVar("R")
_TYPES = frozenset({MEDIA_TYPE, "application/json", "text/json", "application/*", "*/*"})
_FORMATS = frozenset({"json", *_TYPES})


def in_json(view: Callable[P, R]) -> Callable[P, R]:
    """Refuse with 406 who cannot take JSON of R4; ``_format`` counts before ``Accept``, as R4 has it."""

    @wraps(view)
    def asked(*args: P.args, **kwargs: P.kwargs) -> R:
        wanted = request.values.get("_format")
        fits = wanted is None and _accepts_json() if wanted is None else _fits(wanted, _FORMATS)
        if not fits:
            detail = f"Ask for {MEDIA_TYPE} of FHIR {FHIR_VERSION}; there is no other form."
            raise FhirRefusedError(406, [Issue(Severity.ERROR, "not-supported", detail)])
        return view(*args, **kwargs)

    return asked


def _accepts_json() -> bool:
    wanted = request.accept_mimetypes
    return not wanted or any(quality > 0 and _fits(one, _TYPES) for one, quality in wanted)


def _fits(wanted: str, known: frozenset[str]) -> bool:
    # A plus sign in a query is a blank to whoever decodes it, and many send it as it is.
    kind, options = parse_options_header(wanted.replace(" json", "+json"))
    version = options.get("fhirversion", FHIR_VERSION)
    return kind.lower() in known and FHIR_VERSION.startswith(version)
