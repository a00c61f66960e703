"""A clinic: whose patients, staff, keys and guidance belong together and are kept apart from all others."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from service.domain.medications.categories import Category
from service.domain.patients.patients import Paper

SHIPPED_LANGUAGES = ("en", "es")


class ItemExport(StrEnum):
    """As which FHIR resource an item is found: what a patient takes, or US Core's plan that was reported."""

    MEDICATION_STATEMENT = "medication_statement"
    MEDICATION_REQUEST = "medication_request"


class NoneExport(StrEnum):
    """How a list tells FHIR that nothing is taken: by the reason why it is empty, or by an entry."""

    EMPTY_REASON = "empty_reason"
    NEGATION_ENTRY = "negation_entry"


@dataclass(frozen=True, slots=True)
class Clinic:
    """``language`` is a BCP 47 tag and ``time_zone`` an IANA name; both are the defaults of its sheets.

    ``languages`` are those that its intake form offers, the clinic's own always among them. ``prompts`` are
    the categories whose question in the form goes on to name forms and occasions; the question itself is
    always asked. ``item_export`` and ``none_export`` are how EHRs want lists to be written.
    """

    id: UUID
    name: str
    language: str = "en"
    paper: Paper = Paper.A4
    time_zone: str = "UTC"
    languages: tuple[str, ...] = SHIPPED_LANGUAGES
    prompts: frozenset[Category] = frozenset(Category)
    item_export: ItemExport = ItemExport.MEDICATION_STATEMENT
    none_export: NoneExport = NoneExport.EMPTY_REASON

    def __post_init__(self) -> None:
        if self.language not in self.languages:
            object.__setattr__(self, "languages", (self.language, *self.languages))
