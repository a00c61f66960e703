"""What another system sent of a patient: what it says of who they are, of an item and of a category."""

from dataclasses import dataclass, field
from uuid import UUID

from service.domain.attribution import CollectionMode, Informant
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import ItemFacts, Origin, Status
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate


@dataclass(frozen=True, slots=True)
class SentPatient:
    """Who the patient is in the sender's words; identifiers without a system are not among them."""

    identifiers: tuple[Identifier, ...] = ()
    name: str | None = None
    birth_date: PartialDate | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class SentItem:
    """One medicine as it was sent. A fact that is None was not spoken of.

    ``item_id`` is the id that this service gave the item earlier, as the sender gives it back. ``left_out``
    says that the sender's own latest list came without it. ``error_reason`` is there exactly where the item
    was entered in error. ``informant`` and ``collection_mode`` are None where nothing tells them.
    """

    facts: ItemFacts
    informant: Informant | None = None
    collection_mode: CollectionMode | None = None
    origin: Origin = field(default_factory=Origin)
    item_id: UUID | None = None
    error_reason: str | None = None
    left_out: bool = False

    def __post_init__(self) -> None:
        if (self.facts.status is Status.ENTERED_IN_ERROR) != (self.error_reason is not None):
            raise ValueError("an item entered in error says why, no other does")


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """What the sender says was answered for one category, and who said it."""

    category: Category
    answer: Answer
    informant: Informant | None = None
    collection_mode: CollectionMode | None = None
