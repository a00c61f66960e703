"""Whether an order is for a treatment: by its codes, or because its text names the treatment.

Only the name of the treatment itself is looked for; what any other medicine is called changes nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.codings import Coding
from service.domain.guidance.statements import Treatment

_JOINERS = "\u00ad\u200b\u200c\u200d\u2060"
_NOT_JOINERS = str.maketrans(dict.fromkeys(_JOINERS))


@dataclass(frozen=True, slots=True)
class MedicineOrder:
    """One order of a medicine: everything that it is called in the order, and its codes."""

    texts: tuple[str, ...]
    codings: tuple[Coding, ...]


def is_for(order: MedicineOrder, treatment: Treatment) -> bool:
    """Whether a code of the order is one of the treatment's, or one of its texts names the treatment."""
    codes = {(coding.system, coding.code) for coding in treatment.codings}
    return any((coding.system, coding.code) in codes for coding in order.codings) or any(
        names(text, treatment.name) for text in order.texts
    )


def ordered(orders: Iterable[MedicineOrder], treatment: Treatment) -> bool:
    """Whether any of the orders is for the treatment."""
    return any(is_for(order, treatment) for order in orders)


def names(text: str, name: str) -> bool:
    """Whether the words of the name stand in the text, whole, one after the other.

    Capitals, accents and the width of letters make no difference.
    """
    sought = _words(name)
    return bool(sought) and f" {sought} " in f" {_words(text)} "


def _words(text: str) -> str:
    """The words of a text with one blank between them.

    A mark without a combining class, such as a vowel sign of Devanagari, is part of its word.
    """
    if text.isascii():
        return " ".join(re.findall(r"[a-z0-9]+", text.lower()))
    apart = unicodedata.normalize("NFKD", text.translate(_NOT_JOINERS)).casefold()
    letters = (c for c in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(c))
    return " ".join("".join(c if _in_word(c) else " " for c in letters).split())


def _in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")
