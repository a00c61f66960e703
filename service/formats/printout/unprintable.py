"""Letters that no font has: which, of which script, on which line, and what to install."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]

_CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH")
_PACKAGES = {
    **dict.fromkeys(_CJK, "fonts-noto-cjk"),
    "EMOJI": "fonts-noto-color-emoji",
    "UNASSIGNED": None,
}
_OTHER_SCRIPTS = "fonts-noto-core"
_FIRST_PICTURE = 0x1F000

_REFUSED = re.compile(r'text (?:contains the disallowed codepoint )?`"(.+)"`', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class UnprintableError(Exception):
    """A text has a letter that no font at hand has; such a sheet is refused, not printed without it.

    ``line_id`` is the document's line, ``patient`` or another of its parts, ``state`` or ``words``;
    ``item_number`` is None outside the items. ``packages`` are the Debian packages with a font for the
    script; none where there is no such letter.
    """

    def __init__(self, line_id: str, item_number: int | None, character: str) -> None:
        self.line_id = line_id
        self.item_number = item_number
        self.character = character
        self.script = script_of(character)
        package = _PACKAGES.get(self.script, _OTHER_SCRIPTS)
        self.packages = (package,) if package else ()
        place = line_id if item_number is None else f"item {item_number}"
        remedy = f"Install {package}." if package else "No font package has it."
        super().__init__(f"No font has U+{ord(character):04X} ({self.script}), used on {place}. {remedy}")


def script_of(character: str) -> str:
    """The script, which is the first word of the character's Unicode name: ``CJK``, ``HANGUL``."""
    category = unicodedata.category(character)
    if category in ("Co", "Cn", "Cf"):
        return "UNASSIGNED"
    if category in ("So", "Sk") and ord(character) >= _FIRST_PICTURE:
        return "EMOJI"
    return unicodedata.name(character).split(" ")[0].split("-")[0]


def refused_text(message: str) -> str | None:
    """The letters that the typesetter refused, from its message; None where it failed for another reason."""
    match = _REFUSED.search(message)
    if match is None:
        return None
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), match[1])
    return text.replace('\\"', '"').replace("\\\\", "\\")


def unprintable(refused: str, sheets: Iterable[tuple[Document, Document]]) -> UnprintableError:
    """The refusal with the place where the letter stands first; ``sheets`` are documents and their states."""
    character = next((c for c in refused if not c.isascii() and unicodedata.category(c) != "Cf"), refused[0])
    for document, state in sheets:
        for section in document["sections"]:
            for line in section["lines"]:
                if any(character in text for text in _texts(line)):
                    return UnprintableError(line["id"], line.get("number"), character)
        for part, content in {**document, "state": state}.items():
            if any(character in text for text in _texts(content)):
                return UnprintableError(part, None, character)
    return UnprintableError("words", None, character)


def _texts(value: object) -> Iterator[str]:
    """Every text in JSON-ready data, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
