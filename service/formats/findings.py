"""What reading a document of another system gives: for each entry what it said, of whom, and what is to be
said of it. Every kind of document is read into this, and one action takes it in.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from uuid import UUID

from service.domain.imports.sent import SentAnswer, SentItem, SentPatient
from service.domain.patients.patients import Identifier

Said = SentPatient | SentItem | SentAnswer

BATCH = "batch"
"""The kind of document of which some entries are kept where others are refused."""


class Severity(StrEnum):
    """``error``: not taken; ``warning``: something may be missing; ``information``: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to say about what was sent.

    ``code`` is of R4's required issue types (``required``, ``invalid``, ``not-supported``, …); ``detail`` a
    sentence for people, without any of the patient's data; ``expression`` where it stands, in the words of
    the document: a FHIRPath such as ``Bundle.entry[3].resource.status``, or a column.
    """

    severity: Severity
    code: str
    detail: str
    expression: str | None = None


@dataclass(frozen=True, slots=True)
class Whose:
    """How an entry names its patient; where there are several ways, the first that is known here holds.

    ``entry`` counts the document's entries: the patient is sent along. ``patient_id`` is an id of ours,
    ``identifier`` one that a clinic knows the patient by. With a ``reference`` alone nobody here can say who
    it is.
    """

    entry: int | None = None
    patient_id: UUID | None = None
    identifier: Identifier | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class EntryReading:
    """One entry: ``place`` is where it stands, ``method`` that of its request in a transaction or a batch.

    ``said`` is None where an entry is refused, and where it says nothing that is kept; the issues then say
    why. Of a patient, ``whose`` is there where the sender gives our own id back.
    """

    place: str
    resource_type: str
    said: Said | None = None
    whose: Whose | None = None
    issues: tuple[Issue, ...] = ()
    method: str | None = None

    @property
    def refused(self) -> bool:
        """Whether it has an error: nothing of it may be taken."""
        return any(issue.severity is Severity.ERROR for issue in self.issues)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole document. ``bundle_type`` is None for a resource that came alone.

    Of a Bundle, ``entries`` has one reading for each entry, in order; where there is something to say of the
    Bundle itself one more follows, whose place is ``Bundle``. A Bundle that is refused whole has that alone.
    """

    entries: tuple[EntryReading, ...]
    bundle_type: str | None = None

    @property
    def issues(self) -> tuple[Issue, ...]:
        """Everything that is to be said."""
        return tuple(chain.from_iterable(entry.issues for entry in self.entries))

    @property
    def refused(self) -> bool:
        """Whether any entry is refused: a transaction then changes nothing."""
        return any(entry.refused for entry in self.entries)
