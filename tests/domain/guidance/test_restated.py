"""Ways to restate a sentence that the rules let pass, each beside a neighbour that they refuse.

Each pair is one cause for which honest statements used to be refused. The documents are the tests' own.
"""

from dataclasses import replace

import pytest

from service.actions.stems import stem_of
from service.domain.guidance.check import check
from service.domain.guidance.report import Rule, StatementReport
from tests.domain.guidance.test_documents import guidance as of_document
from tests.domain.guidance.test_documents import read
from tests.guidance_leaflet import guidance, statement, stem, verdict

ENGLISH = """\
Brimolate must not be used within 2 hours of sunlight. Do not freeze the bottle. Never double a dose.

Brimolate does not work for everyone. Some people notice no change. Some people feel cold.

If the redness does not stop, phone the nurse. Ask Dr. Lind or Nurse Wren for a letter. It is cold, so wear a
glove.

Flakes: wash your hands. After that: 1 bottle every 3 weeks. Only the nurse changes the dose.

Children under 12 years need a test as well. Blood test: after 4 weeks. Not known: whether it stains.

Store the lotion in the dark. The lotion keeps for a week. It may change how some other lotions work.

The nurse can often answer questions by phone. Mention a pregnancy. Ask before you get one. It has two lids.

Dose | Morning
flaky | none

It is the care that the skin needs each day, with the same colour. Use it at the usual time.

It must not be shaken. Use it daily unless it is late. Send us a list. Wash and dry your upper arm. It needs
no care. Some feel cold. See us after 2 days and then about once a week. It changes certain oily lotions.
"""
SPANISH = """\
La brimolina es una loción para la piel seca. La brimolina puede cambiar el color de la piel.

Análisis de sangre: cada 6 meses. Guarde la loción en su caja. Manchas: a veces.
"""


@pytest.mark.parametrize(
    ("cites", "text"),
    [
        ("1.1", "Do not use brimolate within 2 hours of sunlight."),
        ("1.2", "The bottle must not be frozen."),
        ("1.3", "Never take a double dose."),
        ("2.1", "Not everyone can feel that it works."),
        ("2.2", "Some people do not notice any change."),
        ("2.3", "You may feel cold."),
        ("3.1", "If your redness does not stop, call the nurse."),
        ("3.2", "Ask Dr. Lind for a letter."),
        ("3.3", "Wear a glove, because it is cold."),
        ("4.1", "When you notice flakes, wash your hands."),
        ("4.1 4.2", "After the flakes, use 1 bottle every 3 weeks."),
        ("4.3", "The dose is changed only by the nurse."),
        ("5.1", "Children who are under 12 years old need a test."),
        ("5.2", "You will have a blood test after 4 weeks."),
        ("5.3", "We do not know whether it stains."),
        ("6.1", "Keep the lotion in the dark."),
        ("6.2", "Your lotion keeps for a week."),
        ("6.3", "Some of your lotions, the other ones, may work in another way."),
        ("7.1", "If you have questions, the nurse can often answer by phone."),
        ("7.2", "Say if you are pregnant."),
        ("7.3", "Ask first."),
        ("7.4", "It has 2 lids."),
        ("8.1 8.2", "When it is flaky: none in the morning."),
        ("9.1", "The skin needs it each day, and the colour stays the same."),
        ("9.2", "Use it at the usual time."),
        ("10.1", "Brimolate must not be shaken."),
        ("10.3", "Please make a list. You should send it to us."),
        ("10.4", "Wash your upper arm. You should dry it."),
        ("10.5", "It does not need care."),
        ("10.6", "Some patients feel cold."),
        ("10.7", "See us after 2 days, and about once a week after that."),
        ("10.8", "Tell us if you use oily lotions."),
    ],
)
def test_an_honest_restatement_is_accepted(cites: str, text: str) -> None:
    assert verdict(text, *cites.split(), document=ENGLISH).refusals == ()


