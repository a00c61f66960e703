"""A card: what it says of every state of a list, in every language, and what it never says."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given

from service.domain.cards.asked import SentPart, SentRecord, SentStatus
from service.domain.cards.cards import Whose
from service.domain.guidance.statements import Guidance, Review, Translation, text_digest
from service.domain.medications.categories import NOT_ASKED, Answer, Category, CategoryAnswer
from service.domain.medications.medication_list import MedicationList
from service.domain.wording import Catalogue
from service.formats.catalogue_files import shipped_catalogues
from service.formats.cds_hooks.card import card_document
from service.formats.cds_hooks.detail import detail
from service.formats.cds_hooks.summary import summary
from tests.domain.made_up import PATIENT, PATIENT_SAID, item, listing, lists_of_alikes, steady
from tests.formats.cds_hooks.card_rules import faults_of_card
from tests.formats.cds_hooks.made_cards import ADDRESSES, UNKNOWN_HERE, card_of
from tests.guidance_of_tests import SHA256, guidance_of_tests

CATALOGUES = shipped_catalogues()
each_language = pytest.mark.parametrize("words", CATALOGUES.values(), ids=CATALOGUES.keys())
NOBODYS = [whose for whose in Whose if whose is not Whose.ON_FILE]


def answered(*answers: Answer) -> MedicationList:
    """A list without items on which the categories were answered so."""
    said = (
        NOT_ASKED if answer is Answer.NOT_ASKED else CategoryAnswer(answer, PATIENT_SAID)
        for answer in answers
    )
    return MedicationList(PATIENT.id, 1, PATIENT_SAID, (), dict(zip(Category, said, strict=True)))


def all_asked() -> MedicationList:
    return answered(*[Answer.NONE_REPORTED] * 3)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            (Answer.NONE_REPORTED, Answer.NONE_REPORTED, Answer.NOT_ASKED),
            "Disclosure incomplete: supplements not asked",
        ),
        (
            (Answer.NOT_ASKED, Answer.NONE_REPORTED, Answer.NOT_ASKED),
            "Disclosure incomplete: prescriptions, supplements not asked",
        ),
        (
            (Answer.DECLINED, Answer.ITEMS_REPORTED, Answer.UNKNOWN),
            (
                "Disclosure incomplete: supplements “not sure”; prescriptions “rather not say”; "
                "over-the-counter medicines “yes”, nothing listed"
            ),
        ),
    ],
)
def test_the_summary_names_what_is_left_of_each_category(answers: tuple[Answer, ...], said: str) -> None:
    assert summary(card_of(answered(*answers))) == said


def test_a_list_without_a_gap_is_said_to_be_on_file_and_from_when() -> None:
    assert (
        summary(card_of(all_asked())) == "Medication list on file, 23 September 2026. Ask the open question."
    )


def test_gaps_of_items_alone_are_counted_beside_the_day() -> None:
    answers = dict.fromkeys(Category, Answer.NONE_REPORTED)
    medications = listing(item(1, "Water", category=Category.PRESCRIPTION), answers=answers)
    assert summary(card_of(medications)) == "Medication list on file, 23 September 2026. Still to ask: 1"


@pytest.mark.parametrize("whose", NOBODYS)
def test_a_card_without_a_list_says_why(whose: Whose) -> None:
    said = summary(card_of(None, whose=whose))
    assert said.startswith(
        "Disclosure incomplete: no list on file" if whose is Whose.NOT_ON_FILE else "No list"
    )
    assert ("prescriptions, over-the-counter medicines, supplements not asked" in said) == (
        whose is Whose.NOT_ON_FILE
    )


@each_language
def test_every_summary_in_every_language_has_at_most_139_signs(words: Catalogue) -> None:
    cards = [card_of(answered(*answers), words=words) for answers in product(Answer, repeat=3)]
    cards += [card_of(None, whose=whose, words=words) for whose in NOBODYS]
    assert max(len(summary(card)) for card in cards) < 140


def test_the_detail_counts_and_answers_for_each_category_and_for_what_came() -> None:
    medications = listing(
        item(1, "Water", category=Category.PRESCRIPTION),
        item(2, "Soap", category=Category.PRESCRIPTION, strength="1 g"),
        item(3, "Tea"),
        answers={Category.OVER_THE_COUNTER: Answer.NONE_REPORTED},
        version=4,
    )
    assert detail(card_of(medications)).splitlines() == [
        "Not checked for interactions.",
        "",
        "**The list on file here: version 4, 23 September 2026**",
        "",
        "- Prescription medicines: 2 listed",
        "- Medicines bought without a prescription: none",
        "- Vitamins, minerals, herbals and other supplements: not asked",
        "",
        "**Still to ask**",
        "",
        "- Not asked yet: Supplements",
        "- Not sorted yet: 1",
        "- No dose on the list: 2",
        "",
        "**Medicines in the EHR’s record, as they came with this request**",
        "",
        "- Orders: 3",
        "- Reported medicines: they did not come, so that their number is not known",
        "",
        "They are not the patient’s answers, so no category counts as asked.",
        "",
        "**Examplinib: What the document says to tell, and why**",
        "",
        "- Tell your provider about all medicines. (Paragraph 2, sentence 1)",
        "- It may act together with others. (Paragraph 2, sentence 2)",
        "",
        "Sources: The example leaflet",
    ]


def test_what_came_in_part_or_could_not_be_read_is_said_to_be_so() -> None:
    sent = {
        SentRecord.ORDERS: SentPart(SentStatus.PARTIAL, 2),
        SentRecord.REPORTED: SentPart(SentStatus.NOT_READABLE),
    }
    said = detail(card_of(all_asked(), sent=sent))
    assert "- Orders: 2, and not all of them came" in said
    assert "- Reported medicines: they could not be read, so that their number is not known" in said


def test_a_guidance_without_such_statements_leaves_its_part_out() -> None:
    said = detail(card_of(all_asked(), guidance=replace(guidance_of_tests(), statements=())))
    assert "What the document says" not in said
    assert "Sources" not in said


@each_language
@pytest.mark.parametrize("whose", Whose)
def test_every_card_in_every_language_keeps_the_rules_and_is_of_the_lowest_urgency(
    words: Catalogue, whose: Whose
) -> None:
    for answers in product(Answer, repeat=3):
        medications = answered(*answers) if whose is Whose.ON_FILE else None
        card = card_document(card_of(medications, whose=whose, words=words), ADDRESSES)
        assert faults_of_card(card) == []
        assert card["indicator"] == "info"
        assert words.text("notice.not_checked") in card["detail"]


@steady
@given(lists_of_alikes())
def test_a_card_of_any_list_keeps_the_rules(medications: MedicationList) -> None:
    assert faults_of_card(card_document(card_of(medications), ADDRESSES)) == []


@pytest.mark.parametrize(
    ("whose", "leads_to"),
    [
        (Whose.ON_FILE, ["/checklists/2", "/patients/1/intake-links"]),
        (Whose.NOT_ON_FILE, ["/", "/patients/new"]),
        (Whose.SEVERAL, ["/"]),
        (Whose.BORN_OTHERWISE, ["/"]),
    ],
)
def test_links_lead_to_the_sheet_and_the_form_or_to_where_the_patient_is_found(
    whose: Whose, leads_to: list[str]
) -> None:
    medications = all_asked() if whose is Whose.ON_FILE else None
    addresses = ADDRESSES if whose is Whose.ON_FILE else UNKNOWN_HERE
    card = card_document(card_of(medications, whose=whose), addresses)
    assert [link["url"].removeprefix("https://lists.example") for link in card["links"]] == leads_to
    assert {link["type"] for link in card["links"]} == {"absolute"}


def test_a_card_suggests_nothing_and_offers_reasons_that_can_be_read() -> None:
    card = card_document(card_of(all_asked()), ADDRESSES)
    assert not {"suggestions", "selectionBehavior"} & set(card)
    assert [reason["code"] for reason in card["overrideReasons"]] == [
        "asked-elsewhere",
        "asked-later",
        "not-this-treatment",
    ]


def translated(reviewed: str | None) -> Guidance:
    """Guidance with a translation, and the review of a person who had ``reviewed`` before them."""
    guidance, text = guidance_of_tests(), "Cuente todo lo que toma."
    first = guidance.statements[0]
    assert first.review
    digest = text_digest(SHA256, reviewed or "", first.cites)
    review = Review(first.review.by, first.review.on, digest) if reviewed else None
    spanish = replace(first, translations=(Translation("es", text, review),))
    return replace(guidance, statements=(spanish,))


@pytest.mark.parametrize(
    ("reviewed", "compared"),
    [("Cuente todo lo que toma.", True), ("Cuente algo de lo que toma.", False), (None, False)],
)
def test_a_statement_is_in_the_clinics_language_only_where_a_person_compared_it_as_it_stands(
    reviewed: str | None, compared: bool
) -> None:
    words = CATALOGUES["es"]
    said = detail(card_of(all_asked(), guidance=translated(reviewed), words=words))
    assert ("- Cuente todo lo que toma. (Párrafo 2, oración 1)" in said) is compared
    assert ("- Tell your provider about all medicines." in said) is not compared
    assert (words.text("notice.statements_language") in said) is not compared
