"""What a registered client may sign, and what is refused whoever signed it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.access.client_keys import PublicKey, SigningAlgorithm, read_key_set
from service.domain.access.clients import Assertion, ClientRefusedError, Refusal
from service.domain.errors import RefusedError
from service.formats.client_assertions import check_keys, read_assertion, verify
from tests.signed_tokens import BAD_TOKENS, NOW, Signer, both_keys, ec_key, part, public, rsa_key

ENDPOINT = "https://clinic.example/smart/token"
CLIENT = "01920000-0000-7000-8000-000000000001"
SIGNER = Signer(CLIENT, ENDPOINT, CLIENT)
# Who is registered is for the action to say: here everybody is.
KNOWN_HERE = {name: bad for name, bad in BAD_TOKENS.items() if bad[1] is not Refusal.UNKNOWN_CLIENT}


def verified(token: str, keys: tuple[PublicKey, ...] | None = None, **how: Any) -> Assertion:
    sent = read_assertion(token)
    assert sent.issuer
    return verify(sent, both_keys() if keys is None else keys, ENDPOINT, NOW, **how)


def reason(token: str, **how: Any) -> Refusal:
    with pytest.raises(ClientRefusedError) as refused:
        verified(token, **how)
    return refused.value.reason


@pytest.mark.parametrize("name", KNOWN_HERE)
def test_a_bad_token_is_refused_for_its_own_reason(name: str) -> None:
    make, why = KNOWN_HERE[name]

    assert reason(make(SIGNER)) is why


@pytest.mark.parametrize("signer", [SIGNER, SIGNER.by(rsa_key(), "RS384")], ids=["ES384", "RS384"])
def test_a_good_token_is_taken_with_each_algorithm(signer: Signer) -> None:
    said = verified(signer.token(jti="one"), subject=CLIENT)

    assert said == Assertion(CLIENT, "one", NOW + timedelta(seconds=240))


@pytest.mark.parametrize(
    "token",
    [
        SIGNER.token(aud=["https://elsewhere.example", ENDPOINT]),
        SIGNER.token(iat=None),
        SIGNER.token(nbf=NOW.timestamp() - 1, iat=NOW.timestamp() - 3600),
        SIGNER.token(exp=NOW.timestamp() + 299.5),
        SIGNER.token({"typ": None}),
        SIGNER.token({"typ": "jwt"}),
        SIGNER.token({"more": "that nobody calls critical", "x5t": "AAAA"}),
        SIGNER.token(jti="x" * 255, tenant="ward 3"),
        SIGNER.token({"typ": "JWT", "kid": "ec-1"}, jti="ä"),
    ],
)
def test_what_the_standards_leave_free_is_taken(token: str) -> None:
    assert verified(token).issuer == CLIENT


def test_a_header_may_name_the_registered_address_of_the_keys_and_no_other() -> None:
    registered = "https://ehr.example/keys.json"

    assert verified(SIGNER.token({"jku": registered}), key_set_url=registered)
    assert verified(SIGNER.token(), key_set_url=registered)
    for foreign in ("https://elsewhere.example/keys.json", registered + "?", 1):
        assert reason(SIGNER.token({"jku": foreign}), key_set_url=registered) is Refusal.KEY_IN_HEADER


def test_a_token_of_somebody_else_is_refused_where_the_subject_has_to_be_the_client() -> None:
    for subject in ("somebody", None, 1, [CLIENT]):
        assert reason(SIGNER.token(sub=subject), subject=CLIENT) is Refusal.SUBJECT
        assert verified(SIGNER.token(sub=subject)).issuer == CLIENT


def test_a_key_checks_only_the_algorithm_that_it_is_for() -> None:
    only_rsa = read_key_set(public(rsa_key("ec-1")))

    assert reason(SIGNER.token(), keys=only_rsa) is Refusal.UNKNOWN_KEY
    assert reason(SIGNER.token(), keys=()) is Refusal.UNKNOWN_KEY


def test_while_keys_are_changed_both_the_old_and_the_new_one_are_taken() -> None:
    both = read_key_set(public(ec_key(), ec_key("ec-2")))

    for key in (ec_key(), ec_key("ec-2")):
        assert verified(SIGNER.by(key, "ES384").token(), keys=both)


@given(st.floats(-400, 400))
def test_a_token_is_taken_from_its_making_to_its_end_with_five_seconds_for_the_clocks(ahead: float) -> None:
    token = SIGNER.token(exp=NOW.timestamp() + ahead)

    if -5 < ahead <= 305 and abs(ahead + 5) > 1e-6:
        assert verified(token)
    elif abs(ahead + 5) > 1e-6 and abs(ahead - 305) > 1e-6:
        assert reason(token) is Refusal.EXPIRY


@given(st.binary(max_size=60), st.binary(max_size=60), st.binary(max_size=60))
def test_whatever_is_sent_is_refused_and_never_breaks_anything(one: bytes, two: bytes, three: bytes) -> None:
    for token in (b".".join((one, two, three)).decode("latin-1"), f"{part(one.hex())}.{part(two.hex())}.x"):
        with pytest.raises(ClientRefusedError):
            verified(token)


@given(st.integers(0, 10_000), st.integers(1, 63))
def test_no_sign_of_a_good_token_can_be_changed(place: int, step: int) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    token = SIGNER.token()
    at = place % len(token)
    old = token[at]
    new = alphabet[(alphabet.find(old) + step) % len(alphabet)]

    with pytest.raises(ClientRefusedError):
        verified(token[:at] + new + token[at + 1 :])


def test_numbers_that_are_no_key_are_refused_when_they_are_registered() -> None:
    good = both_keys()[0]
    off_the_curve = replace(good, numbers={**good.numbers, "x": good.numbers["y"]})
    even = PublicKey("rsa-2", SigningAlgorithm.RS384, {**both_keys()[1].numbers, "e": "Ag"})

    check_keys(both_keys())
    for wrong in (off_the_curve, even):
        with pytest.raises(RefusedError) as refused:
            check_keys((good, wrong))
        assert refused.value.faults[0].code == "key_kind"
        assert wrong.key_id in refused.value.faults[0].detail
