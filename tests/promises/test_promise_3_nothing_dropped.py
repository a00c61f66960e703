"""Promise 3: every current item of a list stands on its sheet exactly once, in every format.

Planted faults that the check catches: a preparation that drops items of unknown status, on hold, not started,
not sorted, without a name or in another script; one that takes the name "none" for no medicine; one that
makes two doses of one medicine into one; one that cuts a long name; a page that loses a row or repeats it.
"""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given

from service.domain.checklists.checklist import ChecklistContent
from service.domain.checklists.preparation import prepare
from service.domain.guidance.statements import Guidance
from service.domain.medications.categories import Category
from service.domain.medications.items import Item, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from tests.domain.made_up import item, listing
from tests.formats.printout.reading import run_on
from tests.promises.sheets import (
    Json,
    Page,
    Prepare,
    document_of,
    fault_is_found,
    few,
    item_lines,
    named_lists,
    page_of,
    pdf_pages_of,
)
from tests.strategies import hostile_names

SAID_LIKE_NOTHING = [
    "none",
    "No known medications",
    "n/a",
    "-",
    "0",
    "null",
    "no medicines",
    "?",
    "nil known",
]


def assert_nothing_dropped(
    medications: MedicationList, made_by: Prepare = prepare, page: Callable[[Json], str] = page_of
) -> None:
    document = document_of(medications, made_by)
    wanted = sorted((f"item-{one.id}", one.facts.called, False) for one in medications.current_items)
    wanted += sorted((f"item-{one.id}", one.facts.called, True) for one in medications.earlier_items)
    lines = [(line["id"], line["text"], line["on_earlier_list"]) for line in item_lines(document)]
    assert sorted(lines, key=lambda line: (line[2], line)) == wanted
    rows = [(row, name) for row, name in Page(page(document)).names]
    assert sorted(rows) == sorted((row, name) for row, name, _ in wanted)


@few
@given(named_lists())
def test_every_item_stands_on_the_sheet_once_whatever_it_is_called(medications: MedicationList) -> None:
    assert_nothing_dropped(medications)


@pytest.mark.parametrize("name", [*SAID_LIKE_NOTHING, *hostile_names])
def test_a_name_that_reads_like_nothing_or_like_code_is_an_item(name: str) -> None:
    assert_nothing_dropped(
        listing(item(1, name), item(2, None, description=name, category=Category.SUPPLEMENT))
    )


def every_kind() -> tuple[Item, ...]:
    """An item of every status that counts as taken, in every category and none, with and without a name."""
    taken = (Status.ACTIVE, Status.INTENDED, Status.ON_HOLD, Status.UNKNOWN)
    kinds = [(status, category) for status in taken for category in (*Category, None)]
    named = [item(n, f"Examplin {n:03d}x", status=s, category=c) for n, (s, c) in enumerate(kinds, start=1)]
    described = [
        item(n, None, description=f"a pill {n:03d}x", status=s, category=c)
        for n, (s, c) in enumerate(kinds, start=101)
    ]
    return (*named, *described)


@pytest.mark.parametrize("status", Status)
def test_an_item_counts_as_taken_unless_it_is_known_to_have_ended(status: Status) -> None:
    assert_nothing_dropped(listing(item(1, "Water", status=status)))
    lines = item_lines(document_of(listing(item(1, "Water", status=status))))
    assert len(lines) == (0 if status in (Status.STOPPED, Status.ENTERED_IN_ERROR) else 1)


def on_paper(medications: MedicationList) -> str:
    return run_on("".join(pdf_pages_of(document_of(medications))))


def test_every_item_stands_on_paper_once() -> None:
    medications = listing(*every_kind(), item(900, "Examplin 900x", left_out_since=1))
    paper = on_paper(medications)
    assert_nothing_dropped(medications)
    for one in medications.items:
        assert paper.count(run_on(one.facts.called)) == 1, one.facts.called


