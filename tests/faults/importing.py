"""Import in a process of its own, end it in the middle, and look at what the database then holds."""

import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from service.actions.clock import utc_now
from service.actions.credentials import add_staff
from service.actions.work import new_id
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Role
from service.store import clinics as clinic_store
from service.store.database import Database, Reach
from service.store.tables import metadata
from tests.audit_keys import SIGNING
from tests.processes import until
from tests.running_service import COMMAND, NURSE, PASSWORD

_FACTS = ("patients", "patient_identifiers", "patient_name_words", "list_versions", "list_items")
_IDS_AND_INSTANTS = {
    *("clinic_id", "id", "patient_id", "item_id", "recorder_id"),
    *("created_at", "updated_at", "recorded_at"),
}
Facts = dict[str, list[str]]


@dataclass(frozen=True)
class Import:
    """An import into a database by the command line: the words after ``import``."""

    url: str
    words: Sequence[str | Path]

    def start(self, result: Path) -> "subprocess.Popen[str]":
        """A process that imports and tells what it did in the file."""
        command = [COMMAND, "import", *map(str, self.words), "--by", NURSE, "--result", str(result)]
        environment = {**os.environ, **SIGNING, "DATABASE_URL": self.url}
        return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)

    def run(self, result: Path) -> tuple[int, str]:
        """Import to the end; the exit status and what was said."""
        process = self.start(result)
        said = process.communicate()[1]
        return process.returncode, said

    def run_and_measure(self, result: Path) -> tuple[int, str, int]:
        """The same, and the most memory that it had at once, in MB."""
        process = self.start(result)
        assert process.stderr is not None
        with process.stderr as heard:
            said = heard.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        return process.returncode, said, used.ru_maxrss // 1024

    def end_after(self, lines: int, by: signal.Signals, result: Path) -> tuple[int, str]:
        """Import until so many lines were told, and then end it by a signal."""
        process = self.start(result)
        until(lambda: _lines_in(result) >= lines or process.poll() is not None, seconds=600)
        process.send_signal(by)
        said = process.communicate()[1]
        return process.returncode, said


def _lines_in(result: Path) -> int:
    return result.read_bytes().count(b"\n") if result.exists() else 0


def told(result: Path) -> list[dict[str, Any]]:
    """What a result file says, line by line; a line that a kill cut short was not told."""
    lines = result.read_text("utf-8").splitlines(keepends=True) if result.exists() else []
    return [json.loads(line) for line in lines if line.endswith("\n")]


def add_clinic(url: str) -> None:
    """A clinic with a nurse in an empty database."""
    database, now = Database(url), utc_now()
    with database.transaction(Reach.ALL) as connection:
        clinic = Clinic(new_id(now), "First clinic")
        clinic_store.insert_clinic(connection, clinic, now)
        add_staff(connection, clinic.id, Role.NURSE, NURSE, "Test Nurse", PASSWORD, now)
    database.dispose()


def facts_in(url: str) -> Facts:
    """Every row of patients and lists without ids and instants, by the identifier of its patient."""
    database = Database(url)
    with database.transaction(Reach.ALL) as connection:
        named = metadata.tables["patient_identifiers"]
        rows = connection.execute(select(named.c.patient_id, named.c.system, named.c.value))
        patients = {row.patient_id: (row.system, row.value) for row in rows}
        kept = {name: connection.execute(select(metadata.tables[name])).mappings().all() for name in _FACTS}
    database.dispose()
    return {name: sorted(_fact(row, patients) for row in rows) for name, rows in kept.items()}


def _fact(row: Any, patients: dict[Any, tuple[str, str]]) -> str:
    return repr((patients[row["id"] if "id" in row else row["patient_id"]], _without_ids(row)))


def _without_ids(value: Any) -> Any:
    """What there is beside ids and instants, also inside of it."""
    if not isinstance(value, Mapping):
        return value
    return {name: _without_ids(one) for name, one in value.items() if name not in _IDS_AND_INSTANTS}


def kept_items(url: str) -> set[str]:
    """The ids of all items."""
    database = Database(url)
    with database.transaction(Reach.ALL) as connection:
        ids = connection.execute(select(metadata.tables["list_items"].c.item_id)).scalars()
        found = {str(one) for one in ids}
    database.dispose()
    return found


def items_told(result: Path) -> set[str]:
    """The ids of the items that a result file says were made."""
    return {
        line["location"].partition("/")[2]
        for line in told(result)
        if line["status"] == "created" and line["location"].startswith("MedicationStatement/")
    }
