"""How what is on record is said in a catalogue's words: an item's facts, who said them, what is still to ask.

Names and texts of the record stand in them as they were said; nothing is looked up and nothing left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from service.domain.attribution import Attribution
from service.domain.checklists.gaps import Gap, GapKind
from service.domain.codings import Coding
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.text import PartialDate
from service.domain.wording import Catalogue

DETAILS = (
    "description",
    "strength",
    "form",
    "dosage_text",
    "route",
    "frequency",
    "as_needed",
    "reason",
    "last_taken",
    "started_on",
    "stopped_on",
    "prescriber",
    "status",
    "codings",
    "note",
)
"""The facts that are shown of an item beside what it goes by and its category, in their order."""

_details_of = attrgetter(*DETAILS)
_TAKEN_NOW = Status.ACTIVE


def answer_key(answer: Answer) -> str:
    """The key of what a category's answer is called where no item stands for it."""
    return f"answer.{answer}" + "_none_listed" * (answer is Answer.ITEMS_REPORTED)


def detail_texts(facts: ItemFacts, words: Catalogue) -> Iterator[tuple[str, str]]:
    """What was said of an item beside what it goes by and its category: each fact's name and its text.

    That an item is taken now is not repeated: it says so by standing on the list.
    """
    for name, value in zip(DETAILS, _details_of(facts), strict=True):
        if value is None or value is _TAKEN_NOW or (name == "description" and not facts.name):
            continue
        if text := _value_text(value, words):
            yield name, text


def fact_text(facts: ItemFacts, name: str, words: Catalogue) -> str | None:
    """One fact of an item as text, by its field's name; None where nothing was said of it."""
    value = getattr(facts, name)
    if name == "category":
        return words.text(f"section.{value}" if isinstance(value, Category) else "section.uncategorized")
    return _value_text(value, words)


def _value_text(value: Any, words: Catalogue) -> str | None:
    """What a fact other than a category says; None where nothing was said."""
    if type(value) is str:
        return value or None
    if isinstance(value, Status):
        return words.text(f"status_word.{value}")
    if isinstance(value, bool):
        return words.text("word.yes" if value else "word.no")
    if isinstance(value, PartialDate):
        return words.date(value)
    if isinstance(value, tuple):
        return ", ".join(map(_coding_text, value)) or None
    return None


def _coding_text(coding: Coding) -> str:
    """A code in its system, behind what whoever gave it calls it."""
    code = f"{coding.code} ({coding.system})"
    return f"{coding.display}: {code}" if coding.display else code


def said_text(attribution: Attribution, words: Catalogue, when: str) -> tuple[str, str]:
    """The key and the text of who said it, how, and who recorded it; ``when`` is already in words."""
    key, places = said_places(attribution, words, when)
    return key, words.text(key, **places)


def said_places(attribution: Attribution, words: Catalogue, when: str) -> tuple[str, Mapping[str, str]]:
    """The same as the key and what fills its places."""
    places = {"recorder": attribution.recorder.name, "date": when}
    if attribution.informant is None:
        key = "said.no_informant"
    else:
        key = "said.full" if attribution.collection_mode else "said.no_mode"
        places["informant"] = informant_text(attribution, words) or ""
    if attribution.collection_mode is not None:
        places["mode"] = words.text(f"mode.{attribution.collection_mode}")
    return key, places


def informant_text(attribution: Attribution, words: Catalogue) -> str | None:
    """Who said it, by name where there is one; None where that is not on record."""
    informant = attribution.informant
    if informant is None:
        return None
    text = words.text(f"informant.{informant.kind}")
    return words.text("informant.named", informant=text, name=informant.name) if informant.name else text


def item_numbers(medications: MedicationList) -> Mapping[UUID, int]:
    """The number of each item that stands on a sheet: by category, then in the list's own order."""
    return {item.id: number for number, item in enumerate(medications.in_sheet_order, start=1)}


def numbers_text(numbers: Sequence[int], words: Catalogue) -> str:
    """Items by their numbers on the sheet, in words."""
    key = "gap.item" if len(numbers) == 1 else "gap.items"
    return words.text(key, numbers=", ".join(map(str, numbers)))


def gap_text(gap: Gap, medications: MedicationList, numbers: Sequence[int], words: Catalogue) -> str:
    """What is missing, in words; ``numbers`` are those on the sheet of the items that it is about."""
    places: dict[str, object] = {"items": numbers_text(numbers, words)}
    if gap.category is not None:
        places["category"] = words.text(f"section.{gap.category}")
    if gap.kind is GapKind.REPORTED_NAME_DIFFERS:
        places["name"] = medications.reported_name
    text = words.text(f"gap.{gap.kind}", **places)
    return text[:1].upper() + text[1:]


def to_ask(gaps: Sequence[Gap], words: Catalogue) -> tuple[str, ...]:
    """A line for each kind of gap, most pressing first; it counts items and never names one."""
    kinds = groupby(gaps, key=attrgetter("kind"))
    return tuple(_to_ask(kind, list(of_kind), words) for kind, of_kind in kinds)


def _to_ask(kind: GapKind, gaps: Sequence[Gap], words: Catalogue) -> str:
    places: Mapping[str, object] = {
        "categories": ", ".join(words.text(f"strip.{gap.category}") for gap in gaps if gap.category),
        "number": sum(len(gap.items) for gap in gaps),
    }
    return words.text(f"to_ask.{kind}", **places)
