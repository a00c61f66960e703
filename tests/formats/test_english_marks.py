"""English that stands in for a missing translation says that it is English, and leaves no mark behind."""

from service.domain.wording import ENGLISH, Catalogue, marked_english
from service.formats.english_marks import marked_html, once_marked, without_marks

SPAN = '<span lang="en" dir="ltr">Name</span>'
NAME = marked_english("Name")


def test_a_whole_translation_has_no_marks() -> None:
    words = Catalogue("es", ENGLISH)
    assert words.marked() is words


def test_only_what_is_not_translated_is_marked() -> None:
    words = Catalogue("es", {**ENGLISH, "word.yes": "sí"}, frozenset({"word.no"})).marked()
    assert words.text("word.yes") == "sí"
    assert words.text("word.no") == marked_english("no")


def test_english_in_the_text_of_a_page_gets_its_language() -> None:
    assert marked_html(f"<p>{NAME}</p>") == f"<p>{SPAN}</p>"


def test_english_where_no_mark_can_stand_is_the_text_alone() -> None:
    page = f'<title>{NAME}</title><p aria-label="{NAME}">{NAME}</p><select><option>{NAME}</option></select>'
    assert marked_html(page) == (
        f'<title>Name</title><p aria-label="Name">{SPAN}</p><select><option>Name</option></select>'
    )


def test_a_place_that_is_filled_with_english_is_not_marked_twice() -> None:
    inside = marked_english(f"Said by {marked_english('the patient')}, on paper")
    assert marked_html(inside) == '<span lang="en" dir="ltr">Said by the patient, on paper</span>'
    assert once_marked(inside, "<", ">") == "<Said by the patient, on paper>"


def test_a_page_without_english_stays_as_it_is() -> None:
    page = "<p>1 < 2 > 0 & 'x'</p>"
    assert marked_html(page) is page


def test_marks_are_taken_out() -> None:
    assert without_marks(marked_english("Name")) == "Name"
