"""Promise 4: a category is "none" only where a person said so, last, and it is known who said it and how.

Planted faults that the checks catch: a new list that takes silence for none; a category that becomes
none when its last item goes; a none that outlives a newer list which does not repeat it; a none that is
put down to another person; a sheet that shows "none" for a category that nobody asked about, that does
not ask, or that loses a none that was said.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.actions.intake import Intake, submit_intake
from service.actions.medications import get_list
from service.actions.patients import PostedPatient
from service.domain.access.permissions import Role
from service.domain.attribution import Attribution, CollectionMode, Informant, InformantKind
from service.domain.checklists.gaps import GapKind
from service.domain.errors import RefusedError
from service.domain.medications.categories import NOT_ASKED, PERSONS_ANSWERS, Answer, Category, CategoryAnswer
from service.domain.medications.changes import add_item, answer_category, change_item, mark_entered_in_error
from service.domain.medications.items import ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import ListedItem, WholeList, replace_list
from service.domain.wording import ENGLISH
from tests.domain.made_up import (
    NOBODY_SAID,
    PATIENT,
    PATIENT_SAID,
    alike_facts,
    item,
    listing,
    new_ids,
    sent_alikes,
)
from tests.promises.conftest import ClinicOfPromises
from tests.promises.sheets import Json, Page, document_of, fault_is_found, few, lines_of, page_of

DAUGHTER_SAID = replace(PATIENT_SAID, informant=Informant(InformantKind.RELATED_PERSON, "A. Example"))
NONE = dict.fromkeys(Category, Answer.NONE_REPORTED)
Replace = Callable[[MedicationList, WholeList, Attribution], MedicationList]
IDS = new_ids(1 << 90)


def replaced(latest: MedicationList, sent: WholeList, said: Attribution) -> MedicationList:
    return replace_list(latest, sent, said, new_id=IDS)


@dataclass(frozen=True)
class Step:
    """One thing that happens to a list; ``word`` is the place of an item, ``facts`` what is said of it."""

    kind: str
    said: Attribution
    whole: WholeList
    category: Category
    answer: Answer
    facts: ItemFacts
    word: int


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(["whole", "whole", "silence", "answer", "answer", "add", "change", "slip", "stop"]),
        st.sampled_from([PATIENT_SAID, DAUGHTER_SAID, NOBODY_SAID]),
        sent_alikes(),
        st.sampled_from(Category),
        st.sampled_from(Answer),
        alike_facts(),
        st.integers(0, 5),
    ),
    max_size=12,
)


def taken(latest: MedicationList, step: Step, replace_with: Replace) -> MedicationList:
    """The list after a step; what is refused changes nothing."""
    said = replace(step.said, recorded_at=step.said.recorded_at + timedelta(minutes=latest.version))
    whole = {"whole": step.whole, "silence": WholeList()}.get(step.kind)
    try:
        if whole is not None:
            return replace_with(latest, whole, said)
        if step.kind == "answer":
            return answer_category(latest, step.category, step.answer, said)
        if step.kind == "add":
            return add_item(latest, step.facts, said, new_id=IDS)
    except RefusedError:
        return latest
    return one_item_changed(latest, step, said)


def one_item_changed(latest: MedicationList, step: Step, said: Attribution) -> MedicationList:
    open_items = [one for one in latest.items if one.facts.status is not Status.ENTERED_IN_ERROR]
    if step.word >= len(open_items):
        return latest
    one = open_items[step.word]
    if step.kind == "slip":
        return mark_entered_in_error(latest, one.id, "a slip", said)
    stopped = replace(one.facts, status=Status.STOPPED)
    return change_item(latest, one.id, step.facts if step.kind == "change" else stopped, said)


def assert_none_was_said(happened: list[Step], replace_with: Replace = replaced) -> None:
    latest = MedicationList(PATIENT.id, 1, NOBODY_SAID)
    last_word: dict[Category, Attribution] = {}
    for step in happened:
        following = taken(latest, step, replace_with)
        if following.version > latest.version:
            last_word = words_after(last_word, step, following)
        latest = following
        for category, found in latest.answers.items():
            if found.answer is Answer.NONE_REPORTED:
                assert found.attribution == last_word.get(category), category
                assert found.attribution.complete
            assert_shown_as_answered(latest, category)


def words_after(
    last_word: dict[Category, Attribution], step: Step, following: MedicationList
) -> dict[Category, Attribution]:
    """Who last said none to which category, worked out from the step alone."""
    said = following.attribution
    if step.kind in ("whole", "silence"):
        answers = step.whole.answers if step.kind == "whole" else {}
        return {category: said for category, answer in answers.items() if answer is Answer.NONE_REPORTED}
    if step.kind == "answer":
        others = {category: by for category, by in last_word.items() if category is not step.category}
        return others | ({step.category: said} if step.answer is Answer.NONE_REPORTED else {})
    return last_word


def assert_shown_as_answered(
    medications: MedicationList, category: Category, document: Json | None = None
) -> None:
    """A question that nobody asked is printed as a question; "none" is printed only where it was said."""
    lines = lines_of(document or document_of(medications), category)
    answer = medications.answers[category].answer
    texts = [line["text"] for line in lines]
    assert (ENGLISH["answer.none_reported"] in texts) is (answer is Answer.NONE_REPORTED)
    if answer is Answer.NOT_ASKED:
        assert [line["kind"] for line in lines] == ["wording", "wording"]
        assert texts == [ENGLISH["answer.not_asked"], ENGLISH[f"ask.{category}"]]


@few
@given(steps)
def test_none_is_there_only_where_a_person_said_it_last(happened: list[Step]) -> None:
    assert_none_was_said(happened)


def test_a_category_whose_last_item_goes_does_not_become_none() -> None:
    tea = item(1, "Tea", category=Category.SUPPLEMENT)
    slipped = mark_entered_in_error(listing(tea), tea.id, "a slip", PATIENT_SAID)
    stopped = change_item(listing(tea), tea.id, replace(tea.facts, status=Status.STOPPED), PATIENT_SAID)
    sorted_otherwise = change_item(listing(tea), tea.id, replace(tea.facts, category=None), PATIENT_SAID)
    for latest in (slipped, stopped, sorted_otherwise):
        assert latest.answers[Category.SUPPLEMENT].answer is Answer.ITEMS_REPORTED


@pytest.mark.parametrize("answer", sorted(PERSONS_ANSWERS))
def test_no_answer_of_a_person_is_kept_without_knowing_who_gave_it_and_how(answer: Answer) -> None:
    half_known = (
        replace(PATIENT_SAID, collection_mode=None),
        replace(PATIENT_SAID, informant=None),
        NOBODY_SAID,
    )
    for said in half_known:
        with pytest.raises(RefusedError):
            answer_category(listing(), Category.SUPPLEMENT, answer, said)
        with pytest.raises(RefusedError):
            replaced(listing(), WholeList(answers={Category.SUPPLEMENT: answer}), said)


def test_what_nobody_asked_is_a_question_on_the_page_and_not_an_answer() -> None:
    runs = Page(page_of(document_of(listing()))).runs
    assert runs.count(ENGLISH["answer.not_asked"]) == 3
    assert not {ENGLISH[f"answer.{word}"] for word in ("none_reported", "unknown", "declined")} & set(runs)
    for category in Category:
        assert runs.count(ENGLISH[f"ask.{category}"]) == 1
    answered = Page(page_of(document_of(listing(answers=NONE)))).runs
    assert answered.count(ENGLISH["answer.none_reported"]) == 3


POSTED = PostedPatient(PATIENT.identifiers[0], PATIENT.name, PATIENT.birth_date)
SAID_SO = {"informant": PATIENT_SAID.informant, "collection_mode": CollectionMode.PAPER}
SILENT = [WholeList(), WholeList(answers=dict.fromkeys(Category, Answer.NOT_ASKED))]


@pytest.mark.parametrize("nothing", SILENT)
@pytest.mark.parametrize("role", [Role.INTAKE, Role.EHR])
def test_an_import_of_nothing_changes_nothing(
    clinic: ClinicOfPromises, role: Role, nothing: WholeList
) -> None:
    spoken = WholeList(
        (ListedItem(ItemFacts("Tea", category=Category.SUPPLEMENT)),),
        {Category.PRESCRIPTION: Answer.NONE_REPORTED},
    )
    kept = clinic.does(lambda work: submit_intake(work, Intake(POSTED, spoken, **SAID_SO)))
    imported = Intake(POSTED, nothing, None, CollectionMode.IMPORT)

    receipt = clinic.does(lambda work: submit_intake(work, imported), role)

    assert not receipt.changed
    assert receipt.medications == kept.medications
    found, _ = clinic.does(lambda work: get_list(work, kept.patient.id))
    assert found == kept.medications
    assert found.answers[Category.OVER_THE_COUNTER] == NOT_ASKED


def test_a_form_that_says_nothing_learns_nothing_of_what_is_on_file(clinic: ClinicOfPromises) -> None:
    spoken = WholeList((ListedItem(ItemFacts("Tea")),), dict.fromkeys(Category, Answer.DECLINED))
    clinic.does(lambda work: submit_intake(work, Intake(POSTED, spoken, **SAID_SO)))
    silent = Intake(POSTED, WholeList())

    to_a_form = clinic.does(lambda work: submit_intake(work, silent), Role.INTAKE)
    to_a_nurse = clinic.does(lambda work: submit_intake(work, silent))

    assert {gap.kind for gap in to_a_form.gaps} == {GapKind.CATEGORY_NOT_ASKED}
    assert GapKind.CATEGORY_DECLINED in {gap.kind for gap in to_a_nurse.gaps}


def test_a_patient_who_comes_in_by_an_import_of_nothing_was_asked_nothing(clinic: ClinicOfPromises) -> None:
    imported = Intake(POSTED, WholeList(), None, CollectionMode.IMPORT)
    receipt = clinic.does(lambda work: submit_intake(work, imported), Role.EHR)
    found, _ = clinic.does(lambda work: get_list(work, receipt.patient.id))
    assert set(found.answers.values()) == {NOT_ASKED}
    for category in Category:
        assert_shown_as_answered(found, category)


def silence_as_none(latest: MedicationList, sent: WholeList, said: Attribution) -> MedicationList:
    by = said if said.complete else PATIENT_SAID
    following = replaced(latest, sent, said)
    answers = {
        category: CategoryAnswer(Answer.NONE_REPORTED, by) if found == NOT_ASKED else found
        for category, found in following.answers.items()
    }
    return replace(following, answers=answers)


def emptied_as_none(latest: MedicationList, sent: WholeList, said: Attribution) -> MedicationList:
    following = replaced(latest, sent, said)
    emptied = {
        category: CategoryAnswer(Answer.NONE_REPORTED, PATIENT_SAID)
        for category in Category
        if latest.in_category(category) and not following.in_category(category)
    }
    return replace(following, answers={**following.answers, **emptied})


def outliving(latest: MedicationList, sent: WholeList, said: Attribution) -> MedicationList:
    following = replaced(latest, sent, said)
    kept = {
        category: found
        for category, found in latest.answers.items()
        if found.answer is Answer.NONE_REPORTED and following.answers[category] == NOT_ASKED
    }
    return replace(following, answers={**following.answers, **kept})


def put_down_to_another(latest: MedicationList, sent: WholeList, said: Attribution) -> MedicationList:
    following = replaced(latest, sent, said)
    answers = {
        category: CategoryAnswer(
            found.answer, replace(PATIENT_SAID, informant=Informant(InformantKind.CAREGIVER))
        )
        if found.answer is Answer.NONE_REPORTED
        else found
        for category, found in following.answers.items()
    }
    return replace(following, answers=answers)


@pytest.mark.parametrize("fault", [silence_as_none, emptied_as_none, outliving, put_down_to_another])
def test_a_planted_none_that_nobody_said_is_found(fault: Replace) -> None:
    def check(happened: list[Step]) -> None:
        assert_none_was_said(happened, fault)

    assert fault_is_found(check, steps)


@pytest.mark.parametrize(
    "plant",
    [
        lambda lines: lines[0].update(text=ENGLISH["answer.none_reported"]),
        lambda lines: lines.pop(),
        lambda lines: lines[0].update(kind="record"),
    ],
)
def test_a_planted_sheet_that_hides_what_nobody_asked_is_found(plant: Callable[[list[Json]], object]) -> None:
    document = document_of(listing())
    plant(lines_of(document, Category.SUPPLEMENT))
    with pytest.raises(AssertionError):
        assert_shown_as_answered(listing(), Category.SUPPLEMENT, document)


def test_a_planted_sheet_that_loses_a_none_that_was_said_is_found() -> None:
    medications = listing(item(1), answers=NONE)
    with pytest.raises(AssertionError):
        assert_shown_as_answered(medications, Category.SUPPLEMENT, document_of(listing(item(1))))
