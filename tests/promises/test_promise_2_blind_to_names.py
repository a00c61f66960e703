"""Promise 2: lists that differ only in names give sheets that differ only in those names, in every format.

Planted faults that the checks catch: a preparation that sorts by name; one that knows a name and adds a
line; one that sorts a herbal into its category by name; one that does not ask for the dose of one name;
a comparison of lists in the order of names; a page that marks a name.
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from markupsafe import escape

from service.domain.checklists.checklist import ChecklistContent
from service.domain.checklists.lines import WordingLine
from service.domain.checklists.preparation import prepare
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.guidance.statements import Guidance
from service.domain.medications.categories import Category
from service.domain.medications.difference import Difference, difference
from service.domain.medications.items import ItemFacts
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import WholeList, replace_list
from service.domain.patients.patients import Patient
from service.domain.wording import ENGLISH_CATALOGUE
from tests.domain.made_up import PATIENT_SAID, chances, item, listing, new_ids, sent_alikes
from tests.formats.printout.reading import run_on
from tests.promises.sheets import (
    Json,
    Prepare,
    document_of,
    fault_is_found,
    few,
    named_lists,
    page_of,
    pdf_pages_of,
)

Names = dict[str, str]
KNOWN_TO_INTERACT = ("Warfarin", "St John's wort", "Rifampicin", "Grapefruit juice")
HARMLESS = ("Water", "Soap", "Air", "Chalk")


def renaming_of(medications: MedicationList, chance: Random) -> Names:
    """Another name for each, in an order of the alphabet that has nothing to do with the old one."""
    old = sorted(
        {text for one in medications.items for text in (one.facts.name, one.facts.description) if text}
    )
    new = [f"zq{number:03d}qz" for number in range(len(old))]
    chance.shuffle(new)
    return dict(zip(old, new, strict=True))


def facts_renamed(facts: ItemFacts, names: Names) -> ItemFacts:
    return replace(
        facts,
        name=facts.name and names.get(facts.name, facts.name),
        description=facts.description and names.get(facts.description, facts.description),
    )


def renamed(medications: MedicationList, names: Names) -> MedicationList:
    items = (replace(one, facts=facts_renamed(one.facts, names)) for one in medications.items)
    return replace(medications, items=tuple(items))


def named_back(value: object, names: Names) -> object:
    """The document with the old names again, and without the digests that cover them."""
    if isinstance(value, dict):
        return {key: named_back(inner, names) for key, inner in value.items() if key != "content_digest"}
    if isinstance(value, list):
        return [named_back(inner, names) for inner in value]
    old = {new: old for old, new in names.items()}
    return old.get(value, value) if isinstance(value, str) else value


def page_named_back(html: str, names: Names) -> str:
    for old, new in names.items():
        html = html.replace(str(escape(new)), str(escape(old)))
    return html


def assert_blind(
    medications: MedicationList,
    names: Names,
    made_by: Prepare = prepare,
    page: Callable[[Json], str] = page_of,
) -> None:
    before, after = document_of(medications, made_by), document_of(renamed(medications, names), made_by)
    assert named_back(after, names) == named_back(before, {})
    assert page_named_back(page(after), names) == page(before)


@few
@given(named_lists(), chances)
def test_other_names_change_nothing_but_the_names(medications: MedicationList, chance: Random) -> None:
    assert_blind(medications, renaming_of(medications, chance))


@few
@given(named_lists(), sent_alikes(), chances)
def test_other_names_change_neither_what_becomes_of_a_list_nor_what_its_old_sheet_says(
    latest: MedicationList, whole: WholeList, chance: Random
) -> None:
    names = renaming_of(latest, chance) | {"Water": "zq-w-qz", "Soap": "zq-s-qz"}
    sent = tuple(replace(listed, facts=facts_renamed(listed.facts, names)) for listed in whole.items)
    after, after_renamed = (
        replace_list(before, posted, PATIENT_SAID, new_id=new_ids(1 << 100))
        for before, posted in ((latest, whole), (renamed(latest, names), replace(whole, items=sent)))
    )
    assert after_renamed == renamed(after, names)
    assert_old_sheet_is_blind(latest, after, names)


def assert_old_sheet_is_blind(
    before: MedicationList,
    after: MedicationList,
    names: Names,
    compared: Callable[[MedicationList, MedicationList], Difference] = difference,
) -> None:
    said, said_renamed = (
        state_document(ChecklistState(1, 2, compared(old, new)), ENGLISH_CATALOGUE)
        for old, new in ((before, after), (renamed(before, names), renamed(after, names)))
    )
    assert named_back(said_renamed, names) == said
    pages = page_of(document_of(before), said), page_of(document_of(renamed(before, names)), said_renamed)
    assert page_named_back(pages[1], names) == pages[0]


def four_items(names: tuple[str, ...]) -> MedicationList:
    categories = (*Category, None)
    return listing(*(item(n, name, category=categories[n]) for n, name in enumerate(names)))


def test_medicines_known_to_interact_give_the_same_sheet_as_water_and_soap() -> None:
    names = dict(zip(KNOWN_TO_INTERACT, HARMLESS, strict=True))
    assert_blind(four_items(KNOWN_TO_INTERACT), names)
    before, after = (
        run_on("".join(pdf_pages_of(document_of(four_items(said))))) for said in (KNOWN_TO_INTERACT, HARMLESS)
    )
    for old, new in names.items():
        assert before.count(run_on(old)) == after.count(run_on(new)) == 1
        after = after.replace(run_on(new), run_on(old))
    assert after == before


@settings(few, max_examples=3, deadline=None)
@given(named_lists(), chances)
def test_other_names_change_nothing_but_the_names_on_paper(
    medications: MedicationList, chance: Random
) -> None:
    first, second = (f"zz{n}" for n in "12")
    names = renaming_of(medications, chance)
    plain = renamed(medications, {old: f"{first}{new}" for old, new in names.items()})
    other = renamed(medications, {old: f"{second}{new[::-1]}" for old, new in names.items()})
    one, two = (run_on("".join(pdf_pages_of(document_of(made)))) for made in (plain, other))
    for new in names.values():
        one = one.replace(f"{first}{new}", f"{second}{new[::-1]}")
    assert one == two


def sorting_by_name(patient: Patient, medications: MedicationList, guidance: Guidance) -> ChecklistContent:
    by_name = tuple(sorted(medications.items, key=lambda one: one.facts.called))
    return prepare(patient, replace(medications, items=by_name), guidance)


def warning_of_a_known_name(
    patient: Patient, medications: MedicationList, guidance: Guidance
) -> ChecklistContent:
    made = prepare(patient, medications, guidance)
    known = [one for one in medications.current_items if one.facts.called in KNOWN_TO_INTERACT]
    more = (WordingLine("more", "ask.open", "What else do you take?"),) if known else ()
    return replace(made, notices=(*made.notices, *more))


def sorting_into_a_category(
    patient: Patient, medications: MedicationList, guidance: Guidance
) -> ChecklistContent:
    def sorted_in(facts: ItemFacts) -> ItemFacts:
        herbal = facts.category is None and "wort" in facts.called
        return replace(facts, category=Category.SUPPLEMENT) if herbal else facts

    items = tuple(replace(one, facts=sorted_in(one.facts)) for one in medications.items)
    answers = listing(*items).answers
    return prepare(patient, replace(medications, items=items, answers=answers), guidance)


def not_asking_for_a_dose(
    patient: Patient, medications: MedicationList, guidance: Guidance
) -> ChecklistContent:
    def dosed(facts: ItemFacts) -> ItemFacts:
        return replace(facts, dosage_text=" ") if facts.called == "Grapefruit juice" else facts

    items = tuple(replace(one, facts=dosed(one.facts)) for one in medications.items)
    return prepare(patient, replace(medications, items=items), guidance)


@pytest.mark.parametrize("fault", [warning_of_a_known_name, not_asking_for_a_dose])
def test_a_planted_look_at_the_name_of_a_known_medicine_is_found(fault: Prepare) -> None:
    names = dict(zip(KNOWN_TO_INTERACT, HARMLESS, strict=True))
    with pytest.raises(AssertionError):
        assert_blind(four_items(KNOWN_TO_INTERACT), names, fault)


def test_a_planted_sorting_of_a_herbal_by_its_name_is_found() -> None:
    medications = listing(item(1, "A wort"), item(2, "Water", category=Category.SUPPLEMENT))
    with pytest.raises(AssertionError):
        assert_blind(medications, {"A wort": "Soap"}, sorting_into_a_category)


def test_a_planted_order_of_the_alphabet_is_found() -> None:
    def check(medications: MedicationList, chance: Random) -> None:
        assert_blind(medications, renaming_of(medications, chance), sorting_by_name)

    assert fault_is_found(check, named_lists(), chances)


def test_a_planted_comparison_by_name_is_found() -> None:
    def by_name(before: MedicationList, after: MedicationList) -> Difference:
        found = difference(before, after)
        ordered = sorted(found.items, key=lambda change: change.after.facts.called)
        return replace(found, items=tuple(ordered))

    after = listing(item(1, "Soap"), item(2, "Air"), version=2)
    with pytest.raises(AssertionError):
        assert_old_sheet_is_blind(listing(), after, {"Soap": "A", "Air": "B"}, by_name)


def test_a_planted_mark_beside_a_name_on_the_page_is_found() -> None:
    def marking(document: Json) -> str:
        return page_of(document).replace("Warfarin", "Warfarin<b>!</b>")

    names = dict(zip(KNOWN_TO_INTERACT, HARMLESS, strict=True))
    with pytest.raises(AssertionError):
        assert_blind(four_items(KNOWN_TO_INTERACT), names, page=marking)
