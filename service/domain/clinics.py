"""A clinic: whose patients, staff, keys and guidance belong together and are kept apart from all others."""

from dataclasses import dataclass
from uuid import UUID

from service.domain.medications import Category
from service.domain.patients import Paper

SHIPPED_LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Clinic:
    """``language`` is a BCP 47 tag and ``time_zone`` an IANA name; both are the defaults of its sheets.

    ``languages`` are those that its intake form offers, the clinic's own always among them. ``prompts`` are
    the categories whose question in the form goes on to name forms and occasions; the question itself is
    always asked.
    """

    id: UUID
    name: str
    language: str = "en"
    paper: Paper = Paper.A4
    time_zone: str = "UTC"
    languages: tuple[str, ...] = SHIPPED_LANGUAGES
    prompts: frozenset[Category] = frozenset(Category)

    def __post_init__(self) -> None:
        if self.language not in self.languages:
            object.__setattr__(self, "languages", (self.language, *self.languages))