@pytest.mark.parametrize(
    ("cites", "text"),
    [
        ("1.1", "Use brimolate within 2 hours of sunlight."),
        ("1.2", "The bottle may be frozen."),
        ("1.3", "Take a double dose."),
        ("2.1", "Not a person can feel that it works."),
        ("2.2", "Some people notice any change."),
        ("2.3", "You feel cold."),
        ("3.1", "If your redness does not stop, stop the lotion."),
        ("3.2", "Ask Dr. Wren for a letter."),
        ("3.2", "Ask Dr. Lind for a lotion."),
        ("3.1", "Phone the nurse, because the redness does not stop."),
        ("4.1", "Before you notice flakes, wash your hands."),
        ("4.1 4.2", "Use 3 bottles every week."),
        ("4.3", "The dose is changed by you."),
        ("5.1", "Children need flakes."),
        ("5.2", "You will have flakes after 4 weeks."),
        ("5.3", "It stains."),
        ("6.2", "Keep using the lotion."),
        ("6.3", "Some other lotions, in another way, work."),
        ("7.1", "The nurse answers your questions."),
        ("7.3", "Ask on the first day."),
        ("7.4", "It has 3 lids."),
        ("8.1 8.2", "When it is flaky: none in the dark."),
        ("9.1", "The colour needs it each day."),
        ("10.1", "Marlow must not be shaken."),
        ("10.2", "Use it daily if it is late."),
        ("10.3", "You should make a bottle."),
        ("10.4", "Arm yourself."),
        ("10.5", "It does not need dry skin."),
        ("10.6", "Patients feel cold."),
        ("10.7", "See us once a week after that."),
        ("10.8", "Tell us that it changes oily lotions."),
        ("9.1", "The skin needs it for a time."),
    ],
)
def test_its_neighbour_is_refused(cites: str, text: str) -> None:
    assert verdict(text, *cites.split(), document=ENGLISH).refusals


@pytest.mark.parametrize(
    ("name", "cites", "text"),
    [
        ("bullets", "10.1 10.5 10.6", "You will have a headache."),
        ("bullets", "8.6", "Use 2 pens when you missed one."),
        ("bullets", "6.1 6.2", "Use it with an open infection."),
        ("tables", "10.1 10.2 10.5", "Take 30 mg in the morning."),
        ("tables", "21.1 21.2 21.4", "Take 5 mg less."),
        ("tables", "25.1 25.2 25.3", "Take 31.2 % of it."),
        ("tables", "23.3", "Examplinib must not be taken."),
        ("tables", "23.3", "Do not take examplinib."),
        ("tables", "4.4", "Examplinib does not work."),
        ("tables", "4.4", "It does not work."),
        ("tables", "18.1", "Never take a dose."),
        ("tables", "20.1", "The dose is changed by your doctor."),
        ("tables", "14.3", "Do not take tablets."),
        ("tables", "7.3 7.4", "Everyone needs it."),
        ("letter", "9.2", "Quellamor has no effect."),
        ("letter", "9.2", "Quellamor has no effect on alcohol."),
        ("letter", "6.3", "Put a patch on sore skin."),
    ],
)
def test_what_was_tried_against_these_ways_is_refused(name: str, cites: str, text: str) -> None:
    document = read(f"{name}.txt")
    file = replace(of_document(name), statements=(statement(text, *cites.split()),))
    assert check(file, document, stem).statements[0].refusals


def judged(cites: str, text: str) -> StatementReport:
    file = guidance(statement(text, *cites.split()), document=SPANISH, language="es")
    return check(file, SPANISH, stem_of("es")).statements[0]


@pytest.mark.parametrize(
    ("cites", "text"),
    [
        ("1.1", "La brimolina se usa para la piel seca."),
        ("1.2", "Es posible que la brimolina cambie el color de la piel."),
        ("2.1", "Tendrá un análisis de sangre cada 6 meses."),
        ("2.2", "Conserve la loción en su caja."),
        ("2.1", "¿Quiere un análisis de sangre?"),
    ],
)
def test_an_honest_restatement_in_spanish_is_accepted(cites: str, text: str) -> None:
    assert judged(cites, text).refusals == ()


@pytest.mark.parametrize(
    ("cites", "text", "rule"),
    [
        ("1.1 1.2", "La brimolina se usa para el color.", Rule.REQUESTS),
        ("1.2", "Es importante que la brimolina cambie el color de la piel.", Rule.REQUESTS),
        ("2.3", "Tendrá manchas.", Rule.HEDGES),
        ("1.1", "Conserve la loción en su caja.", Rule.WORDS),
    ],
)
def test_its_neighbour_in_spanish_is_refused(cites: str, text: str, rule: Rule) -> None:
    assert rule in {refusal.rule for refusal in judged(cites, text).refusals}
