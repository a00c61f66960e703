"""SMART Backend Services: a registered client's signed token for an access token.

Errors here are those of OAuth 2.0 (RFC 6749, 5.2), as its clients expect them.
"""

from collections.abc import Mapping

from flask import Blueprint, Response, request

from service.actions.client_tokens import redeem_assertion
from service.actions.limits import LimitReachedError
from service.domain.access.clients import TOKEN_LIFE, ClientRefusedError, ScopeRefusedError
from service.web.auth import is_open
from service.web.client_refusals import SENTENCES, log_refusal
from service.web.current import house, request_id
from service.web.limits import count_call, count_failure, refuse_when_known
from service.web.read_first import FORM
from service.web.replies import response

blueprint = Blueprint("smart", __name__)
GRANT = "client_credentials"
"""The one grant of OAuth 2.0 that the token endpoint knows."""
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class TokenRefusedError(Exception):
    """No access token is given; ``code`` is OAuth's word for why, ``detail`` a sentence for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def token_endpoint() -> str:
    """The address of the token endpoint, which is also the only audience that it takes."""
    return f"{house().settings.public_url}/smart/token"


@blueprint.post("/smart/token")
@is_open
def post_token() -> Response:
    """Give a client an access token for at most 300 seconds."""
    try:
        return _token(_sent())
    except ClientRefusedError as error:
        log_refusal(error.reason)
        too_many = count_failure()
        if too_many:
            return _too_many(too_many)
        return _refused(TokenRefusedError("invalid_client", SENTENCES[error.reason]))
    except LimitReachedError as error:
        return _too_many(error)
    except ScopeRefusedError:
        return _refused(TokenRefusedError("invalid_scope", "Nothing of this scope is granted to the client."))
    except TokenRefusedError as error:
        return _refused(error)


def _sent() -> Mapping[str, str]:
    """The form's fields. Raises TokenRefusedError."""
    if request.mimetype != FORM:
        raise TokenRefusedError("invalid_request", f"Send the request as {FORM}.")
    if any(len(values) > 1 for _, values in request.form.lists()):
        raise TokenRefusedError("invalid_request", "A parameter was sent twice.")
    return request.form


def _token(sent: Mapping[str, str]) -> Response:
    _refuse_another_grant(sent)
    here = house()
    made, client = redeem_assertion(
        here.database,
        here.audit_keys,
        sent["client_assertion"],
        sent.get("scope", ""),
        token_endpoint(),
        here.clock(),
        request_id(),
        admit=refuse_when_known,
    )
    count_call(client)
    return _answer(
        {
            "access_token": made.token,
            "token_type": "bearer",
            "expires_in": int(TOKEN_LIFE.total_seconds()),
            "scope": " ".join(made.scopes),
        }
    )


def _refuse_another_grant(sent: Mapping[str, str]) -> None:
    if not sent.get("grant_type"):
        raise TokenRefusedError("invalid_request", "The grant_type is missing.")
    if sent["grant_type"] != GRANT:
        raise TokenRefusedError("unsupported_grant_type", f"The grant_type is {GRANT}.")
    if sent.get("client_assertion_type") != _ASSERTION or not sent.get("client_assertion"):
        raise TokenRefusedError("invalid_client", f"Send a client_assertion of the type {_ASSERTION}.")


def _refused(error: TokenRefusedError) -> Response:
    if error.code == "invalid_client":
        return _answer(_body(error), 401, WWW_Authenticate="Bearer")
    return _answer(_body(error), 400)


def _too_many(error: LimitReachedError) -> Response:
    refused = TokenRefusedError("temporarily_unavailable", "Too many requests; see Retry-After.")
    return _answer(_body(refused), 429, Retry_After=str(error.retry_after))


def _body(error: TokenRefusedError) -> dict[str, str]:
    return {"error": error.code, "error_description": error.detail}


def _answer(body: Mapping[str, object], status: int = 200, **headers: str) -> Response:
    """An answer that nothing on the way keeps."""
    return response(body, status, Cache_Control="no-store", Pragma="no-cache", **headers)
