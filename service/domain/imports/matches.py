"""Which item of a list an imported one is. Letter for letter: nothing depends on what a name means."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from uuid import UUID

from service.domain.imports.sent import SentItem
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList

_NAMING = ("name", "description", "strength")


def sent_digest(sent: SentItem) -> str:
    """The SHA-256 (hex) of what was said of an item; a fact that was not spoken of has no part in it."""
    said = {name: str(value) for name, value in _spoken(sent.facts).items() if name != "codings"}
    codes = [[coding.system, coding.code, coding.display] for coding in sent.facts.codings]
    canonical = json.dumps([said, codes, sent.error_reason], sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def updated_facts(on_file: ItemFacts, sent: ItemFacts) -> ItemFacts:
    """The facts on file with those that were spoken of.

    Codes say again what name and strength said; where these are others now and no codes came with them, the
    old codes go.
    """
    changed = replace(on_file, **_spoken(sent))
    renamed = any(getattr(changed, name) != getattr(on_file, name) for name in _NAMING)
    return replace(changed, codings=()) if renamed and not sent.codings else changed


def is_known(item: Item, sent: SentItem) -> bool:
    """Whether what was sent is nothing new for the item: sent before as it is, or what is on file.

    What a person changed since it was sent before stays so until the sender says something else.
    """
    if _digest_of(item) == sent_digest(sent):
        return True
    return (updated_facts(item.facts, sent.facts), sent.error_reason) == (item.facts, item.error_reason)


@dataclass(frozen=True, slots=True)
class Matches:
    """For each place of what was sent: the item on file that it is, or None for a new one.

    ``repeats`` names for a place the earlier one that said the same of the same item. ``contradictions`` are
    the places that say something else of an item whose id an earlier one has.
    """

    items: tuple[Item | None, ...]
    repeats: dict[int, int]
    contradictions: tuple[int, ...]


def match_sent(latest: MedicationList, sent: Sequence[SentItem]) -> Matches:
    """Find the items by id, else by an identifier of the sender's, else as they were last sent, else by
    equal facts.

    An item is taken once: two entries that are alike but for the dose, or alike in everything, are two. Only
    what comes twice under one id or identifier with the same facts is one.
    """
    spoken = [_Spoken(one, sent_digest(one)) for one in sent]
    repeats = _repeats(spoken)
    found: list[Item | None] = [None] * len(sent)
    free = {item.id: item for item in latest.items}
    for keys_of_item, keys_of_sent in _RULES:
        known: dict[object, list[Item]] = {}
        for item in reversed(free.values()):
            for key in keys_of_item(item):
                known.setdefault(key, []).append(item)
        for place, one in enumerate(spoken):
            if found[place] is None and place not in repeats:
                found[place] = _take(known, free, one, keys_of_sent(one))
    for place, earlier in repeats.items():
        found[place] = found[earlier]
    return Matches(tuple(found), repeats, _contradictions(spoken))


@dataclass(frozen=True, slots=True)
class _Spoken:
    item: SentItem
    digest: str


def _take(
    known: dict[object, list[Item]], free: dict[UUID, Item], sent: _Spoken, keys: Iterable[object]
) -> Item | None:
    """The first of the items under these keys that nothing else took, now taken."""
    for key in keys:
        under_key = known.get(key, [])
        while under_key and under_key[-1].id not in free:
            under_key.pop()
        item = next((item for item in reversed(under_key) if item.id in free and _is_open(item, sent)), None)
        if item is not None:
            return free.pop(item.id)
    return None


def _is_open(item: Item, sent: _Spoken) -> bool:
    """An item that a person marked as entered in error is never changed back; what is new then is an item."""
    in_error = item.facts.status is Status.ENTERED_IN_ERROR
    return not in_error or sent.item.error_reason is not None or _digest_of(item) == sent.digest


def _digest_of(item: Item) -> str | None:
    return item.origin.digest if item.origin else None


def _identifiers(item: Item) -> Iterable[object]:
    return item.origin.identifiers if item.origin else ()


def _sent_as(item: Item) -> Iterable[object]:
    """What was last sent of an item, which a person may have changed since.

    Not of one that is no longer current: sent without an identifier, the same may be taken again.
    """
    digest = _digest_of(item)
    return [digest] if digest and item.current else []


def _without_category(facts: ItemFacts, error_reason: str | None) -> object:
    return replace(facts, category=None), error_reason


def _uncategorized(sent: SentItem) -> Iterable[object]:
    """A category that a person sorted the item into is no difference where none was sent."""
    return [(sent.facts, sent.error_reason)] if sent.facts.category is None else []


_RULES: tuple[tuple[Callable[[Item], Iterable[object]], Callable[[_Spoken], Iterable[object]]], ...] = (
    (lambda item: [item.id], lambda sent: [sent.item.item_id]),
    (
        lambda item: [(known, _digest_of(item)) for known in _identifiers(item)],
        lambda sent: [(known, sent.digest) for known in sent.item.origin.identifiers],
    ),
    (_identifiers, lambda sent: sent.item.origin.identifiers),
    (_sent_as, lambda sent: [] if sent.item.origin.identifiers else [sent.digest]),
    (
        lambda item: [(item.facts, item.error_reason)],
        lambda sent: [(sent.item.facts, sent.item.error_reason)],
    ),
    (
        lambda item: [_without_category(item.facts, item.error_reason)],
        lambda sent: _uncategorized(sent.item),
    ),
)


def _repeats(sent: Sequence[_Spoken]) -> dict[int, int]:
    first: dict[object, int] = {}
    repeats = {}
    for place, one in enumerate(sent):
        # Two ids of ours are two items, whatever number both have elsewhere.
        names = [one.item.item_id] if one.item.item_id else one.item.origin.identifiers
        keys = [(one.digest, name) for name in names]
        earlier = next((first[key] for key in keys if key in first), None)
        if earlier is not None:
            repeats[place] = earlier
        for key in keys:
            first.setdefault(key, place if earlier is None else earlier)
    return repeats


def _contradictions(sent: Sequence[_Spoken]) -> tuple[int, ...]:
    first: dict[UUID, str] = {}
    return tuple(
        place
        for place, one in enumerate(sent)
        if one.item.item_id is not None and first.setdefault(one.item.item_id, one.digest) != one.digest
    )


def _spoken(facts: ItemFacts) -> dict[str, Any]:
    said = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return {name: value for name, value in said.items() if value not in (None, ())}
