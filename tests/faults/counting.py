"""What a load was told is counted against what the database holds, and what the service tells of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, select

from service.domain.access.permissions import Role
from service.store.database import Reach, reach_only
from service.store.database.engine import make_engine
from service.store.tables import metadata
from tests.faults.load import MARK, Load
from tests.running_service import Service

_tables = metadata.tables


@dataclass(frozen=True)
class Count:
    """What must not be: each is empty where all is well."""

    lost: frozenset[str]
    """Marks that were acknowledged and are not there."""
    twice: frozenset[str]
    """Marks that are there more than once, and versions and sheets that nobody asked for."""
    gaps: frozenset[str]
    """Patients whose versions are not 1, 2, 3 … up to the latest."""
    unaudited: frozenset[str]
    """Changes without their one event, and events without their change."""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def count(url: str, acknowledged: Iterable[str]) -> Count:
    """Look into the database itself, whatever the service says."""
    engine = make_engine(url)
    with engine.connect() as connection:
        reach_only(connection, Reach.ALL)
        marks = Counter(_marks(connection))
        changes, told = Counter(_changes(connection)), Counter(_told(connection))
        counted = Count(
            lost=frozenset(set(acknowledged) - set(marks)),
            twice=frozenset(mark for mark, times in marks.items() if times > 1 or not mark.startswith(MARK)),
            gaps=frozenset(_gaps(connection)),
            unaudited=frozenset((changes - told) + (told - changes)),
        )
    engine.dispose()
    return counted


def lost_to_the_service(service: Service, load: Load) -> list[str]:
    """Patients of whom the service itself knows less than it acknowledged."""
    return [
        patient
        for patient, version in list(load.versions.items())
        if service.call(Role.EHR, "GET", f"/v1/patients/{patient}/medication-list").json()["version"]
        < version
    ]


def _rows(connection: Connection, table: str, *columns: str) -> Iterable[Row[Any]]:
    return connection.execute(select(*(_tables[table].c[column] for column in columns))).all()


def _marks(connection: Connection) -> Iterator[str]:
    """The mark that each version, sheet and signature brought; where it brought none, what it is instead."""
    on_version: dict[Any, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _rows(connection, "list_items", "patient_id", "version", "name", "note", "error_reason"):
        texts = (row.name, row.note, row.error_reason)
        on_version[row.patient_id][row.version] |= {text for text in texts if text and text.startswith(MARK)}
    for row in _rows(connection, "list_versions", "patient_id", "version"):
        of_patient = on_version[row.patient_id]
        brought = of_patient[row.version] - of_patient[row.version - 1]
        yield brought.pop() if len(brought) == 1 else f"version {row.version} of {row.patient_id}"
    yield from (row.name for row in _rows(connection, "sign_offs", "name"))
    # Each patient of the load has one sheet, asked for with the first version.
    sheets = Counter(row.patient_id for row in _rows(connection, "checklists", "patient_id"))
    yield from (f"sheets of {patient}" for patient, number in sheets.items() if number != 1)


def _gaps(connection: Connection) -> Iterator[str]:
    versions: dict[Any, list[int]] = defaultdict(list)
    for row in _rows(connection, "list_versions", "patient_id", "version"):
        versions[row.patient_id].append(row.version)
    for row in _rows(connection, "patients", "id", "list_version"):
        if sorted(versions[row.id]) != list(range(1, row.list_version + 1)):
            yield f"patient {row.id}"


def _changes(connection: Connection) -> Iterator[str]:
    """What was changed, in the words in which ``_told`` tells it."""
    for row in _rows(connection, "list_versions", "patient_id", "version"):
        yield f"version {row.version} of {row.patient_id}" if row.version > 1 else f"patient {row.patient_id}"
    yield from (f"sheet {row.id}" for row in _rows(connection, "checklists", "id"))
    yield from (f"signature on {row.checklist_id}" for row in _rows(connection, "sign_offs", "checklist_id"))


def _told(connection: Connection) -> Iterator[str]:
    """What the audit events say was changed."""
    for row in _rows(connection, "audit_events", "action", "patient_id", "subject", "details"):
        about = (row.subject or "").removeprefix("checklist/")
        if row.action == "create_patient":
            yield f"patient {row.patient_id}"
        elif row.action == "change_list":
            yield f"version {row.details['version']} of {row.patient_id}"
        elif row.action == "issue_checklist":
            yield f"sheet {about}"
        elif row.action == "sign_section":
            yield f"signature on {about}"
