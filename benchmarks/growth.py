"""``python -m benchmarks.growth [PATIENTS]``: how many bytes a database grows by what a clinic does.

No time is taken here, so that the service answers in this process.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from flask.testing import FlaskClient
from sqlalchemy import make_url

from benchmarks.clinic import Keys, set_up_clinic
from benchmarks.databases import KINDS, two_databases
from benchmarks.forms import TREATMENT, form
from service.app import create_app
from service.config import read_settings
from service.store.database.sqlite import driver

PATIENTS = 500
_SETTINGS = {
    f"MEDICATION_CHECKLIST_{name}": value
    for name, value in (
        ("SECRET_KEY", "a secret of the benchmarks " * 2),
        ("AUDIT_KEY", "an audit key of the benchmarks " * 2),
        ("CALLS_PER_MINUTE", "0"),
    )
}


@dataclass
class Clinic:
    """A clinic behind a client, with the receipts of what was posted."""

    client: FlaskClient
    keys: Keys
    receipts: list[Any] = field(default_factory=list)

    def post_intakes(self, patients: int) -> None:
        """A list of 20 items and a sheet, for each of so many new patients."""
        for number in range(patients):
            answer = self.client.post(
                "/v1/intake",
                json=form(),
                headers={**_bearer(self.keys.intake), "Idempotency-Key": f"growth-{number}"},
            )
            assert answer.status_code == 201, answer.text
            self.receipts.append(answer.get_json())

    def read_sheets(self, _patients: int) -> None:
        """Every sheet read once."""
        for receipt in self.receipts:
            answer = self.client.get(receipt["checklist"]["links"]["self"], headers=_bearer(self.keys.ehr))
            assert answer.status_code == 200, answer.text

    def change_lists(self, _patients: int) -> None:
        """One item more on every list."""
        for receipt in self.receipts:
            answer = self.client.post(
                f"/v1/patients/{receipt['patient_id']}/medication-list/items",
                json={"name": "Example medicine 99", "strength": "5 mg"},
                headers={**_bearer(self.keys.ehr), "If-Match": "*"},
            )
            assert answer.status_code == 201, answer.text

    def issue_anew(self, _patients: int) -> None:
        """Another sheet of every list as it stands now."""
        for receipt in self.receipts:
            answer = self.client.post(
                f"/v1/patients/{receipt['patient_id']}/checklists",
                json={"treatment": TREATMENT},
                headers=_bearer(self.keys.ehr),
            )
            assert answer.status_code == 201, answer.text


ACTS: tuple[tuple[str, Callable[[Clinic, int], None]], ...] = (
    ("a new patient's list of 20 items, with a sheet", Clinic.post_intakes),
    ("a sheet read once", Clinic.read_sheets),
    ("one item more on a list of 20", Clinic.change_lists),
    ("a sheet of 21 items, issued anew", Clinic.issue_anew),
)


def measure(database_url: str, patients: int) -> Iterator[tuple[str, int]]:
    """Each act and the bytes that it adds, tables and indexes together."""
    with _clinic(database_url) as clinic:
        before = size_of(database_url)
        for name, act in ACTS:
            act(clinic, patients)
            after = size_of(database_url)
            yield name, (after - before) // patients
            before = after


def size_of(database_url: str) -> int:
    """The bytes of everything that stays in a database."""
    if database_url.startswith("sqlite"):
        with closing(driver.connect(make_url(database_url).database)) as connection:
            (pages,), (size,) = (
                connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
            )
        return int(pages * size)
    with psycopg.connect(database_url) as connection:
        found = connection.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchone()
        assert found is not None
        return int(found[0])


@contextmanager
def _clinic(database_url: str) -> Iterator[Clinic]:
    keys = set_up_clinic(database_url)
    app = create_app(read_settings({**_SETTINGS, "DATABASE_URL": database_url}))
    yield Clinic(app.test_client(), keys)
    app.extensions["house"].database.dispose()


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def main() -> None:
    """Print a table of both databases."""
    patients = int(sys.argv[1]) if len(sys.argv) > 1 else PATIENTS
    for kind in KINDS:
        with two_databases(kind) as (database_url, _):
            for name, size in measure(database_url, patients):
                print(f"{kind:<12}{size:>10}  {name}", flush=True)


if __name__ == "__main__":
    main()
