"""What one row says: who the patient is, and an item or the answer for a category."""

from dataclasses import dataclass

from service.domain.attribution import CollectionMode, Informant, InformantKind
from service.domain.codings import Coding
from service.domain.imports.sent import SentAnswer, SentItem, SentPatient
from service.domain.medications.categories import PERSONS_ANSWERS, UNCATEGORIZED, Answer, Category
from service.domain.medications.items import ItemFacts, Origin, Status
from service.domain.patients.patients import Identifier
from service.formats.csv_lists.cells import Cells
from service.formats.csv_lists.columns import ANSWER, About
from service.formats.csv_lists.gathering import identifier_in
from service.formats.csv_lists.tables import Table
from service.formats.findings import Issue

_TEXTS = (
    "strength",
    "form",
    "dosage_text",
    "route",
    "frequency",
    "reason",
    "last_taken",
    "prescriber",
    "note",
)


@dataclass(frozen=True, slots=True)
class RowReading:
    """What a row says; ``patient`` is None where the row is refused. One that says who the patient is and
    nothing else has no ``said``.
    """

    patient: SentPatient | None = None
    said: SentItem | SentAnswer | None = None
    issues: tuple[Issue, ...] = ()


def read_row(cells: Cells, table: Table) -> RowReading:
    """Read a row of the table whose patient is known."""
    identifier = identifier_in(cells, table)
    patient = SentPatient(
        (identifier,) if identifier else (),
        cells.text("patient_name"),
        cells.day("birth_date"),
        cells.text("language"),
    )
    if cells.about(About.ANSWER):
        said: SentItem | SentAnswer | None = _answer(cells)
    elif cells.about(About.ITEM) or cells.about(About.CATEGORY) or cells.about(About.SAID):
        said = _item(cells, table)
    else:
        said = None
        cells.tell("informational", "The row names no medicine and answers nothing, and says nothing of any.")
    if cells.refused:
        return RowReading(issues=tuple(cells.issues))
    return RowReading(patient, said, tuple(cells.issues))


def _informant(cells: Cells) -> tuple[Informant | None, CollectionMode | None]:
    kind, name, mode = cells.word("informant"), cells.text("informant_name"), cells.word("collection_mode")
    if name and not kind:
        cells.refuse("informant", "required", "Who has a name also is somebody: patient, related_person, …")
    informant = Informant(InformantKind(kind), name) if kind else None
    return informant, CollectionMode(mode) if mode else None


def _answer(cells: Cells) -> SentAnswer | None:
    """The answer for a category. Nobody's answer is none: it takes a word, and somebody who said it."""
    word, category = cells.word(ANSWER), cells.word("category")
    informant, mode = _informant(cells)
    for column in cells.about(About.ITEM):
        cells.refuse(column, "structure", "A row with an answer is of a whole category: it has no item.")
    if (category is None or category == UNCATEGORIZED) and not cells.refused:
        cells.refuse("category", "required", "An answer is for one of the three categories.")
    answer = Answer(word) if word else None
    if answer in PERSONS_ANSWERS and informant is None and not cells.refused:
        cells.refuse("informant", "required", f"{answer} is a person's answer: say who said it.")
    if answer is Answer.NOT_ASKED and not cells.refused:
        cells.tell("informational", "That nobody asked changes nothing.")
    if cells.refused or answer is None or category is None:
        return None
    return SentAnswer(Category(category), answer, informant, mode)


def _item(cells: Cells, table: Table) -> SentItem | None:
    facts, (informant, mode) = _facts(cells), _informant(cells)
    item_id, error_reason = cells.text("item_id"), cells.text("error_reason")
    in_error = facts is not None and facts.status is Status.ENTERED_IN_ERROR
    if facts is not None and in_error != bool(error_reason):
        detail = "An item that was entered in error says why, and no other does."
        cells.refuse("error_reason", "invariant", detail)
    if cells.refused or facts is None:
        return None
    system = table.naming.item_id_system
    known = (Identifier(system, item_id),) if system and item_id else ()
    return SentItem(facts, informant, mode, Origin(known), error_reason=error_reason)


def _facts(cells: Cells) -> ItemFacts | None:
    """The facts of an item; a status that is not given is not known, and the item counts as taken."""
    name, description = cells.text("name"), cells.text("description")
    if not name and not description and not cells.refused:
        cells.refuse("name", "required", "An item has a name or a description.")
    category, status = cells.word("category"), cells.word("status")
    texts = {column: cells.text(column) for column in _TEXTS}
    as_needed, codings = cells.flag("as_needed"), _codings(cells)
    started_on, stopped_on = cells.day("started_on"), cells.day("stopped_on")
    if cells.refused:
        return None
    return ItemFacts(
        name=name,
        description=description,
        category=Category(category) if category and category != UNCATEGORIZED else None,
        status=Status(status) if status else Status.UNKNOWN,
        as_needed=as_needed,
        started_on=started_on,
        stopped_on=stopped_on,
        codings=codings,
        **texts,
    )


def _codings(cells: Cells) -> tuple[Coding, ...]:
    system, code = cells.text("code_system"), cells.text("code")
    if bool(system) != bool(code) and not cells.refused:
        cells.refuse("code" if system else "code_system", "required", "A code needs its system.")
    return (Coding(system, code),) if system and code else ()