def test_a_name_that_reads_like_nothing_stands_on_paper_too() -> None:
    names = [name for name in hostile_names if re.fullmatch("[\x20-\x7e]+", name) and len(name) > 4]
    names += [f"{name} ({number})" for number, name in enumerate(SAID_LIKE_NOTHING, start=70)]
    paper = on_paper(listing(*(item(number, name) for number, name in enumerate(names, start=1))))
    for name in names:
        assert paper.count(run_on(name)) == 1, name


def test_two_doses_of_one_medicine_are_two_lines() -> None:
    doses = (item(1, strength="5 mg"), item(2, strength="10 mg"), item(3, strength="10 mg"))
    assert_nothing_dropped(listing(*doses))
    assert on_paper(listing(*doses)).count("Water") == 3


def keeping(kept: Callable[[Item], bool]) -> Prepare:
    """A preparation that drops what is not kept."""

    def faulty(patient: Patient, medications: MedicationList, guidance: Guidance) -> ChecklistContent:
        items = tuple(one for one in medications.items if kept(one))
        return prepare(patient, replace(medications, items=items), guidance)

    return faulty


def collapsing(patient: Patient, medications: MedicationList, guidance: Guidance) -> ChecklistContent:
    by_name = {(one.facts.called, one.current): one for one in reversed(medications.items)}
    return prepare(patient, replace(medications, items=tuple(by_name.values())), guidance)


def cutting(patient: Patient, medications: MedicationList, guidance: Guidance) -> ChecklistContent:
    items = tuple(
        replace(one, facts=replace(one.facts, name=one.facts.name and one.facts.name[:12]))
        for one in medications.items
    )
    return prepare(patient, replace(medications, items=items), guidance)


DROPPING: dict[str, Prepare] = {
    "what is not known to be taken": keeping(lambda one: one.facts.status is not Status.UNKNOWN),
    "what is not sorted yet": keeping(lambda one: one.facts.category is not None),
    "what has no name": keeping(lambda one: bool(one.facts.name)),
    "what was left out of the latest list": keeping(lambda one: one.left_out_since is None),
    "a second dose of the same": collapsing,
    "the end of a long name": cutting,
}


@pytest.mark.parametrize("fault", DROPPING)
def test_a_planted_preparation_that_drops_something_is_found(fault: str) -> None:
    def check(medications: MedicationList) -> None:
        assert_nothing_dropped(medications, DROPPING[fault])

    assert fault_is_found(check, named_lists())


@pytest.mark.parametrize(
    ("fault", "dropped"),
    [
        (keeping(lambda one: one.facts.status is not Status.ON_HOLD), item(1, status=Status.ON_HOLD)),
        (keeping(lambda one: one.facts.status is not Status.INTENDED), item(1, status=Status.INTENDED)),
        (keeping(lambda one: one.facts.called.casefold() not in SAID_LIKE_NOTHING), item(1, "None")),
        (keeping(lambda one: one.facts.called.isascii()), item(1, "降压药片")),
    ],
)
def test_a_planted_preparation_that_drops_one_kind_of_item_is_found(fault: Prepare, dropped: Item) -> None:
    with pytest.raises(AssertionError):
        assert_nothing_dropped(listing(dropped), fault)


def without_last_row(document: Json) -> str:
    html = page_of(document)
    start = html.rindex('<tr id="item-')
    return html[:start] + html[html.index("</tr>", start) + len("</tr>") :]


def with_last_row_twice(document: Json) -> str:
    html = page_of(document)
    start = html.rindex('<tr id="item-')
    end = html.index("</tr>", start) + len("</tr>")
    return html[:end] + html[start:end] + html[end:]


@pytest.mark.parametrize("fault", [without_last_row, with_last_row_twice])
def test_a_planted_page_that_loses_a_row_or_repeats_one_is_found(fault: Callable[[Json], str]) -> None:
    with pytest.raises(AssertionError):
        assert_nothing_dropped(listing(item(1, "Water"), item(2, "Soap")), page=fault)
