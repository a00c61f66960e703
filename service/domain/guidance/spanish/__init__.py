"""Spanish for the guidance check: its words, and rules 3 to 6 as its grammar needs them."""

from service.domain.guidance.language import Language, Notable
from service.domain.guidance.spanish.asking import requested_by_shape
from service.domain.guidance.spanish.forms import is_ending, joined
from service.domain.guidance.spanish.hedges import hardened
from service.domain.guidance.spanish.requests import requested
from service.domain.guidance.spanish.sections import SECTIONS
from service.domain.guidance.spanish.stand_ins import IRREGULAR, STAND_INS
from service.domain.guidance.spanish.turning_words import ABOUT, AVOIDANCE, NEGATORS, SAFETY, TURNING
from service.domain.guidance.spanish.turns import turned
from service.domain.guidance.spanish.words import (
    CONDITIONS,
    FIGURES,
    FREQUENCY,
    MEDICINES,
    NUMBER_WORDS,
    OBLIGATIONS,
    PLAIN,
    POSSIBILITY,
    TITLES,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Vocabulary

SPANISH = Language(
    tag="es",
    stemmer="spanish",
    vocabulary=Vocabulary(
        parts=joined,
        refers=lambda _: False,
        is_ending=is_ending,
        plain=PLAIN,
        decided_elsewhere=TURNING | POSSIBILITY | OBLIGATIONS | frozenset(FREQUENCY) | ABOUT,
        medicines=MEDICINES,
        stand_ins=STAND_INS,
        irregular=IRREGULAR,
        numbers=NUMBER_WORDS,
        figures=FIGURES,
        only_after={},
        titles=TITLES,
        letters=frozenset("áéíóúüñ"),
        marks=frozenset("¿¡«»"),
    ),
    safety=SAFETY,
    turned=turned,
    hardened=hardened,
    requested=requested,
    requested_by_shape=requested_by_shape,
    sections=SECTIONS,
    notable=Notable(
        conditions=CONDITIONS,
        negators=NEGATORS | AVOIDANCE,
        light=PLAIN | POSSIBILITY | OBLIGATIONS,
        limits=words("hasta más menos debajo encima máx máximo mínimo"),
        joints=words("y e o u pero"),
    ),
)
