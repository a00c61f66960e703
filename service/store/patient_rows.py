"""A patient's data as it is kept, row by row, for the patient who asks; ``patient_tables`` says where."""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, CursorResult, Select, Table, bindparam, select

from service.store.patient_tables import OF_PATIENT
from service.store.tables import (
    card_feedback,
    checklists,
    line_marks,
    patient_identifiers,
    patient_name_words,
    sign_offs,
)

Row = Mapping[str, Any]

NOT_GIVEN: Mapping[str, str] = MappingProxyType(
    {
        "clinic_id": "the clinic stands at the head, once",
        "patient_id": "the patient stands at the head, once",
        "secret_sha256": "the digest of a secret, with which somebody could come in",
        "sequence": "the place of an event among those of all patients",
        "mac_key": "what binds an event to those of all patients",
        "mac": "what binds an event to those of all patients",
    }
)
"""The columns that are left out wherever they stand, and why."""

TABLES_NOT_GIVEN: Mapping[str, str] = MappingProxyType(
    {
        "patient_name_words": "the words of the name, kept once more to be searched for",
        "idempotency_records": "answers to programs, kept for a day, about what stands in the other tables",
    }
)
"""The tables that are left out, and why."""

_SORTED_HERE = (sign_offs, line_marks)
"""Asked for in the order of their key, SQLite reads those of the whole clinic."""
_AT_ONCE = 500
_SHEETS_AT_ONCE = 10
"""A sheet is kept as a text of up to some hundred thousand signs."""


def _read(table: Table) -> Select[Any]:
    given = select(*(column for column in table.c if column.name not in NOT_GIVEN)).where(OF_PATIENT[table])
    if table in _SORTED_HERE:
        return given
    return given.order_by(*([table.c.position] if table is patient_identifiers else table.primary_key))


ROWS: Mapping[Table, Select[Any]] = MappingProxyType(
    {table: _read(table) for table in OF_PATIENT if table is not patient_name_words}
)
"""For each table of which rows are given the statement that reads them."""

_FEEDBACK: Select[Any] = select(
    *(column for column in card_feedback.c if column.name not in NOT_GIVEN)
).where(
    card_feedback.c.clinic_id == bindparam("clinic"),
    card_feedback.c.card.in_(bindparam("cards", expanding=True)),
)


def read_rows(connection: Connection, clinic_id: UUID, patient_id: UUID, table: Table) -> Iterator[Row]:
    """The patient's rows of a table in the order of its key, a few at a time, without what is not given."""
    whose = {"clinic": clinic_id, "patient": patient_id}
    at_once = _SHEETS_AT_ONCE if table is checklists else _AT_ONCE
    streamed = connection.execute(ROWS[table], whose, execution_options={"yield_per": at_once})
    rows = _named(streamed)
    yield from sorted(rows, key=itemgetter("id")) if table in _SORTED_HERE else rows


def read_feedback(connection: Connection, clinic_id: UUID, cards: Sequence[UUID]) -> Iterator[Row]:
    """What EHRs told of these cards, in the order in which they told it."""
    found: list[Row] = []
    for start in range(0, len(cards), _AT_ONCE):
        asked = {"clinic": clinic_id, "cards": list(cards[start : start + _AT_ONCE])}
        found += _named(connection.execute(_FEEDBACK, asked))
    yield from sorted(found, key=itemgetter("id"))


def _named(result: CursorResult[Any]) -> Iterator[Row]:
    """The rows under plain names, which JSON takes."""
    names = tuple(map(str, result.keys()))
    for row in result:
        yield dict(zip(names, row, strict=True))
