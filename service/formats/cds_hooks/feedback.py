"""Reading what became of cards, as CDS Hooks 2.0 has it sent to ``…/feedback``."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.cards.feedback import CardFeedback, CardOutcome
from service.domain.errors import Fault
from service.domain.text import clean, fault_in
from service.formats.cds_hooks.faults import HookRefusedError
from service.formats.cds_hooks.members import Json, an_object, objects, text_of
from service.formats.cds_hooks.request import is_uuid

_MOST_ENTRIES = 100
_MOST_TEXT = 4000
_MOST_CODE = 200


def read_feedback(body: object) -> tuple[CardFeedback, ...]:
    """Every card that is spoken of. Raises HookRefusedError with every fault of all of them."""
    entries = an_object(body).get("feedback")
    if not isinstance(entries, list) or not entries:
        raise HookRefusedError([Fault("/feedback", "required", "A list with an object for each card.")])
    if len(entries) > _MOST_ENTRIES:
        raise HookRefusedError([Fault("/feedback", "too_many", f"At most {_MOST_ENTRIES} at once.")])
    faults = [
        fault for number, entry in enumerate(entries) for fault in _faults(entry, f"/feedback/{number}")
    ]
    if faults:
        raise HookRefusedError(faults)
    return tuple(
        CardFeedback(UUID(entry["card"]), CardOutcome(entry["outcome"]), _said(entry)) for entry in entries
    )


def _faults(entry: object, place: str) -> Iterator[Fault]:
    if not isinstance(entry, dict):
        yield Fault(place, "type", "This is an object.")
        return
    if not is_uuid(entry.get("card")):
        yield Fault(f"{place}/card", "id", "The uuid of a card of this service.")
    if entry.get("outcome") not in list(CardOutcome):
        yield Fault(f"{place}/outcome", "choice", "accepted or overridden.")
    if not _is_instant(entry.get("outcomeTimestamp")):
        yield Fault(f"{place}/outcomeTimestamp", "date", "An instant with its offset.")
    for path, text, most in _texts(entry):
        if fault := fault_in(text, most=most, lines=True):
            yield Fault(f"{place}/{path}", fault.code, fault.detail)


def _is_instant(value: object) -> bool:
    try:
        return datetime.fromisoformat(text_of(value) or "").tzinfo is not None
    except ValueError:
        return False


def _texts(entry: Json) -> Iterator[tuple[str, str, int]]:
    """Every text of an entry that is kept: where it stands, and how long it may be."""
    reason = an_object(entry.get("overrideReason"))
    coding = an_object(reason.get("reason"))
    if comment := text_of(reason.get("userComment")):
        yield "overrideReason/userComment", comment, _MOST_TEXT
    for name in ("system", "code"):
        if text := text_of(coding.get(name)):
            yield f"overrideReason/reason/{name}", text, _MOST_CODE
    for number, suggestion in enumerate(objects(entry.get("acceptedSuggestions"))[:_MOST_ENTRIES]):
        if text := text_of(suggestion.get("id")):
            yield f"acceptedSuggestions/{number}/id", text, _MOST_CODE


def _said(entry: Json) -> Mapping[str, Any]:
    """What is kept beside card and outcome, each text by its place in the entry."""
    return {
        "outcomeTimestamp": entry["outcomeTimestamp"],
        **{path: clean(text) for path, text, _ in _texts(entry)},
    }
