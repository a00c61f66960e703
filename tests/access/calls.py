"""One call of an operation: its places filled, its body, and the same call about what is not there."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.access.policy import Rule

_NOTHING = "00000000-0000-7000-8000-"
_ID = re.compile(rf"(?!{_NOTHING})[0-9a-f]{{8}}-[0-9a-f]{{4}}-7[0-9a-f]{{3}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}")
_CODE = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b")
NO_CODE = "000-000-000"
"""A code that contradicts nothing and that no sheet has."""


@dataclass(frozen=True)
class Call:
    """What is sent. ``statuses`` are the right answers where an allowed caller is not answered by 2xx or 30x.

    ``ends_session``: whoever logged in is logged out by it, so that each caller needs a session of its own.
    """

    places: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    json: Any = None
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    statuses: frozenset[int] = frozenset()
    ends_session: bool = False

    def path(self, rule: Rule) -> str:
        """The address with its places filled."""
        return rule.address.format(**self.places) + self.query

    def about_nothing(self) -> "Call":
        """The same call with every id, and every code of a sheet, changed to one that nothing has."""
        return replace(
            self,
            places={name: unheard_of(value) for name, value in self.places.items()},
            query=unheard_of(self.query),
            json=json.loads(unheard_of(json.dumps(self.json))),
            form=self.form and {name: unheard_of(value) for name, value in self.form.items()},
        )

    def names_something(self) -> bool:
        """Whether it is about one thing or more: an id, or a code."""
        return self.about_nothing() != self


def unheard_of(text: str) -> str:
    """The text with other ids and codes in it: always the same ones for the same."""
    return _CODE.sub(NO_CODE, _ID.sub(_other_id, text))


def _other_id(found: re.Match[str]) -> str:
    digest = sha256(found[0].encode()).hexdigest()
    return f"{_NOTHING}{digest[:12]}"


@dataclass(frozen=True)
class Shown:
    """What a caller shows at the door: a bearer's secret and cookies, by their plain names."""

    bearer: str | None = None
    cookies: Mapping[str, str] = field(default_factory=dict)


def send(app: Flask, rule: Rule, call: Call, shown: Shown, **headers: str) -> TestResponse:
    """The answer to a call. Over TLS, as browsers hold the cookies of production only there."""
    sent = {"X-Request-Id": "the-same", **call.headers, **headers}
    if shown.bearer is not None:
        sent["Authorization"] = f"Bearer {shown.bearer}"
    if shown.cookies:
        sent["Cookie"] = "; ".join(f"__Host-{name}={value}" for name, value in shown.cookies.items())
    client = app.test_client(use_cookies=False)
    return client.open(
        call.path(rule),
        method=rule.method,
        base_url="https://localhost",
        headers=sent,
        json=call.json,
        data=call.form,
        buffered=True,
    )
