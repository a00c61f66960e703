"""Another clinic's object answers exactly like a missing one, in every function of the store."""

import inspect
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Delete, Select, Update
from sqlalchemy.sql import visitors

from service.domain.checklists.checklist import Withdrawal
from service.domain.errors import NotFoundError
from service.store import (
    checklist_writing,
    checklists,
    clinics,
    marks,
    patients,
    sign_offs,
)
from service.store.database import Database, Reach, RefusedByDatabaseError
from tests.guidance_of_tests import TREATMENT
from tests.store.kept_apart import OTHERWISE, READINGS, REFUSALS, store_modules
from tests.store.on_file import fill
from tests.store.records import (
    DOCUMENT,
    LATER,
    NURSE,
)
from tests.store.second_wall import statements_in


@pytest.mark.parametrize("function", READINGS)
def test_another_clinic_finds_nothing(
    database: Database, clinic_id: UUID, other_clinic_id: UUID, function: str
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = fill(connection, clinic_id)
        assert not READINGS[function](connection, other_clinic_id, on_file)
    with database.transaction(Reach.ALL) as connection:
        # The control: the clinic itself finds what it has.
        assert READINGS[function](connection, clinic_id, on_file)


@pytest.mark.parametrize("function", REFUSALS)
def test_another_clinic_changes_nothing_and_is_told_that_there_is_no_such_thing(
    database: Database, clinic_id: UUID, other_clinic_id: UUID, function: str
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = fill(connection, clinic_id)
        with pytest.raises(NotFoundError):
            REFUSALS[function](connection, other_clinic_id, on_file)
        assert patients.load_patient(connection, clinic_id, on_file.person.id) == on_file.person
        stored = checklists.load_checklist(connection, clinic_id, on_file.checklist.id)
    assert stored is not None
    assert (stored.latest_version, stored.withdrawal) == (1, None)


def test_another_clinic_cannot_issue_a_checklist_for_the_patient(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = fill(connection, clinic_id)
    foreign = replace(on_file.checklist, id=uuid4())
    with pytest.raises(RefusedByDatabaseError), database.transaction(Reach.ALL) as connection:
        checklist_writing.insert_checklist(connection, other_clinic_id, foreign, DOCUMENT, "sha256:made-up")


def test_another_clinic_cannot_sign_or_mark_the_checklist(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = fill(connection, clinic_id)
        signed = sign_offs.list_sign_offs(connection, clinic_id, on_file.person.id, TREATMENT)[0]
        marked = marks.list_marks(connection, clinic_id, on_file.person.id, TREATMENT)[0]
    whose = (on_file.person.id, TREATMENT)
    withdrawal = Withdrawal(NURSE, LATER, "Not ours.")
    for refused in (
        lambda c: sign_offs.insert_sign_off(c, other_clinic_id, replace(signed, id=uuid4()), *whose),
        lambda c: sign_offs.insert_withdrawal(c, other_clinic_id, signed.id, withdrawal),
        lambda c: marks.insert_mark(c, other_clinic_id, replace(marked, id=uuid4()), *whose),
    ):
        with pytest.raises(RefusedByDatabaseError), database.transaction(Reach.ALL) as connection:
            refused(connection)


def test_every_function_that_takes_a_clinic_is_tried_here() -> None:
    taking = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in store_modules()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if "clinic_id" in inspect.signature(function).parameters
    }
    tried = {name.partition(" ")[0] for name in (*READINGS, *REFUSALS)} | OTHERWISE
    assert taking <= tried
    assert clinics.load_clinic.__name__ in {name.partition(".")[2] for name in taking}


def test_every_statement_asks_for_the_clinic_unless_it_is_what_tells_the_clinic() -> None:
    before_the_clinic_is_known = {
        "audit_chain": {"_HEADS"},
        "clinics": {"_LOAD", "_FIND", "_UPDATE", "_LIST"},
        "cards": {"_CLINIC"},
        "api_keys": {"_FIND"},
        "staff": {"_FIND", "_LOAD"},
        "staff_sessions": {"_FIND", "_TOUCH", "_DELETE"},
        "login_failures": {"_COUNT", "_COUNT_ALONE", "_CLEAR", "_DELETE_OLD"},
        "intake_forms": {"_FIND"},
        "intake_links": {"_FIND"},
        "clients": {"_FIND", "_FIND_BY_ISSUER", "_FIND_TOKEN"},
        "database": {"_REWRITE_REVISION"},
        "outage": {"_HANGING_COMMITS"},
        "reach": {"_SET"},
        # Counts are of callers, and the policies let them be reached before the caller is known.
        "limits": {"_DROP_OLD", "_TELL", "_over"},
    }
    found = {
        (module.__name__.rpartition(".")[2], name)
        for module in store_modules()
        for name, kept in vars(module).items()
        for statement in statements_in(kept)
        if isinstance(statement, Select | Update | Delete) and not _asks_for_clinic(statement)
    }
    assert found == {(module, name) for module, names in before_the_clinic_is_known.items() for name in names}


def _asks_for_clinic(statement: Any) -> bool:
    """Whether the outermost WHERE, or that of the subquery it reads from, compares clinic_id."""
    parts = [statement.whereclause]
    if isinstance(statement, Select):
        parts += [
            getattr(source.element, "whereclause", None)
            for source in statement.get_final_froms()
            if hasattr(source, "element")
        ]
    return any(
        getattr(node, "name", None) == "clinic_id" and getattr(node, "table", None) is not None
        for part in parts
        if part is not None
        for node in visitors.iterate(part)
    )
