"""A clinic: whose patients, staff, keys and guidance belong together and are kept apart from all others."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.patients import Paper


@dataclass(frozen=True, slots=True)
class Clinic:
    """``language`` is a BCP 47 tag and ``time_zone`` an IANA name; both are the defaults of its sheets."""

    id: UUID
    name: str
    language: str = "en"
    paper: Paper = Paper.A4
    time_zone: str = "UTC"
