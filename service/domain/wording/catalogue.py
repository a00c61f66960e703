"""A catalogue: every key of the service's fixed words with its text in one language, and dates in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from service.domain.text import PartialDate
from service.domain.wording.english import ENGLISH


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The fixed words in one language (BCP 47 tag). ``texts`` has every key of ``ENGLISH``."""

    language: str
    texts: Mapping[str, str]

    def __post_init__(self) -> None:
        if missing := ENGLISH.keys() - self.texts.keys():
            raise ValueError(f"the catalogue {self.language!r} lacks {sorted(missing)}")

    def text(self, key: str, **places: object) -> str:
        """The text of ``key`` with its places filled. Raises KeyError for an unknown key or place."""
        return self.texts[key].format_map(places)

    def date(self, day: PartialDate | date) -> str:
        """A day in words (2 April 1961): digits alone are read as another date in another country."""
        if day.month is None:
            return str(day.year)
        month = self.text(f"month.{day.month}")
        if day.day is None:
            return self.text("date.month", month=month, year=day.year)
        return self.text("date.day", day=day.day, month=month, year=day.year)

    def instant(self, at: datetime) -> str:
        """A day and a time of day with the name of its zone."""
        return self.text("date.instant", date=self.date(at.date()), time=f"{at:%H:%M}", zone=at.tzname())


ENGLISH_CATALOGUE = Catalogue("en", ENGLISH)

Catalogues = Mapping[str, Catalogue]
"""The catalogues at hand by their language tag; English is always among them."""

ONLY_ENGLISH: Catalogues = {"en": ENGLISH_CATALOGUE}


def catalogue_for(catalogues: Catalogues, *tags: str | None) -> Catalogue:
    """The catalogue of the first language tag that there is one for, else the English one.

    A tag is looked up as RFC 4647, 3.4 has it: ``es-MX`` finds ``es``. A tag that is None is passed over.
    """
    by_tag = {tag.lower(): catalogue for tag, catalogue in catalogues.items()}
    for tag in filter(None, tags):
        parts = tag.lower().split("-")
        for length in range(len(parts), 0, -1):
            if found := by_tag.get("-".join(parts[:length])):
                return found
    return by_tag["en"]
