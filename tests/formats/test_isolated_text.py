"""The record's words in a sentence are found again by the sentence's template."""

from service.formats.isolated_text import Part, fixed, recorded, worded

SAID = "Said by {informant}, recorded by {recorder}, {date}"


def test_names_stand_apart_from_the_words_around_them() -> None:
    text = worded("Said by the patient, recorded by A & B, 2 May 2026", SAID)
    assert text.parts == (
        Part("Said by "),
        Part("the patient", own=True),
        Part(", recorded by "),
        Part("A & B", own=True),
        Part(", 2 May 2026"),
    )
    assert str(text.__html__()).endswith("<bdi>A &amp; B</bdi>, 2 May 2026")


def test_a_text_that_no_longer_fits_its_template_stays_whole() -> None:
    for template in (SAID, "No place", None, "{name} and {name}"):
        assert worded("Recorded by A", template) == fixed("Recorded by A")
    assert worded("A and A", "{name} and {name}").parts == (Part("A", own=True), Part(" and A"))


def test_only_words_that_could_turn_their_neighbours_get_marks_in_the_pdf() -> None:
    assert recorded("abc").marked(right_to_left=False) == "abc"
    assert recorded("אבג").marked(right_to_left=False) == "\u2068אבג\u2069"
    assert recorded("abc").marked(right_to_left=True) == "\u2068abc\u2069"
    assert fixed("אבג").marked(right_to_left=True) == "אבג"
    assert str(worded("Said by A, recorded by B, C", SAID)) == "Said by A, recorded by B, C"
