"""The promises hold on a sheet for several treatments too: nothing invented, dropped, mixed up or claimed.

Planted faults that the checks catch: a statement of one document that is given out as the other's, one that
cites the other's sentence, a treatment's name in another's place, and a document that is left out.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import given

from service.domain.checklists.checklist import SectionId
from service.domain.checklists.document import section_document
from service.domain.checklists.preparation import prepare
from service.domain.checklists.sign_offs import digests_today
from service.domain.guidance.statements import Guidance
from service.domain.medications.medication_list import MedicationList
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.catalogue_files import shipped_catalogues
from service.formats.proof import Flaw
from tests.domain.made_up import PATIENT, chances, item, listing
from tests.formats.printout.reading import run_on
from tests.formats.proof.proven import ALL, faults, full, issued, planted, section
from tests.guidance_of_tests import guidance_of_tests, other_guidance_of_tests
from tests.promises.sheets import (
    GUIDANCE,
    Json,
    Page,
    document_of,
    few,
    item_lines,
    named_lists,
    page_of,
    pdf_pages_of,
)
from tests.promises.test_promise_2_blind_to_names import named_back, renamed, renaming_of
from tests.promises.test_promise_7_never_safe import assert_claims_nothing

OTHER = other_guidance_of_tests()
BOTH = (GUIDANCE, OTHER)


@few
@given(named_lists())
def test_every_item_stands_on_it_once_and_as_on_a_sheet_for_one(medications: MedicationList) -> None:
    document, single = document_of(medications, guidance=BOTH), document_of(medications)
    wanted = Counter(f"item-{one.id}" for one in (*medications.current_items, *medications.earlier_items))
    assert Counter(line["id"] for line in item_lines(document)) == wanted
    assert Counter(row for row, _ in Page(page_of(document)).names) == wanted
    of_the_list = [one for one in document["sections"] if one["id"] not in {"tell", "treatment"}]
    assert of_the_list == [one for one in single["sections"] if one["id"] not in {"tell", "treatment"}]


def test_every_text_of_every_output_rests_on_something_and_each_item_is_there_once() -> None:
    assert faults(issued(full(), guidance=BOTH)) == set()


@few
@given(named_lists(), chances)
def test_other_names_change_nothing_but_the_names(medications: MedicationList, chance: Random) -> None:
    names = renaming_of(medications, chance)
    before = document_of(medications, guidance=BOTH)
    after = document_of(renamed(medications, names), guidance=BOTH)
    assert named_back(after, names) == named_back(before, {})


@few
@given(named_lists())
def test_it_claims_no_check(medications: MedicationList) -> None:
    assert_claims_nothing(document_of(medications, guidance=BOTH))


def test_each_statement_stands_behind_the_line_that_names_its_treatment_and_document() -> None:
    tell, treatment = (section(document_of(listing(), guidance=BOTH), name) for name in ("tell", "treatment"))
    assert [line["text"] for line in tell["lines"]] == [
        "Examplinib, from the document “The example leaflet”:",
        *(one.text for one in GUIDANCE.statements[:2]),
        "Sampletin, from the document “The sample leaflet”:",
        *(one.text for one in OTHER.statements),
    ]
    assert [line["text"] for line in treatment["lines"]][-1] == (
        "Sampletin: the document “The sample leaflet” has no statements for this section."
    )


TITLES = {
    "en": ("What the documents say to tell, and why", "What the documents say about the time on treatment"),
    "es": (
        "Lo que los documentos dicen que hay que contar, y por qué",
        "Lo que los documentos dicen sobre el tiempo en tratamiento",
    ),
}


@pytest.mark.parametrize("language", TITLES)
def test_the_titles_of_the_documents_sections_speak_of_several_and_those_of_a_single_sheet_of_one(
    language: str,
) -> None:
    words = shipped_catalogues()[language] if language != "en" else ENGLISH_CATALOGUE
    prepared = partial(prepare, catalogue=words)
    several, single = (document_of(listing(), prepared, guidance=used) for used in (BOTH, GUIDANCE))
    for place, name in enumerate(("tell", "treatment")):
        title, of_one = TITLES[language][place], words.text(f"section.{name}")
        assert (section(several, name)["title"], section(single, name)["title"]) == (title, of_one)
        for document, shown, other in ((several, title, of_one), (single, of_one, title)):
            assert shown in page_of(document)
            assert other not in page_of(document)
            pdf = run_on(" ".join(pdf_pages_of(document)))
            assert run_on(shown) in pdf
            assert run_on(other) not in pdf


def test_lines_of_two_documents_are_told_apart_also_where_their_ids_are_alike() -> None:
    one, other = other_guidance_of_tests("a", "A"), other_guidance_of_tests("a-tell", "B")
    twice = replace(one, statements=(*one.statements, replace(one.statements[0], id="tell-tell")))
    lines = [line.id for line in prepare(PATIENT, listing(), (twice, other)).lines]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("changed", [0, 1])
def test_the_signature_of_a_section_covers_what_both_documents_say_there(changed: int) -> None:
    before = digests_today(prepare(PATIENT, listing(item(1)), BOTH))
    guidance = BOTH[changed]
    first, *others = guidance.statements
    reworded = replace(guidance, statements=(replace(first, text="Tell everything."), *others))
    used: list[Guidance] = list(BOTH)
    used[changed] = reworded
    after = digests_today(prepare(PATIENT, listing(item(1)), tuple(used)))
    assert {name for name in before if before[name] != after[name]} == {SectionId.TELL}


def test_a_change_of_the_list_touches_no_section_of_the_documents() -> None:
    before, after = (prepare(PATIENT, listing(*items), BOTH) for items in ((item(1),), (item(1), item(2))))
    same = {
        one.id
        for one, other in zip(before.sections, after.sections, strict=True)
        if section_document(one)["content_digest"] == section_document(other)["content_digest"]
    }
    assert {SectionId.TELL, SectionId.TREATMENT} <= same


def test_a_statement_in_another_language_says_so_and_the_other_documents_do_not() -> None:
    spanish = replace(OTHER, document=replace(OTHER.document, language="es"))
    document = document_of(listing(), guidance=(GUIDANCE, spanish))
    languages = {(line["treatment"], line["language"]) for line in statements(document)}
    assert languages == {("examplinib", "en"), ("sampletin", "es")}
    assert "notice.statements_language" in [notice["key"] for notice in document["notices"]]
    tell = page_of(document).partition('id="section-tell"')[2].partition("</section>")[0]
    example, sample = tell.split('id="treatment-tell-sampletin"')
    assert ('class="language"' in example, 'class="language"' in sample) == (False, True)


def test_each_documents_reviewers_are_named_with_its_treatment() -> None:
    nobody = replace(OTHER, statements=tuple(replace(one, review=None) for one in OTHER.statements))
    texts = [notice["text"] for notice in document_of(listing(), guidance=(GUIDANCE, nobody))["notices"]]
    assert texts[2:] == [
        "Examplinib: the statements were compared with the document by The tests on 23 November 2026.",
        "Sampletin: no person has compared the statements with the document yet.",
        "No clinician has reviewed them for this clinic yet.",
    ]


def statements(document: Json) -> list[Json]:
    lines = (line for one in document["sections"] for line in one["lines"])
    return [line for line in lines if line["kind"] == "guidance"]


def test_the_proof_finds_a_statement_of_another_treatment() -> None:
    whole = issued(listing(item(1)), guidance=BOTH)
    swapped = replace(whole, guidance=(guidance_of_tests(), other_guidance_of_tests("examplinib-2")))
    assert {flaw for _, flaw, _ in faults(swapped, {})} == {Flaw.UNPROVEN}


PLANTS: dict[str, Callable[[Any, Any], object]] = {
    "a line of another treatment": lambda d, _: statements(d)[0].update(treatment="sampletin"),
    "another's sentence": lambda d, _: statements(d)[2]["citations"][0].update(
        document="example-leaflet", paragraph=3
    ),
    "another's name": lambda d, _: section(d, "tell")["lines"][0].update(
        text="Sampletin, from the document “The example leaflet”:"
    ),
    "a title that speaks of one document": lambda d, _: section(d, "tell").update(
        title=ENGLISH_CATALOGUE.text("section.tell")
    ),
    "a document left out": lambda d, _: section(d, "tell")["lines"].pop(),
}


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("output", [name for name in ALL if name not in {"document", "batch"}])
def test_a_planted_mix_up_of_documents_is_found(output: str, plant: str) -> None:
    assert faults(issued(listing(item(1)), guidance=BOTH), planted(output, PLANTS[plant]))
