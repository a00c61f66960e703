"""The head of every page: whose sheet it is, and which one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.domain.wording import Catalogue
from service.formats.english_marks import without_marks
from service.formats.isolated_text import fixed, recorded
from service.formats.printout.layout.facts import Fact, birth_date_of, local_time


@dataclass(frozen=True, slots=True)
class Head:
    """What every page says of the patient and of the sheet, and what the first page adds."""

    title: str
    name: str
    person: tuple[Fact, ...]
    sheet: tuple[Fact, ...]
    code: Fact
    code_picture: str
    treatment: tuple[Fact, ...]
    page: tuple[str, str, str]


def head_of(document: Mapping[str, Any], words: Catalogue) -> Head:
    """The head of a checklist document."""
    code = document["code"]
    return Head(
        title=words.text("sheet.title"),
        name=document["patient"]["name"] or words.text("sheet.name_missing"),
        person=_person(document["patient"], words),
        sheet=_which(document, words),
        code=Fact(words.text("sheet.code"), recorded(code)),
        code_picture=without_marks(words.text("sheet.code_picture", code=code)),
        treatment=_what_for(document, words),
        page=around_numbers(words.text("sheet.page", page="\0", pages="\0")),
    )


def around_numbers(page_of_pages: str) -> tuple[str, str, str]:
    """What stands before, between and behind the two numbers of "page n of m" (each written as NUL)."""
    before, between, after = without_marks(page_of_pages).split("\0")
    return before, between, after


def _person(patient: Mapping[str, Any], words: Catalogue) -> tuple[Fact, ...]:
    identifiers = (
        Fact(words.text("sheet.identifier"), recorded(identifier["value"]), identifier["system"])
        for identifier in patient["identifiers"]
    )
    return (birth_date_of(patient, words), *identifiers)


def _which(document: Mapping[str, Any], words: Catalogue) -> tuple[Fact, ...]:
    issued_at = local_time(document["issued_at"], document["time_zone"], words)
    return (
        Fact(words.text("sheet.list_version"), fixed(str(document["list_version"]))),
        Fact(words.text("sheet.issued"), fixed(issued_at)),
    )


def _what_for(document: Mapping[str, Any], words: Catalogue) -> tuple[Fact, ...]:
    start = document["planned_start"]
    start = words.date(date.fromisoformat(start)) if start else words.text("sheet.planned_start_missing")
    return (
        Fact(words.text("sheet.treatment"), recorded(document["treatment"]["name"])),
        Fact(words.text("sheet.planned_start"), fixed(start)),
        Fact(words.text("sheet.issued_by"), recorded(document["issued_by"]["name"])),
    )
