"""The policy table as a person reads it in docs/access.md, and what its words mean on the wire."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask

from tests.docs.markdown import table

PAGE = "docs/access.md"
API = ("/v1", "/fhir", "/cds-services", "/smart")


class Kind(StrEnum):
    """A kind of caller: a column of the table."""

    NOBODY = "nobody"
    INTAKE = "intake key"
    EHR = "EHR key"
    ADMINISTRATOR_KEY = "administrator key"
    NURSE = "nurse"
    ADMINISTRATOR = "administrator"
    CLIENT = "client"
    OTHER_CLIENT = "other client"
    LINK = "link"
    DEVICE = "device"


STAFF = frozenset({Kind.NURSE, Kind.ADMINISTRATOR})
UNKNOWN_TO_THE_API = frozenset({Kind.NOBODY, Kind.LINK, Kind.DEVICE})


class May(StrEnum):
    """What stands in a cell."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True)
class Rule:
    """A row: an operation, who may do it, and the scopes that a client needs for it, all of them."""

    method: str
    address: str
    cells: Mapping[Kind, May]
    scopes: tuple[str, ...]

    @property
    def operation(self) -> str:
        return f"{self.method} {self.address}"

    @property
    def is_page(self) -> bool:
        """Whether it is a page, or a form of one: such a post needs the token of a form."""
        return not self.address.startswith(API)

    @property
    def is_open(self) -> bool:
        return set(self.cells.values()) == {May.OPEN}

    def allowed(self) -> Iterator[Kind]:
        """Who may do it."""
        return (kind for kind, may in self.cells.items() if may is not May.NO)

    def refusals(self, kind: Kind) -> frozenset[int]:
        """How a caller of this kind is refused; a page leads who is not known to the log-in."""
        if self.address.startswith("/form/"):
            return frozenset({404})
        if self.address.startswith("/cds-services") or self.address == "/v1/sessions/current":
            return frozenset({401})
        if self.is_page:
            not_known = 302 if self.method == "GET" else 401
            return frozenset({403 if kind in STAFF else not_known})
        return frozenset({401 if kind in UNKNOWN_TO_THE_API else 403})


def _rule(row: Mapping[str, str]) -> Rule:
    method, address = row["operation"].split(" ")
    cells = {kind: May(row[kind]) for kind in Kind}
    return Rule(method, address, cells, tuple(row["scope"].replace("`", "").split()))


RULES = {row["operation"]: _rule(row) for row in table(PAGE, "Who may do what")}


def operations_of(app: Flask) -> dict[str, str]:
    """Every operation of the application, with places for ids, by the name of its view."""
    return {
        f"{method} {_written(rule.rule)}": rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }


def _written(address: str) -> str:
    """``/v1/patients/<uuid:patient_id>`` as ``/v1/patients/{patient_id}``."""
    return re.sub(r"<(?:[a-z]+(?:\([^)]*\))?:)?([a-z_]+)>", r"{\1}", address)


def differences(app: Flask, known: Mapping[str, object]) -> list[str]:
    """Operations that the application has and ``known`` lacks, or the other way round; hopefully none."""
    served = operations_of(app).keys()
    missing = [f"not in the table: {operation}" for operation in served - known.keys()]
    return sorted(missing + [f"not served: {operation}" for operation in known.keys() - served])
