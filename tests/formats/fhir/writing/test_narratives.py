"""The narratives of an issued checklist: every line, in elements that R4 allows, each in its direction."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given

from service.domain.medications.medication_list import MedicationList
from service.domain.wording import Catalogue
from service.formats.catalogue_files import shipped_catalogues
from service.formats.fhir.writing.compositions import write_composition
from tests.formats.fhir.writing.r4 import check
from tests.formats.fhir.writing.written_documents import XHTML, composition_of, few, parsed, section, words_of
from tests.formats.printout.samples import item
from tests.formats.printout.samples import medication_list as listed
from tests.formats.proof.proven import issued
from tests.strategies import medication_lists

# R4 lets no more than chapters 7 to 11 and 15 of HTML 4 stand in a narrative; this is what is used of them.
ALLOWED = {"div": {"lang", "dir"}, "span": {"lang", "dir"}, "p": set(), "ul": set(), "li": set()}
ALLOWED |= {"strong": set(), "sup": set(), "br": set()}
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def narratives(composition: Mapping[str, Any]) -> Iterator[ET.Element]:
    for part in (composition, *composition["section"]):
        yield parsed(part["text"]["div"])


@few
@given(medication_lists())
def test_whatever_a_list_holds_the_narrative_is_of_elements_that_r4_allows(
    medications: MedicationList,
) -> None:
    for words in shipped_catalogues().values():
        for root in narratives(composition_of(issued(medications, words=words))):
            for element in root.iter():
                attributes = {name for name in element.attrib if name != XML_LANGUAGE}
                assert attributes <= ALLOWED[element.tag.removeprefix(XHTML)]
            assert "".join(root.itertext()).strip()


def test_a_section_says_every_line_with_its_number_details_questions_and_who_said_it() -> None:
    sheet = issued(listed((item(1, strength="5 mg", note="one\ntwo"), item(2, name="<b>&amp;"))))
    said = words_of(section(composition_of(sheet), "uncategorized")["text"]["div"])
    assert said[:5] == ["1 Examplin 001x", "Strength: 5 mg", "Note: onetwo", "Which kind: ask", said[4]]
    assert said[4].startswith("Said by the patient, filled in alone, recorded by Front desk tablet")
    assert "2 <b>&amp;" in said


def test_a_statement_stands_with_its_numbered_sentences() -> None:
    composition = composition_of(issued(listed()))
    told = words_of(section(composition, "tell")["text"]["div"])
    assert told[0] == "Tell your provider about everything on your list.1,2"
    sources = words_of(section(composition, "treatment")["text"]["div"])
    assert sources[2:5] == [
        "Sources: Example treatment: an overview for patients",
        "1 Paragraph 2, sentence 1",
        "2 Paragraph 2, sentence 2",
    ]


def test_every_document_says_first_that_no_check_was_made() -> None:
    for words in shipped_catalogues().values():
        head = composition_of(issued(listed(), words=words))["text"]["div"]
        assert words_of(head)[0] == words.texts["notice.not_checked"]


def test_a_section_without_lines_says_its_title() -> None:
    sheet = issued(listed())
    document = sheet.document
    for part in document["sections"]:
        part["lines"] = []
    made = write_composition(document, sheet.state_document, sheet.words)
    assert words_of(section(made, "gaps")["text"]["div"]) == ["Still to ask"]


def test_a_name_from_right_to_left_turns_nothing_around_it() -> None:
    sheet = issued(listed((item(1, name="שלום (5)", strength="(5) ק", prescriber="A ק"),)))
    div = section(composition_of(sheet), "uncategorized")["text"]["div"]
    assert '<strong><span dir="rtl">שלום (5)</span></strong>' in div
    assert 'Strength: <span dir="rtl">(5) ק</span>' in div
    assert 'Who told you to take it: <span dir="ltr">A ק</span>' in div


def test_on_a_sheet_from_right_to_left_a_name_keeps_its_own_direction() -> None:
    words = Catalogue("ar", shipped_catalogues()["en"].texts)
    made = composition_of(issued(listed((item(1, name="12"),)), words=words))
    assert '<strong><span dir="ltr">12</span></strong>' in section(made, "uncategorized")["text"]["div"]
    assert 'lang="ar" xml:lang="ar" dir="rtl"' in made["text"]["div"]


def test_what_is_english_for_want_of_a_translation_says_so() -> None:
    spanish = shipped_catalogues()["es"]
    missing = frozenset({"section.gaps", "sheet.title", "ask.open", "item.strength", "said.full"})
    words = replace(spanish, untranslated=missing)
    made = composition_of(issued(listed((item(1, strength="5 mg"),)), words=words))
    marked = [{"url": "http://hl7.org/fhir/StructureDefinition/language", "valueCode": "en"}]
    assert made["_title"]["extension"] == section(made, "gaps")["_title"]["extension"] == marked
    english = '<span lang="en" xml:lang="en" dir="ltr">'
    assert f"<p>{english}" in section(made, "open-question")["text"]["div"]
    about = section(made, "uncategorized")["text"]["div"]
    assert f"<li>{english}{spanish.texts['item.strength']}</span>: 5 mg</li>" in about
    # The statements are in the language of their document.
    assert f"<p>{english}Tell your provider" in section(made, "tell")["text"]["div"]
    check(made)


def test_a_title_without_a_translation_marks_the_words_of_an_empty_section_too() -> None:
    words = replace(shipped_catalogues()["es"], untranslated=frozenset({"section.tell"}))
    sheet = issued(listed(), words=words)
    document = sheet.document
    next(part for part in document["sections"] if part["id"] == "tell")["lines"] = []
    made = section(write_composition(document, sheet.state_document, words), "tell")
    assert '<p><span lang="en" xml:lang="en" dir="ltr">' in made["text"]["div"]
