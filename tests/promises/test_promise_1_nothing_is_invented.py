"""Promise 1: every text of every output is guidance with citations, the record's own words or fixed wording.

Planted faults that the checks catch: a line of a fourth kind; a wording with a word more, under another key
or with something else in its place; guidance without citations, with another citation or text; an item under
another name, with a tidied dose, with an invented detail, or that is not on the list; an answer that
nobody gave; a field of the document that is no line; a sentence, a label for screen readers or a word too
many on the page or on paper; a module of the service that makes lines of its own.
"""

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from service.domain.checklists.checklist import Withdrawal
from service.domain.checklists.state import ChecklistState
from service.domain.medications.categories import Category
from service.domain.medications.difference import difference
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from service.domain.sentences.numbering import SentenceNumber
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH
from service.formats.proof import OUTPUTS, Output
from tests.domain.made_up import NOBODY_SAID, NOW, NURSE, item, listing
from tests.formats.proof.proven import faults, issued, planted
from tests.promises.kinds_of_text import inventions
from tests.promises.sheets import (
    GUIDANCE,
    Json,
    document_of,
    few,
    item_lines,
    lines_of,
    named_lists,
)
from tests.strategies import medication_lists

SERVICE = Path(__file__).parents[2] / "service"
KINDS = {"guidance", "record", "wording"}
PARTS = {"WordingLine", "GuidanceLine", "ItemLine", "AnswerLine", "Detail", "Section", "ChecklistContent"}


def sample() -> MedicationList:
    return listing(
        item(1, "Tea", category=Category.SUPPLEMENT, strength="5 mg", note="now & then", as_needed=True),
        item(2, None, description="a white pill", status=Status.UNKNOWN, started_on=PartialDate(2020, 3)),
        item(3, "Soap", left_out_since=1, attribution=NOBODY_SAID),
    )


def test_every_line_of_a_sheet_is_of_one_of_three_kinds() -> None:
    assert inventions(document_of(sample()), sample(), GUIDANCE) == []


@few
@given(medication_lists(most=4))
def test_every_line_is_of_one_of_three_kinds_whatever_stands_on_the_list(medications: MedicationList) -> None:
    assert inventions(document_of(medications), medications, GUIDANCE) == []


@few
@given(named_lists())
def test_every_text_of_the_page_is_of_one_of_three_kinds(medications: MedicationList) -> None:
    assert faults(issued(medications, guidance=GUIDANCE), {"html": OUTPUTS["html"]}) == set()


def test_an_out_of_date_sheet_adds_only_what_changed() -> None:
    before, after = sample(), replace(sample(), version=2, items=(*sample().items[1:], item(9, "Air")))
    state = ChecklistState(1, 2, difference(before, after), Withdrawal(NURSE, NOW, "Wrong visit"))
    assert faults(issued(before, state, guidance=GUIDANCE)) == set()


@pytest.mark.parametrize("count", [0, 3, 30])
def test_every_text_on_paper_is_of_one_of_three_kinds(count: int) -> None:
    more = (item(n, f"Examplin {n:02d}x", category=Category.PRESCRIPTION) for n in range(10, 10 + count - 3))
    medications = listing(*sample().items, *more) if count else listing()
    assert faults(issued(medications, guidance=GUIDANCE), {"pdf": OUTPUTS["pdf"]}) == set()


def test_a_statement_that_rests_on_several_sentences_names_each_in_every_output() -> None:
    first, *others = GUIDANCE.statements
    several = replace(first, cites=(SentenceNumber(2, 1), SentenceNumber(2, 2), SentenceNumber(1, 1)))
    guidance = replace(GUIDANCE, statements=(several, *others))
    assert inventions(document_of(sample(), guidance=guidance), sample(), guidance) == []
    assert faults(issued(sample(), guidance=guidance)) == set()


def makers_of_lines(folder: Path) -> set[str]:
    """The modules that call one of the classes of a sheet's parts."""
    return {
        path.relative_to(folder).as_posix()
        for path, node in nodes_in(folder)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in PARTS
    }


def writers_of_lines(folder: Path) -> set[str]:
    """The modules that write a dictionary with the kind of a line."""
    return {
        path.relative_to(folder).as_posix()
        for path, node in nodes_in(folder)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "kind"
        if isinstance(value, ast.Constant) and value.value in KINDS
    }


def nodes_in(folder: Path) -> Iterator[tuple[Path, ast.AST]]:
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path, node


def test_one_module_makes_the_lines_of_a_list_one_those_of_every_sheet_and_one_writes_them_down() -> None:
    assert makers_of_lines(SERVICE) == {
        "domain/checklists/preparation.py",
        "domain/checklists/on_every_sheet.py",
    }
    assert writers_of_lines(SERVICE) == {"domain/checklists/document.py"}


