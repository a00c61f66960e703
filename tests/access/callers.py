"""A clinic's callers, one of each kind, each showing what is its own at the door."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import count
from secrets import token_urlsafe
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from service.actions.clock import utc_now
from service.actions.sessions import hand_over
from service.domain.access.permissions import Role
from service.store.database import Database, Reach
from tests.access.calls import Call, Shown, send
from tests.access.policy import RULES, Kind, Rule
from tests.access.scopes import covering, everything_but
from tests.people import add_person
from tests.signed_tokens import Signer
from tests.web.conftest import PASSWORD, ClinicOfTests, make_clinic
from tests.web.registered import Registered, administrator_of, register

NO_FORM = "00000000-0000-7000-8000-000000000000"
_ROLES = {Kind.NURSE: Role.NURSE, Kind.ADMINISTRATOR: Role.ADMINISTRATOR}


class Callers:
    """What a property gives stays the same; what a method makes is new each time."""

    def __init__(self, app: Flask, database: Database, name: str) -> None:
        self.app, self.database, self.name = app, database, name
        self.known: ClinicOfTests = make_clinic(app, database, name)
        self.browser = token_urlsafe(32)
        self._count = count(1)
        self._page, self.csrf = self._form_token()
        self._tokens: dict[str, str] = {}
        self._devices: dict[str, str] = {}

    @property
    def tag(self) -> str:
        """A word of the clinic's own, for names that no two clinics share."""
        return self.known.id.hex[-8:]

    def number(self) -> str:
        """A number that nobody has yet."""
        return f"{self.tag}-{next(self._count):05d}"

    def ask(self, operation: str, kind: Kind, call: Call, **headers: str) -> TestResponse:
        """The answer to a caller of this kind."""
        return self.ready(operation, kind, call, **headers)()

    def ready(self, operation: str, kind: Kind, call: Call, **headers: str) -> Callable[[], TestResponse]:
        """The same, when it is called: who has to log in for it has done so."""
        rule = RULES[operation]
        shown = self.shown(kind, rule, call)
        return partial(send, self.app, rule, self._filled_in(rule, call), shown, **headers)

    def ask_with(self, secret: str, operation: str, call: Call) -> TestResponse:
        """The answer to somebody who shows this, as a bearer's secret and in the cookies."""
        shown = Shown(secret, {"page": self._page, "session": secret, "form": secret})
        return send(self.app, RULES[operation], self._filled_in(RULES[operation], call), shown)

    def _filled_in(self, rule: Rule, call: Call) -> Call:
        """A page's form with its token: without one it is refused, whoever sends it."""
        if not rule.is_page or call.form is None:
            return call
        return replace(call, form={**call.form, "csrf_token": self.csrf})

    def shown(self, kind: Kind, rule: Rule, call: Call) -> Shown:
        """What a caller shows at every door it comes to: also where it is of no use."""
        if kind is Kind.NOBODY:
            return Shown(None, {"page": self._page})
        if kind is Kind.LINK:
            cookies = {"page": self._page, "form": self.browser, "session": self.browser}
            return Shown(self.browser, cookies)
        if kind is Kind.DEVICE:
            bound = self._handed_over(call.places.get("form_id", NO_FORM))
            return Shown(bound, {"page": self._page, "handed": bound, "session": bound})
        own = call.ends_session and kind in _ROLES
        secret = (
            self.new_session(kind) if own else self.secret(kind, rule, rule.address.format(**call.places))
        )
        return Shown(secret, {"page": self._page, "session": secret})

    def secret(self, kind: Kind, rule: Rule, path: str) -> str:
        """The key or the token of a caller."""
        keys = {
            Kind.INTAKE: self.known.intake.secret,
            Kind.EHR: self.known.ehr.secret,
            Kind.ADMINISTRATOR_KEY: self.known.administrator.secret,
        }
        if kind in keys:
            return keys[kind]
        if kind in _ROLES:
            return self._sessions[kind]
        if rule.address.startswith("/cds-services"):
            return self._signed(kind, path)
        return self.token(covering(rule.scopes) if kind is Kind.CLIENT else everything_but(rule.scopes))

    def new_member(self, kind: Kind) -> tuple[str, str]:
        """The log-in of another member of staff, and the id."""
        login = f"{kind}.{self.number()}"
        with self.database.transaction(Reach.ALL) as connection:
            now, role = datetime.now(UTC), _ROLES[kind]
            member = add_person(connection, self.known.id, role, login, f"Test {kind}", PASSWORD, now)
        return login, str(member.id)

    def new_session(self, kind: Kind) -> str:
        """The token of somebody who has just logged in."""
        return self.session_of(self.new_member(kind)[0])

    def session_of(self, login: str) -> str:
        sent = {"login": login, "password": PASSWORD}
        return str(self.app.test_client().post("/v1/sessions", json=sent).get_json()["token"])

    def token(self, scopes: str) -> str:
        """An access token of the client that was granted these scopes."""
        if scopes not in self._tokens:
            self._tokens[scopes] = self.client.caller(scopes).secret
        return self._tokens[scopes]

    @cached_property
    def client(self) -> Registered:
        """A system that was given scopes, and an issuer for CDS Hooks."""
        return self.new_client(issuer=f"https://{self.tag}.example/fhir")

    @cached_property
    def other_client(self) -> Registered:
        """A system without an issuer."""
        return self.new_client()

    def new_client(self, issuer: str | None = None) -> Registered:
        door = administrator_of(self.database, self.known, utc_now)
        return register(self.app, door, name=f"EHR {self.number()}", issuer=issuer)

    @cached_property
    def _sessions(self) -> dict[Kind, str]:
        return {kind: self.new_session(kind) for kind in _ROLES}

    def _handed_over(self, form_id: str) -> str:
        """What a device holds that somebody handed over for this form."""
        if form_id not in self._devices:
            session = self.new_session(Kind.NURSE)
            bound = hand_over(self.database, session, UUID(form_id), utc_now())
            assert bound is not None
            self._devices[form_id] = bound
        return self._devices[form_id]

    def _signed(self, kind: Kind, path: str) -> str:
        """A token for this address: under the issuer's name, or under the id of who has none."""
        issuer = self.client.client.issuer if kind is Kind.CLIENT else str(self.other_client.client.id)
        return Signer(str(issuer), f"http://localhost{path}", now=utc_now()).token()

    def _form_token(self) -> tuple[str, str]:
        """The signed cookie of a browser, and the token that its forms carry."""
        page = self.app.test_client().get("/log-in", base_url="https://localhost")
        cookie = next(c for c in page.headers.getlist("Set-Cookie") if c.startswith("__Host-page="))
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
        assert token is not None
        return cookie.partition("=")[2].partition(";")[0], token[1]
