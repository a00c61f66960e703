"""Promise 3 on lists that are long: forty items of one category, each once and in the list's own order.

Random lists are short, so that what drops the end of a long one has tests of its own, in every format.
Planted faults that they catch stand in ``planted/``.
"""

import re
from uuid import UUID

import pytest

from service.domain.access.clinics import Clinic
from service.domain.medications.categories import Category
from service.domain.medications.items import Item, Status
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.fhir.writing.bundles import write_record
from service.formats.fhir.writing.compositions import write_document
from tests.domain.made_up import item, listing
from tests.formats.printout.reading import run_on
from tests.promises.records import page_to_keep
from tests.promises.sheets import CURRENT, Page, document_of, item_lines, lines_of, page_of, pdf_pages_of

MANY = 40
STATUSES = (Status.ACTIVE, Status.UNKNOWN, Status.ON_HOLD, Status.INTENDED)
each_category = pytest.mark.parametrize("category", [*Category, None])


def many(category: Category | None, **facts: int) -> tuple[Item, ...]:
    """Items of every status that counts as taken; their names are in no order, and stand for themselves."""
    return tuple(
        item(number, name_of(number), category=category, status=STATUSES[number % len(STATUSES)], **facts)
        for number in range(1, MANY + 1)
    )


def name_of(number: int) -> str:
    return f"q{number * 17 % 97:02d}v"


def names_in(text: str) -> list[str]:
    return re.findall(r"q\d\dv", text)


WANTED = [name_of(number) for number in range(1, MANY + 1)]


def test_the_names_of_these_tests_are_all_different_and_in_no_order() -> None:
    assert len(set(WANTED)) == MANY
    assert sorted(WANTED) != WANTED


@each_category
def test_every_item_stands_on_the_sheet_in_the_lists_order(category: Category | None) -> None:
    document = document_of(listing(*many(category)))
    assert [
        line["text"] for line in lines_of(document, category or "uncategorized") if "item" in line
    ] == WANTED
    assert [line["number"] for line in item_lines(document)] == list(range(1, MANY + 1))
    assert [name for _, name in Page(page_of(document)).names] == WANTED


def test_every_item_of_an_earlier_list_is_asked_about() -> None:
    document = document_of(listing(*many(Category.SUPPLEMENT, left_out_since=1), version=2))
    assert [line["text"] for line in lines_of(document, "earlier_list")] == WANTED
    assert [name for _, name in Page(page_of(document)).names] == WANTED


@each_category
def test_every_item_stands_on_paper_in_the_lists_order(category: Category | None) -> None:
    assert names_in(run_on("".join(pdf_pages_of(document_of(listing(*many(category))))))) == WANTED


@each_category
def test_every_item_stands_in_the_document_for_an_ehr(category: Category | None) -> None:
    bundle = write_document(
        document_of(listing(*many(category))), CURRENT, ENGLISH_CATALOGUE, "https://a.example"
    )
    composition, _, *items = (entry["resource"] for entry in bundle["entry"])
    assert [one["medicationCodeableConcept"]["text"] for one in items] == WANTED
    (entries,) = (part["entry"] for part in composition["section"] if "entry" in part)
    assert [one["reference"] for one in entries] == [f"MedicationStatement/{one['id']}" for one in items]


@each_category
def test_every_item_stands_in_the_record_for_an_ehr(category: Category | None) -> None:
    written = list(write_record(Clinic(UUID(int=2), "The clinic"), listing(*many(category))))
    items = [one for one in written if one["resourceType"] == "MedicationStatement"]
    assert [one["medicationCodeableConcept"]["text"] for one in items] == WANTED
    (entries,) = (one["entry"] for one in written if one["resourceType"] == "List" and "entry" in one)
    assert [one["item"]["reference"] for one in entries] == [
        f"MedicationStatement/{one['id']}" for one in items
    ]


@each_category
def test_every_item_stands_on_the_page_that_the_patient_keeps(category: Category | None) -> None:
    assert names_in(page_to_keep(listing(*many(category)), ENGLISH_CATALOGUE)) == WANTED


def test_every_item_that_is_no_longer_taken_stands_on_the_page_that_the_patient_keeps() -> None:
    assert (
        names_in(
            page_to_keep(listing(*many(Category.SUPPLEMENT, left_out_since=1), version=2), ENGLISH_CATALOGUE)
        )
        == WANTED
    )
