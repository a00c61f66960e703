"""A catalogue: every key of the service's fixed words with its text in one language, and dates in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from unicodedata import bidirectional

from service.domain.text import PartialDate
from service.domain.wording.english import ENGLISH

SOURCE_LANGUAGE = "en"
"""The language that every text is there in, and that stands in for a text that is not translated."""

ENGLISH_BEGINS, ENGLISH_ENDS = "\ufdd0", "\ufdd1"
"""Stand around English inside another language, until an output marks it in its own way.

Unicode gives these codes to no character, and no text of the record may hold them (``domain.text``).
"""

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The fixed words in one language (BCP 47 tag). ``texts`` has every key of ``ENGLISH``.

    ``untranslated`` are the keys whose text is the English one for want of a translation. With ``isolates``
    what fills a place keeps its own direction: a name from right to left does not turn the words around it.
    """

    language: str
    texts: Mapping[str, str]
    untranslated: frozenset[str] = frozenset()
    isolates: bool = False

    def __post_init__(self) -> None:
        if missing := ENGLISH.keys() - self.texts.keys():
            raise ValueError(f"the catalogue {self.language!r} lacks {sorted(missing)}")

    def __hash__(self) -> int:
        """That of the language: cheap, and equal for equal catalogues."""
        return hash(self.language)

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return direction_of(self.language)

    def text(self, key: str, **places: object) -> str:
        """The text of ``key`` with its places filled. Raises KeyError for an unknown key or place."""
        if self.isolates:
            places = {name: self._isolated(value) for name, value in places.items()}
        return self.texts[key].format_map(places)

    def _isolated(self, value: object) -> object:
        """The value between Unicode isolates where it could turn the words around it, or they it."""
        turns = isinstance(value, str) and (self.direction == "rtl" or is_turning(value))
        return f"\u2068{value}\u2069" if turns else value

    def foreign(self, key: str) -> str | None:
        """The language of the text of ``key`` where it is another than the catalogue's, else None."""
        return SOURCE_LANGUAGE if key in self.untranslated else None

    def marked(self) -> "Catalogue":
        """The same words, with marks around what is English for want of a translation."""
        if not self.untranslated:
            return self
        marked = {key: marked_english(self.texts[key]) for key in self.untranslated}
        return replace(self, texts={**self.texts, **marked})

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


ENGLISH_CATALOGUE = Catalogue(SOURCE_LANGUAGE, ENGLISH)

Catalogues = Mapping[str, Catalogue]
"""The catalogues at hand by their language tag; English is always among them."""

ONLY_ENGLISH: Catalogues = {SOURCE_LANGUAGE: ENGLISH_CATALOGUE}


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
    return by_tag[SOURCE_LANGUAGE]


def direction_of(language: str) -> str:
    """The direction in which a language is written: ``ltr`` or ``rtl``."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"


def is_turning(text: str) -> bool:
    """Whether any letter or digit stands from right to left, and could turn its neighbours around."""
    return not text.isascii() and any(bidirectional(letter) in ("R", "AL", "AN") for letter in text)


def same_language(one: str, other: str) -> bool:
    """Whether a reader of one language reads the other: ``es`` and ``es-MX``."""
    return one.split("-", maxsplit=1)[0].lower() == other.split("-", maxsplit=1)[0].lower()


def marked_english(text: str) -> str:
    """English between its marks."""
    return f"{ENGLISH_BEGINS}{text}{ENGLISH_ENDS}"
