"""``record.html``: what is kept of a patient as one page, to read on any computer and to print.

It holds its own style, no script and no address outside the file. Values of the record stand in ``<bdi>``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup

from service.domain.access.clinics import Clinic
from service.domain.attribution import Attribution
from service.domain.checklists.record_texts import answer_key, detail_texts, said_places
from service.domain.medications.categories import Category
from service.domain.medications.items import Item
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.domain.text import PartialDate
from service.domain.wording import Catalogue
from service.domain.zones import in_zone
from service.formats.english_marks import marked_html
from service.formats.html_templates import templates_in
from service.formats.isolated_text import IsolatedText, placed
from service.formats.patient_file.archive import SheetFile
from service.formats.patient_file.typed import typed_texts

_FOLDER = Path(__file__).parent / "templates"
_PIECES = 200
"""How many pieces of the page are put together before they are written."""

_TEMPLATES = templates_in(_FOLDER)
_STYLE = (_FOLDER / "record.css").read_text(encoding="utf-8")

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class SheetOnPage:
    """A sheet that was issued: ``row`` as it is kept, with what became of it, and where it stands."""

    row: Mapping[str, Any]
    file: SheetFile


@dataclass(frozen=True, slots=True)
class PatientPage:
    """What the page shows; what can be long comes row by row.

    ``history`` are a version's number, who recorded it, and what it says otherwise than the one before, as
    ``changes_document`` makes it. The rows are those of ``record.json``.
    """

    clinic: Clinic
    patient: Patient
    made_at: datetime
    created_at: datetime
    now: MedicationList
    history: Iterable[tuple[int, Attribution, Mapping[str, Any]]]
    sheets: Iterable[SheetOnPage]
    sign_offs: Rows
    marks: Rows
    links: Rows
    forms: Rows
    feedback: Rows
    events: Rows


def page_chunks(page: PatientPage, words: Catalogue) -> Iterator[bytes]:
    """The page in pieces, UTF-8."""
    marked = words.marked()
    stream = _TEMPLATES.get_template("record.html.jinja").stream(
        page=page,
        words=words,
        style=Markup(_STYLE),  # noqa: S704 -- made here
        t=marked.text,
        categories=list(Category),
        day=lambda at: words.instant(in_zone(at, page.clinic.time_zone)),
        date=words.date,
        partial=lambda text: words.date(PartialDate.parse(text)),
        answer_key=answer_key,
        role_key=lambda role: f"data_role.{role}",
        details=lambda item: _details(item, words),
        said=lambda attribution: _said(attribution, words, page.clinic),
        reported_name=placed(marked.texts["data.reported_name"], {"name": page.now.reported_name}),
        withdrawn=lambda row: _withdrawn(row, words, page.clinic),
        typed=lambda draft: typed_texts(draft, marked),
    )
    stream.enable_buffering(_PIECES)
    for piece in stream:
        yield marked_html(piece).encode()


def _details(item: Item, words: Catalogue) -> Iterator[tuple[str, str]]:
    marked = words.marked()
    for name, text in detail_texts(item.facts, words):
        yield marked.text(f"item.{name}"), text


def _said(attribution: Attribution, words: Catalogue, clinic: Clinic) -> IsolatedText:
    when = words.instant(in_zone(attribution.recorded_at, clinic.time_zone))
    key, places = said_places(attribution, words, when)
    return placed(words.marked().texts[key], places)


def _withdrawn(row: Mapping[str, Any], words: Catalogue, clinic: Clinic) -> IsolatedText:
    places = {
        "name": row["by_name"],
        "date": words.instant(in_zone(row["at"], clinic.time_zone)),
        "reason": row["reason"],
    }
    return placed(words.marked().texts["data.withdrawn"], places)
