"""A card as CDS Hooks 2.0 has it. Every text is the catalogue's, the guidance's, a number or a date."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from service.domain.cards.cards import Card, Whose
from service.domain.guidance.statements import Guidance
from service.domain.wording import Catalogue
from service.formats.cds_hooks.detail import detail
from service.formats.cds_hooks.summary import summary

_OWN = "urn:medication-checklist"
_REASONS = ("asked_elsewhere", "asked_later", "not_this_treatment")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where staff find what a card speaks of. All are absolute, and none opens anything without a log-in."""

    guidance: str
    find: str
    add: str
    intake_link: str | None
    sheet: str | None


def card_document(card: Card, addresses: Addresses) -> dict[str, Any]:
    """The card as JSON-ready data."""
    return {
        "uuid": str(card.id),
        "summary": summary(card),
        "indicator": "info",
        "detail": detail(card),
        "source": _source(card.guidance, addresses),
        "links": [
            {"label": card.words.text(key), "url": url, "type": "absolute"}
            for key, url in _links(card.whose, addresses)
        ],
        "overrideReasons": [_reason(name, card.words) for name in _REASONS],
    }


def _source(guidance: Guidance, addresses: Addresses) -> dict[str, Any]:
    return {
        "label": guidance.document.title,
        "url": addresses.guidance,
        "topic": {"system": f"{_OWN}:card-topic", "code": "disclosure"},
    }


def _links(whose: Whose, addresses: Addresses) -> Iterator[tuple[str, str]]:
    if addresses.sheet:
        yield "code_page.checklist", addresses.sheet
    if addresses.intake_link:
        yield "card.make_link", addresses.intake_link
    if whose is not Whose.ON_FILE:
        yield "search.title", addresses.find
    if whose is Whose.NOT_ON_FILE:
        yield "search.add", addresses.add


def _reason(name: str, words: Catalogue) -> dict[str, str]:
    return {
        "system": f"{_OWN}:card-reason",
        "code": name.replace("_", "-"),
        "display": words.text(f"card_reason.{name}"),
    }
