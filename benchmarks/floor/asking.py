"""One request: who asks, when, and what the answer is made with."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benchmarks.floor.database import Database
from benchmarks.floor.guidance import FixedParts

Answer = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose key it is, and what its clinic says of sheets. Ids are as the database has them."""

    clinic: Any
    id: Any
    name: str
    role: str
    paper: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a known caller; ``guidance`` keeps what each published version gives to a sheet.

    ``audit_key`` signs the audit events.
    """

    database: Database
    caller: Caller
    now: datetime
    request_id: str
    guidance: dict[Any, FixedParts]
    audit_key: bytes


def links(checklist_id: str) -> dict[str, str]:
    """Where a checklist is to be had."""
    address = f"/v1/checklists/{checklist_id}"
    return {"self": address, "html": f"{address}.html", "pdf": f"{address}.pdf"}
