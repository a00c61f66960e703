"""What everybody may read: stylesheets, the pages' script, the OpenAPI document, and whether all is well."""

from pathlib import Path
from typing import Any

import orjson
from flask import Blueprint, Response, current_app, send_file, send_from_directory

from service.domain.errors import NotFoundError
from service.formats.printout import PAGE_FACES, STYLESHEET, face_contents
from service.store.database import UnavailableError
from service.web.auth import is_open
from service.web.current import house
from service.web.figures import figures
from service.web.replies import response

blueprint = Blueprint("assets", __name__)
_PAGE_FILES = Path(__file__).parent / "pages" / "static"


@blueprint.get("/static/sheet.css")
@is_open
def get_stylesheet() -> Response:
    """The stylesheet of the sheet, for the screen and for the browser's print."""
    return send_file(STYLESHEET, mimetype="text/css")


@blueprint.get("/static/fonts/<face>.ttf")
@is_open
def get_font(face: str) -> Response:
    """A font of the sheet."""
    if face not in PAGE_FACES:
        raise NotFoundError("There is no such font.")
    made = Response(face_contents(face), content_type="font/ttf")
    made.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return made


@blueprint.get("/static/pages/<name>")
@is_open
def get_page_file(name: str) -> Response:
    """A stylesheet or a script of the pages."""
    return send_from_directory(_PAGE_FILES, name)


@blueprint.get("/openapi.json")
@is_open
def get_openapi() -> Response:
    """The OpenAPI 3.1 document of this service."""
    document: dict[str, Any] = current_app.extensions["openapi"]
    return Response(orjson.dumps(document), content_type="application/json")


@blueprint.get("/healthz")
@is_open
def get_health() -> Response:
    """Whether the process answers."""
    return response({"status": "ok"})


@blueprint.get("/readyz")
@is_open
def get_readiness() -> Response:
    """Whether the database takes writes and suits this release, and the server is not about to end."""
    if house().draining.is_set():
        return response({"status": "draining"}, 503, Retry_After="2")
    try:
        house().database.check()
    except UnavailableError:
        figures().unavailable.inc()
        return response({"status": "unavailable"}, 503, Retry_After="2")
    return response({"status": "ready"})
