"""A line of the document that rests on nothing is found, in the document and in every output."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from service.domain.checklists.checklist import ChecklistContent, SectionId
from service.domain.checklists.lines import Citation, Line, WordingLine
from service.domain.medications.categories import Answer, Category
from service.domain.sentences.numbering import SentenceNumber
from service.formats.proof import Flaw, Issued
from tests.formats.printout.samples import item
from tests.formats.printout.samples import medication_list as listed
from tests.formats.proof.proven import ALL, faults, issued


def with_line(section_id: SectionId, alter: Callable[[Any], Line]) -> Issued:
    """A checklist the first line of whose section was prepared otherwise."""
    whole = issued(
        listed((item(1, strength="5 mg", category=Category.PRESCRIPTION),), supplement=Answer.UNKNOWN)
    )
    sections = tuple(
        replace(part, lines=(alter(part.lines[0]), *part.lines[1:])) if part.id is section_id else part
        for part in whole.checklist.content.sections
    )
    content = replace(whole.checklist.content, sections=sections)
    return replace(whole, checklist=replace(whole.checklist, content=content))


UNPROVEN: dict[str, tuple[SectionId, Callable[[Any], Line], str]] = {
    "a wording whose key is not in the catalogue": (
        SectionId.OPEN_QUESTION,
        lambda _: WordingLine("x", "ask.more", "Avoid it."),
        "Avoid it.",
    ),
    "a wording with another text than its key's": (
        SectionId.OPEN_QUESTION,
        lambda line: line._replace(text="Avoid it."),
        "Avoid it.",
    ),
    "a wording with a place that the record does not fill": (
        SectionId.GAPS,
        lambda line: line._replace(text="No dose on the list: all of them. Ask."),
        "No dose on the list: all of them. Ask.",
    ),
    "a statement with another text": (
        SectionId.TELL,
        lambda line: replace(line, text="Avoid it."),
        "Avoid it.",
    ),
    "a statement that cites another sentence": (
        SectionId.TELL,
        lambda line: replace(line, citations=(Citation("example-overview", SentenceNumber(1, 1)),)),
        "Tell your provider about everything on your list.",
    ),
    "a statement that is not in the guidance": (
        SectionId.TELL,
        lambda line: replace(line, statement_id="other"),
        "Tell your provider about everything on your list.",
    ),
    "an item under another name": (
        SectionId.PRESCRIPTION,
        lambda line: line._replace(text="Avoid it."),
        "Avoid it.",
    ),
    "an item that is not on the list": (
        SectionId.PRESCRIPTION,
        lambda line: line._replace(item=item(2, name="Other"), text="Other"),
        "Other",
    ),
    "a detail that nobody gave": (
        SectionId.PRESCRIPTION,
        lambda line: line._replace(details=(line.details[0]._replace(value="50 mg"),)),
        "50 mg",
    ),
    "a label that is not in the catalogue": (
        SectionId.PRESCRIPTION,
        lambda line: line._replace(details=(line.details[0]._replace(label="Most a day"),)),
        "Most a day",
    ),
    "somebody else who said it": (
        SectionId.PRESCRIPTION,
        lambda line: line._replace(said=line.said._replace(text="Said by everyone")),
        "Said by everyone",
    ),
    "another answer": (
        SectionId.SUPPLEMENT,
        lambda line: replace(line, text="The answer was “none”."),
        "The answer was “none”.",
    ),
}


@pytest.mark.parametrize("plant", UNPROVEN)
def test_a_line_that_was_prepared_of_nothing_is_found(plant: str) -> None:
    section_id, alter, text = UNPROVEN[plant]
    found = faults(with_line(section_id, alter))
    assert ("document", Flaw.UNPROVEN, text) in found
    assert {output for output, _, _ in found} == set(ALL)


def test_a_title_that_is_not_its_sections_is_found() -> None:
    whole = issued(listed())
    sections = whole.checklist.content.sections
    first = replace(sections[0], title=sections[0].title._replace(text="Nothing to ask"))
    content = ChecklistContent(
        (first, *sections[1:]), whole.checklist.content.gaps, whole.checklist.content.notices
    )
    found = faults(replace(whole, checklist=replace(whole.checklist, content=content)))
    assert ("document", Flaw.UNPROVEN, "Nothing to ask") in found


def test_a_value_that_is_not_of_the_record_is_found() -> None:
    whole = issued(listed())
    (treatment,) = whole.checklist.treatments
    otherwise = replace(treatment, guidance=replace(treatment.guidance, document_title="Another document"))
    found = faults(replace(whole, checklist=replace(whole.checklist, treatments=(otherwise,))), {})
    assert found == {("document", Flaw.UNPROVEN, "Another document")}
