"""The offline docs page: Swagger UI from its package, started by a script of ours."""

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Response, send_file, send_from_directory

from service.web.auth import is_open

blueprint = Blueprint("docs", __name__, url_prefix="/docs")
_PAGES = Path(__file__).parent / "pages"
_SWAGGER_UI = Path(flask_swagger_ui.__file__).parent / "dist"


@blueprint.get("")
@is_open
def get_docs() -> Response:
    """The page."""
    return send_file(_PAGES / "docs.html", mimetype="text/html")


@blueprint.get("/start.js")
@is_open
def get_start() -> Response:
    """The script that starts it."""
    return send_file(_PAGES / "docs.js", mimetype="text/javascript")


@blueprint.get("/assets/<path:name>")
@is_open
def get_asset(name: str) -> Response:
    """A file of Swagger UI."""
    return send_from_directory(_SWAGGER_UI, name)
