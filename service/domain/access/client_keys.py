"""The public keys that a client registers: which JSON Web Keys (RFC 7517) are taken, and what is kept.

Whether the numbers are those of a key is for ``formats.client_assertions``, which can calculate with them.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from service.domain.errors import Fault, RefusedError

MOST_KEYS = 20
MOST_KEY_ID = 255
FEWEST_RSA_BITS = 2048
MOST_RSA_BITS = 8192
"""A larger modulus would let whoever registers it make each request slow."""
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


class SigningAlgorithm(StrEnum):
    """How a client may sign: the two that SMART App Launch names for asymmetric authentication."""

    ES384 = "ES384"
    RS384 = "RS384"


# What is kept of a key of each kind: what a signature is checked with, and nothing else.
_KINDS = MappingProxyType(
    {"EC": (SigningAlgorithm.ES384, ("crv", "x", "y")), "RSA": (SigningAlgorithm.RS384, ("n", "e"))}
)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key: its ``kid``, the one algorithm that it fits, and its numbers as a JSON Web Key writes them."""

    key_id: str
    algorithm: SigningAlgorithm
    numbers: Mapping[str, str]

    @property
    def document(self) -> dict[str, str]:
        """The key as a JSON Web Key."""
        kind = next(kind for kind, (algorithm, _) in _KINDS.items() if algorithm is self.algorithm)
        return {"kty": kind, "kid": self.key_id, "alg": self.algorithm.value, **self.numbers}


def read_key_set(document: object) -> tuple[PublicKey, ...]:
    """Read a JSON Web Key Set. Raises RefusedError with a fault for each key that cannot be taken.

    A private or a shared secret key is refused, so that it is never kept here.
    """
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list) or not 1 <= len(keys) <= MOST_KEYS:
        raise RefusedError(key_fault("key_set", f'A key set is {{"keys": […]}} with 1 to {MOST_KEYS} keys.'))
    read = [_read_key(key, f"Key {place}") for place, key in enumerate(keys, 1)]
    faults = [found for found in read if isinstance(found, Fault)]
    found = tuple(key for key in read if isinstance(key, PublicKey))
    if not faults and len({key.key_id for key in found}) < len(found):
        faults = [key_fault("key_id", "Two keys have the same kid.")]
    if faults:
        raise RefusedError(*faults)
    return found


def key_fault(code: str, detail: str) -> Fault:
    """A fault of a key set, wherever in it."""
    return Fault("/jwks", code, detail)


def _read_key(key: Any, which: str) -> PublicKey | Fault:
    if not isinstance(key, dict):
        return key_fault("key_set", f"{which} is not an object.")
    if key.get("kty") == "oct" or _PRIVATE & key.keys():
        return key_fault("private_key", f"{which} is secret. Send the public key only, and change this one.")
    key_id = key.get("kid")
    if not isinstance(key_id, str) or not 1 <= len(key_id) <= MOST_KEY_ID or not key_id.isprintable():
        return key_fault("key_id", f"{which} has no kid of 1 to {MOST_KEY_ID} signs.")
    kind = key.get("kty")
    algorithm, names = _KINDS.get(kind, (None, ())) if isinstance(kind, str) else (None, ())
    numbers = {name: key.get(name) for name in names}
    if algorithm is None or not _fits(key, algorithm) or not _may_be_used(numbers):
        return key_fault("key_kind", f"{which} is not for ES384 (P-384) or RS384 (RSA, 2048 bits or more).")
    return PublicKey(key_id, algorithm, MappingProxyType({name: str(text) for name, text in numbers.items()}))


def _fits(key: Mapping[str, Any], algorithm: SigningAlgorithm) -> bool:
    """Whether what a key says of its own use allows it to check signatures of this algorithm."""
    operations = key.get("key_ops", ["verify"])
    return (
        key.get("alg", algorithm) == algorithm
        and key.get("use", "sig") == "sig"
        and isinstance(operations, list)
        and "verify" in operations
    )


def _may_be_used(numbers: Mapping[str, Any]) -> bool:
    if not all(isinstance(text, str) and text for text in numbers.values()):
        return False
    if "crv" in numbers:
        return bool(numbers["crv"] == "P-384")
    return FEWEST_RSA_BITS <= _bits(numbers["n"]) <= MOST_RSA_BITS


def _bits(number: str) -> int:
    """How many bits a number has that is written in base64url; 0 for what is not one."""
    try:
        decoded = base64.b64decode(number + "=" * (-len(number) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return 0
    return int.from_bytes(decoded).bit_length()
