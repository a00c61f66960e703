"""What stands on a patient's sheet: what is on the list, what was never asked, and what the document says."""

from dataclasses import replace
from uuid import UUID

import pytest

from service.domain.attribution import Attribution, CollectionMode, Informant, InformantKind
from service.domain.checklists.checklist import ChecklistContent, Section, SectionId
from service.domain.checklists.lines import AnswerLine, ItemLine, WordingLine
from service.domain.checklists.on_every_sheet import OPEN_QUESTION_ROWS
from service.domain.checklists.preparation import prepare
from service.domain.codings import Coding
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH
from tests.domain.made_up import NOW, NURSE, PATIENT, PATIENT_SAID, item, listing
from tests.guidance_of_tests import guidance_of_tests

SUPPLEMENT = Category.SUPPLEMENT
GUIDANCE = guidance_of_tests()


def sheet(medications: MedicationList, patient: Patient = PATIENT) -> ChecklistContent:
    return prepare(patient, medications, GUIDANCE)


def section(content: ChecklistContent, section_id: SectionId) -> Section:
    return next(found for found in content.sections if found.id is section_id)


def texts(content: ChecklistContent, section_id: SectionId) -> list[str]:
    return [line.text for line in section(content, section_id).lines]


def item_lines(content: ChecklistContent) -> list[ItemLine]:
    return [line for line in content.lines if isinstance(line, ItemLine)]


def details_of(facts: ItemFacts) -> dict[str, str]:
    (line,) = item_lines(sheet(listing(Item(UUID(int=1), facts, PATIENT_SAID))))
    return {detail.label: detail.value for detail in line.details}


class TestTheSections:
    def test_a_sheet_of_an_empty_list_asks_for_each_category_and_has_no_empty_section(self) -> None:
        content = sheet(listing())
        assert [found.id for found in content.sections] == [
            SectionId.GAPS,
            SectionId.PRESCRIPTION,
            SectionId.OVER_THE_COUNTER,
            SectionId.SUPPLEMENT,
            SectionId.OPEN_QUESTION,
            SectionId.TELL,
            SectionId.TREATMENT,
            SectionId.SIGN_OFF,
        ]

    def test_items_not_sorted_yet_and_items_left_out_have_sections_of_their_own(self) -> None:
        content = sheet(listing(item(1, "Water"), item(2, "Soap", category=SUPPLEMENT, left_out_since=1)))
        assert texts(content, SectionId.UNCATEGORIZED) == ["Water"]
        assert texts(content, SectionId.EARLIER_LIST) == ["Soap"]

    def test_items_are_numbered_as_they_stand_and_gaps_name_them_by_number(self) -> None:
        medications = listing(
            item(5, "Air"),
            item(4, "Earlier", left_out_since=1, category=SUPPLEMENT),
            item(3, "Tea", category=SUPPLEMENT),
            item(2, "Soap", category=Category.PRESCRIPTION, strength="5 mg"),
            item(1, "Salt", category=SUPPLEMENT),
        )
        content = sheet(medications)
        assert [(line.number, line.text) for line in item_lines(content)] == [
            (1, "Soap"),
            (2, "Tea"),
            (3, "Salt"),
            (4, "Air"),
            (5, "Earlier"),
        ]
        assert texts(content, SectionId.GAPS) == [
            "Not asked yet: Medicines bought without a prescription.",
            "On an earlier list, not on the latest: item 5. Ask if still taken.",
            "Not sorted yet: item 4. Ask which kind it is.",
            "No dose on the list: items 2, 3, 4. Ask.",
        ]
        missing_dose = section(content, SectionId.GAPS).lines[-1]
        assert isinstance(missing_dose, WordingLine)
        assert missing_dose.items == (2, 3, 4)

    def test_a_sheet_without_a_gap_still_asks_the_open_question(self) -> None:
        content = sheet(listing(answers=dict.fromkeys(Category, Answer.NONE_REPORTED)))
        assert texts(content, SectionId.GAPS) == [ENGLISH["gap.none"]]
        assert texts(content, SectionId.OPEN_QUESTION) == [ENGLISH["ask.open"], ENGLISH["ask.open_rows"]]
        rows = {found.id: found.blank_rows for found in content.sections if found.blank_rows}
        assert rows == {SectionId.OPEN_QUESTION: OPEN_QUESTION_ROWS}

    def test_a_list_that_came_in_under_another_name_shows_that_name(self) -> None:
        content = sheet(replace(listing(), reported_name="{Somebody} Else"))
        asked = "The list came in under another name: {Somebody} Else. Ask if this is the same person."
        assert asked in texts(content, SectionId.GAPS)

    def test_nurse_patient_and_provider_sign_for_themselves(self) -> None:
        assert texts(sheet(listing()), SectionId.SIGN_OFF) == [
            ENGLISH[f"sign.{who}"] for who in ("statement", "patient", "nurse", "provider")
        ]


