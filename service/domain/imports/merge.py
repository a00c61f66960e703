"""How what another system sent becomes the next version of a list: it adds and never takes away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.domain.attribution import Attribution, CollectionMode, Informant, Recorder
from service.domain.errors import Fault, RefusedError
from service.domain.imports.matches import (
    Matches,
    is_known,
    match_sent,
    sent_digest,
    updated_facts,
)
from service.domain.imports.sent import SentAnswer, SentItem
from service.domain.medications.categories import Answer, Category, CategoryAnswer, contradicted
from service.domain.medications.items import Item, Origin
from service.domain.medications.medication_list import MOST_ITEMS, MedicationList
from service.domain.medications.whole_list import NewId

_KNOWN = (
    {Answer.NOT_ASKED},
    {Answer.UNKNOWN, Answer.DECLINED},
    {Answer.NONE_REPORTED},
    {Answer.ITEMS_REPORTED},
)
"""Answers by how much is known; an import only ever goes on to a later one."""


@dataclass(frozen=True, slots=True)
class _Sending:
    """Who sends, when, and under which version the list goes on."""

    recorder: Recorder
    now: datetime
    version: int

    def attribution(self, informant: Informant | None, mode: CollectionMode | None) -> Attribution:
        """Who said it, how, and that this sender recorded it."""
        return Attribution(informant, mode or CollectionMode.IMPORT, self.recorder, self.now)


def merge(
    latest: MedicationList,
    items: Sequence[SentItem],
    answers: Sequence[SentAnswer] = (),
    *,
    recorder: Recorder,
    now: datetime,
    new_id: NewId,
    reported_name: str | None = None,
) -> MedicationList:
    """The next version with what was sent; ``latest`` itself where that is nothing new.

    What nobody spoke of stays as it is, and so does an item of which nothing new was said, with who said it
    and when. ``reported_name`` is a name that differs from the one on file. Raises RefusedError with every
    contradiction; the pointers ``/items/N`` and ``/answers/N`` count what was sent.
    """
    sending, matches = _Sending(recorder, now, latest.version + 1), match_sent(latest, items)
    merged = _merged_items(latest, items, matches, sending, new_id)
    _refuse_contradictions(latest, merged, matches, answers)
    answered = _merged_answers(latest, merged, answers, sending)
    name = reported_name or latest.reported_name
    if (merged, answered, name) == (latest.items, dict(latest.answers), latest.reported_name):
        return latest
    said_by = sending.attribution(_informant_of_all(items, answers), None)
    return MedicationList(latest.patient_id, sending.version, said_by, merged, answered, name)


def _merged_items(
    latest: MedicationList, sent: Sequence[SentItem], matches: Matches, sending: _Sending, new_id: NewId
) -> tuple[Item, ...]:
    """Items on file in their order, then the new ones in theirs; those on no latest list come last."""
    kept = {item.id: item for item in latest.items}
    new: list[Item] = []
    for place, (one, item) in enumerate(zip(sent, matches.items, strict=True)):
        if place in matches.repeats:
            continue
        if item is None:
            new.append(_new_item(one, sending, new_id))
        elif not is_known(item, one):
            kept[item.id] = _updated_item(item, one, sending)
    every = (*kept.values(), *new)
    if not new:
        return every
    on_list = tuple(item for item in every if item.left_out_since is None)
    return on_list + tuple(item for item in every if item.left_out_since is not None)


def _new_item(sent: SentItem, sending: _Sending, new_id: NewId) -> Item:
    return Item(
        id=new_id(),
        facts=sent.facts,
        attribution=sending.attribution(sent.informant, sent.collection_mode),
        left_out_since=sending.version if sent.left_out else None,
        error_reason=sent.error_reason,
        origin=replace(sent.origin, digest=sent_digest(sent)),
    )


def _updated_item(item: Item, sent: SentItem, sending: _Sending) -> Item:
    """What somebody speaks of again is back on the latest list, unless it is said to be off the sender's."""
    return Item(
        id=item.id,
        facts=updated_facts(item.facts, sent.facts),
        attribution=sending.attribution(sent.informant, sent.collection_mode),
        left_out_since=item.left_out_since if sent.left_out else None,
        error_reason=sent.error_reason,
        origin=_next_origin(item.origin or Origin(), sent),
    )


def _next_origin(before: Origin, sent: SentItem) -> Origin:
    identifiers = tuple(dict.fromkeys((*before.identifiers, *sent.origin.identifiers)))
    return replace(sent.origin, identifiers=identifiers, digest=sent_digest(sent))


def _merged_answers(
    latest: MedicationList, items: Sequence[Item], sent: Sequence[SentAnswer], sending: _Sending
) -> dict[Category, CategoryAnswer]:
    answers = dict(latest.answers)
    for one in sent:
        attribution = sending.attribution(one.informant, one.collection_mode)
        by_nobody = one.answer is not Answer.ITEMS_REPORTED and one.informant is None
        if _rank(one.answer) > _rank(answers[one.category].answer) and not by_nobody:
            answers[one.category] = CategoryAnswer(one.answer, attribution)
    for category in Category:
        current = [item for item in items if item.current and item.facts.category is category]
        if current and answers[category].answer is not Answer.ITEMS_REPORTED:
            answers[category] = CategoryAnswer(Answer.ITEMS_REPORTED, current[-1].attribution)
    return answers


def _rank(answer: Answer) -> int:
    return next(rank for rank, answers in enumerate(_KNOWN) if answer in answers)


def _refuse_contradictions(
    latest: MedicationList, merged: Sequence[Item], matches: Matches, answers: Sequence[SentAnswer]
) -> None:
    current = [item.facts.category for item in merged if item.current]
    faults = [
        Fault(f"/items/{place}", "contradicts_items", "Another entry says something else of the same item.")
        for place in matches.contradictions
    ]
    faults += [
        Fault(
            f"/answers/{place}",
            "contradicts_items",
            f"The answer cannot be {one.answer} while the list has current items of this category.",
        )
        for place, one in enumerate(answers)
        if one.answer is not Answer.NOT_ASKED and contradicted({one.category: one.answer}, current)
    ]
    if len(merged) > max(MOST_ITEMS, len(latest.items)):
        faults.append(Fault("/items", "too_many", f"A list has at most {MOST_ITEMS} items."))
    if faults:
        raise RefusedError(*faults)


def _informant_of_all(items: Sequence[SentItem], answers: Sequence[SentAnswer]) -> Informant | None:
    """The one who said all of it; None where that were several, or nobody is known to have."""
    found = {one.informant for one in items} | {one.informant for one in answers}
    return found.pop() if len(found) == 1 else None
