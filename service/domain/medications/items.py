"""One item of a medication list: what was said of it, by whom, and whether it counts as taken."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.attribution import Attribution
from service.domain.codings import Coding, coding_document
from service.domain.errors import Fault, RefusedError
from service.domain.medications.categories import UNCATEGORIZED, Category
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate


class Status(StrEnum):
    """Whether the patient takes an item."""

    ACTIVE = "active"
    ON_HOLD = "on_hold"
    INTENDED = "intended"
    UNKNOWN = "unknown"
    STOPPED = "stopped"
    ENTERED_IN_ERROR = "entered_in_error"


CURRENT_STATUSES = frozenset({Status.ACTIVE, Status.ON_HOLD, Status.INTENDED, Status.UNKNOWN})
"""What counts as current. A status that is unknown counts: leaving it out would drop a line."""


def unsaid_status(stopped_on: PartialDate | None) -> Status:
    """The status of an item that is reported without one: it is taken now; with a stop date nobody knows."""
    return Status.UNKNOWN if stopped_on else Status.ACTIVE


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What was said about one item, in the patient's words; all of it optional but a name or a description.

    ``last_taken`` is text, as it was said ("last Tuesday"); the ``_on`` dates may be partial.
    """

    name: str | None = None
    description: str | None = None
    category: Category | None = None
    status: Status = Status.ACTIVE
    strength: str | None = None
    form: str | None = None
    dosage_text: str | None = None
    route: str | None = None
    frequency: str | None = None
    as_needed: bool | None = None
    reason: str | None = None
    last_taken: str | None = None
    started_on: PartialDate | None = None
    stopped_on: PartialDate | None = None
    prescriber: str | None = None
    note: str | None = None
    codings: tuple[Coding, ...] = ()

    def __post_init__(self) -> None:
        if not self.name and not self.description:
            raise ValueError("an item has a name or a description")

    @property
    def called(self) -> str:
        """What the item goes by: its name or, where nobody knows one, its description."""
        return self.name or self.description or ""

    @property
    def has_dose(self) -> bool:
        """Whether anything is known of how much is taken."""
        return bool(self.strength or self.dosage_text)


@dataclass(frozen=True, slots=True)
class Origin:
    """What the system that sent an item said of it beyond its facts, kept to be given back as it was.

    ``identifiers`` are the sender's own. ``status`` and ``intent`` are its words where they say more than the
    item's status does ("completed"), ``asserted_at`` its date as it stood, ``recorder`` who keyed it there.
    ``digest`` is the SHA-256 (hex) of the facts as they were last sent: the same sent again is nothing new.
    """

    identifiers: tuple[Identifier, ...] = ()
    status: str | None = None
    intent: str | None = None
    asserted_at: str | None = None
    recorder: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the list: what was said and by whom.

    ``left_out_since`` is the version of the list that first came without it; None while it is on the latest.
    ``error_reason`` says why an item was entered in error and is there exactly then. ``origin`` is there
    where another system sent it.
    """

    id: UUID
    facts: ItemFacts
    attribution: Attribution
    left_out_since: int | None = None
    error_reason: str | None = None
    origin: Origin | None = None

    def __post_init__(self) -> None:
        if (self.facts.status is Status.ENTERED_IN_ERROR) != (self.error_reason is not None):
            raise ValueError("an item entered in error says why, no other does")

    @property
    def current(self) -> bool:
        """Whether it stands on the latest list and counts as taken."""
        return self.left_out_since is None and self.facts.status in CURRENT_STATUSES

    @property
    def on_earlier_list(self) -> bool:
        """Whether the latest list came without it and nobody has said what became of it."""
        return self.left_out_since is not None and self.facts.status in CURRENT_STATUSES


def changed_facts(facts: ItemFacts, changes: Mapping[str, Any]) -> ItemFacts:
    """The facts with some of them changed. Raises RefusedError when neither name nor description is left."""
    merged = {name: changes.get(name, getattr(facts, name)) for name in ("name", "description")}
    if not any(merged.values()):
        raise RefusedError(name_or_description_fault(""))
    return replace(facts, **changes)


def name_or_description_fault(pointer: str) -> Fault:
    """The fault of an item that nobody could recognise; ``pointer`` is the item's own."""
    return Fault(f"{pointer}/name", "name_or_description", "An item needs a name or a description.")


def plain_facts(facts: ItemFacts) -> dict[str, Any]:
    """An item's facts but its codes as texts and yes or no, every field named; unknown ones are None."""
    return {
        "name": facts.name,
        "description": facts.description,
        "category": facts.category.value if facts.category else None,
        "status": facts.status.value,
        "strength": facts.strength,
        "form": facts.form,
        "dosage_text": facts.dosage_text,
        "route": facts.route,
        "frequency": facts.frequency,
        "as_needed": facts.as_needed,
        "reason": facts.reason,
        "last_taken": facts.last_taken,
        "started_on": str(facts.started_on) if facts.started_on else None,
        "stopped_on": str(facts.stopped_on) if facts.stopped_on else None,
        "prescriber": facts.prescriber,
        "note": facts.note,
    }


def facts_document(facts: ItemFacts) -> dict[str, Any]:
    """An item's facts as JSON-ready data; one that is not sorted yet says so in words."""
    return {
        **plain_facts(facts),
        "category": facts.category.value if facts.category else UNCATEGORIZED,
        "codings": [coding_document(coding) for coding in facts.codings],
    }