def first(document: Json, section: str, kind: str) -> Json:
    found: Json = next(line for line in lines_of(document, section) if line["kind"] == kind)
    return found


PLANTED: dict[str, Callable[[Json], object]] = {
    "a fourth kind": lambda d: first(d, "gaps", "wording").update(kind="advice"),
    "a field more": lambda d: d.update(warnings=["Do not take both."]),
    "a field more in a section": lambda d: d["sections"][0].update(warning="Do not take both."),
    "a field more in a line": lambda d: item_lines(d)[0].update(interaction="yes"),
    "a word more": lambda d: first(d, "open_question", "wording").update(text=ENGLISH["ask.open"] + " Tea?"),
    "another key": lambda d: first(d, "open_question", "wording").update(key="ask.dose"),
    "an unknown key": lambda d: first(d, "open_question", "wording").update(key="ask.more"),
    "a place filled with advice": lambda d: d["notices"][2].update(
        text="The statements were compared with the document by Do not take both on 1 May 2026."
    ),
    "a name in a question": lambda d: lines_of(d, "gaps")[-1].update(text="No dose on the list: Tea. Ask."),
    "another title": lambda d: d["sections"][0].update(title="Dangers"),
    "guidance without citations": lambda d: first(d, "tell", "guidance").update(citations=[]),
    "another citation": lambda d: first(d, "tell", "guidance")["citations"][0].update(sentence=9),
    "another text of a statement": lambda d: first(d, "tell", "guidance").update(text="Stop all medicines."),
    "a statement of nobody": lambda d: first(d, "tell", "guidance").update(statement="more"),
    "a corrected name": lambda d: first(d, "supplement", "record").update(text="Green tea"),
    "a tidied dose": lambda d: item_lines(d)[0]["details"][0].update(value="5.0 mg"),
    "an invented detail": lambda d: item_lines(d)[0]["details"].append(
        {"key": "reason", "label": ENGLISH["item.reason"], "value": "sleep"}
    ),
    "another label": lambda d: item_lines(d)[0]["details"][0].update(label="Daily maximum"),
    "an item of nobody": lambda d: item_lines(d)[0]["item"].update(id="another"),
    "another status": lambda d: item_lines(d)[0]["item"].update(status="stopped"),
    "an answer that nobody gave": lambda d: lines_of(d, "prescription").append(
        {**first(d, "supplement", "record"), "category": "prescription", "answer": "none_reported"}
    ),
    "a notice more": lambda d: d["notices"].append({**d["notices"][0], "text": "All is well."}),
    "another informant": lambda d: item_lines(d)[0]["said"].update(
        text="Said by Dr. Who, in an interview, recorded by Test Nurse, 23 November 2026"
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_invention_in_the_document_is_found(fault: str) -> None:
    document = deepcopy(document_of(sample()))
    PLANTED[fault](document)
    assert inventions(document, sample(), GUIDANCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</main>", "<p>Do not take both.</p></main>"),
        ('class="sheet"', 'class="sheet" aria-label="Dangerous"'),
        ("Tea</bdi>", "Tea</bdi> <b>(caution)</b>"),
        ("now &amp; then", "often"),
        (ENGLISH["ask.open"], ENGLISH["ask.open"] + " Grapefruit?"),
    ],
)
def test_a_planted_text_on_the_page_is_found(old: str, new: str) -> None:
    def render(*printable: Any) -> str:
        html: str = OUTPUTS["html"].render(*printable)
        assert old in html
        return html.replace(old, new)

    page = {"html": Output(render, OUTPUTS["html"].check)}
    assert faults(issued(sample(), guidance=GUIDANCE), page)


@pytest.mark.parametrize(
    "plant",
    [
        lambda d: lines_of(d, "open_question").append(
            {**lines_of(d, "open_question")[0], "id": "x", "text": "Caution."}
        ),
        lambda d: item_lines(d)[0].update(text="Tea!"),
        lambda d: d["patient"].update(name="Another Patient"),
    ],
)
def test_a_planted_text_on_paper_is_found(plant: Callable[[Any], object]) -> None:
    altered = planted("pdf", lambda document, _: plant(document))
    assert faults(issued(sample(), guidance=GUIDANCE), altered)


def test_a_planted_maker_of_lines_is_found(tmp_path: Path) -> None:
    (tmp_path / "advice.py").write_text("line = checklist.WordingLine('1', 'ask.open', 'Stop.')\n")
    (tmp_path / "card.py").write_text("line = {'kind': 'guidance', 'text': 'Stop.'}\n")
    assert (makers_of_lines(tmp_path), writers_of_lines(tmp_path)) == ({"advice.py"}, {"card.py"})
