"""A text of an output that is not the document's is found, and so is a text that it lacks."""

from typing import Any

import pytest

from service.domain.medications.categories import Category
from service.domain.wording import ENGLISH
from service.formats.proof import OUTPUTS, Flaw, Output
from tests.formats.printout.samples import item, many_items
from tests.formats.printout.samples import medication_list as listed
from tests.formats.proof.proven import changed, faults, issued, planted, section


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_text_altered_after_the_fact_is_found_and_so_is_the_one_it_replaced(name: str) -> None:
    def plant(document: Any, state: Any) -> None:
        section(document, "open_question")["lines"][1]["text"] = "This list is safe."

    found = faults(issued(listed()), planted(name, plant))
    assert found == {
        (name, Flaw.EXTRA, "This list is safe."),
        (name, Flaw.MISSING, ENGLISH["ask.open_rows"]),
    }


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_dropped_item_is_missing(name: str) -> None:
    found = faults(
        issued(listed(many_items(3))),
        planted(name, lambda document, _: section(document, "prescription")["lines"].pop(0)),
    )
    assert any(flaw is Flaw.MISSING and "Examplin 003x" in text for _, flaw, text in found)


@pytest.mark.parametrize("name", OUTPUTS)
def test_another_statement_than_the_guidance_has_is_found(name: str) -> None:
    def plant(document: Any, state: Any) -> None:
        section(document, "tell")["lines"][0]["text"] = "Stop everything on your list."

    flaws = {flaw: text for _, flaw, text in faults(issued(listed()), planted(name, plant))}
    assert "Stop everything on your list." in flaws[Flaw.EXTRA]
    assert "Tell your provider about everything on your list." in flaws[Flaw.MISSING]


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_a_statement_under_another_source_is_found(name: str) -> None:
    def plant(document: Any, state: Any) -> None:
        section(document, "tell")["lines"][0]["citations"].reverse()

    found = faults(issued(listed()), planted(name, plant))
    assert (name, Flaw.MISSING, "1 Paragraph 2, sentence 1") in found


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_an_item_that_stands_there_twice_is_found(name: str) -> None:
    def plant(document: Any, state: Any) -> None:
        lines = section(document, "prescription")["lines"]
        lines.append(lines[0])

    flaws = {flaw for _, flaw, _ in faults(issued(listed(many_items(3))), planted(name, plant))}
    assert flaws == {Flaw.REPEATED}


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_a_change_that_nobody_made_is_found(name: str) -> None:
    def plant(document: Any, state: Any) -> None:
        state["changes"]["answers"].append({"text": "Vitamins: the answer was “no”, now “yes”."})

    found = faults(issued(listed(), changed(listed(many_items(6)))), planted(name, plant))
    assert any(flaw is Flaw.EXTRA and "Vitamins: the answer was" in text for _, flaw, text in found)


@pytest.mark.parametrize(("name", "said"), [("pdf", "שלוט (5)"), ("html", "םולש (5)")])
def test_a_name_from_right_to_left_with_other_letters_or_on_the_page_in_another_order_is_found(
    name: str, said: str
) -> None:
    def plant(document: Any, state: Any) -> None:
        section(document, "prescription")["lines"][0]["text"] = said

    named = issued(listed((item(1, name="שלום (5)", category=Category.PRESCRIPTION),)))
    flaws = {flaw for _, flaw, _ in faults(named, planted(name, plant))}
    assert flaws == {Flaw.EXTRA, Flaw.MISSING}


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("</main>", "<p>Nothing on it is unsafe.</p></main>", "Nothing on it is unsafe."),
        ("</main>", "Well&nbsp;done</main>", "Well done"),
        ('class="sheet"', 'class="sheet" title="All is well"', "All is well"),
        ("<main", "<!-- take none of these --><main", "take none of these"),
        ('content="width=', 'content="the list, width=', "the list, width=device-width, initial-scale=1"),
        ("</h1>", "!</h1>", "!"),
    ],
)
def test_a_page_with_a_text_more_is_found_wherever_it_stands(old: str, new: str, text: str) -> None:
    page = OUTPUTS["html"]

    def render(*printable: Any) -> str:
        html: str = page.render(*printable)
        assert html.count(old) == 1
        return html.replace(old, new)

    found = faults(issued(listed(many_items(2))), {"html": Output(render, page.check)})
    assert ("html", Flaw.EXTRA, text) in found


def test_json_with_a_text_at_another_place_is_found() -> None:
    def plant(document: Any, state: Any) -> None:
        document["advice"] = [document["patient"]["name"]]

    assert faults(issued(listed()), planted("json", plant)) == {("json", Flaw.EXTRA, "Test Patient 01")}
