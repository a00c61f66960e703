"""What every page of one patient shows: the person at the top, and what is on record in words."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from flask import Response

from service.actions import medications as medication_actions
from service.actions import patients as patient_actions
from service.actions.work import Work
from service.domain.attribution import Attribution
from service.domain.checklists.gaps import Gap
from service.domain.checklists.record_texts import (
    detail_texts,
    gap_text,
    informant_text,
    item_numbers,
    numbers_text,
    said_places,
)
from service.domain.medications.alike import Alike
from service.domain.medications.categories import Category
from service.domain.medications.items import Item, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient, PrintSize
from service.domain.wording import Catalogue
from service.formats.isolated_text import IsolatedText, placed, worded
from service.web.pages.rendering import local_time, page_words, render


@dataclass(frozen=True, slots=True)
class Chart:
    """A patient with the latest list and its gaps."""

    patient: Patient
    medications: MedicationList
    gaps: tuple[Gap, ...]

    @property
    def stopped(self) -> tuple[Item, ...]:
        """What is reported as stopped, on the latest list or an earlier one."""
        return tuple(item for item in self.medications.items if item.facts.status is Status.STOPPED)

    @property
    def in_error(self) -> tuple[Item, ...]:
        """What should not have been on the list."""
        return tuple(item for item in self.medications.items if item.facts.status is Status.ENTERED_IN_ERROR)


def read_chart(work: Work, patient_id: UUID) -> Chart:
    """Read a patient and the latest list. Raises NotFoundError."""
    patient = patient_actions.get_patient(work, patient_id)
    return Chart(patient, *medication_actions.get_list(work, patient_id))


def render_of_patient(template: str, status: int, patient: Patient, /, **context: Any) -> Response:
    """A page of one patient; its template extends ``patient.html.jinja``.

    Beside what ``render`` gives, a template has ``details(item)``, ``said_by(attribution)`` and
    ``categories``.
    """
    words = page_words()
    return render(
        template,
        status,
        patient=patient,
        details=lambda item: _details(item, words),
        said_by=lambda attribution: _said(attribution, words),
        language_name=language_name,
        print_size_name=lambda size: print_size_name(size, words),
        fact_label=lambda name: words.text(f"item.{name}"),
        informant_of=lambda attribution: informant_text(attribution, words),
        categories=list(Category),
        **context,
    )


def language_name(tag: str) -> str:
    """What a language calls itself; the tag where nobody knows it."""
    with suppress(ValueError, UnknownLocaleError):
        return (Locale.parse(tag, sep="-").get_display_name() or tag).capitalize()
    return tag


def print_size_name(size: PrintSize, words: Catalogue) -> str:
    """What a print size is called."""
    return words.text(f"print_size.{size}")


def gap_texts(chart: Chart) -> list[tuple[Gap, IsolatedText, list[tuple[int, Item]]]]:
    """Each gap in words, with the items that it is about and their numbers on the sheet."""
    words, numbers = page_words(), item_numbers(chart.medications)
    found = []
    for gap in chart.gaps:
        items = sorted((numbers[item.id], item) for item in chart.medications.items if item.id in gap.items)
        text = gap_text(gap, chart.medications, [number for number, _ in items], words)
        found.append((gap, worded(text, words.texts[f"gap.{gap.kind}"]), items))
    return found


def alike_text(alike: Alike, chart: Chart) -> str:
    """What some items have in common, in words that claim nothing; the items by their numbers."""
    words, numbers = page_words(), item_numbers(chart.medications)
    items = numbers_text([numbers[item.id] for item in alike.items], words)
    text = words.text(f"alike.{alike.kind}", items=items)
    return text[:1].upper() + text[1:]


def _details(item: Item, words: Catalogue) -> Iterator[tuple[str, str]]:
    for name, text in detail_texts(item.facts, words):
        yield words.text(f"item.{name}"), text


def _said(attribution: Attribution, words: Catalogue) -> IsolatedText:
    key, places = said_places(attribution, words, local_time(attribution.recorded_at, words))
    return placed(words.texts[key], places)
