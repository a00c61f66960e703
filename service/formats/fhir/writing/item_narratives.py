"""An item as narrative: all that is on record of it, for who reads no extensions.

R4 has no element for a strength without a code, nor for some other facts; a person who reads the narrative
misses none of them.
"""

from collections.abc import Iterator
from html import escape

from service.domain.checklists.record_texts import detail_texts
from service.domain.medications.items import Item
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.fhir.writing.elements import Element
from service.formats.fhir.writing.narratives import direction_of_text


def item_narrative(item: Item) -> Element:
    """The item's name and each of its facts behind what the fact is called, as XHTML."""
    facts = "".join(f"<li>{fact}</li>" for fact in _facts(item))
    name = f"<p><strong>{_recorded(item.facts.called)}</strong></p>"
    listed = f"<ul>{facts}</ul>" if facts else ""
    opening = '<div xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en" dir="ltr">'
    return {"status": "extensions", "div": f"{opening}{name}{listed}</div>"}


def _facts(item: Item) -> Iterator[str]:
    words = ENGLISH_CATALOGUE
    for name, text in detail_texts(item.facts, words):
        yield f"{escape(words.text(f'item.{name}'), quote=False)}: {_recorded(text)}"
    if item.error_reason is not None:
        yield _recorded(item.error_reason)
    if item.left_out_since is not None:
        yield escape(words.text("section.earlier_list"), quote=False)


def _recorded(text: str) -> str:
    said = escape(text, quote=False).replace("\n", "<br/>")
    return f'<span dir="{direction_of_text(text)}">{said}</span>'
