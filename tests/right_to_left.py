"""A made-up catalogue that is read from right to left: every English text in letters that make no words."""

import re

from service.domain.wording import ENGLISH, Catalogue

_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתבגדה")
_PLACE = re.compile(r"(\{[a-z_]+\})")


def turned(english: str) -> str:
    """The text letter by letter in another alphabet; its places, marks and numbers stay."""
    parts = _PLACE.split(english)
    return "".join(part if part.startswith("{") else part.lower().translate(_LETTERS) for part in parts)


MADE_UP = Catalogue("he", {key: turned(text) for key, text in ENGLISH.items()})
"""``he`` because its letters are those of Hebrew; nothing in it is Hebrew."""
