"""The columns that a table can have, in the product's own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.domain.attribution import CollectionMode, InformantKind
from service.domain.medications.categories import UNCATEGORIZED, Answer, Category
from service.domain.medications.items import Status
from service.domain.text import LANGUAGE_LENGTH, NAME_LENGTH, NOTE_LENGTH, SHORT_LENGTH, TEXT_LENGTH

IDENTIFIER_SYSTEM, IDENTIFIER = "identifier_system", "identifier"
ANSWER = "answer"


class About(StrEnum):
    """What a column speaks of; ``said`` is of whoever said what the row says."""

    PATIENT = "patient"
    CATEGORY = "category"
    ITEM = "item"
    ANSWER = "answer"
    SAID = "said"


class Kind(StrEnum):
    """How a cell is read: a text of one line or of several, a date, yes or no, or one of a few words."""

    TEXT = "text"
    LINES = "lines"
    DAY = "day"
    FLAG = "flag"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``most`` is the greatest length of a text, ``words`` are those of a WORD or a FLAG."""

    about: About
    kind: Kind = Kind.TEXT
    most: int = TEXT_LENGTH
    words: tuple[str, ...] = ()


def _words(about: About, words: type[StrEnum], *more: str) -> Column:
    return Column(about, Kind.WORD, words=(*(word.value for word in words), *more))


_YES_OR_NO = ("true", "false")

COLUMNS: Mapping[str, Column] = {
    IDENTIFIER_SYSTEM: Column(About.PATIENT, most=SHORT_LENGTH),
    IDENTIFIER: Column(About.PATIENT, most=SHORT_LENGTH),
    "patient_name": Column(About.PATIENT, most=NAME_LENGTH),
    "birth_date": Column(About.PATIENT, Kind.DAY),
    "language": Column(About.PATIENT, most=LANGUAGE_LENGTH),
    "category": _words(About.CATEGORY, Category, UNCATEGORIZED),
    "item_id": Column(About.ITEM, most=SHORT_LENGTH),
    "name": Column(About.ITEM, most=NAME_LENGTH),
    "description": Column(About.ITEM, most=NAME_LENGTH),
    "strength": Column(About.ITEM),
    "form": Column(About.ITEM),
    "dosage_text": Column(About.ITEM),
    "route": Column(About.ITEM),
    "frequency": Column(About.ITEM),
    "as_needed": Column(About.ITEM, Kind.FLAG, words=_YES_OR_NO),
    "reason": Column(About.ITEM),
    "status": _words(About.ITEM, Status),
    "error_reason": Column(About.ITEM),
    "last_taken": Column(About.ITEM),
    "started_on": Column(About.ITEM, Kind.DAY),
    "stopped_on": Column(About.ITEM, Kind.DAY),
    "prescriber": Column(About.ITEM),
    "note": Column(About.ITEM, Kind.LINES, NOTE_LENGTH),
    "code_system": Column(About.ITEM, most=SHORT_LENGTH),
    "code": Column(About.ITEM, most=SHORT_LENGTH),
    ANSWER: _words(About.ANSWER, Answer),
    "informant": _words(About.SAID, InformantKind),
    "informant_name": Column(About.SAID, most=NAME_LENGTH),
    "collection_mode": _words(About.SAID, CollectionMode),
}
"""Every column by its name, in the order in which they are told."""
