"""What CDS Hooks 2.0 asks of every card, requirement by requirement; the numbers are those of its list."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

Json = Any
LINK_TYPES = {"absolute", "smart"}
ACTIONS = {"create", "update", "delete"}
KNOWN = {
    *("uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior"),
    *("overrideReasons", "links", "extension"),
}


def faults_of_answer(answer: Json) -> list[str]:
    """Every breach of a rule in the answer to a call, with the number of the requirement."""
    if not isinstance(answer, dict) or not isinstance(answer.get("cards"), list):
        return ["74: no array of cards"]
    faults = [f"3: {place} is empty" for place in _empty(answer, "") if place != "/cards"]
    return faults + [fault for card in answer["cards"] for fault in faults_of_card(card)]


def faults_of_card(card: Json) -> list[str]:
    return [
        *(f"3: {place} is empty" for place in _empty(card, "")),
        *(f"not of CDS Hooks: {name}" for name in card if name not in KNOWN),
        *_faults_of_texts(card),
        *_faults_of_source(card.get("source")),
        *_faults_of_suggestions(card),
        *(f for reason in card.get("overrideReasons", []) for f in _faults_of_coding(reason, "100", "136")),
        *(fault for link in card.get("links", []) for fault in _faults_of_link(link)),
        *([] if isinstance(card.get("overrideReasons", []), list) else ["98: overrideReasons is no array"]),
        *([] if isinstance(card.get("links", []), list) else ["103: links is no array"]),
    ]


def _empty(value: Json, place: str) -> Iterator[str]:
    """The places of null and of what is empty."""
    if value is None or value in ("", [], {}):
        yield place
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _empty(inner, f"{place}/{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _empty(inner, f"{place}/{number}")


def _faults_of_texts(card: Json) -> Iterator[str]:
    if not isinstance(card.get("uuid", ""), str):
        yield "80: the uuid is no text"
    summary = card.get("summary")
    if not isinstance(summary, str) or not 0 < len(summary) < 140:
        yield "83: the summary is not of 1 to 139 signs"
    if not isinstance(card.get("detail", ""), str):
        yield "85: the detail is no text"
    if card.get("indicator") not in ("info", "warning", "critical"):
        yield "88: no such indicator"


def _faults_of_source(source: Json) -> Iterator[str]:
    if not isinstance(source, dict) or not isinstance(source.get("label"), str):
        yield "90, 105: no source with a label"
        return
    for name, number in (("url", 107), ("icon", 111)):
        if name in source and not _is_absolute(source[name]):
            yield f"{number}: the source's {name} is not absolute"
    if "topic" in source:
        yield from _faults_of_coding(source["topic"])


def _faults_of_coding(coding: Json, *with_display: str) -> Iterator[str]:
    for name, number in (("code", "216, 218"), ("system", "217")):
        if not isinstance(coding.get(name), str):
            yield f"{number}: a coding without {name}"
    if with_display and not isinstance(coding.get("display"), str):
        yield f"{', '.join(with_display)}, 219: a reason without a display"


def _faults_of_suggestions(card: Json) -> Iterator[str]:
    suggestions = card.get("suggestions")
    if suggestions is None:
        return
    if card.get("selectionBehavior") not in ("any", "at-most-one"):
        yield "93, 95, 96: suggestions without a selectionBehavior"
    recommended = [one for one in suggestions if one.get("isRecommended") is True]
    if len(recommended) > 1 and card.get("selectionBehavior") != "any":
        yield "122: several recommended, and at most one to be chosen"
    for suggestion in suggestions:
        if not isinstance(suggestion.get("label"), str):
            yield "117: a suggestion without a label"
        if not isinstance(suggestion.get("uuid", ""), str):
            yield "119: a suggestion's uuid is no text"
        if not isinstance(suggestion.get("isRecommended", True), bool):
            yield "121: isRecommended is no boolean"
        for action in suggestion.get("actions", []):
            yield from _faults_of_action(action)


def _faults_of_action(action: Json) -> Iterator[str]:
    if action.get("type") not in ACTIONS:
        yield "127: no such action"
    if not isinstance(action.get("description"), str):
        yield "128: an action without a description"
    if action.get("type") != "delete" and "resourceType" not in action.get("resource", {}):
        yield "130, 131, 132: an action without a resource"
    if action.get("type") == "delete" and not isinstance(action.get("resourceId"), str):
        yield "133, 134, 135: a deletion without an id"


def _faults_of_link(link: Json) -> Iterator[str]:
    if not isinstance(link.get("label"), str):
        yield "138: a link without a label"
    if not _is_absolute(link.get("url")):
        yield "139: a link without an absolute address"
    if link.get("type") not in LINK_TYPES:
        yield "141, 142: no such type of link"
    if "appContext" in link and (link.get("type") != "smart" or not isinstance(link["appContext"], str)):
        yield "144, 146, 147: an appContext where there is none"


def _is_absolute(address: Json) -> bool:
    parts = urlsplit(address) if isinstance(address, str) else None
    return bool(parts and re.fullmatch("https?", parts.scheme) and parts.netloc)
