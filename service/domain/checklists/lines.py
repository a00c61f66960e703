"""The lines of a checklist, each of exactly one of three kinds.

A line is guidance (cites sentences of a source document), record (what the list says) or wording (the
service's own fixed words). There is no fourth kind: ``Line`` is a closed union and each kind demands what it
rests on.
"""

from dataclasses import dataclass
from typing import NamedTuple

from service.domain.attribution import Attribution
from service.domain.guidance.statements import StatementSection
from service.domain.medications.categories import Category, CategoryAnswer
from service.domain.medications.items import Item
from service.domain.sentences.numbering import SentenceNumber


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered sentence of a source document."""

    document: str
    number: SentenceNumber


class WordingLine(NamedTuple):
    """The service's own words, by their key in the catalogue; ``items`` are the item numbers it speaks of.

    ``language`` is that of the text where it is another than the checklist's, for want of a translation.
    """

    id: str
    key: str
    text: str
    items: tuple[int, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class GuidanceLine:
    """A statement of the guidance with the sentences it rests on.

    ``treatment_id`` is that of its treatment where the sheet is for several.
    """

    id: str
    statement_id: str
    statement_section: StatementSection
    text: str
    language: str
    citations: tuple[Citation, ...]
    treatment_id: str | None = None

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a guidance line cites at least one sentence")


class Detail(NamedTuple):
    """One fact of an item: its key, the catalogue's label for it and the record's value.

    ``label_language`` is that of the label where it is another than the checklist's.
    """

    key: str
    label: str
    label_language: str | None
    value: str


class ItemLine(NamedTuple):
    """A record line: one item, in the patient's words. ``asks`` are what is still to ask about it."""

    id: str
    number: int
    item: Item
    text: str
    details: tuple[Detail, ...]
    said: WordingLine
    asks: tuple[WordingLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A record line: what was answered for a category, and by whom; ``language`` as in a wording line."""

    id: str
    category: Category
    answer: CategoryAnswer
    text: str
    said: WordingLine
    language: str | None = None

    def __post_init__(self) -> None:
        if self.answer.attribution is None:
            raise ValueError("a question nobody asked has no answer to show")

    @property
    def attribution(self) -> Attribution:
        """Who gave the answer."""
        assert self.answer.attribution is not None  # noqa: S101 -- held by __post_init__
        return self.answer.attribution


Line = WordingLine | GuidanceLine | ItemLine | AnswerLine
