"""An issued checklist with all that it was made from, and the three things that a text of it may rest on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import orjson

from service.domain.checklists.checklist import Checklist
from service.domain.checklists.document import checklist_document
from service.domain.checklists.marks import LineMark
from service.domain.checklists.sign_offs import SignOff
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.guidance.statements import Guidance
from service.domain.medications.medication_list import MedicationList
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH_CATALOGUE, Catalogue

Json = dict[str, Any]


class Kind(StrEnum):
    """What a text rests on. There is no fourth kind."""

    GUIDANCE = "guidance"
    RECORD = "record"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued checklist with all that it was made from; ``medications`` is the version it shows.

    ``sign_offs`` and ``marks`` are what the state's signing was made from.
    """

    checklist: Checklist
    medications: MedicationList
    guidance: tuple[Guidance, ...]
    state: ChecklistState
    words: Catalogue = ENGLISH_CATALOGUE
    sign_offs: tuple[SignOff, ...] = ()
    marks: tuple[LineMark, ...] = ()

    @property
    def document(self) -> Json:
        """The document as it is read back from storage."""
        return _as_json(checklist_document(self.checklist))

    @property
    def state_document(self) -> Json:
        """What the state says of it today."""
        return _as_json(state_document(self.state, self.words))


def _as_json(data: Json) -> Json:
    read_back: Json = orjson.loads(orjson.dumps(data))
    return read_back


def about_checklist(checklist: Checklist) -> tuple[object, ...]:
    """What a checklist says of itself, without its content and what its guidance says."""
    apart = ("content", "treatments")
    own = [getattr(checklist, field.name) for field in fields(Checklist) if field.name not in apart]
    named = [(treatment.id, treatment.name) for treatment in checklist.treatments]
    return (*own, checklist.treatment_id, checklist.treatment_name, *named)


def values_in(thing: object) -> Iterator[str]:
    """Every value in domain objects, at any depth, as JSON writes it."""
    if isinstance(thing, str | UUID | PartialDate):
        yield str(thing)
    elif isinstance(thing, date):
        yield thing.isoformat()
    elif isinstance(thing, Mapping):
        yield from values_in((*thing.keys(), *thing.values()))
    elif isinstance(thing, tuple):
        for inner in thing:
            yield from values_in(inner)
    elif is_dataclass(thing):
        yield from values_in(tuple(getattr(thing, field.name) for field in fields(thing)))
