"""FHIR's JSON is parsed as strictly as any body, and its numbers stay as they are written."""

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
