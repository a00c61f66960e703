"""Tokens as clients sign them, good ones and bad ones, for both doors: the token endpoint and CDS Hooks."""

import base64
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import uuid4

from joserfc import jwe, jws
from joserfc.jwk import ECKey, OctKey, RSAKey

from service.domain.access.client_keys import PublicKey, read_key_set
from service.domain.access.clients import Refusal

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
_EVERY_ALGORITHM = ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS384", "HS256", "HS384"]


_ec_key_of = cache(lambda key_id, curve: ECKey.generate_key(curve, {"kid": key_id}))
_rsa_key_of = cache(lambda key_id: RSAKey.generate_key(2048, {"kid": key_id}))


def ec_key(key_id: str = "ec-1", curve: str = "P-384") -> ECKey:
    """The elliptic key of this name, the same one each time."""
    return _ec_key_of(key_id, curve)


def rsa_key(key_id: str = "rsa-1") -> RSAKey:
    """The RSA key of this name, the same one each time."""
    return _rsa_key_of(key_id)


def public(*keys: ECKey | RSAKey) -> dict[str, Any]:
    """The key set as a client registers it."""
    return {"keys": [key.as_dict(private=False) for key in keys]}


def both_keys() -> tuple[PublicKey, ...]:
    return read_key_set(public(ec_key(), rsa_key()))


