"""The shipped translations ask and name as the English does; none names a medicine or claims anything."""

import re

import pytest

from service.domain.text import PartialDate
from service.domain.wording import ENGLISH, Catalogue
from service.domain.wording.check import WORD_LISTS, check_wording
from service.domain.wording.spanish_words import SPANISH_LISTS
from service.formats.catalogue_files import shipped_catalogues

TRANSLATIONS = [words for tag, words in shipped_catalogues().items() if tag != "en"]
SPANISH = shipped_catalogues()["es"]
each = pytest.mark.parametrize("words", TRANSLATIONS, ids=lambda words: words.language)


@each
def test_no_translation_breaks_a_rule(words: Catalogue) -> None:
    assert check_wording(words.texts, WORD_LISTS[words.language]) == ()


@each
def test_a_translation_ends_as_the_english_does(words: Catalogue) -> None:
    """A sentence stays a sentence, a question a question, and a label a label."""
    ends = re.compile(r"[.?:…”]*$")
    for key, english in ENGLISH.items():
        ending, end = ends.search(words.texts[key]), ends.search(english)
        assert ending, key
        assert end, key
        assert ending[0].replace("”", "") == end[0].replace("”", ""), key


@each
def test_no_translation_is_blank_or_bears_an_error_prone_abbreviation(words: Catalogue) -> None:
    for key, text in words.texts.items():
        assert text.strip() == text != "", key
        assert not re.search(r"\b(QD|QOD|BID|TID|U|IU|µg|cc|HS|SC)\b|\d\.0\b|(?<!\d)\.\d", text), key


@each
def test_every_language_says_that_nobody_looked_for_interactions(words: Catalogue) -> None:
    lists = WORD_LISTS[words.language]
    for key in ("notice.not_checked", "notice.not_checked_more"):
        assert any(denial.search(words.texts[key].casefold()) for denial in lists.not_checked), key


@each
def test_still_taking_leaves_three_answers_to_tick(words: Catalogue) -> None:
    question, _, answers = words.text("ask.still_taking").partition("? ")
    assert question
    assert len(answers.split(" / ")) == 3


@each
def test_different_answers_are_different_words(words: Catalogue) -> None:
    for family in ("answer_word.", "status_word.", "mark.", "month.", "weekday.", "section.", "form_answer."):
        texts = [text for key, text in words.texts.items() if key.startswith(family)]
        assert len(set(texts)) == len(texts), family


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (PartialDate(1961), "1961"),
        (PartialDate(1961, 4), "abril de 1961"),
        (PartialDate(1961, 4, 2), "2 de abril de 1961"),
    ],
)
def test_a_day_in_spanish(day: PartialDate, said: str) -> None:
    assert SPANISH.date(day) == said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Pregunte por la aspirina.", "aspirina"),
        ("¿Toma jugo de toronja?", "toronja"),
        ("No se comprobó si hay interacciones. La lista es segura.", "segura"),
        ("No se encontraron interacciones.", "interacciones"),
        ("La lista se comprobó.", "comprobó"),
        ("La lista está verificada.", "verificada"),
        ("Otro medicamento puede cambiar.", "puede"),
        ("Tome los suplementos antes del tratamiento.", "Tome"),
        ("Pregunte a cada paciente y deje los medicamentos.", "deje"),
        ("Dejar el tratamiento", "Dejar"),
        ("Haga 3 preguntas.", "3"),
        ("Haga tres preguntas.", "tres"),
        ("Dígale a su profesional → ahora", "→"),
        ("Todo está en orden", "orden"),
    ],
)
def test_a_medicine_a_claim_or_a_stray_mark_in_spanish_is_refused_by_name(text: str, word: str) -> None:
    refusals = check_wording({"good": "Nombre", "bad": text}, SPANISH_LISTS)
    assert word in {refusal.word for refusal in refusals}
    assert {refusal.key for refusal in refusals} == {"bad"}


@pytest.mark.parametrize(
    "text",
    [
        "Página {page} de {pages}",
        "¿Toma o usa algún medicamento comprado sin receta?",
        "No se comprobó si hay interacciones.",
        "Esta hoja se retiró el {date}. No la use.",
    ],
)
def test_labels_questions_and_requests_in_spanish_are_the_services_own(text: str) -> None:
    assert check_wording({"key": text}, SPANISH_LISTS) == ()
