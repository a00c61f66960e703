"""FHIR's JSON is parsed as strictly as any body, and its numbers stay as they are written."""

import json

import pytest

from service.formats.fhir.parsing import parse_fhir
from service.formats.json_text import BodyRefusedError, WrittenNumber, parse_json


def test_a_number_keeps_its_digits() -> None:
    body = b'{"a": 1.50, "b": 2, "c": 1E3, "d": -0.0}'

    assert parse_fhir(body) == {
        "a": WrittenNumber("1.50"),
        "b": 2,
        "c": WrittenNumber("1E3"),
        "d": WrittenNumber("-0.0"),
    }
    assert parse_json(body)["a"] == 1.5


@pytest.mark.parametrize(
    "body", [b"[]", b'"x"', b"1.50", b"null", b"", b"{", b'{"a": NaN}', b'{"a": 1, "a": 1}']
)
def test_what_is_no_resource_is_refused(body: bytes) -> None:
    with pytest.raises(BodyRefusedError) as refused:
        parse_fhir(body)

    assert refused.value.status == 400


def test_a_number_of_too_many_signs_is_refused() -> None:
    with pytest.raises(BodyRefusedError):
        parse_fhir(b'{"a": 0.' + b"1" * 64 + b"}")


@pytest.mark.parametrize("half", ["\\ud800", "\\uDBFF", "\\udc00", "\\uDfFf", "a\\uD83Db"])
def test_half_a_surrogate_pair_in_a_key_is_refused_however_deep(half: str) -> None:
    with pytest.raises(BodyRefusedError) as refused:
        parse_fhir(f'{{"a": [{{"{half}": 1}}]}}'.encode())

    assert refused.value.code == "not_utf8"


@pytest.mark.parametrize("key", ["\\ud83d\\uDE00", "\\\\ud800", "\\ud7ff", "\\ue000"])
def test_what_is_no_half_of_a_pair_may_stand_in_a_key(key: str) -> None:
    assert parse_fhir(f'{{"{key}": "\\ud800"}}'.encode()) == {json.loads(f'"{key}"'): "\ud800"}


def test_the_same_key_twice_is_refused_beside_half_a_pair_too() -> None:
    with pytest.raises(BodyRefusedError) as refused:
        parse_fhir(b'{"a": "\\ud800", "b": {"c": 1, "c": 1}}')

    assert refused.value.code == "duplicate_key"
