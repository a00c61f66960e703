"""An item as narrative: all that is on record of it, for who reads no extensions.

R4 has no element for a strength without a code, nor for some other facts; a person who reads the narrative
misses none of them.
"""

from collections.abc import Iterator

from service.domain.checklists.record_texts import detail_texts
from service.domain.medications.items import Item
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.fhir.writing.elements import Element
from service.formats.fhir.writing.xhtml import narrative, turned_by_itself, written


def item_narrative(item: Item) -> Element:
    """The item's name and each of its facts behind what the fact is called, as XHTML."""
    facts = "".join(f"<li>{fact}</li>" for fact in _facts(item))
    name = f"<p><strong>{turned_by_itself(item.facts.called)}</strong></p>"
    language = ENGLISH_CATALOGUE.language
    return narrative("extensions", language, f"{name}<ul>{facts}</ul>" if facts else name)


def _facts(item: Item) -> Iterator[str]:
    words = ENGLISH_CATALOGUE
    for name, text in detail_texts(item.facts, words):
        yield f"{written(words.text(f'item.{name}'))}: {turned_by_itself(text)}"
    if item.error_reason is not None:
        yield turned_by_itself(item.error_reason)
    if item.left_out_since is not None:
        yield written(words.text("section.earlier_list"))
