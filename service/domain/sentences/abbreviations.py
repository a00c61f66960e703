"""Which stops belong to a word: abbreviations, initials, dotted letters, and what stands after a label.

The lists are English and Spanish, in small letters and without the last stop.
"""

import re


def words_of(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


OPENING = "([{\"'“‘«"
"""Marks that a word may open with."""

STOPS = ".!?…"

NEVER_LAST = words_of(
    "dr dra dres dras mr mrs ms mx sr sra sres sras srta prof profa lic ing dña sto sta st jr rev vs "
    "e.g i.e eg ie p.ej ej cf viz approx ca aprox incl excl esp fig figs eq ref refs vol eds pp"
)
"""Abbreviations that a sentence does not end with; ``etc.``, ``p.m.``, ``Ud.`` and ``min.`` may end one."""

_MAY_BE_LAST = words_of("a.m p.m")
_BEFORE_NUMBER = words_of(
    "no nos n núm núms p pág págs pag para art arts cap tel teléf tfno ext min max mín máx al "
    "jan feb mar apr jun jul aug sep sept oct nov dec ene abr ago dic"
)
_LETTERED = words_of(
    "vitamin vitamins hepatitis influenza type group grade stage class part factor phase table form plan "
    "option vitamina vitaminas gripe tipo grupo grado estadio clase parte fase tabla forma opción"
)
"""After these a single capital letter is a kind of thing (``vitamin C``) and not a person's initial."""

_CAPTIONS = words_of(
    "table figure fig box chart part section chapter step tabla figura cuadro sección capítulo paso"
)
_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,4})")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})*|[A-Z]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_PLURAL = re.compile(r"([A-Z])\1")


def belongs_to_word(before: list[str], word: str, following: str) -> bool:
    """Whether the stop after ``word`` is a part of it.

    ``before`` holds the words of its sentence that stand before it (the last two are enough, but none only
    where there is none); ``following`` is the word after the stop.
    """
    bare = word.lstrip(OPENING)
    if not before and (not bare or _LABEL.fullmatch(word)):
        return True
    if len(before) == 1 and before[0].casefold() in _CAPTIONS and _NUMBER.fullmatch(word):
        return True
    plain = bare.casefold()
    if plain in _BEFORE_NUMBER and following.lstrip("([+")[:1].isdigit():
        return True
    if plain in NEVER_LAST:
        return True
    if _PLURAL.fullmatch(bare) and _PLURAL.fullmatch(following[:2]):
        return True
    is_dotted = _DOTTED.fullmatch(bare) and plain not in _MAY_BE_LAST
    return bool(is_dotted) or _is_initial(bare, before)


def _is_initial(word: str, before: list[str]) -> bool:
    """Whether it is a person's initial, and neither a kind (``type B``) nor a unit (``2 L``)."""
    if len(word) != 1 or not word.isupper():
        return False
    last = before[-1] if before else ""
    return last.casefold() not in _LETTERED and not last[:1].isdigit()