class TestACategory:
    def test_a_category_that_nobody_asked_about_is_a_question_and_shows_no_answer(self) -> None:
        content = sheet(listing())
        assert texts(content, SectionId.SUPPLEMENT) == [
            ENGLISH["answer.not_asked"],
            ENGLISH["ask.supplement"],
        ]
        assert not [line for line in content.lines if isinstance(line, AnswerLine)]

    @pytest.mark.parametrize(
        ("answer", "shown", "asked_again"),
        [
            (Answer.NONE_REPORTED, "answer.none_reported", False),
            (Answer.DECLINED, "answer.declined", False),
            (Answer.UNKNOWN, "answer.unknown", True),
            (Answer.ITEMS_REPORTED, "answer.items_reported_none_listed", True),
        ],
    )
    def test_an_answer_without_items_is_shown_with_who_gave_it(
        self, answer: Answer, shown: str, asked_again: bool
    ) -> None:
        content = sheet(listing(answers={SUPPLEMENT: answer}))
        line = section(content, SectionId.SUPPLEMENT).lines[0]
        assert isinstance(line, AnswerLine)
        assert (line.text, line.answer.answer, line.attribution) == (ENGLISH[shown], answer, PATIENT_SAID)
        assert line.said.text == (
            "Said by the patient, in an interview, recorded by Test Nurse, 23 November 2026"
        )
        assert (ENGLISH["ask.supplement"] in texts(content, SectionId.SUPPLEMENT)) is asked_again

    def test_items_stand_for_their_answer(self) -> None:
        content = sheet(listing(item(1, "Tea", category=SUPPLEMENT)))
        assert texts(content, SectionId.SUPPLEMENT) == ["Tea"]


class TestAnItem:
    def test_everything_that_was_said_is_shown_in_the_patients_words(self) -> None:
        facts = ItemFacts(
            "Tea",
            "dried leaves",
            SUPPLEMENT,
            Status.ON_HOLD,
            strength="0.5 mg",
            form="leaves",
            dosage_text="a cup, or two",
            route="by mouth",
            frequency="now & then",
            as_needed=True,
            reason="{sleep}",
            last_taken="last Tuesday",
            started_on=PartialDate(2020),
            stopped_on=PartialDate(2026, 11),
            prescriber="my sister",
            note="first line\nsecond line",
            codings=(Coding("urn:a", "1"), Coding("urn:b", "2", "Two")),
        )
        assert details_of(facts) == {
            "Description": "dried leaves",
            "Strength": "0.5 mg",
            "Form": "leaves",
            "Dose": "a cup, or two",
            "Route": "by mouth",
            "How often": "now & then",
            "Only when needed": "yes",
            "What it is for": "{sleep}",
            "Last taken": "last Tuesday",
            "Started": "2020",
            "Stopped": "November 2026",
            "Who told you to take it": "my sister",
            "Status": "on hold",
            "Codes": "1 (urn:a), Two: 2 (urn:b)",
            "Note": "first line\nsecond line",
        }

    def test_what_is_not_known_is_not_shown_and_taken_now_goes_without_saying(self) -> None:
        assert details_of(ItemFacts("Tea")) == {}
        assert details_of(ItemFacts("Tea", as_needed=False)) == {"Only when needed": "no"}
        assert details_of(ItemFacts("Tea", status=Status.INTENDED)) == {"Status": "not started yet"}

    def test_an_item_without_a_name_goes_by_its_description_and_says_it_once(self) -> None:
        facts = ItemFacts(None, "a white pill", strength="5 mg", note="from a friend")
        (line,) = item_lines(sheet(listing(Item(UUID(int=1), facts, PATIENT_SAID))))
        assert line.text == "a white pill"
        assert details_of(facts) == {"Strength": "5 mg", "Note": "from a friend"}

    @pytest.mark.parametrize(
        ("one", "asks"),
        [
            (item(1, strength="5 mg", category=SUPPLEMENT), []),
            (item(1, dosage_text="one", category=SUPPLEMENT, status=Status.UNKNOWN), ["ask.status"]),
            (item(1, None, description="a white pill"), ["ask.name", "ask.dose", "ask.category"]),
            (item(1, left_out_since=1), ["ask.still_taking"]),
        ],
    )
    def test_what_is_still_to_ask_about_an_item_stands_with_it(self, one: Item, asks: list[str]) -> None:
        (line,) = item_lines(sheet(listing(one)))
        assert [(ask.key, ask.text) for ask in line.asks] == [(key, ENGLISH[key]) for key in asks]

    @pytest.mark.parametrize(
        ("informant", "mode", "said"),
        [
            (None, None, "Not on record who said it; recorded by Test Nurse, 23 November 2026"),
            (
                None,
                CollectionMode.IMPORT,
                "Not on record who said it; recorded by Test Nurse, 23 November 2026",
            ),
            (
                Informant(InformantKind.CAREGIVER),
                None,
                "Said by a caregiver, recorded by Test Nurse, 23 November 2026",
            ),
            (
                Informant(InformantKind.RELATED_PERSON, "A. {mode}"),
                CollectionMode.PHONE,
                "Said by a relative (A. {mode}), by phone, recorded by Test Nurse, 23 November 2026",
            ),
        ],
    )
    def test_the_sheet_says_who_said_it_and_how_as_far_as_it_is_known(
        self, informant: Informant | None, mode: CollectionMode | None, said: str
    ) -> None:
        attribution = Attribution(informant, mode, NURSE, NOW)
        (line,) = item_lines(sheet(listing(item(1, attribution=attribution))))
        assert line.said.text == said
