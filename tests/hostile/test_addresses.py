"""Whatever stands in an address, a query or a header, the service answers and shows nothing of the inside."""

from dataclasses import replace

import pytest

from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Kind

NOT_UTF8 = ("%ff", "a%ffb", "%ed%a0%80", "%c0%af", "%e2%82", "%f4%90%80%80")
ODD = (
    *("%00", "a%00b", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "%5c..%5c", "x" * 3000, "'"),
    *("%27%20OR%201=1", "%0d%0aSet-Cookie:%20a=b", "%e2%80%ae", "%25", "%u0041", "9" * 30, "-1", "1e9"),
    *("%D9%A3", "{}", "$where", "__proto__", "a;b", "*", "%ef%bb%bf", "%f3%a0%81%81", "0" * 36),
)
PEOPLE = (Kind.NURSE, Kind.ADMINISTRATOR)
IN_PLACES = {
    "GET /v1/treatments/{treatment_id}": "treatment_id",
    "GET /v1/checklists/by-code/{code}": "code",
    "GET /v1/patients/{patient_id}": "patient_id",
    "PUT /v1/patients/{patient_id}/medication-list/categories/{category}": "category",
    "PUT /v1/checklists/{checklist_id}/lines/{line}/mark": "line",
    "POST /v1/checklists/{checklist_id}/sections/{section}/sign-offs": "section",
    "GET /fhir/List/{list_id}": "list_id",
    "GET /fhir/Provenance/{provenance_id}": "provenance_id",
    "GET /fhir/QuestionnaireResponse/{named}": "named",
    "GET /fhir/{resource_type}": "resource_type",
    "POST /cds-services/{service_id}": "service_id",
    "GET /patients/{patient_id}/versions/{version}": "version",
    "GET /patients/{patient_id}/categories/{category}": "category",
    "POST /checklists/{checklist_id}/sections/{section}": "section",
    "GET /intake-forms/{form_id}/{category}/items/{key}": "key",
    "GET /intake/{secret}": "secret",
    "POST /intake/{secret}": "secret",
    "GET /static/pages/{name}": "name",
    "GET /static/fonts/{face}.ttf": "face",
    "GET /docs/assets/{name}": "name",
}
IN_QUERIES = {
    "GET /v1/patients": ("identifier", "cursor", "limit"),
    "GET /v1/audit-events": ("patient_id", "cursor"),
    "GET /v1/worklist": ("date",),
    "GET /v1/patients/{patient_id}/medication-list": ("version",),
    "GET /v1/patients/{patient_id}/medication-list/difference": ("from",),
    "GET /v1/patients/{patient_id}/medication-list/versions": ("cursor",),
    "GET /v1/patients/{patient_id}/checklists": ("cursor",),
    "GET /fhir/Patient": ("identifier", "_id", "_cursor", "_count", "_format"),
    "GET /fhir/List": ("patient", "code", "status", "_id", "_cursor"),
    "GET /fhir/Provenance": ("target", "patient"),
    "GET /fhir/Questionnaire": ("url", "_language"),
    "GET /": ("date",),
    "GET /code": ("code",),
    "GET /log-in": ("to",),
    "GET /administration/audit": ("patient_id", "before"),
    "GET /patients/{patient_id}/history": ("before",),
    "GET /patients/{patient_id}/difference": ("from", "to"),
    "GET /patients/{patient_id}/items/new": ("category",),
    "GET /intake/{secret}": ("language",),
}


def who(operation: str) -> Kind:
    allowed = list(RULES[operation].allowed())
    return next((kind for kind in PEOPLE if kind in allowed), allowed[-1])


@pytest.mark.parametrize("operation", IN_PLACES)
def test_nothing_in_a_place_of_an_address_breaks_the_service(ours: FilledClinic, operation: str) -> None:
    call, place = HOW[operation](ours), IN_PLACES[operation]
    for text in (*ODD, *NOT_UTF8):
        answer = ours.ask(operation, who(operation), replace(call, places={**call.places, place: text}))
        assert answer.status_code < 500, (text, answer.data[:200])
        assert "Set-Cookie: a=b" not in str(answer.headers), text
        assert b"root:" not in answer.data, text


@pytest.mark.parametrize("operation", IN_QUERIES)
def test_nothing_in_a_query_breaks_the_service(ours: FilledClinic, operation: str) -> None:
    call = HOW[operation](ours)
    for name in IN_QUERIES[operation]:
        for text in (*ODD, *NOT_UTF8):
            answer = ours.ask(operation, who(operation), replace(call, query=f"?{name}={text}"))
            assert answer.status_code < 500, (name, text, answer.data[:200])
            if text in NOT_UTF8:
                assert answer.status_code == 400, (name, text)


@pytest.mark.parametrize("operation", ["GET /v1/patients", "GET /fhir/Patient", "GET /code", "GET /log-in"])
def test_a_query_of_ten_thousand_parameters_breaks_nothing(ours: FilledClinic, operation: str) -> None:
    call = replace(HOW[operation](ours), query="?" + "&".join(f"a{number}=" for number in range(10_000)))
    answer = ours.ask(operation, who(operation), call)
    assert answer.status_code < 500
    assert len(answer.data) < 1_000_000


ODD_HEADERS = {
    "Accept": ("*" * 5000, ";q=x", "text/html;q=1e400", ",,,", "a/b/c", "\xff"),
    "Accept-Language": ("x" * 5000, "zz-ZZ-zz;q=nan", ",;,", "*", "\xff", "en;q=1e400"),
    "Idempotency-Key": ("", "x" * 256, "\xff", "a b", "\x7f"),
    "If-Match": ("", "*, *", '"', "W/", '"' + "9" * 5000 + '"', "\xff", "x" * 5000),
    "Prefer": ("handling", "=;=", "return=" + "x" * 5000, "\xff"),
    "Authorization": ("Bearer \xff", "Bearer " + "x" * 5000, "Bearer a b", "\xff", "Basic eDp5", "Bearer"),
    "Cookie": ("=", ";;;", "__Host-session=\xff; __Host-page=x; __Host-form=\xff", "a" * 5000),
    "X-Request-Id": ("\xff", "x" * 5000, "<b>"),
    "Content-Type": ("application/json; charset=utf-16", "application/json;" * 500, "/", "\xff", "a/b+json"),
    "Content-Encoding": ("gzip", "identity", "x"),
    "X-HTTP-Method-Override": ("DELETE",),
    "X-Forwarded-Host": ("evil.example",),
    "Host": ("evil.example", "a@b", "[::1", "\xff"),
}
ASKED = (
    *("POST /v1/intake", "PATCH /v1/patients/{patient_id}", "GET /v1/checklists/{checklist_id}"),
    *("POST /fhir/Patient", "GET /fhir/List", "POST /smart/token", "GET /", "GET /log-in"),
)


@pytest.mark.parametrize("kept_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ODD_HEADERS)
def test_nothing_in_a_header_breaks_the_service(ours: FilledClinic, name: str) -> None:
    for operation in ASKED:
        call = HOW[operation](ours)
        for value in ODD_HEADERS[name]:
            answer = ours.ask(operation, who(operation), replace(call, headers={}), **{name: value})
            assert answer.status_code < 500, (operation, value[:20], answer.data[:200])
            assert b"evil.example" not in answer.data
            assert "evil.example" not in str(answer.headers)
