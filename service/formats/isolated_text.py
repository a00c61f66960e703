"""Text in which the record's words stand apart: a right-to-left name must not turn its neighbours around."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from markupsafe import Markup, escape

from service.domain.wording import Catalogue, is_turning, marked_english

_RECORD_PLACES = frozenset({"document", "informant", "name", "reason", "recorder", "reviewer", "treatment"})
"""The places of a wording that hold others' words; the rest hold numbers and the catalogue's words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text; ``own`` when it is the record's and its direction is its own affair."""

    text: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class IsolatedText:
    """A text as its parts in order."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)

    def __html__(self) -> str:
        """The text as HTML, escaped, the record's words in ``<bdi>``."""
        pieces = (Markup("<bdi>{}</bdi>").format(p.text) if p.own else escape(p.text) for p in self.parts)
        return Markup("").join(pieces)

    def marked(self, *, right_to_left: bool) -> str:
        """The text with Unicode isolates around such words of the record as could turn their neighbours."""
        return "".join(
            f"\u2068{p.text}\u2069" if p.own and (right_to_left or is_turning(p.text)) else p.text
            for p in self.parts
        )


def fixed(text: str) -> IsolatedText:
    """A text of the catalogue or of the guidance."""
    return IsolatedText((Part(text),))


def recorded(text: str) -> IsolatedText:
    """A text of the record."""
    return IsolatedText((Part(text, own=True),))


def placed(template: str, places: Mapping[str, object]) -> IsolatedText:
    """A template of the catalogue with its places filled, the record's words apart."""
    parts: list[Part] = []
    for literal, place, _, _ in Formatter().parse(template):
        parts.append(Part(literal))
        if place:
            parts.append(Part(str(places[place]), own=place in _RECORD_PLACES))
    return IsolatedText(tuple(part for part in parts if part.text))


def marked_text(line: Mapping[str, Any]) -> str:
    """The text of a wording line or of an answer, marked where it is English for want of a translation."""
    text: str = line["text"]
    return marked_english(text) if line.get("language") else text


def marked_label(labelled: Mapping[str, Any]) -> str:
    """The label of a fact or of a change, marked likewise."""
    label: str = labelled["label"]
    return marked_english(label) if labelled.get("label_language") else label


def worded_line(line: Mapping[str, Any], words: Catalogue) -> IsolatedText:
    """A wording line, whose key tells where the record's words stand in it."""
    return worded(marked_text(line), words.texts.get(line["key"]))


def worded(text: str, template: str | None) -> IsolatedText:
    """A wording whose ``template`` tells where the record's words stand in it.

    A sheet is read long after it was issued: a text that no longer fits its template stays in one part.
    """
    match = _pattern(template).fullmatch(text) if template and "{" in template else None
    if match is None:
        return fixed(text)
    parts, end = [], 0
    for place, content in match.groupdict().items():
        if place in _RECORD_PLACES:
            parts += [Part(text[end : match.start(place)]), Part(content, own=True)]
            end = match.end(place)
    return IsolatedText(tuple(part for part in (*parts, Part(text[end:])) if part.text))


def _pattern(template: str) -> re.Pattern[str]:
    pattern, met = "", set()
    for literal, place, _, _ in Formatter().parse(template):
        pattern += re.escape(literal)
        if place:
            pattern += f"(?P={place})" if place in met else f"(?P<{place}>.+)"
            met.add(place)
    return re.compile(pattern, re.DOTALL | re.IGNORECASE)
