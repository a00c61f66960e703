"""What another system sends, made up so that entries are easily taken for one another."""

from functools import cache
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from service.domain.attribution import CollectionMode, Informant, InformantKind
from service.domain.imports.merge import merge
from service.domain.imports.sent import SentAnswer, SentItem
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import ItemFacts, Origin, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier
from tests.domain.made_up import NOW, SYSTEM, alike_facts, new_ids

BY_PATIENT = Informant(InformantKind.PATIENT)
ORDER = Identifier("urn:example:orders", "1")
_IDENTIFIERS = (
    ORDER,
    Identifier("urn:example:orders", "2"),
    Identifier("http://ehr.example/statements", "1"),
)


def sent(name: str | None = "Water", /, *identifiers: Identifier, **said: Any) -> SentItem:
    """One medicine as it is sent: ``item_id``, ``left_out`` and ``informant``, or facts."""
    beside = {
        key: said.pop(key) for key in ("item_id", "left_out", "informant", "error_reason") if key in said
    }
    return SentItem(ItemFacts(name, **said), origin=Origin(identifiers), **beside)


def merged(
    latest: MedicationList, *items: SentItem, answers: tuple[SentAnswer, ...] = (), **changed: Any
) -> MedicationList:
    start = max([4999, *(one.id.int for one in latest.items)]) + 1
    return merge(latest, items, answers, recorder=SYSTEM, now=NOW, new_id=new_ids(start), **changed)


def said(category: Category, answer: Answer, informant: Informant | None = BY_PATIENT) -> SentAnswer:
    return SentAnswer(category, answer, informant)


# Each strategy is made once: Hypothesis looks a new one through, which takes longer than to draw from it.
_in_error = st.sampled_from([False, False, False, True])
_informants = st.sampled_from([None, BY_PATIENT])
_modes = st.sampled_from([None, CollectionMode.PAPER])
_some_identifiers = st.lists(st.sampled_from(_IDENTIFIERS), max_size=2, unique=True).map(tuple)
_item_ids = st.sampled_from([None, None, None, UUID(int=1), UUID(int=2), UUID(int=99)])
_left_out = st.booleans()


@cache
@st.composite
def sent_items(draw: st.DrawFn) -> SentItem:
    """Items with a name, an identifier or an id in common, current, ended and in error."""
    facts = draw(alike_facts())
    in_error = draw(_in_error)
    if in_error:
        facts = ItemFacts(facts.name, facts.description, facts.category, Status.ENTERED_IN_ERROR)
    return SentItem(
        facts,
        draw(_informants),
        draw(_modes),
        Origin(draw(_some_identifiers)),
        draw(_item_ids),
        "a slip" if in_error else None,
        draw(_left_out),
    )


def sent_answers() -> st.SearchStrategy[SentAnswer]:
    """Answers of every kind, with and without somebody who gave them."""
    return st.builds(
        SentAnswer, st.sampled_from(Category), st.sampled_from(Answer), st.sampled_from([None, BY_PATIENT])
    )


def imports() -> st.SearchStrategy[tuple[tuple[SentItem, ...], tuple[SentAnswer, ...]]]:
    """What one import says of one patient."""
    return st.tuples(
        st.lists(sent_items(), max_size=5).map(tuple), st.lists(sent_answers(), max_size=3).map(tuple)
    )