@dataclass(frozen=True)
class Signer:
    """A client that signs tokens for one door, at one time; ``claim`` and ``head`` change what it says."""

    issuer: str
    audience: str
    subject: str | None = None
    now: datetime = NOW
    key: Any = field(default_factory=ec_key)
    algorithm: str = "ES384"

    def claims(self, **changed: Any) -> dict[str, Any]:
        """The claims of a good token; None takes one away."""
        now = int(self.now.timestamp())
        made = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": self.audience,
            "iat": now,
            "exp": now + 240,
            "jti": str(uuid4()),
        }
        return {name: value for name, value in (made | changed).items() if value is not None}

    def header(self, **changed: Any) -> dict[str, Any]:
        made = {"alg": self.algorithm, "typ": "JWT", "kid": self.key.kid}
        return {name: value for name, value in (made | changed).items() if value is not None}

    def token(self, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A token with these changes to its header and its claims."""
        return self.signed(json.dumps(self.claims(**claims)), header or {})

    def signed(self, payload: str, header: dict[str, Any] | None = None) -> str:
        """Any text, signed as it stands."""
        registry = jws.JWSRegistry(algorithms=_EVERY_ALGORITHM, strict_check_header=False)
        registry.max_header_length = registry.max_payload_length = 10**7
        registry.check_header = lambda _: None  # type: ignore[method-assign]
        made = self.header(**(header or {}))
        return jws.serialize_compact(made, payload, self.key, registry=registry)

    def by(self, key: Any, algorithm: str) -> "Signer":
        return replace(self, key=key, algorithm=algorithm)


def part(value: object) -> str:
    """A header or claims as they stand in a token."""
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _unsigned(signer: Signer) -> str:
    return f"{part(signer.header(alg='none'))}.{part(signer.claims())}."


def _unsigned_with_a_signature(signer: Signer) -> str:
    return f"{part(signer.header(alg='none'))}.{part(signer.claims())}.{signer.token().rpartition('.')[2]}"


def _by_public_key_as_secret(algorithm: str) -> Callable[[Signer], str]:
    def make(signer: Signer) -> str:
        secret = signer.key.as_pem(private=False)
        digest = {"HS256": "sha256", "HS384": "sha384"}[algorithm]
        signed = f"{part(signer.header(alg=algorithm))}.{part(signer.claims())}"
        signature = hmac.new(secret, signed.encode(), digest).digest()
        return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"

    return make


def _other_claims_under_the_signature(signer: Signer) -> str:
    header, _, signature = signer.token().split(".")
    return f"{header}.{part(signer.claims(jti='another'))}.{signature}"


def _another_signature(signer: Signer) -> str:
    head, _, signature = signer.token().rpartition(".")
    return f"{head}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"


def _cut_signature(signer: Signer) -> str:
    return signer.token()[:-4]


def _encrypted(signer: Signer) -> str:
    key = OctKey.generate_key(128, {"kid": "ec-1"})
    return jwe.encrypt_compact({"alg": "dir", "enc": "A128GCM", "kid": "ec-1"}, b"{}", key)


def _in(seconds: float) -> Callable[[Signer], float]:
    return lambda signer: signer.now.timestamp() + seconds


def _with(**claims: Any) -> Callable[[Signer], str]:
    """A token with other claims; a function is asked for the value at the signer's time."""
    return lambda s: s.token(**{n: value(s) if callable(value) else value for n, value in claims.items()})


def _headed(**header: Any) -> Callable[[Signer], str]:
    return lambda signer: signer.token(header)


def _payload(text: str) -> Callable[[Signer], str]:
    return lambda signer: signer.signed(text)


@cache
def _foreign() -> ECKey:
    """Another key with the name of a registered one."""
    return ECKey.generate_key("P-384", {"kid": "ec-1"})


def _infinite(signer: Signer) -> str:
    return signer.signed(json.dumps(signer.claims(exp=12345)).replace("12345", "1e999"))


def _endless(signer: Signer) -> str:
    return signer.signed(json.dumps(signer.claims(exp=12345)).replace("12345", "9" * 5000))


def _huge(signer: Signer) -> str:
    return signer.signed(json.dumps(signer.claims(exp=12345)).replace("12345", "9" * 400))


def _not_a_number(signer: Signer) -> str:
    return signer.signed(json.dumps(signer.claims(exp=float("nan"))))


def _said_twice(signer: Signer) -> str:
    return signer.signed(json.dumps(signer.claims(aud="x"))[:-1] + f', "aud": "{signer.audience}"}}')


FOREIGN_KEYS = "https://elsewhere.example/keys.json"
TEN_YEARS = 10 * 365 * 86400

BAD_TOKENS: dict[str, tuple[Callable[[Signer], str], Refusal]] = {
    "not signed at all": (_unsigned, Refusal.MALFORMED),
    "said to be unsigned, with a signature": (_unsigned_with_a_signature, Refusal.ALGORITHM),
    "algorithm None in capitals": (lambda s: _relabelled(s, "NONE"), Refusal.ALGORITHM),
    "HS256 with the public key as the secret": (_by_public_key_as_secret("HS256"), Refusal.ALGORITHM),
    "HS384 with the public key as the secret": (_by_public_key_as_secret("HS384"), Refusal.ALGORITHM),
    "ES256": (lambda s: s.by(ec_key("ec-256", "P-256"), "ES256").token(), Refusal.ALGORITHM),
    "ES512": (lambda s: s.by(ec_key("ec-512", "P-521"), "ES512").token(), Refusal.ALGORITHM),
    "RS256 with a registered key": (lambda s: s.by(rsa_key(), "RS256").token(), Refusal.ALGORITHM),
    "PS384 with a registered key": (lambda s: s.by(rsa_key(), "PS384").token(), Refusal.ALGORITHM),
    "no algorithm": (lambda s: _relabelled(s, None), Refusal.ALGORITHM),
    "an algorithm that is a list": (lambda s: _relabelled(s, ["ES384"]), Refusal.ALGORITHM),
    "RS384 said of an elliptic key": (lambda s: _relabelled(s, "RS384"), Refusal.UNKNOWN_KEY),
    "another key under a registered name": (
        lambda s: s.by(_foreign(), "ES384").token(),
        Refusal.SIGNATURE,
    ),
    "other claims under the signature": (_other_claims_under_the_signature, Refusal.SIGNATURE),
    "another signature": (_another_signature, Refusal.SIGNATURE),
    "a cut signature": (_cut_signature, Refusal.SIGNATURE),
    "a key that nobody registered": (lambda s: s.by(ec_key("ec-9"), "ES384").token(), Refusal.UNKNOWN_KEY),
    "no key named": (_headed(kid=None), Refusal.KEY_ID),
    "a key named by a number": (_headed(kid=1), Refusal.KEY_ID),
    "an empty name of a key": (_headed(kid=""), Refusal.KEY_ID),
    "keys to fetch from elsewhere": (_headed(jku=FOREIGN_KEYS), Refusal.KEY_IN_HEADER),
    "keys to fetch from elsewhere, signed with those": (
        lambda s: s.by(_foreign(), "ES384").token({"jku": FOREIGN_KEYS}),
        Refusal.KEY_IN_HEADER,
    ),
    "a key in the header": (
        lambda s: s.by(_foreign(), "ES384").token({"jwk": _foreign().as_dict(private=False)}),
        Refusal.KEY_IN_HEADER,
    ),
    "a certificate to fetch": (_headed(x5u=FOREIGN_KEYS), Refusal.KEY_IN_HEADER),
    "certificates in the header": (_headed(x5c=["MIIB"]), Refusal.KEY_IN_HEADER),
    "something critical": (_headed(crit=["exp"]), Refusal.CRITICAL),
    "claims that stand elsewhere": (_headed(b64=False, crit=["b64"]), Refusal.MALFORMED),
    "claims that only look encoded": (
        lambda s: s.signed(part(s.claims()), {"b64": False, "crit": ["b64"]}),
        Refusal.CRITICAL,
    ),
    "b64 that nobody calls critical": (_headed(b64=True), Refusal.CRITICAL),
    "the type of an access token": (_headed(typ="at+jwt"), Refusal.TYPE),
    "a type that is a number": (_headed(typ=1), Refusal.TYPE),
    "encrypted, with five parts": (_encrypted, Refusal.MALFORMED),
    "two dots and nothing": (lambda _: "..", Refusal.MALFORMED),
    "nothing": (lambda _: "", Refusal.MALFORMED),
    "no dots": (lambda _: "token", Refusal.MALFORMED),
    "signs that are no base64": (lambda s: "ä" + s.token()[1:], Refusal.MALFORMED),
    "padded": (lambda s: s.token().replace(".", "=.", 1), Refusal.MALFORMED),
    "claims that are a list": (_payload("[]"), Refusal.MALFORMED),
    "claims that are not JSON": (_payload("iss=nobody"), Refusal.MALFORMED),
    "claims that are nested without end": (_payload('{"iss":' + "[" * 4000), Refusal.MALFORMED),
    "an audience twice, the second ours": (_said_twice, Refusal.MALFORMED),
    "100 kilobytes": (_with(more="x" * 100_000), Refusal.TOO_LONG),
    "another audience": (_with(aud="https://elsewhere.example/token"), Refusal.AUDIENCE),
    "an audience that only begins like ours": (lambda s: s.token(aud=s.audience + "/"), Refusal.AUDIENCE),
    "no audience": (_with(aud=None), Refusal.AUDIENCE),
    "an audience that is an object": (lambda s: s.token(aud={s.audience: 1}), Refusal.AUDIENCE),
    "audiences without ours": (_with(aud=["https://elsewhere.example/token"]), Refusal.AUDIENCE),
    "no issuer": (_with(iss=None), Refusal.ISSUER),
    "an issuer that is a number": (_with(iss=1), Refusal.ISSUER),
    "an issuer that nobody registered": (_with(iss="nobody", sub="nobody"), Refusal.UNKNOWN_CLIENT),
    "ten years of life": (_with(exp=_in(TEN_YEARS)), Refusal.EXPIRY),
    "six minutes of life": (_with(exp=_in(360)), Refusal.EXPIRY),
    "no end": (_with(exp=None), Refusal.EXPIRY),
    "ended": (_with(exp=_in(-60)), Refusal.EXPIRY),
    "an end before time began": (_with(exp=-1), Refusal.EXPIRY),
    "an end in words": (_with(exp="2026-11-23T09:34:00Z"), Refusal.EXPIRY),
    "an end that is a number in words": (_with(exp=lambda s: str(_in(60)(s))), Refusal.EXPIRY),
    "an end that is true": (_with(exp=True), Refusal.EXPIRY),
    "an end that is no number": (_not_a_number, Refusal.MALFORMED),
    "an end that is infinite": (_infinite, Refusal.EXPIRY),
    "an end of four hundred digits": (_huge, Refusal.MALFORMED),
    "an end of five thousand digits": (_endless, Refusal.MALFORMED),
    "said in a minute's time": (_with(iat=_in(60)), Refusal.NOT_YET),
    "said at a time in words": (_with(iat="now"), Refusal.NOT_YET),
    "not before the next minute": (_with(nbf=_in(60)), Refusal.NOT_YET),
    "not before true": (_with(nbf=True), Refusal.NOT_YET),
    "no id": (_with(jti=None), Refusal.TOKEN_ID),
    "an empty id": (_with(jti=""), Refusal.TOKEN_ID),
    "an id that is a number": (_with(jti=1), Refusal.TOKEN_ID),
    "an id of 256 signs": (_with(jti="x" * 256), Refusal.TOKEN_ID),
    "an id with a sign that no database takes": (_with(jti="a\x00b"), Refusal.TOKEN_ID),
    "an id with half a sign": (_with(jti="a\ud800b"), Refusal.TOKEN_ID),
}
"""By what is wrong with it: how it is made, and why it is refused."""


def _relabelled(signer: Signer, algorithm: object) -> str:
    """A good token whose header names another algorithm, with the signature of the good one."""
    _, claims, signature = signer.token().split(".")
    return f"{part(signer.header(alg=algorithm))}.{claims}.{signature}"
