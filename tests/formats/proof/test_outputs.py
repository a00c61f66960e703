"""Every text of every output rests on something: guidance, record or wording."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from service.domain.checklists.guidance_today import GuidanceStatus
from service.domain.checklists.state import ChecklistState
from service.domain.guidance.statements import Review, Translation, text_digest
from service.domain.medications.categories import Answer
from service.domain.medications.difference import difference
from service.domain.medications.items import Item
from service.domain.patients.patients import PrintSize
from service.domain.wording import ENGLISH, Catalogue
from service.formats.proof import OUTPUTS, Flaw, Issued, Kind, Output, prove
from service.formats.proof.outputs import AnyOutput
from tests.formats.printout import samples
from tests.formats.printout.samples import PATIENT, item, many_items
from tests.formats.printout.samples import medication_list as listed
from tests.formats.proof.proven import (
    ALL,
    HEBREW,
    NAMELESS,
    TAKEN_BACK,
    changed,
    faults,
    full,
    issued,
    of_guidance,
    planted,
)

SHEETS: dict[str, Callable[[], Issued]] = {
    "nothing was asked": lambda: issued(listed()),
    "nothing is known": lambda: issued(listed(), patient=NAMELESS, planned_start=None, time_zone="No/Where"),
    "everything is answered": lambda: issued(
        listed(
            prescription=Answer.ITEMS_REPORTED,
            over_the_counter=Answer.NONE_REPORTED,
            supplement=Answer.DECLINED,
        )
    ),
    "a full list": lambda: issued(full(), print_size=PrintSize.LARGE),
    "a name from right to left": lambda: issued(full(), patient=replace(PATIENT, name=f"{HEBREW} (b)")),
    "out of date": lambda: issued(full(), changed(full())),
    "out of date with another answer": lambda: issued(
        listed(), ChecklistState(1, 3, difference(listed(), replace(listed(many_items(1)), version=3)))
    ),
    "out of date and the same": lambda: issued(
        listed(), ChecklistState(1, 2, difference(listed(), replace(listed(), version=2)))
    ),
    "older guidance": lambda: issued(listed(), of_guidance(GuidanceStatus.OLDER)),
    "retired guidance": lambda: issued(listed(), of_guidance(GuidanceStatus.RETIRED)),
    "out of date and of retired guidance": lambda: issued(
        full(), of_guidance(GuidanceStatus.RETIRED, changed(full()))
    ),
    "taken back and of older guidance": lambda: issued(
        listed(), of_guidance(GuidanceStatus.OLDER, ChecklistState(1, 1, withdrawal=TAKEN_BACK))
    ),
    "taken back": lambda: issued(listed(many_items(2)), ChecklistState(1, 1, withdrawal=TAKEN_BACK)),
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_text_of_every_output_is_guidance_record_or_wording(sheet: str) -> None:
    proven = prove(SHEETS[sheet]())
    assert [found.faults for found in proven] == [()] * len(ALL)
    assert [found.output for found in proven] == list(ALL)
    assert all(found.found[kind] for found in proven for kind in Kind)


@pytest.mark.parametrize("output", ["html", "pdf", "batch"])
def test_a_sheet_that_keeps_its_older_guidance_to_itself_is_found(output: str) -> None:
    def keep_to_itself(_document: Any, state: Any) -> None:
        state["guidance_today"][0]["status"] = "in_use"

    found = faults(issued(listed(), of_guidance(GuidanceStatus.OLDER)), planted(output, keep_to_itself))

    assert {flaw for name, flaw, _ in found if name == output} == {Flaw.MISSING}
    assert any("Newer guidance for" in text for _, _, text in found)


def test_a_list_with_a_letter_that_no_font_has_has_no_pdf_and_says_why() -> None:
    proven = {found.output: found for found in prove(issued(listed((item(1, name="降压药片"),))))}
    pdf, batch = proven["pdf"], proven["batch"]
    assert (pdf.found.total(), pdf.faults) == (0, ())
    assert "fonts-noto-cjk" in pdf.refused
    assert batch.found.total()
    assert (batch.faults, batch.refused) == ((), "")


def test_a_translation_is_guidance_only_when_it_was_reviewed() -> None:
    spanish = Catalogue("es", ENGLISH)
    told = samples.guidance().statements
    digest = text_digest(samples.guidance().document.sha256, "Texto de ejemplo", told[0].cites)
    review = Review("The tests", date(2026, 11, 1), digest)
    translated = replace(told[0], translations=(Translation("es", "Texto de ejemplo", review),))
    rests_on = replace(samples.guidance(), statements=(translated, *told[1:]))
    unreviewed = replace(translated, translations=(Translation("es", "Texto de ejemplo"),))
    whole = issued(listed(), guidance=rests_on, words=spanish)
    assert faults(whole) == set()
    stripped = replace(rests_on, statements=(unreviewed, *told[1:]))
    assert ("document", Flaw.UNPROVEN, "Texto de ejemplo") in faults(replace(whole, guidance=(stripped,)))


def test_a_gap_that_begins_with_its_place_begins_with_a_capital() -> None:
    words = Catalogue("en", {**ENGLISH, "gap.item_without_dose": "{items} without a dose. Ask."})
    whole = issued(listed((item(1),)), words=words)
    assert "Item 1 without a dose. Ask." in str(whole.document)
    assert faults(whole) == set()


def test_another_output_is_one_more_entry() -> None:
    def names(document: Any, state: Any, words: Catalogue) -> str:
        lines = [line for part in document["sections"] for line in part["lines"] if "item" in line]
        return "".join(f"<p>{line['number']} {line['text']}</p>" for line in lines)

    card: dict[str, AnyOutput] = {"card": Output(names, OUTPUTS["html"].check)}
    found = prove(issued(listed(tuple(Item(n.id, n.facts, n.attribution) for n in many_items(2)))), card)
    assert [entry.output for entry in found] == ["document", "card"]
    assert {fault.flaw for fault in found[1].faults} == {Flaw.MISSING}
    assert found[1].found[Kind.RECORD] == 2


def test_guidance_that_nobody_reviewed_is_said_to_be_so() -> None:
    statements = tuple(replace(statement, review=None) for statement in samples.guidance().statements)
    whole = issued(listed(), guidance=replace(samples.guidance(), statements=statements))
    assert ENGLISH["notice.not_reviewed"] in str(whole.document)
    assert faults(whole) == set()
