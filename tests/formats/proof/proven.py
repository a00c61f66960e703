"""Checklists with all that they were made from, and outputs that were altered after the fact."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from service.domain.checklists.checklist import Checklist, SheetTreatment, Withdrawal
from service.domain.checklists.guidance_today import GuidanceStatus, GuidanceToday
from service.domain.checklists.preparation import prepare
from service.domain.checklists.state import ChecklistState
from service.domain.guidance.statements import Guidance
from service.domain.medications.categories import Category
from service.domain.medications.difference import difference
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Paper, Patient, PrintSize
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH_CATALOGUE, Catalogue
from service.formats.proof import OUTPUTS, Flaw, Issued, Output, prove
from service.formats.proof.outputs import AnyOutput
from tests.formats.printout import samples
from tests.formats.printout.samples import BY_DAUGHTER, ISSUED_AT, NURSE, PATIENT, item, many_items
from tests.formats.printout.samples import medication_list as listed

CURRENT = ChecklistState(1, 1)
LATER = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
HEBREW = "נועה לוי"
ALL = ("document", *OUTPUTS)


def issued(
    medications: MedicationList,
    state: ChecklistState = CURRENT,
    patient: Patient = PATIENT,
    guidance: Guidance | tuple[Guidance, ...] | None = None,
    words: Catalogue = ENGLISH_CATALOGUE,
    **changed: Any,
) -> Issued:
    rests_on = (guidance or samples.guidance(),) if not isinstance(guidance, tuple) else guidance
    checklist = Checklist(
        id=UUID(int=7),
        code="7K2M9X4PD",
        patient=patient,
        treatments=tuple(SheetTreatment.of(one, one.version) for one in rests_on),
        planned_start=date(2026, 12, 1),
        list_version=medications.version,
        language=words.language,
        paper=Paper.LETTER,
        print_size=PrintSize.STANDARD,
        time_zone="Europe/Berlin",
        issued_at=ISSUED_AT,
        issued_by=NURSE,
        content=prepare(patient, medications, rests_on, words),
    )
    return Issued(replace(checklist, **changed), medications, rests_on, state, words)


def faults(checklist: Issued, outputs: Mapping[str, AnyOutput] = OUTPUTS) -> set[tuple[str, Flaw, str]]:
    return {
        (found.output, fault.flaw, fault.text)
        for found in prove(checklist, outputs)
        for fault in found.faults
    }


def full() -> MedicationList:
    """Items of every kind, names from right to left among them, one on an earlier list and one in error."""
    wrong = replace(
        item(70, name="Slip"),
        facts=replace(item(70, name="Slip").facts, status=Status.ENTERED_IN_ERROR),
        error_reason="typed twice",
    )
    more = (
        item(50, name=None, description="small white ones", category=Category.SUPPLEMENT),
        item(
            51, name="שלום 5 mg + 10 mg (x)", strength="5 mg", note="בוקר 5\nsecond", attribution=BY_DAUGHTER
        ),
        item(52, name="over-" * 40, category=Category.SUPPLEMENT, prescriber="דר כהן", as_needed=False),
        item(53, name="ﬁne office", left_out_since=1, started_on=PartialDate(2024)),
        wrong,
    )
    return replace(listed((*many_items(30), *more)), reported_name=f"Test {HEBREW}")


def changed(before: MedicationList) -> ChecklistState:
    renamed = replace(
        before.items[3], facts=replace(before.items[3].facts, name="Otherwise", strength="1 mg")
    )
    after = replace(before, version=2, items=(renamed, *before.items[5:], item(90, name=HEBREW)))
    return ChecklistState(1, 2, difference(before, after))


def of_guidance(status: GuidanceStatus, state: ChecklistState = CURRENT) -> ChecklistState:
    """The same where the guidance is no longer in use, or another version is."""
    version = "0c" * 32 if status is GuidanceStatus.OLDER else None
    today = GuidanceToday(samples.guidance().treatment.id, status, version, LATER)
    return replace(state, guidance=(today,))


TAKEN_BACK = Withdrawal(NURSE, datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "Printed for the wrong person")
NAMELESS = replace(PATIENT, name=None, birth_date=None)


def planted(name: str, plant: Callable[[Any, Any], object]) -> dict[str, AnyOutput]:
    """The output rendered from a document, and a state, that was altered after the fact."""
    output = OUTPUTS[name]

    def render(document: Any, state: Any, words: Catalogue) -> Any:
        document, state = deepcopy((document, state))
        plant(document, state)
        return output.render(document, state, words)

    return {name: Output(render, output.check)}


def section(document: Any, section_id: str) -> Any:
    return next(part for part in document["sections"] if part["id"] == section_id)
