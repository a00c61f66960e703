"""Signed tokens of registered clients (RFC 7519, RFC 7523): the one verifier, for SMART and for CDS Hooks.

Pure: token, registered keys, the address that it was sent to and the time give what was said, or a refusal.
Nothing is ever fetched, and no key is taken from a token. Whether one came before is for ``store.clients``.
"""

import binascii
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.util import urlsafe_b64decode

from service.domain.access.client_keys import MOST_KEY_ID, PublicKey, SigningAlgorithm, key_fault
from service.domain.access.clients import CLOCK_SKEW, Assertion, ClientRefusedError, Refusal
from service.domain.errors import RefusedError
from service.formats.json_text import BodyRefusedError, parse_json

MOST_LENGTH = 8192
MOST_LIFE = timedelta(seconds=300)
"""How far ahead a token may expire (SMART App Launch 2.2, "Client Authentication: Asymmetric")."""
_MOST_TEXT = 255
_MOST_KEYS_IN_MEMORY = 256
_ALGORITHMS = tuple(algorithm.value for algorithm in SigningAlgorithm)
# Unknown header parameters are ignored, as RFC 7515 asks; "crit" is refused before.
_REGISTRY = jws.JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)
_REGISTRY.max_header_length = MOST_LENGTH


@dataclass(frozen=True, slots=True)
class SentAssertion:
    """A token as it was sent, taken apart. Nothing that it says is to be believed before ``verify``."""

    token: str
    header: dict[str, Any]
    claims: dict[str, Any]

    @property
    def issuer(self) -> str:
        """Whose keys it is to be checked against."""
        return _text(self.claims, "iss", Refusal.ISSUER)


def read_assertion(token: str) -> SentAssertion:
    """Take a token apart and refuse what no client's key could make good. Raises ClientRefusedError."""
    if len(token) > MOST_LENGTH:
        raise ClientRefusedError(Refusal.TOO_LONG)
    parts = token.split(".")
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 -- header, claims and signature
        raise ClientRefusedError(Refusal.MALFORMED)
    header, claims = _object(parts[0]), _object(parts[1])
    if header.get("alg") not in _ALGORITHMS:
        raise ClientRefusedError(Refusal.ALGORITHM)
    if str(header.get("typ", "JWT")).upper() != "JWT":
        raise ClientRefusedError(Refusal.TYPE)
    if {"crit", "b64"} & header.keys():
        raise ClientRefusedError(Refusal.CRITICAL)
    if {"jwk", "x5u", "x5c"} & header.keys():
        raise ClientRefusedError(Refusal.KEY_IN_HEADER)
    _text(header, "kid", Refusal.KEY_ID, most=MOST_KEY_ID)
    return SentAssertion(token, header, claims)


def verify(
    sent: SentAssertion,
    keys: tuple[PublicKey, ...],
    audience: str,
    now: datetime,
    *,
    subject: str | None = None,
    key_set_url: str | None = None,
) -> Assertion:
    """What the token says, once it is signed by one of these keys and meant for this address and this time.

    ``subject`` is what ``sub`` has to be, None where that is the sender's own affair; ``key_set_url`` the
    only ``jku`` that the header may name. Raises ClientRefusedError.
    """
    if sent.header.get("jku", key_set_url) != key_set_url:
        raise ClientRefusedError(Refusal.KEY_IN_HEADER)
    _check_signature(sent, keys)
    if subject is not None and sent.claims.get("sub") != subject:
        raise ClientRefusedError(Refusal.SUBJECT)
    _check_audience(sent.claims.get("aud"), audience)
    return Assertion(
        sent.issuer, _text(sent.claims, "jti", Refusal.TOKEN_ID), _checked_times(sent.claims, now)
    )


def _checked_times(claims: dict[str, Any], now: datetime) -> datetime:
    """When the token ends."""
    expires_at = _number(claims.get("exp"), Refusal.EXPIRY)
    ahead = expires_at - now.timestamp()
    if not -CLOCK_SKEW.total_seconds() < ahead <= (MOST_LIFE + CLOCK_SKEW).total_seconds():
        raise ClientRefusedError(Refusal.EXPIRY)
    for name in ("iat", "nbf"):
        if name in claims and _number(claims[name], Refusal.NOT_YET) > (now + CLOCK_SKEW).timestamp():
            raise ClientRefusedError(Refusal.NOT_YET)
    return datetime.fromtimestamp(expires_at, UTC)


def check_keys(keys: tuple[PublicKey, ...]) -> None:
    """Raise RefusedError for a key whose numbers are not those of a real key."""
    for key in keys:
        try:
            _imported(key)
        except (JoseError, ValueError) as error:
            detail = f"The numbers of the key {key.key_id} are not those of a key."
            raise RefusedError(key_fault("key_kind", detail)) from error


def _check_signature(sent: SentAssertion, keys: tuple[PublicKey, ...]) -> None:
    wanted = sent.header["kid"], sent.header["alg"]
    key = next((key for key in keys if (key.key_id, key.algorithm.value) == wanted), None)
    if key is None:
        raise ClientRefusedError(Refusal.UNKNOWN_KEY)
    try:
        jws.deserialize_compact(sent.token, _imported(key), registry=_REGISTRY)
    except (JoseError, ValueError) as error:
        raise ClientRefusedError(Refusal.SIGNATURE) from error


def _imported(key: PublicKey) -> ECKey | RSAKey:
    return _key_of(key.algorithm, tuple(key.document.items()))


@lru_cache(maxsize=_MOST_KEYS_IN_MEMORY)
def _key_of(algorithm: SigningAlgorithm, document: tuple[tuple[str, str], ...]) -> ECKey | RSAKey:
    """The key that these numbers are. Which keys are registered is never remembered."""
    kind = ECKey if algorithm is SigningAlgorithm.ES384 else RSAKey
    numbers: dict[str, str | list[str]] = dict(document)
    return kind.import_key(numbers)


def _check_audience(sent: object, audience: str) -> None:
    named = sent if isinstance(sent, list) else [sent]
    if not all(isinstance(one, str) for one in named) or audience not in named:
        raise ClientRefusedError(Refusal.AUDIENCE)


def _text(values: dict[str, Any], name: str, reason: Refusal, most: int = _MOST_TEXT) -> str:
    text = values.get(name)
    if not isinstance(text, str) or not 1 <= len(text) <= most or not text.isprintable():
        raise ClientRefusedError(reason)
    return text


def _number(value: object, reason: Refusal) -> float:
    """Seconds since 1970. True is a whole number to Python and no time to anybody."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ClientRefusedError(reason)
    return float(value)


def _object(part: str) -> dict[str, Any]:
    try:
        value = parse_json(urlsafe_b64decode(part.encode("ascii")))
    except (ValueError, binascii.Error, BodyRefusedError) as error:
        raise ClientRefusedError(Refusal.MALFORMED) from error
    if not isinstance(value, dict):
        raise ClientRefusedError(Refusal.MALFORMED)
    return value
