"""What a refused client is told, and what is logged of it: the same at both doors."""

from collections.abc import Mapping
from types import MappingProxyType

import structlog

from service.domain.access.clients import Refusal
from service.web.current import request_id
from service.web.figures import figures

_log = structlog.get_logger()
# Who is registered, and with which keys, is told to nobody who has not signed with one of them.
_NOT_KNOWN = "No client is registered with a key that made this signature."
SENTENCES: Mapping[Refusal, str] = MappingProxyType(
    {
        Refusal.TOO_LONG: "The signed token is too long.",
        Refusal.MALFORMED: "A signed token has three parts in base64url: header, claims and signature.",
        Refusal.ALGORITHM: "Sign with ES384 or RS384.",
        Refusal.TYPE: "The typ of the header is JWT.",
        Refusal.CRITICAL: "A header with crit or b64 is not taken.",
        Refusal.KEY_IN_HEADER: "The header names keys other than the registered ones.",
        Refusal.KEY_ID: "The kid of the header names the key.",
        Refusal.UNKNOWN_CLIENT: _NOT_KNOWN,
        Refusal.REVOKED_CLIENT: _NOT_KNOWN,
        Refusal.UNKNOWN_KEY: _NOT_KNOWN,
        Refusal.SIGNATURE: _NOT_KNOWN,
        Refusal.ISSUER: "The iss is missing or is no text.",
        Refusal.SUBJECT: "The iss and the sub are both the id of the client.",
        Refusal.AUDIENCE: "The aud is not the address that the token was sent to.",
        Refusal.EXPIRY: "The exp is missing, past, or more than 300 seconds ahead.",
        Refusal.NOT_YET: "The iat or the nbf is no time, or lies ahead.",
        Refusal.TOKEN_ID: "The jti is missing or is no text of 1 to 255 signs.",
        Refusal.REPLAYED: "A token with this jti was used before.",
    }
)


def log_refusal(reason: Refusal) -> None:
    """One line for each refused token, to be counted: why, and nothing of who sent what."""
    figures().refused("client", reason.value)
    _log.warning("client_refused", request_id=request_id(), reason=reason.value)
