"""``python -m benchmarks.filling [KIND]``: databases of many patients, a few of whom the service took in.

The others are copies, made within the database. Each has ids, times, a name, an identifier, a code and a day
of its own, in the columns and in the text of its sheet. Ids of one request share the time that they begin
with, so that one replacement makes all of them new. Three things stay those of the template: times within
the text of a sheet, its digests, and the MACs of the audit events, whose chains have the right length and are
not to be verified. No reply is kept: replies go after a day.

Nobody runs ANALYZE on an SQLite file of the service, so that it is not run here either; PostgreSQL runs it by
itself.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, func, select, text

from benchmarks.clinic import set_up_clinic
from benchmarks.copies import begun, lengthen_chains, multiply, set_up
from benchmarks.databases import KINDS, MissingError, as_superuser, databases_in
from benchmarks.effort import times
from benchmarks.forms import form
from benchmarks.growth import size_of
from benchmarks.made_up import Row, copies_of
from benchmarks.profile import SETTINGS, call
from benchmarks.works import posted
from service.app import create_app
from service.config import read_settings
from service.domain.checklists.short_code import printed
from service.domain.patients.patients import sought_words
from service.store.database import Database, Reach
from service.store.database.engine import make_engine
from service.store.tables import audit_chains, audit_events, checklists, patient_identifiers, patients

PATIENTS = 1_000_000
FEW = 1000
CLINICS = 8
SIZES = (2, 3, 4, 5, 6, 7, 8)
"""The items on the lists of a clinic's templates."""
_IN_ONE_TRANSACTION = 20_000
_CACHE_KILOBYTES = 1_000_000


def asked_for() -> int:
    """How many patients the larger of two filled databases is to have, by ``BENCH_PATIENTS`` fewer."""
    return times(int(os.environ.get("BENCH_PATIENTS", PATIENTS)), 200)


