"""Sheets for the promises' tests in every format, read back as a person meets them.

A promise is tested by a check and by planted faults: the check holds for the service, and no fault passes it.
"""

import json
import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import HypothesisWarning

from service.domain.checklists.checklist import Checklist, ChecklistContent, SheetTreatment
from service.domain.checklists.document import checklist_document
from service.domain.checklists.preparation import prepare
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.guidance.statements import Guidance
from service.domain.medications.categories import Category
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Paper, Patient, PrintSize
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import sheet_html, sheet_pdf
from tests.domain.made_up import NOW, NURSE, PATIENT, listing, lists_of_alikes, steady
from tests.formats.printout.reading import pdf_pages
from tests.guidance_of_tests import guidance_of_tests
from tests.strategies import texts

Json = dict[str, Any]
Prepare = Callable[[Patient, MedicationList, Guidance], ChecklistContent]
GUIDANCE = guidance_of_tests()
CURRENT: Json = state_document(ChecklistState(1, 1), ENGLISH_CATALOGUE)
few = settings(steady, max_examples=40)


def document_of(
    medications: MedicationList,
    made_by: Prepare = prepare,
    *,
    guidance: Guidance | tuple[Guidance, ...] = GUIDANCE,
    patient: Patient = PATIENT,
) -> Json:
    """The issued sheet as it is read back from storage."""
    used = guidance if isinstance(guidance, tuple) else (guidance,)
    checklist = Checklist(
        id=UUID(int=7),
        code="7K2M9X4PD",
        patient=patient,
        treatments=tuple(SheetTreatment.of(one, one.version) for one in used),
        planned_start=date(2026, 12, 1),
        list_version=medications.version,
        language="en",
        paper=Paper.A4,
        print_size=PrintSize.STANDARD,
        time_zone="UTC",
        issued_at=NOW,
        issued_by=NURSE,
        content=made_by(patient, medications, guidance),
    )
    read_back: Json = json.loads(json.dumps(checklist_document(checklist)))
    return read_back


def page_of(document: Json, state: Json = CURRENT) -> str:
    return sheet_html(document, state, ENGLISH_CATALOGUE, stylesheet_url="/static/sheet.css")


def pdf_pages_of(document: Json, state: Json = CURRENT) -> list[str]:
    return pdf_pages(sheet_pdf(document, state, ENGLISH_CATALOGUE, system_fonts=False))


class Page(HTMLParser):
    """What a page says: its texts, unbroken by isolation, and the name that stands in each item's row.

    ``aloud``: also what is only read aloud, or printed in a margin.
    """

    def __init__(self, html: str, *, aloud: bool = True) -> None:
        super().__init__()
        self._aloud = aloud
        self.runs: list[str] = [""]
        self.names: list[tuple[str, str]] = []
        self._row = ""
        self._in_name = False
        self.feed(html)
        self.close()
        self.runs = [run for run in (" ".join(run.replace("\u200b", "").split()) for run in self.runs) if run]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self._in_name = named.get("class") == "name"
        if self._in_name:
            self.names.append((self._row, ""))
        if tag == "tr":
            self._row = named.get("id") or ""
        if tag != "bdi" or self._in_name:
            self.runs.append("")
        aloud = attrs if self._aloud else ()
        heard = [part for key, value in aloud if _is_heard(key) for part in _ISOLATES.split(value or "")]
        self.runs[-1:] = [*heard, ""] if heard else self.runs[-1:]

    def handle_endtag(self, tag: str) -> None:
        if tag != "bdi" or self._in_name:
            self.runs.append("")
        self._in_name = False

    def handle_data(self, data: str) -> None:
        self.runs[-1] += data
        if self._in_name:
            row, said = self.names[-1]
            self.names[-1] = (row, said + data)


_ISOLATES = re.compile("[\u2066-\u2069]")


def _is_heard(attribute: str) -> bool:
    """Whether an attribute's text is read aloud or printed in a margin."""
    return attribute in {"aria-label", "alt", "title", "placeholder"} or attribute.startswith("data-")


def item_lines(document: Json) -> list[Json]:
    return [line for section in document["sections"] for line in section["lines"] if "item" in line]


def lines_of(document: Json, section_id: str) -> list[Json]:
    lines: list[Json] = next(s["lines"] for s in document["sections"] if s["id"] == section_id)
    return lines


_some_names = st.lists(texts(30), min_size=1, max_size=8)
_one_of_all = st.sampled_from([*Category, None])


@cache
@st.composite
def named_lists(draw: st.DrawFn) -> MedicationList:
    """A list of any shape with names and descriptions of any kind, hostile and equal ones among them.

    Half of them have all their items in one category: an order is seen only where several stand together.
    """
    medications = draw(lists_of_alikes())
    if draw(st.booleans()):
        medications = _in_one_category(medications, draw(_one_of_all))
    spoken = draw(_some_names)
    choices = st.sampled_from(spoken)
    return replace(
        medications,
        items=tuple(
            replace(
                item,
                facts=replace(
                    item.facts,
                    name=item.facts.name and draw(choices),
                    description=item.facts.description and draw(choices),
                ),
            )
            for item in medications.items
        ),
    )


def _in_one_category(medications: MedicationList, category: Category | None) -> MedicationList:
    items = (replace(one, facts=replace(one.facts, category=category)) for one in medications.items)
    said = {of: answer.answer for of, answer in medications.answers.items() if answer.said_by_a_person}
    return listing(*items, version=medications.version, answers=said)


def fault_is_found(check: Callable[..., None], *strategies: st.SearchStrategy[Any], most: int = 2000) -> bool:
    """Whether a property test with this check finds what is wrong; one example that shows it is enough."""

    @settings(
        steady,
        max_examples=most,
        phases=[Phase.generate],
        database=None,
        report_multiple_bugs=False,
        print_blob=False,
    )
    @given(st.tuples(*strategies))
    def property_of_a_fault(drawn: tuple[Any, ...]) -> None:
        check(*drawn)

    try:
        with warnings.catch_warnings():
            # An example of many items is too long to be printed, and nobody is to read it.
            warnings.simplefilter("ignore", HypothesisWarning)
            property_of_a_fault()
    except AssertionError:
        return True
    return False
