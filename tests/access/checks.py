"""What is wrong with who may do what: the checks that the tests run on the service, and on planted faults."""

import re
from collections.abc import Iterable, Mapping

from werkzeug.test import TestResponse

from tests.access.calls import Call, unheard_of
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW, PRINTED
from tests.access.policy import RULES, Kind, May, Rule

NOT_FOUND = 404
_EACH_TIME = ("Date", "Set-Cookie", "Content-Length")
# Logs out, and leads to the link that is sent along: whose it is is no question before it is opened.
_LOOKS_FOR_NOTHING = "POST /patients/{patient_id}/intake-links/hand-over"
_TOKENS = re.compile(r'name="(?:csrf_token|-once)" value="[^"]*"')
_NAMED = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # an id
    r"|[0-9a-f]{8}-[0-9]{5}\b"  # a patient's number
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+\+00:00"  # an instant
    r"|\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b"  # the code of a sheet
)


def disagreements(clinic: FilledClinic, operation: str) -> list[str]:
    """Callers who are answered otherwise than the table says; hopefully none.

    Who is refused comes first, with a call that is then good for the first who is not.
    """
    rule = RULES[operation]
    call = HOW[operation](clinic)
    found = []
    for kind in sorted(rule.cells, key=lambda one: rule.cells[one] is not May.NO):
        if rule.cells[kind] is May.NO:
            answer, wanted = clinic.ask(operation, kind, call), sorted(rule.refusals(kind))
            right = answer.status_code in wanted and _led_to_log_in(answer) is (answer.status_code == 302)
        else:
            answer, wanted = clinic.ask(operation, kind, call), sorted(call.statuses) or ["2xx", "30x"]
            right = _succeeded(rule, call, answer)
            call = HOW[operation](clinic)
        if not right:
            found.append(f"{operation} as {kind}: {answer.status_code}, not {wanted}; {answer.data[:300]!r}")
    return found


def _succeeded(rule: Rule, call: Call, answer: TestResponse) -> bool:
    if call.statuses:
        return answer.status_code in call.statuses
    to_log_in = _led_to_log_in(answer) and rule.address not in ("/log-out", "/password", "/language")
    return 200 <= answer.status_code < 304 and not to_log_in


def _led_to_log_in(answer: TestResponse) -> bool:
    return answer.headers.get("Location", "").startswith("/log-in")


def still_opened(
    clinic: FilledClinic, secrets: Mapping[str, str], operations: Iterable[str] = RULES
) -> list[str]:
    """Operations that are not open and that one of these opens, as a bearer's secret or in a cookie."""
    found = []
    for operation in operations:
        rule = RULES[operation]
        if rule.is_open:
            continue
        call = HOW[operation](clinic)
        for name, secret in secrets.items():
            answer = clinic.ask_with(secret, operation, call)
            if answer.status_code not in rule.refusals(Kind.NOBODY):
                found.append(f"{operation} with {name}: {answer.status_code}")
    return found


def leaks(theirs: FilledClinic, ours: FilledClinic, operation: str) -> list[str]:
    """How callers of the one clinic are told something of the other; hopefully in no way.

    A call about a thing of the other clinic is to be answered like one about nothing; any other names nothing
    of that clinic.
    """
    call, found = about_a_thing(operation, ours), []
    for kind in RULES[operation].allowed():
        if call is None:
            found += mentions(theirs, ours, operation, kind)
            continue
        about_nothing = theirs.ask(operation, kind, call.about_nothing())
        found += _unlike(theirs.ask(operation, kind, call), about_nothing, f"{operation} as {kind}")
        if _names_one_thing(operation, call) and about_nothing.status_code != NOT_FOUND:
            found.append(f"{operation} as {kind}: {about_nothing.status_code}, not 404")
    return found


def about_a_thing(operation: str, clinic: FilledClinic) -> Call | None:
    """The operation asked for about a thing of the clinic; None where it is about no single thing."""
    call = {**HOW, **PRINTED}[operation](clinic)
    return call if call.names_something() else None


def mentions(theirs: FilledClinic, ours: FilledClinic, operation: str, kind: Kind) -> list[str]:
    """Whether an answer to the one clinic has a word of the other in it."""
    answer = theirs.ask(operation, kind, HOW[operation](theirs))
    named = [word for word in (ours.tag, ours.name, ours.sheet.patient) if word.encode() in answer.data]
    return [f"{operation} as {kind}: names {word} of another clinic" for word in named]


def told_apart(clinic: FilledClinic, operation: str, kind: Kind, call: Call, other: Call) -> list[str]:
    """How two calls are answered otherwise: by status, headers or bytes, but for what each of them names."""
    answers = [clinic.ask(operation, kind, asked) for asked in (call, other)]
    return _unlike(answers[0], answers[1], f"{operation} as {kind}")


def _unlike(answer: TestResponse, other: TestResponse, name: str) -> list[str]:
    one, two = plain(answer), plain(other)
    return [] if one == two else [f"{name}: {str(one)[:600]}, not {str(two)[:600]}"]


def plain(answer: TestResponse) -> tuple[object, ...]:
    """All of an answer but what is another each time, with every id, number and code made the same."""
    headers = {name: _same(value) for name, value in answer.headers if name not in _EACH_TIME}
    return answer.status_code, headers, _same(answer.data.decode(errors="replace"))


def _same(text: str) -> str:
    return _NAMED.sub("…", _TOKENS.sub("", text))


def _names_one_thing(operation: str, call: Call) -> bool:
    """Whether the address itself names a thing that is looked for: a search only finds nothing."""
    named = any(unheard_of(value) != value for value in call.places.values()) or operation == "GET /code"
    return named and operation != _LOOKS_FOR_NOTHING
