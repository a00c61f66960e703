"""Whose sheet a row of a cover is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.checklists.batches import not_asked
from service.domain.wording import Catalogue
from service.formats.isolated_text import IsolatedText, fixed, recorded
from service.formats.printout.layout.facts import Fact, birth_date_of

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CoverWords:
    """The clinic's words, and the record's: ``refused`` are texts of the record that no font can print."""

    words: Catalogue
    refused: frozenset[str] = field(default_factory=frozenset)

    def text(self, key: str, **places: object) -> str:
        """A text of the catalogue."""
        return self.words.text(key, **places)

    def recorded(self, text: str) -> IsolatedText:
        """A text of the record; in its place, where no font has its letters, words that say so."""
        return fixed(self.text("batch.unprintable")) if text in self.refused else recorded(text)


@dataclass(frozen=True, slots=True)
class Person:
    """Whose sheet it is; ``code`` is the sheet's, None where there is none."""

    name: str
    facts: tuple[Fact, ...]
    code: Fact | None


def person_of(document: Document, said: CoverWords) -> Person:
    """The patient of a sheet, as it was issued."""
    patient = document["patient"]
    name = str(said.recorded(patient["name"])) if patient["name"] else said.text("sheet.name_missing")
    identifiers = (
        Fact(said.text("sheet.identifier"), said.recorded(one["value"]), str(said.recorded(one["system"])))
        for one in patient["identifiers"]
    )
    code = Fact(said.text("sheet.code"), recorded(document["code"]))
    return Person(name, (birth_date_of(patient, said.words), *identifiers), code)


def not_asked_of(document: Document, said: CoverWords) -> str | None:
    """The categories that nobody asked about, in words."""
    unasked = [said.text(f"batch_category.{category}") for category in not_asked(document)]
    return said.text("batch.not_asked", categories=", ".join(unasked)) if unasked else None
