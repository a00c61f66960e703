"""What an import says of one patient's list, and what becomes of each entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from service.actions.import_results import EntryStatus
from service.actions.work import Work
from service.domain.errors import Fault, RefusedError
from service.domain.imports.matches import match_sent
from service.domain.imports.merge import merge
from service.domain.imports.sent import SentAnswer, SentItem
from service.domain.medications.categories import NOT_ASKED, Answer, Category
from service.domain.medications.medication_list import MedicationList
from service.formats.findings import Said


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an entry: ``item_id`` is that of its item; an answer has a category instead.

    ``says_less`` is there where an answer stays as it is because more is known.
    """

    status: EntryStatus
    item_id: UUID | None = None
    category: Category | None = None
    says_less: bool = False


@dataclass(slots=True)
class ListImport:
    """The entries about one list by their numbers, and those of them that are refused."""

    items: dict[int, SentItem] = field(default_factory=dict)
    answers: dict[int, SentAnswer] = field(default_factory=dict)
    refused: dict[int, Fault] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Mapping[int, Said | None]) -> "ListImport":
        """Those of the entries that are about the list, and not about who the patient is."""
        return cls(
            {number: one for number, one in said.items() if isinstance(one, SentItem)},
            {number: one for number, one in said.items() if isinstance(one, SentAnswer)},
        )

    def merge_into(self, work: Work, latest: MedicationList, reported_name: str | None) -> MedicationList:
        """The next version, or the latest where that is nothing new. What is refused is taken out."""
        while True:
            try:
                return merge(
                    latest,
                    tuple(self.items.values()),
                    tuple(self.answers.values()),
                    recorder=work.actor.recorder,
                    now=work.now,
                    new_id=work.new_id,
                    reported_name=reported_name,
                )
            except RefusedError as error:
                self._take_out(error.faults)

    def _take_out(self, faults: Iterable[Fault]) -> None:
        """Without a place in its pointer a fault is one of all entries of that kind."""
        places = {"items": list(self.items), "answers": list(self.answers)}
        for fault in faults:
            _, kind, *place = fault.pointer.split("/")
            numbers = [places[kind][int(place[0])]] if place else places[kind]
            self.refused |= dict.fromkeys(numbers, fault)
        for number in self.refused:
            self.items.pop(number, None)
            self.answers.pop(number, None)

    def kept(self, latest: MedicationList, merged: MedicationList) -> Mapping[int, Kept]:
        """What became of each entry that was not refused."""
        return {**self._kept_items(latest, merged), **self._kept_answers(latest, merged)}

    def _kept_items(self, latest: MedicationList, merged: MedicationList) -> dict[int, Kept]:
        sent = tuple(self.items.values())
        matches, now = match_sent(latest, sent), match_sent(merged, sent)
        found = {}
        for place, (number, before, after) in enumerate(
            zip(self.items, matches.items, now.items, strict=True)
        ):
            if place in matches.repeats or (before and merged.item(before.id) == before):
                status = EntryStatus.UNCHANGED
            else:
                status = EntryStatus.UPDATED if before else EntryStatus.CREATED
            known = before or after
            found[number] = Kept(status, known.id if known else None)
        return found

    def _kept_answers(self, latest: MedicationList, merged: MedicationList) -> dict[int, Kept]:
        found = {}
        for number, sent in self.answers.items():
            before, after = latest.answers[sent.category], merged.answers[sent.category]
            says_less = after.answer is not sent.answer and sent.answer is not Answer.NOT_ASKED
            status = EntryStatus.CREATED if before == NOT_ASKED else EntryStatus.UPDATED
            if before == after or after.answer is not sent.answer:
                status = EntryStatus.UNCHANGED
            found[number] = Kept(status, category=sent.category, says_less=says_less)
        return found
