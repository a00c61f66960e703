"""Text as it was said, and partial dates: what may be kept, and in which form.

Text is kept in Unicode normalization form C with outer blanks removed, and otherwise untouched. What could
hide, reorder or cut it in an output is refused with a fault code, never repaired in silence.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

# The greatest lengths, in code points: of what something is called, a code, a text, a note, a language tag.
NAME_LENGTH = 1000
SHORT_LENGTH = 200
TEXT_LENGTH = 1000
NOTE_LENGTH = 4000
LANGUAGE_LENGTH = 35

# Direction overrides, embeddings and isolates turn a name around on paper; see Unicode TR 36, 3.3.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
# Codes that Unicode never gives to a character: 32 in the middle and the last two of every plane.
_ARABIC_NONCHARACTERS = range(0xFDD0, 0xFDF0)
_PLANE_END = 0xFFFE
_JOINERS = frozenset("\u200c\u200d")
_VIRAMA = 9  # its canonical combining class
# Latin letters, signs and marks of typography: each can be seen, or is a blank, and none hides another.
_PLAIN_MARKS = " -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027"
_PLAIN = re.compile(f"[{_PLAIN_MARKS}]*")
_PLAIN_LINES = re.compile(f"[\n{_PLAIN_MARKS}]*")
_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class TextFault:
    """Why a text is refused: a stable ``code`` and a sentence for people."""

    code: str
    detail: str


def clean(text: str) -> str:
    """Normalization form C without leading and trailing blanks; nothing inside is changed."""
    return unicodedata.normalize("NFC", text).strip()


def printable(text: str) -> str:
    """The text with each character that cannot be seen, or steers a terminal, shown by its number."""
    return "".join(mark if mark.isprintable() else f"<U+{ord(mark):04X}>" for mark in text)


def fault_in(text: str, *, most: int, lines: bool = False) -> TextFault | None:
    """The first reason to refuse ``text``, or None.

    ``most`` is the greatest length in code points; with ``lines`` a line feed is allowed.
    """
    if len(text) > most:
        return TextFault("too_long", f"Longer than {most} characters.")
    plain = _PLAIN_LINES if lines else _PLAIN
    return None if plain.fullmatch(text) else _hidden_in(text, lines=lines)


def _hidden_in(text: str, *, lines: bool) -> TextFault | None:
    """What could cut, hide or reorder the text in an output, or None."""
    if any(mark in _LINE_BREAKS and not (lines and mark == "\n") for mark in text):
        return TextFault("line_break", "A line break is not allowed here.")
    for mark in text:
        if not (lines and mark == "\n") and (fault := _fault_of(mark)):
            return fault
    if text.strip() and not _visible(text):
        return TextFault("invisible", "Nothing in this text can be seen.")
    if not _joiners_inside_words(text):
        return TextFault("stray_joiner", "A joining character is allowed inside words only.")
    return None


def _fault_of(mark: str) -> TextFault | None:
    """Why a single character is refused, or None."""
    category = unicodedata.category(mark)
    if category == "Cs":
        return TextFault("lone_surrogate", "Not valid Unicode: half of a surrogate pair.")
    if category == "Cc":
        return TextFault("control_character", "A control character is not allowed.")
    if mark in _BIDI_CONTROLS:
        return TextFault("direction_control", "A character that turns the direction of text is not allowed.")
    if ord(mark) in _ARABIC_NONCHARACTERS or ord(mark) & _PLANE_END == _PLANE_END:
        return TextFault("not_a_character", "A code that is not a character is not allowed.")
    return None


def _visible(text: str) -> bool:
    """Whether any character leaves a mark: letters, numbers, signs; marks alone and formats do not."""
    return any(
        unicodedata.category(mark)[0] in "LNPS" and mark not in "\u115f\u1160\u3164\uffa0\u2800"
        for mark in text
    )


def _joiners_inside_words(text: str) -> bool:
    """ZWJ and ZWNJ shape words in many scripts and emoji; at an edge they only hide a difference.

    After a virama they shape the letter before them, also where the word ends there (RFC 5892, A.1 and A.2).
    """
    return all(
        _ends_letter(text, position) or (_shapes(text, position - 1) and _shapes(text, position + 1))
        for position, mark in enumerate(text)
        if mark in _JOINERS
    )


def _ends_letter(text: str, position: int) -> bool:
    return position > 0 and unicodedata.combining(text[position - 1]) == _VIRAMA


def _shapes(text: str, position: int) -> bool:
    return 0 <= position < len(text) and unicodedata.category(text[position])[0] in "LMNS"


_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day: ``1961``, ``1961-04`` or ``1961-04-02``, as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            raise ValueError("a day needs its month")
        date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. Raises ValueError for anything else."""
        match = _PARTIAL_DATE.fullmatch(text)
        if match is None:
            raise ValueError("not a date such as 1961, 1961-04 or 1961-04-02")
        return cls(*(int(part) if part else None for part in match.groups()))  # type: ignore[arg-type]

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)
