"""Which keys a client may register: public ones, for the two algorithms, each under a name of its own."""

from typing import Any

import pytest

from service.domain.access.client_keys import MOST_KEYS, SigningAlgorithm, read_key_set
from service.domain.errors import RefusedError
from tests.signed_tokens import ec_key, public, rsa_key

EC, RSA = public(ec_key(), rsa_key())["keys"]


def codes(document: object) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        read_key_set(document)
    assert {fault.pointer for fault in refused.value.faults} == {"/jwks"}
    return [fault.code for fault in refused.value.faults]


def test_of_a_key_is_kept_what_a_signature_is_checked_with_and_nothing_else() -> None:
    first, second = read_key_set({"keys": [EC | {"use": "sig", "x5c": ["MIIB"], "more": 1}, RSA]})

    assert (first.key_id, first.algorithm) == ("ec-1", SigningAlgorithm.ES384)
    assert dict(first.numbers) == {name: EC[name] for name in ("crv", "x", "y")}
    assert (second.key_id, second.algorithm) == ("rsa-1", SigningAlgorithm.RS384)
    assert second.document == RSA | {"alg": "RS384"}
    assert read_key_set({"keys": [first.document, second.document]}) == (first, second)


@pytest.mark.parametrize(
    "secret",
    [
        ec_key().as_dict(private=True),
        rsa_key().as_dict(private=True),
        EC | {"d": None},
        {"kty": "oct", "kid": "one", "k": "c2VjcmV0"},
        {"kty": "oct", "kid": "one"},
    ],
)
def test_a_secret_key_is_refused_so_that_it_is_never_kept(secret: dict[str, Any]) -> None:
    assert codes({"keys": [EC, secret]}) == ["private_key"]


@pytest.mark.parametrize(
    "key",
    [
        public(ec_key("ec-256", "P-256"))["keys"][0],
        public(ec_key("ec-521", "P-521"))["keys"][0],
        EC | {"alg": "ES256"},
        RSA | {"alg": "RS256"},
        RSA | {"alg": "ES384"},
        EC | {"use": "enc"},
        EC | {"key_ops": ["encrypt"]},
        EC | {"key_ops": "verify"},
        EC | {"x": ""},
        EC | {"x": 1},
        {name: EC[name] for name in ("kty", "kid", "crv", "x")},
        RSA | {"n": RSA["n"][:300]},
        RSA | {"n": "ä" + RSA["n"]},
        RSA | {"n": RSA["n"] * 5},
        {"kty": "OKP", "kid": "one", "crv": "Ed25519", "x": "AAAA"},
        {"kty": ["EC"], "kid": "one"},
        {"kid": "one"},
    ],
)
def test_a_key_that_could_never_be_used_is_refused(key: dict[str, Any]) -> None:
    assert codes({"keys": [key]}) == ["key_kind"]


@pytest.mark.parametrize("key_id", [None, "", 1, "x" * 256, "a\nb", ["ec-1"]])
def test_a_key_has_a_name(key_id: object) -> None:
    assert codes({"keys": [EC | {"kid": key_id}]}) == ["key_id"]


def test_two_keys_cannot_have_one_name() -> None:
    assert codes({"keys": [EC, RSA | {"kid": EC["kid"]}]}) == ["key_id"]


@pytest.mark.parametrize(
    "document",
    [None, [], [EC], {}, {"keys": []}, {"keys": EC}, EC, {"keys": [EC] * (MOST_KEYS + 1)}, {"keys": ["x"]}],
)
def test_what_is_no_key_set_is_refused(document: object) -> None:
    assert codes(document) == ["key_set"]


def test_every_fault_is_told_with_the_place_of_its_key() -> None:
    with pytest.raises(RefusedError) as refused:
        read_key_set({"keys": [EC, {"kid": "one"}, ec_key().as_dict(private=True)]})

    assert [fault.detail.partition(" is ")[0] for fault in refused.value.faults] == ["Key 2", "Key 3"]