@contextmanager
def filled_databases(kind: str, *numbers: int) -> Iterator[list[str]]:
    """The addresses of databases with so many patients each, and perhaps some who were posted since.

    They are kept in the folder that the environment names (``BENCH_FOLDER``) and used again, or else are gone
    afterwards. Raises MissingError where one in that folder was never filled to its end.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as passing:
        folder = Path(os.environ.get("BENCH_FOLDER", passing))
        with databases_in(folder, kind, [f"patients_{number}" for number in numbers]) as urls:
            for url, number in zip(urls, numbers, strict=True):
                found = count_patients(url)
                if found == 0:
                    fill(url, number)
                elif found < number:
                    raise MissingError(f"{found} patients are in {folder}, where {number} should be")
            yield urls


def count_patients(url: str) -> int:
    """How many patients a database has."""
    with _reading(url) as connection:
        return connection.execute(select(func.count()).select_from(patients)).scalar_one()


def a_clinic(url: str) -> UUID:
    """The clinic of a filled database whose first patient came first."""
    with _reading(url) as connection:
        return connection.execute(select(patients.c.clinic_id).order_by(patients.c.id).limit(1)).scalar_one()


def some_sheets(url: str, clinic_id: UUID, most: int) -> list[str]:
    """The addresses of so many sheets of a clinic, or of all, from everywhere in its years."""
    with _reading(url) as connection:
        of_clinic = select(checklists.c.id).where(checklists.c.clinic_id == clinic_id)
        ids = list(connection.execute(of_clinic).scalars())
    chosen = random.Random(0).sample(ids, min(most, len(ids)))  # noqa: S311 -- the same in every run
    return [f"/v1/checklists/{id_}" for id_ in chosen]


@contextmanager
def _reading(url: str) -> Iterator[Connection]:
    database = Database(url)
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        yield connection
    database.dispose()


def fill(url: str, number: int) -> None:
    """Make the clinics in a migrated database, and so many patients, equally many in each clinic."""
    began = time.monotonic()
    _post_templates(url)
    engine = make_engine(as_superuser(url), for_migrations=True)
    with engine.connect() as connection, _hurried(connection):
        _multiply(connection, number)
    engine.dispose()
    print(f"; {time.monotonic() - began:.0f} s", file=sys.stderr)


def _post_templates(url: str) -> None:
    """Post a form for each size of list at each clinic."""
    keys = [set_up_clinic(url, f"Clinic {place + 1} of the benchmark") for place in range(CLINICS)]
    app = create_app(read_settings({**SETTINGS, "DATABASE_URL": url}))
    for of_clinic in keys:
        for size in SIZES:
            call(app, posted(of_clinic.intake, orjson.dumps(form(size))))
            time.sleep(0.002)  # so that no two have ids of the same millisecond
    app.extensions["house"].database.dispose()


def _multiply(connection: Connection, number: int) -> None:
    with connection.begin():
        set_up(connection)
        templates, events = _templates(connection), _events(connection)
        lengths = _lengths(connection)
    made = copies_of(templates, events, number - len(templates), lengths)
    while some := list(islice(made, _IN_ONE_TRANSACTION)):
        words = [
            {"number": copy["number"], "word": word} for copy in some for word in sought_words(copy["name"])
        ]
        with connection.begin():
            multiply(connection, some, words)
        done = some[-1]["number"] + len(templates)
        print(f"\r{connection.dialect.name}: {done} patients", end="", file=sys.stderr, flush=True)
    with connection.begin():
        lengthen_chains(connection, lengths)


def _templates(connection: Connection) -> list[Row]:
    """What the copies replace, of one clinic after another in turns."""
    found = connection.execute(
        select(
            *(patients.c.clinic_id, patients.c.id, patients.c.name),
            *(checklists.c.code, checklists.c.planned_start, patient_identifiers.c.value),
        )
        .join(checklists, checklists.c.patient_id == patients.c.id)
        .join(patient_identifiers, patient_identifiers.c.patient_id == patients.c.id)
        .order_by(patients.c.id)
    ).all()
    in_turns = sorted(range(len(found)), key=lambda place: place % len(SIZES))
    return [
        {
            "clinic_id": one.clinic_id,
            "template_id": one.id,
            "template_begun": begun(one.id),
            "template_code": printed(one.code),
            "template_day": one.planned_start.isoformat(),
            "template_value": one.value,
            "template_name": one.name,
        }
        for one in (found[place] for place in in_turns)
    ]


def _lengths(connection: Connection) -> dict[UUID, int]:
    found = connection.execute(select(audit_chains.c.clinic_id, audit_chains.c.length))
    return {row.clinic_id: row.length for row in found}


def _events(connection: Connection) -> dict[UUID, tuple[int, int]]:
    """Of each patient, the place of the first event in the clinic's chain, and how many there are."""
    first, number = func.min(audit_events.c.sequence), func.count()
    found = connection.execute(
        select(audit_events.c.patient_id, first, number)
        .where(audit_events.c.patient_id.is_not(None))
        .group_by(audit_events.c.patient_id)
    )
    return {patient: (lowest, many) for patient, lowest, many in found}


@contextmanager
def _hurried(connection: Connection) -> Iterator[None]:
    """Without durability, without looking up what rows refer to, and with statistics at the end."""
    driver: Any = connection.connection.driver_connection
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KILOBYTES}"):
            driver.execute(f"PRAGMA {pragma}")
    else:
        with connection.begin():
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text("SET synchronous_commit = off"))
            connection.execute(text("SET work_mem = '256MB'"))
    yield
    if sqlite:
        driver.execute("PRAGMA journal_mode = WAL")
    else:
        driver.autocommit = True
        driver.execute("VACUUM (ANALYZE)")
        driver.execute("CHECKPOINT")


def main() -> None:
    """Fill both databases, or the one that is named, in the folder that the environment names."""
    for kind in sys.argv[1:] or KINDS:
        with filled_databases(kind, asked_for()) as (url,):
            print(f"{kind}: {count_patients(url)} patients, {size_of(url) / 1e9:.1f} GB")


if __name__ == "__main__":
    main()
