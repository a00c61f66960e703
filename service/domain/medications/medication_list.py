"""The medication list: everything the patient takes now, and what was answered for each category."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from service.domain.attribution import Attribution
from service.domain.codings import Coding
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate


class Category(StrEnum):
    """The three kinds of medicine that are asked for one by one."""

    PRESCRIPTION = "prescription"
    OVER_THE_COUNTER = "over_the_counter"
    SUPPLEMENT = "supplement"


CATEGORIES = tuple(Category)
"""The categories in their order, which is that of a sheet."""

UNCATEGORIZED = "uncategorized"
"""How an item without a category is written outside; inside, its category is None."""


class Answer(StrEnum):
    """What is known about a category. Silence is ``not_asked``, never ``none_reported``."""

    ITEMS_REPORTED = "items_reported"
    NONE_REPORTED = "none_reported"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"


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


@dataclass(frozen=True, slots=True)
class CategoryAnswer:
    """An answer and who gave it.

    Nobody gave ``not_asked``, so it has no attribution; every other answer has one, and "none", "not sure"
    and "rather not say" have one that tells who said it and how.
    """

    answer: Answer
    attribution: Attribution | None = None

    def __post_init__(self) -> None:
        if (self.answer is Answer.NOT_ASKED) != (self.attribution is None):
            raise ValueError("an answer has an attribution, not asked has none")
        if self.said_by_a_person and not (self.attribution and self.attribution.complete):
            raise ValueError(
                f"{self.answer} is a person's answer: it needs an informant and a collection mode"
            )

    @property
    def said_by_a_person(self) -> bool:
        """Whether only a person's explicit answer can have made it."""
        return self.answer in PERSONS_ANSWERS


PERSONS_ANSWERS = frozenset({Answer.NONE_REPORTED, Answer.UNKNOWN, Answer.DECLINED})
NOT_ASKED = CategoryAnswer(Answer.NOT_ASKED)
_ALL_CATEGORIES = frozenset(CATEGORIES)


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


def _not_asked() -> Mapping[Category, CategoryAnswer]:
    return MappingProxyType(dict.fromkeys(CATEGORIES, NOT_ASKED))


def _in_categories(items: Iterable[Item]) -> Mapping[Category | None, tuple[Item, ...]]:
    found: dict[Category | None, list[Item]] = {}
    for item in items:
        found.setdefault(item.facts.category, []).append(item)
    return {category: tuple(of_it) for category, of_it in found.items()}


@dataclass(frozen=True, slots=True)
class MedicationList:
    """One version of a patient's list, whole: every item, also those no longer current, and every answer.

    ``reported_name`` is the patient's name as it came with this version, where it differs from the record.
    """

    patient_id: UUID
    version: int
    attribution: Attribution
    items: tuple[Item, ...] = ()
    answers: Mapping[Category, CategoryAnswer] = field(default_factory=_not_asked)
    reported_name: str | None = None
    current_items: tuple[Item, ...] = field(init=False, repr=False, compare=False)
    """What the patient takes now, in the list's own order."""
    _by_category: Mapping[Category | None, tuple[Item, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        current = tuple([item for item in self.items if item.current])
        object.__setattr__(self, "current_items", current)
        object.__setattr__(self, "_by_category", _in_categories(current))
        if self.version < 1:
            raise ValueError("versions are counted from 1")
        if self.answers.keys() != _ALL_CATEGORIES:
            raise ValueError("every category has an answer")
        ids = [item.id for item in self.items]
        if len(ids) != len(set(ids)):
            raise ValueError("two items have the same id")
        if contradicted(
            {category: answer.answer for category, answer in self.answers.items()}, self._by_category
        ):
            raise ValueError("an answer contradicts the items of its category")
        object.__setattr__(self, "answers", MappingProxyType({c: self.answers[c] for c in CATEGORIES}))

    @property
    def earlier_items(self) -> tuple[Item, ...]:
        """What an earlier list had and the latest came without, still to be asked about."""
        return tuple(item for item in self.items if item.on_earlier_list)

    def in_category(self, category: Category | None) -> tuple[Item, ...]:
        """The current items of one category, or (None) those not sorted yet."""
        return self._by_category.get(category, ())

    @property
    def in_sheet_order(self) -> tuple[Item, ...]:
        """Every item that is still spoken of: by category, then not sorted, then those on an earlier list."""
        current = (item for category in (*CATEGORIES, None) for item in self.in_category(category))
        return (*current, *self.earlier_items)

    def item(self, item_id: UUID) -> Item | None:
        """The item with that id, current or not."""
        return next((item for item in self.items if item.id == item_id), None)


def contradicted(
    answers: Mapping[Category, Answer], reported: Iterable[Category | None]
) -> tuple[Category, ...]:
    """The categories whose explicit answer cannot stand beside items of that category.

    Current items answer for their category, so none, not sure, rather not say and not asked contradict them.
    """
    present = set(reported)
    return tuple(
        category
        for category in CATEGORIES
        if category in present and answers.get(category, Answer.ITEMS_REPORTED) is not Answer.ITEMS_REPORTED
    )
