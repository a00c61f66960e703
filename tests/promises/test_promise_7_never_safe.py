"""Promise 7: no output says or suggests that interactions were checked; every output says that none were.

Planted faults that the checks catch: a catalogue that calls a list without gaps clear, complete, safe or
verified; one that says that no interactions were found; a document, a page or a sheet of paper that does not
say "not checked"; a second page that does not; a badge on the page; a state that calls an old sheet approved.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given

from service.domain.checklists.checklist import ChecklistContent, Withdrawal
from service.domain.checklists.preparation import prepare
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.guidance.statements import Guidance
from service.domain.medications.categories import Answer, Category
from service.domain.medications.difference import difference
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.domain.wording import ENGLISH, ENGLISH_CATALOGUE, Catalogue
from tests.domain.made_up import NOW, NURSE, item, listing, lists_of_alikes
from tests.promises.denials import DENIALS
from tests.promises.sheets import (
    CURRENT,
    Json,
    Page,
    document_of,
    few,
    page_of,
    pdf_pages_of,
)

SAID_SO = DENIALS["en"]
NOT_CHECKED = SAID_SO["notice.not_checked"]
CLAIM = re.compile(
    r"\b(?:(?:un)?safe(?:ly|ty)?|harmless|clear(?:ed|ance)?|complete\w*|verif\w+|reconcil\w+|bpmh|approv\w+"
    r"|compatib\w+|certif\w+|confirm\w+|validat\w+|screen(?:ed|ing)|check(?:ed|s)?|interact\w*"
    r"|contraindicat\w+|reviewed|ok(?:ay)?|all (?:good|done|well)|pass(?:ed)?|nothing to (?:report|worry)"
    r"|ready(?! to sign\b)"
    r"|no (?:known )?(?:problem|risk|concern|issue|alert|warning|danger|conflict|finding)s?)\b|[✓✔☑✅🟢]",
    re.IGNORECASE,
)


def claims_in(text: str) -> list[str]:
    """Words that suggest a check, outside the texts that deny one."""
    said = " ".join(text.split())
    for denial in SAID_SO.values():
        said = said.replace(denial, " ")
    return CLAIM.findall(said)


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (f"{key} {inner}",) if isinstance(inner, bool) else texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value


def assert_claims_nothing(
    document: Json, state: Json = CURRENT, page: Callable[[Json, Json], str] = page_of
) -> None:
    """The document, its state and its page claim no check, and say that there was none."""
    assert document["notices"][0]["text"] == NOT_CHECKED
    assert [text for text in (*texts_in(document), *texts_in(state)) if claims_in(text)] == []
    html = page(document, state)
    assert NOT_CHECKED in Page(html, aloud=False).runs
    assert [run for run in Page(html).runs if claims_in(run)] == []


def assert_paper_claims_nothing(pages: list[str]) -> None:
    for page in pages:
        assert NOT_CHECKED in " ".join(page.split())
        assert claims_in(page) == []


def whole_list() -> MedicationList:
    """A list on which nothing is missing: where a check mark would be most tempting."""
    known = item(1, "Water", category=Category.PRESCRIPTION, strength="5 mg", dosage_text="one daily")
    return listing(known, answers=dict.fromkeys(Category, Answer.NONE_REPORTED))


def states() -> dict[str, Json]:
    before, after = whole_list(), replace(listing(item(2, "Soap")), version=2)
    old = ChecklistState(1, 2, difference(before, after))
    withdrawn = ChecklistState(1, 1, None, Withdrawal(NURSE, NOW, "wrong visit"))
    return {
        name: state_document(state, ENGLISH_CATALOGUE)
        for name, state in (("current", ChecklistState(1, 1)), ("superseded", old), ("withdrawn", withdrawn))
    }


def test_the_texts_that_deny_a_check_still_do() -> None:
    assert {key: ENGLISH[key] for key in SAID_SO} == SAID_SO


def test_no_fixed_text_suggests_that_anything_was_checked() -> None:
    assert {key: text for key, text in ENGLISH.items() if claims_in(text)} == {}


@few
@given(lists_of_alikes())
def test_no_sheet_of_any_list_claims_a_check(medications: MedicationList) -> None:
    assert_claims_nothing(document_of(medications))


@pytest.mark.parametrize("state", states())
def test_a_sheet_without_a_gap_claims_nothing_whatever_became_of_it(state: str) -> None:
    document = document_of(whole_list())
    assert_claims_nothing(document, states()[state])
    assert_paper_claims_nothing(pdf_pages_of(document, states()[state]))


def test_every_page_of_paper_says_that_nothing_was_checked() -> None:
    items = (item(number, f"Examplin {number:03d}x") for number in range(1, 61))
    pages = pdf_pages_of(document_of(listing(*items)))
    assert len(pages) > 2
    assert_paper_claims_nothing(pages)


def test_what_the_patient_called_safe_stays_as_it_was_said() -> None:
    document = document_of(listing(item(1, "Safe & clear", note="my cousin says no interactions")))
    runs = Page(page_of(document)).runs
    assert {"Safe & clear", "my cousin says no interactions"} <= set(runs)
    claiming = {text for text in texts_in(document) if claims_in(text)}
    assert claiming == {"Safe & clear", "my cousin says no interactions"}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("gap.none", "All clear."),
        ("gap.none", "This list is complete."),
        ("answer.none_reported", "None: safe to start."),
        ("section.tell", "No interactions found"),
        ("notice.review_by", "Verified by {reviewer} on {date}."),
        ("sign.statement", "A signature says that the list is complete."),
        ("notice.not_checked_more", "No problems were found. It is not complete."),
        ("notice.not_checked", "Checked for interactions."),
        ("section.sign_off", "✓ Signatures"),
    ],
)
def test_a_planted_word_of_a_check_is_found_in_every_output(key: str, text: str) -> None:
    words = Catalogue("en", {**ENGLISH, key: text})

    def saying(patient: Patient, medications: MedicationList, guidance: Guidance) -> ChecklistContent:
        return prepare(patient, medications, guidance, words)

    document = document_of(whole_list(), saying)
    with pytest.raises(AssertionError):
        assert_claims_nothing(document)
    with pytest.raises(AssertionError):
        assert_paper_claims_nothing(pdf_pages_of(document))
    assert [run for run in Page(page_of(document)).runs if claims_in(run)]


@pytest.mark.parametrize(
    "plant",
    [
        lambda d: d["notices"].pop(0),
        lambda d: d["notices"].reverse(),
        lambda d: d.update(interactions_checked=True),
        lambda d: d.update(result="no known interactions"),
    ],
)
def test_a_planted_document_that_is_silent_about_the_check_or_claims_one_is_found(
    plant: Callable[[Json], object],
) -> None:
    document = document_of(whole_list())
    plant(document)
    with pytest.raises(AssertionError):
        assert_claims_nothing(document)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NOT_CHECKED, ""),
        ("<h1>", '<span class="badge">Complete</span><h1>'),
        ("<h1>", '<span role="img" aria-label="verified"></span><h1>'),
    ],
)
def test_a_planted_page_that_hides_the_notice_or_wears_a_badge_is_found(old: str, new: str) -> None:
    def planted(document: Json, state: Json) -> str:
        return page_of(document, state).replace(old, new)

    with pytest.raises(AssertionError):
        assert_claims_nothing(document_of(whole_list()), page=planted)


def test_a_planted_second_page_of_paper_without_the_notice_is_found() -> None:
    first = pdf_pages_of(document_of(whole_list()))[0]
    with pytest.raises(AssertionError):
        assert_paper_claims_nothing([first, " ".join(first.split()).replace(NOT_CHECKED, "")])


def test_a_planted_state_that_calls_an_old_sheet_approved_is_found() -> None:
    with pytest.raises(AssertionError):
        assert_claims_nothing(document_of(whole_list()), {**CURRENT, "note": "approved"})
