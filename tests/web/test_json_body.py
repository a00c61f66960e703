"""Bodies that cannot be read are refused whole, with a reason, and leave nothing behind."""

import json

import pytest

from service.formats.json_text import BodyRefusedError, parse_json
from tests.web.conftest import ClinicOfTests
from tests.web.lists import posted

GOOD = json.dumps(posted("Water")).encode()
DEEP = 100_000


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "not_json"),
        (b"{", 400, "not_json"),
        (GOOD[:-1], 400, "not_json"),
        (GOOD + b"{}", 400, "not_json"),
        (b'{"items": NaN}', 400, "not_json"),
        (b'{"items": -Infinity}', 400, "not_json"),
        (b'{"items": [], "items": []}', 400, "duplicate_key"),
        (b'{"patient": {"name": "a", "name": "b"}}', 400, "duplicate_key"),
        (b'{"items": ' + b"9" * 5000 + b"}", 400, "number_too_long"),
        (b'{"items": 0.' + b"9" * 5000 + b"}", 400, "number_too_long"),
        (b'{"items": ' + b"[" * DEEP + b"]" * DEEP + b"}", 400, "too_deep"),
        (b'{"a":' * DEEP, 400, "too_deep"),
        (b'{"items": "\xff"}', 400, "not_utf8"),
        (b'{"items": "\xed\xa0\x80"}', 400, "not_utf8"),
        (b"[]", 422, "invalid"),
        (b'"text"', 422, "invalid"),
        (b"null", 422, "invalid"),
        (b"7", 422, "invalid"),
        (b'{"patient": "x", "items": {}}', 422, "invalid"),
        (b'{"patient": {"identifier": []}, "items": ["x", 5, null, [[]]]}', 422, "invalid"),
        (b'{"patient": null, "categories": [], "informant": 5, "treatment": "x"}', 422, "invalid"),
        (b" " * (21 * 1024 * 1024), 413, "too_large"),
    ],
    ids=lambda value: repr(value)[:40] if isinstance(value, bytes) else str(value),
)
def test_a_body_that_cannot_be_read_is_refused_and_nothing_is_kept(
    clinic: ClinicOfTests, body: bytes, status: int, code: str
) -> None:
    refused = clinic.ehr.post("/v1/intake", data=body, content_type="application/json")

    assert (refused.status_code, refused.get_json()["code"]) == (status, code)
    assert refused.content_type == "application/problem+json"
    assert clinic.ehr.get("/v1/patients").get_json()["items"] == []


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_media_type_is_refused(clinic: ClinicOfTests, media_type: str) -> None:
    refused = clinic.ehr.post("/v1/intake", data=GOOD, content_type=media_type)

    assert refused.status_code == 415


def test_brackets_inside_strings_are_no_depth() -> None:
    text = "[{" * 100 + '\\"' + "}]"

    assert parse_json(json.dumps({"a": text}).encode()) == {"a": text}


def test_thirty_two_levels_are_read_and_thirty_three_are_not() -> None:
    parse_json(b"[" * 32 + b"]" * 32)

    with pytest.raises(BodyRefusedError):
        parse_json(b"[" * 33 + b"]" * 33)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a\nb", "line_break"),
        ("a\x00b", "control_character"),
        ("a\u202eb", "direction_control"),
        ("\u200b\u200b", "invisible"),
        ("\u3164", "invisible"),
        ("a" * 1001, "too_long"),
        ("\u200dab", "stray_joiner"),
    ],
)
def test_a_name_that_could_mislead_is_refused_with_its_pointer(
    clinic: ClinicOfTests, name: str, code: str
) -> None:
    refused = clinic.ehr.post("/v1/intake", posted("Water", name))

    assert refused.status_code == 422
    errors = refused.get_json()["errors"]
    assert [(error["pointer"], error["code"]) for error in errors] == [("/items/1/name", code)]


def test_half_a_surrogate_pair_is_refused_with_its_pointer(clinic: ClinicOfTests) -> None:
    body = json.dumps(posted("Water")).replace("Water", "\\ud800").encode()

    refused = clinic.ehr.post("/v1/intake", data=body, content_type="application/json")

    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/items/0/name"
