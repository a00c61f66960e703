"""Every address of the service with its places filled, and what every answer has to hold to."""

import re
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version

from flask import Flask
from werkzeug.test import TestResponse

PUBLIC = re.compile(r"/(?:static|docs)(?:/|$)")
_PLACE = re.compile(r"<(?:(\w+)(?:\(([^)]*)\))?:)?(\w+)>")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
_INSIDE = re.compile(
    r'Traceback|File "|\.py\b|/site-packages/|\bSELECT\b|\bINSERT INTO\b|\bUPDATE \w+ SET\b|\bWHERE\b'
    r"|[a-z]Error\b|[a-z]Exception\b"
    r"|(?i:sqlalchemy|psycopg|sqlite|postgres|werkzeug|flask|granian|jinja|marshmallow)"
)
_RANDOM = re.compile(r'name="(?:csrf_token|-once)" value="[^"]*"')
_VERSIONS = tuple(
    version(name) for name in ("flask", "werkzeug", "granian", "sqlalchemy", "marshmallow", "jinja2")
)


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Method and address of everything that there is, HEAD and OPTIONS too."""
    for rule in app.url_map.iter_rules():
        path = _PLACE.sub(_filled, rule.rule)
        yield from ((method, path) for method in sorted(rule.methods or ()))


def _filled(place: re.Match[str]) -> str:
    kind, choices, _ = place.groups()
    if kind == "any":
        return choices.partition(",")[0]
    return {"uuid": "01920000-0000-7000-8000-000000000000", "int": "1"}.get(kind or "", "x")


def faults_of(answer: TestResponse) -> list[str]:
    """What an answer lacks, or gives away. What is not everybody's is never to be stored."""
    headers = answer.headers
    where = f"{answer.request.method} {answer.request.path} {answer.status_code}"
    found = [f"{name} is not {value}" for name, value in _HEADERS.items() if headers.get(name) != value]
    # EHRs in a browser call CDS Hooks from their own host; nothing else is for another host's pages.
    sharing = "cross-origin" if answer.request.path.startswith("/cds-services") else "same-origin"
    found += [] if headers.get("Cross-Origin-Resource-Policy") == sharing else [f"sharing is not {sharing}"]
    found += _faults_of_policy(headers.get("Content-Security-Policy", ""))
    if not (PUBLIC.match(answer.request.path) and answer.status_code < 400):
        found += [] if headers.get("Cache-Control") == "no-store" else ["it may be stored"]
    if not headers.get("X-Request-Id"):
        found.append("no request id")
    named = Counter(name.lower() for name, _ in headers)
    found += [f"{name} stands twice" for name, times in named.items() if times > 1 and name != "set-cookie"]
    if answer.request.scheme == "https" and "max-age=31536000" not in headers.get(
        "Strict-Transport-Security", ""
    ):
        found.append("nothing holds to TLS")
    found += [
        f"{name} names what it runs on" for name in ("Server", "X-Powered-By", "Via") if name in headers
    ]
    if answer.status_code >= 400:
        found += _given_away(answer)
    return [f"{where}: {fault}" for fault in found]


def _faults_of_policy(policy: str) -> list[str]:
    told = {
        name: value for name, _, value in (part.strip().partition(" ") for part in policy.split(";")) if name
    }
    found = [f"{name} is not {value}" for name, value in _POLICY.items() if told.get(name) != value]
    return found + [f"the policy has {word}" for word in ("unsafe-", "*", "http") if word in policy]


def _given_away(answer: TestResponse) -> list[str]:
    """Words of the inside in an error, and an error that does not carry its request's id."""
    body = answer.get_data(as_text=True)
    kept = [f"{name}: {value}" for name, value in answer.headers if name != "Set-Cookie"]
    text = "\n".join((_RANDOM.sub("", body), *kept))
    found = [f"it says {word[0]!r}" for word in _INSIDE.finditer(text)]
    found += [f"it says {number!r}" for number in _VERSIONS if number in text]
    if answer.content_type == "application/problem+json" and body:
        same = answer.get_json()["request_id"] == answer.headers["X-Request-Id"]
        found += [] if same else ["its request id is another one"]
    return found
