"""Staff log in with a password and get a token that ends by itself."""

from typing import Any

from flask import Response

from service.actions.sessions import log_in, log_out
from service.web.auth import UnauthenticatedError, bearer_secret, is_open
from service.web.blueprint import Blueprint
from service.web.current import house
from service.web.limits import limited_log_in
from service.web.replies import response
from service.web.reply_schemas.access import SessionReply
from service.web.schemas.sessions import LogInSchema

blueprint = Blueprint("sessions", __name__, url_prefix="/v1/sessions", description="Staff sessions")


@blueprint.route("", methods=["POST"])
@is_open
@blueprint.arguments(LogInSchema)
@blueprint.response(201, SessionReply)
def post_session(sent: dict[str, Any]) -> Response:
    """Log in: a bearer token for 12 hours at most, or 15 minutes without use."""
    here = house()
    with limited_log_in():
        opened = log_in(here.database, sent["login"], sent["password"], here.clock())
    member = opened.member
    return response(
        {
            "token": opened.token,
            "ends_at": opened.ends_at.isoformat(),
            "name": member.name,
            "role": member.role.value,
        },
        201,
    )


@blueprint.route("/current", methods=["DELETE"])
@is_open
@blueprint.response(204)
def delete_session() -> Response:
    """Log out: the token ends at once, on the server. Without a token it says so."""
    secret = bearer_secret()
    if not log_out(house().database, secret):
        raise UnauthenticatedError
    return Response(status=204)
