"""What became of an import, entry by entry."""

from dataclasses import dataclass
from enum import StrEnum

from service.formats.findings import Issue


class EntryStatus(StrEnum):
    """What was done with one entry.

    ``unchanged``: it says nothing new. ``not_kept``: it says nothing that is kept, such as a negation.
    """

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    NOT_KEPT = "not_kept"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class EntryResult:
    """One entry. ``place`` is its FHIRPath, ``location`` what it is kept as (``Type/id``), and ``version``
    the version of that which now stands.
    """

    place: str
    resource_type: str
    status: EntryStatus
    issues: tuple[Issue, ...] = ()
    location: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Every entry in the order sent; ``beside`` is what is to be said of the Bundle itself."""

    entries: tuple[EntryResult, ...]
    beside: tuple[Issue, ...] = ()


class ImportRefusedError(Exception):
    """Something in what was sent is refused, and so all of it; carries everything that was found."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__("What was sent was refused. Nothing was changed.")
        self.result = result

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Everything that is to be said, the Bundle's own first."""
        return (*self.result.beside, *(issue for one in self.result.entries for issue in one.issues))
