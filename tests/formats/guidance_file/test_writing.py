"""What is written into a guidance file is read back as what was meant, and what people wrote there stays."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.codings import Coding
from service.domain.guidance.drafting import drafted
from service.domain.guidance.statements import (
    Guidance,
    Review,
    SourceDocument,
    Statement,
    StatementSection,
    Translation,
    Treatment,
)
from service.domain.sentences.numbering import SentenceNumber, number_sentences
from service.formats.guidance_file.reading import read_guidance
from service.formats.guidance_file.writing import add_review, write_guidance

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30).filter(str.strip)
IDS = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
TAGS = st.sampled_from(["en", "en-GB", "es", "de"])
NUMBERS = st.builds(SentenceNumber, st.integers(1, 9), st.integers(1, 9))
REVIEWS = st.builds(Review, TEXTS, st.dates(date(2000, 1, 1)), st.just("") | st.text("0123456789abcdef."))
STATEMENTS = st.builds(
    Statement,
    IDS,
    st.sampled_from(StatementSection),
    TEXTS,
    st.lists(NUMBERS, min_size=1, max_size=3, unique=True).map(tuple),
    st.none() | REVIEWS,
    st.lists(
        st.builds(Translation, TAGS, TEXTS, st.none() | REVIEWS), max_size=2, unique_by=lambda t: t.language
    ).map(tuple),
)
GUIDANCES = st.builds(
    Guidance,
    st.builds(
        SourceDocument,
        IDS,
        TEXTS,
        TAGS,
        TEXTS,
        st.text("0123456789abcdef", min_size=64, max_size=64),
        st.none() | st.integers(1, 999),
    ),
    st.builds(
        Treatment,
        IDS,
        TEXTS,
        st.lists(st.builds(Coding, TEXTS, TEXTS, st.none() | TEXTS), max_size=2).map(tuple),
    ),
    st.lists(STATEMENTS, min_size=1, max_size=4, unique_by=lambda statement: statement.id).map(tuple),
)
DOCUMENTS = st.lists(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
    | st.sampled_from(["", "- tea", "One. Two."]),
    max_size=8,
).map("\n".join)

EDITED = """\
# Ours.
[document]
id = "leaflet"   # the paper one
title = "Leaflet"
language = "en"
file = "leaflet.txt"
sha256 = "{sha256}"

[treatment]
name = "Brimolate"
id = "brimolate"

[[statements]]
# 1.1  One.
id = "one"
section = "tell"
text = '''One.'''
cites = [ "1.1" ]  # that is all

# Before two.

[[statements]]
id = "two"
section = "tell"
text = "Two."
cites = ["1.2"]
reviewed = {{on = 2026-01-01, by = "Test Reviewer 02", digest = "old"}}   # by phone

[[statements]]
id = "three"
section = "tell"
text = "Three."
cites = ["1.3"]

[statements.translations.en-GB]
text = "Three!"
""".format(sha256="0" * 64)
REVIEW = Review("Test Reviewer 01", date(2026, 11, 23), "new")


@settings(deadline=None)
@given(GUIDANCES, DOCUMENTS)
def test_what_is_written_is_read_back_whatever_stands_in_it(guidance: Guidance, document: str) -> None:
    assert read_guidance(write_guidance(guidance, number_sentences(document))) == guidance


@settings(deadline=None)
@given(GUIDANCES, st.data())
def test_a_review_is_added_and_nothing_else_is_changed(guidance: Guidance, data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(guidance.statements))
    written = add_review(write_guidance(guidance, ()), chosen.id, REVIEW)
    expected = (replace(each, review=REVIEW) if each is chosen else each for each in guidance.statements)
    assert read_guidance(written) == replace(guidance, statements=tuple(expected))


def test_each_sentence_stands_beside_what_cites_it_or_is_told_to_be_cited_by_nothing() -> None:
    document = "Heading\n\nTell your nurse about:\n- teas\n\nAnother heading"
    sentences = number_sentences(document)
    guidance = Guidance(
        SourceDocument("leaflet", "Leaflet", "en", "leaflet.txt", "0" * 64, 4),
        Treatment("brimolate", "Brimolate"),
        drafted(document, "en"),
    )
    assert (
        write_guidance(guidance, sentences).partition("codings = []\n")[2]
        == """\

# cited by no statement: 1.1  Heading

[[statements]]
# 2.1  Tell your nurse about:
# 2.2  - teas
id = "teas-2-2"
section = "tell"
text = "Tell your nurse about: teas."
cites = ["2.1", "2.2"]

# cited by no statement: 3.1  Another heading
"""
    )


def test_a_character_that_a_comment_may_not_hold_is_shown_by_its_number() -> None:
    document = "Tea \x1b[2J\x00."
    guidance = Guidance(
        SourceDocument("leaflet", "Leaflet", "en", "leaflet.txt", "0" * 64),
        Treatment("brimolate", "Brimolate"),
        drafted(document, "en"),
    )
    written = write_guidance(guidance, number_sentences(document))
    assert "# 1.1  Tea <U+001B>[2J<U+0000>." in written
    assert read_guidance(written) == guidance


def test_a_review_is_written_below_its_statement_and_comments_and_order_stay() -> None:
    added = '\n[statements.reviewed]\nby = "Test Reviewer 01"\non = 2026-11-23\ndigest = "new"\n'
    assert add_review(EDITED, "one", REVIEW) == EDITED.replace("# that is all\n", "# that is all\n" + added)


def test_a_review_that_no_longer_holds_is_replaced_where_it_stood() -> None:
    assert add_review(EDITED, "two", REVIEW) == EDITED.replace(
        '{on = 2026-01-01, by = "Test Reviewer 02", digest = "old"}',
        '{on = 2026-11-23, by = "Test Reviewer 01", digest = "new"}',
    )
    voided = add_review(EDITED, "one", REVIEW).replace('digest = "new"\n', "")
    assert add_review(voided, "one", REVIEW) == add_review(EDITED, "one", REVIEW)


@pytest.mark.parametrize("language", [None, "en-GB"])
def test_a_text_with_translations_is_reviewed_and_so_is_each_of_them(language: str | None) -> None:
    three = read_guidance(add_review(EDITED, "three", REVIEW, language)).statements[2]
    assert (three.review, three.translations[0].review) == (
        (REVIEW, None) if language is None else (None, REVIEW)
    )
