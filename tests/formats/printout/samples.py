"""Made-up patients, lists and guidance for the printed sheet. Nothing here is about a real medicine."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson

from service.domain.attribution import (
    Attribution,
    CollectionMode,
    Informant,
    InformantKind,
    Recorder,
    RecorderKind,
)
from service.domain.checklists.checklist import Checklist, SheetTreatment, Withdrawal
from service.domain.checklists.document import checklist_document
from service.domain.checklists.preparation import prepare
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.guidance.statements import (
    Guidance,
    Review,
    SourceDocument,
    Statement,
    StatementSection,
    Treatment,
)
from service.domain.medications.categories import Answer, Category, CategoryAnswer
from service.domain.medications.difference import difference
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Paper, Patient, PrintSize
from service.domain.sentences.numbering import SentenceNumber
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH_CATALOGUE, Catalogue

Json = dict[str, Any]

NURSE = Recorder(RecorderKind.STAFF, "n1", "Nurse Example")
ISSUED_AT = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
BY_PATIENT = Attribution(
    Informant(InformantKind.PATIENT),
    CollectionMode.SELF,
    Recorder(RecorderKind.SYSTEM, "intake", "Front desk tablet"),
    datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
)
BY_DAUGHTER = Attribution(
    Informant(InformantKind.RELATED_PERSON, "נועה לוי"),
    CollectionMode.PHONE,
    Recorder(RecorderKind.STAFF, "n2", "סמדר כהן"),
    datetime(2026, 11, 21, 16, 0, tzinfo=UTC),
)
PATIENT = Patient(
    id=UUID(int=1),
    identifiers=(Identifier("urn:clinic:mrn", "000123"),),
    name="Test Patient 01",
    birth_date=PartialDate(1961, 4, 2),
)


def guidance() -> Guidance:
    """A made-up treatment with a made-up document."""
    review = Review("the maintainers", date(2026, 11, 1), "0" * 64)
    told = (
        ("tell", StatementSection.TELL, "Tell your provider about everything on your list.", ("2.1", "2.2")),
        (
            "why",
            StatementSection.WHY,
            "Your provider may ask about your list before the treatment.",
            ("2.1",),
        ),
        ("report", StatementSection.REPORT, "Report what you notice to your provider.", ("3.1",)),
        (
            "visits",
            StatementSection.FOLLOW_UP,
            "Keep the list with you and show it at each visit.",
            ("3.2", "4.1"),
        ),
    )
    return Guidance(
        SourceDocument(
            "example-overview", "Example treatment: an overview for patients", "en", "e.txt", "a" * 64
        ),
        Treatment("example", "Example treatment"),
        tuple(
            Statement(name, section, text, tuple(map(SentenceNumber.parse, cites)), review)
            for name, section, text, cites in told
        ),
    )


def item(number: int, **facts: Any) -> Item:
    """One item; its name is made up and says nothing."""
    attribution = facts.pop("attribution", BY_PATIENT)
    left_out_since = facts.pop("left_out_since", None)
    facts.setdefault("name", f"Examplin {number:03d}x")
    return Item(UUID(int=1000 + number), ItemFacts(**facts), attribution, left_out_since)


def many_items(count: int) -> tuple[Item, ...]:
    """Items of every kind and with few or many details, in turn."""
    kinds = (*Category, Category.PRESCRIPTION, None)
    details: tuple[Json, ...] = (
        {
            "strength": "5 mg",
            "form": "tablet",
            "dosage_text": "1 tablet in the morning",
            "frequency": "every day",
        },
        {"dosage_text": "2 spoons", "reason": "for the back", "last_taken": "last Tuesday"},
        {},
        {"strength": "20 mg/ml", "as_needed": True, "note": "The patient keeps the package at home."},
        {"dosage_text": "half a glass", "status": Status.UNKNOWN, "started_on": PartialDate(2024, 3)},
    )
    return tuple(
        item(number, category=kinds[number % 5], **details[number % 4 if number % 7 else 4])
        for number in range(1, count + 1)
    )


def medication_list(items: tuple[Item, ...] = (), version: int = 1, **answers: Answer) -> MedicationList:
    """A list whose answers fit its items; other categories were not asked unless ``answers`` says so."""
    present = {entry.facts.category for entry in items if entry.current}
    return MedicationList(
        patient_id=PATIENT.id,
        version=version,
        attribution=BY_PATIENT,
        items=items,
        answers={
            category: _answer(Answer.ITEMS_REPORTED if category in present else answers.get(category))
            for category in Category
        },
    )


def _answer(answer: Answer | None) -> CategoryAnswer:
    return CategoryAnswer(answer, BY_PATIENT) if answer else CategoryAnswer(Answer.NOT_ASKED)


def document(
    medications: MedicationList,
    patient: Patient = PATIENT,
    *,
    paper: Paper = Paper.A4,
    print_size: PrintSize = PrintSize.STANDARD,
    words: Catalogue = ENGLISH_CATALOGUE,
    time_zone: str = "Europe/Berlin",
    used: tuple[Guidance, ...] = (),
) -> Json:
    """The issued sheet as it is read back from storage."""
    rests_on = used or (guidance(),)
    checklist = Checklist(
        id=UUID(int=7),
        code="7K2M9X4PD",
        patient=patient,
        treatments=tuple(SheetTreatment.of(one, "v1") for one in rests_on),
        planned_start=date(2026, 12, 1),
        list_version=medications.version,
        language=words.language,
        paper=paper,
        print_size=print_size,
        time_zone=time_zone,
        issued_at=ISSUED_AT,
        issued_by=NURSE,
        content=prepare(patient, medications, rests_on, words),
    )
    read_back: Json = orjson.loads(orjson.dumps(checklist_document(checklist)))
    return read_back


CURRENT: Json = state_document(ChecklistState(1, 1), ENGLISH_CATALOGUE)


def superseded(before: MedicationList, after: MedicationList) -> Json:
    """The state of a sheet of ``before`` when ``after`` is the latest list."""
    after = replace(after, version=before.version + 1)
    state = ChecklistState(before.version, after.version, difference(before, after))
    return orjson.loads(orjson.dumps(state_document(state, ENGLISH_CATALOGUE)))  # type: ignore[no-any-return]


def withdrawn(reason: str = "Printed for the wrong person") -> Json:
    """The state of a sheet that a nurse took back."""
    withdrawal = Withdrawal(NURSE, datetime(2026, 11, 23, 8, 0, tzinfo=UTC), reason)
    state = ChecklistState(1, 1, withdrawal=withdrawal)
    return orjson.loads(orjson.dumps(state_document(state, ENGLISH_CATALOGUE)))  # type: ignore[no-any-return]
