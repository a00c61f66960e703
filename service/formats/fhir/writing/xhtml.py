"""What narratives are written with: XHTML of the elements that R4 lets stand in one."""

from html import escape
from unicodedata import bidirectional

from service.domain.wording import direction_of
from service.formats.fhir.writing.elements import Element

_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def narrative(status: str, language: str, content: str) -> Element:
    """A Narrative of R4 in a language; ``content`` is XHTML."""
    tag, direction = escape(language), direction_of(language)
    opening = f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{tag}" xml:lang="{tag}" dir="{direction}">'
    return {"status": status, "div": f"{opening}{content}</div>"}


def in_language(language: str, content: str) -> str:
    """A stretch in another language than what stands around it."""
    tag = escape(language)
    return f'<span lang="{tag}" xml:lang="{tag}" dir="{direction_of(language)}">{content}</span>'


def written(text: str) -> str:
    """A text as it is, its line ends kept."""
    return escape(text, quote=False).replace("\n", "<br/>")


def turned_by_itself(text: str) -> str:
    """A text whose direction is its own affair: that of its first letter that has one."""
    return f'<span dir="{_direction_in(text)}">{written(text)}</span>'


def _direction_in(text: str) -> str:
    return next(filter(None, (_DIRECTIONS.get(bidirectional(letter)) for letter in text)), "ltr")
