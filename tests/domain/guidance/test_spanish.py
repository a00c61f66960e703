"""What a statement in Spanish may say of a Spanish document, and what no statement says across languages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.actions.stems import stem_of
from service.domain.guidance.check import check
from service.domain.guidance.report import Rule, StatementReport
from service.domain.guidance.spanish.forms import joined
from service.domain.guidance.spanish.stand_ins import STAND_INS
from service.domain.guidance.spanish.turning_words import SAFETY, TURNS, WHOLES
from service.domain.guidance.spanish.words import ACT_VERBS, FUNCTION, NUMBER_WORDS, PLAIN
from service.domain.guidance.statements import Translation
from tests.domain.made_up import steady
from tests.guidance_leaflet import LEAFLET, guidance, statement

HOJA = """\
Brimolato es una loción para la piel seca de las manos y los pies.

Brimolato puede causar enrojecimiento. Los efectos secundarios frecuentes pueden ser picor, enrojecimiento y
quemazón leve. Es importante informar de cualquier picor intenso a la enfermera de la clínica.

Como brimolato cambia la acidez de ciertas capas de la piel, podría interferir con otras lociones. Es
importante informar a la enfermera de la clínica de todas las lociones actuales, incluidos aceites y jabones
sin etiqueta, antes de empezar el tratamiento.

No lo ponga sobre piel herida. Ponga 2 ml sobre la piel seca dos veces al día (código B12). Evite el sol
durante el tratamiento.

Normalmente se guarda en un lugar oscuro. Los pacientes deben agitar el frasco. La enfermera decidirá la
duración. Algunos pacientes notan escamas. Nunca congele la loción. Cada frasco se puede reciclar. Deje de
usarla y llame a la clínica si la piel sangra. No todas las personas lo notan.
Debería lavarse los pies.
"""


def verdict(text: str, *cites: str, translations: tuple[Translation, ...] = ()) -> StatementReport:
    file = guidance(statement(text, *cites, translations=translations), document=HOJA, language="es")
    return check(file, HOJA, stem_of("es")).statements[0]


def lines(name: str) -> list[list[str]]:
    table = (Path(__file__).parent / name).read_text("utf-8")
    return [line.split(" | ") for line in table.splitlines()]


@pytest.mark.parametrize(("cites", "text"), lines("hoja_honest.txt"))
def test_an_honest_restatement_in_spanish_is_accepted(cites: str, text: str) -> None:
    assert verdict(text, *cites.split()).refusals == ()


@pytest.mark.parametrize(("cites", "broken", "text"), lines("hoja_invented.txt"))
def test_what_the_hoja_does_not_say_is_refused_by_the_rule_it_breaks(
    cites: str, broken: str, text: str
) -> None:
    assert int(broken) in {int(refusal.rule) for refusal in verdict(text, *cites.split()).refusals}


def test_a_translation_is_compared_with_a_document_of_its_own_language_only() -> None:
    text, english = "Algunos pacientes notan escamas.", "Some patients notice flakes."
    found = {
        tag: {(r.rule, r.word) for r in verdict(text, "5.4", translations=(Translation(tag, said),)).refusals}
        for tag, said in {"es-MX": text, "en": english, "fr": "Certains patients."}.items()
    }
    assert found == {"es-MX": set(), "en": {(Rule.WORDS, "en")}, "fr": {(Rule.WORDS, "fr")}}


@steady
@given(st.text(alphabet="notaedlu áéí-.,¿¡°1", max_size=60))
def test_no_text_whatever_breaks_the_check(text: str) -> None:
    verdict(f"a{text}", "3.2", "4.2")


@pytest.mark.parametrize(
    ("word", "parts"),
    {
        "tómelo": ("tome", "-lo"),
        "Bébalas": ("Beba", "-las"),
        "dígaselo": ("diga", "-se", "-lo"),
        "Cuéntele": ("Cuente", "-le"),
        "tomarlas": ("tomar", "-las"),
        "dile": ("di", "-le"),
        "película": ("película",),
        "animales": ("animales",),
        "parte": ("parte",),
        "gotas": ("gotas",),
    }.items(),
)
def test_pronouns_are_taken_off_the_verb_they_are_joined_to(word: str, parts: tuple[str, ...]) -> None:
    assert joined(word) == parts


def test_no_free_word_turns_a_meaning_counts_or_is_about_safety() -> None:
    free = PLAIN | set(STAND_INS)
    assert not free & (TURNS | SAFETY | WHOLES | NUMBER_WORDS)
    assert not FUNCTION & ACT_VERBS


@pytest.mark.parametrize(
    ("document", "language", "right"),
    [(HOJA, "en", False), (LEAFLET, "es", False), (HOJA, "es", True), (LEAFLET, "en", True)],
)
def test_a_document_is_not_read_by_the_rules_of_another_language(
    document: str, language: str, right: bool
) -> None:
    """Those would miss its "no" and its "puede"."""
    file = guidance(statement("Brimolate brimolato.", "1.1"), document=document, language=language)
    refusals = check(file, document, stem_of(language)).statements[0].refusals
    assert ((Rule.DOCUMENT, language) in {(r.rule, r.word) for r in refusals}) is not right
