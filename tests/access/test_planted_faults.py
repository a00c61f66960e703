"""The checks of who may do what find faults that are planted in the service."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from service.actions.work import Work
from service.app import create_app
from service.domain.access import permissions as access
from service.domain.access.permissions import PERMISSIONS, Permission, Role
from service.domain.errors import ForbiddenError, NotFoundError, StaleVersionError
from service.store import api_keys as key_store
from service.store import patients as patient_store
from service.store.database import Connection, Database, Reach
from service.store.tables import patients
from service.web.auth import needs
from service.web.pages.blueprint import Pages
from tests.access.checks import disagreements, leaks, still_opened, told_apart
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Kind, differences
from tests.databases import SqliteOfTests
from tests.web.conftest import settings_of_tests

READ_PATIENT = "GET /v1/patients/{patient_id}"
CHANGE_PATIENT = "PATCH /v1/patients/{patient_id}"
LIST_PATIENTS = "GET /v1/patients"


# On SQLite alone: on PostgreSQL a second wall stands behind a query that forgets its clinic.
@pytest.fixture(scope="module")
def on_sqlite(sqlite: SqliteOfTests, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(sqlite.database(tmp_path_factory.mktemp("planted")))
    yield database
    database.dispose()


@pytest.fixture(scope="module")
def both(on_sqlite: Database) -> tuple[FilledClinic, FilledClinic]:
    app = create_app(settings_of_tests(), database=on_sqlite)
    made = FilledClinic(app, on_sqlite, "First clinic"), FilledClinic(app, on_sqlite, "Other clinic")
    # What is made on demand is made before the clinics are copied for each fault.
    assert all((one.sheet, one.client, one.other_client) for one in made)
    return made


@pytest.fixture
def faulty(on_sqlite: Database) -> Flask:
    """A service of its own to plant a fault in."""
    return create_app(settings_of_tests(), database=on_sqlite)


@pytest.fixture
def ours(both: tuple[FilledClinic, FilledClinic], faulty: Flask) -> FilledClinic:
    return served_by(faulty, both[0])


@pytest.fixture
def theirs(both: tuple[FilledClinic, FilledClinic], faulty: Flask) -> FilledClinic:
    return served_by(faulty, both[1])


def served_by(app: Flask, clinic: FilledClinic) -> FilledClinic:
    made = copy.copy(clinic)
    made.app = app
    return made


View = Callable[..., Any]


def plant(app: Flask, endpoint: str, fault: Callable[[View], View]) -> None:
    """Put another view in the place of one."""
    app.view_functions[endpoint] = fault(app.view_functions[endpoint])


def inside(view: View, walls: int = 1) -> View:
    """The view behind its guard."""
    for _ in range(walls):
        view = view.__wrapped__  # type: ignore[attr-defined]
    return view


def test_nothing_is_found_where_nothing_was_planted(
    faulty: Flask, ours: FilledClinic, theirs: FilledClinic
) -> None:
    assert differences(faulty, RULES) == []
    for operation in (READ_PATIENT, LIST_PATIENTS, "GET /fhir/Patient", "GET /administration/guidance"):
        assert disagreements(ours, operation) == []
        assert leaks(theirs, ours, operation) == []


def test_a_view_without_its_guard_is_found(faulty: Flask, ours: FilledClinic) -> None:
    with ours.database.transaction(Reach.ALL) as connection:
        actor = key_store.list_keys(connection, ours.known.id)[0].actor

    def unguarded(view: View) -> View:
        def anybody(**values: Any) -> ResponseReturnValue:
            g.actor = replace(actor, role=Role.EHR)
            answer: ResponseReturnValue = inside(view)(**values)
            return answer

        return anybody

    plant(faulty, "patients.get_patient", unguarded)
    assert len(disagreements(ours, READ_PATIENT)) == 5


def test_a_guard_that_asks_for_another_permission_is_found(
    faulty: Flask, ours: FilledClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(faulty, "patients.get_patient", lambda view: needs(Permission.READ_TREATMENTS)(inside(view)))
    assert not [one for one in disagreements(ours, READ_PATIENT) if "intake key" in one], (
        "the action asks too"
    )
    monkeypatch.setattr(Work, "require", lambda *_: None)
    assert [one for one in disagreements(ours, READ_PATIENT) if "intake key: 200" in one]


def test_a_guard_that_asks_for_too_much_is_found(faulty: Flask, ours: FilledClinic) -> None:
    plant(faulty, "patients.get_patient", lambda view: needs(Permission.MANAGE_CLINIC)(inside(view)))
    assert [one for one in disagreements(ours, READ_PATIENT) if "EHR key: 403" in one]


def test_a_permission_too_many_is_found(ours: FilledClinic, monkeypatch: pytest.MonkeyPatch) -> None:
    more = {**PERMISSIONS, Role.INTAKE: PERMISSIONS[Role.INTAKE] | {Permission.READ_PATIENTS}}
    monkeypatch.setattr(access, "PERMISSIONS", more)
    assert [one for one in disagreements(ours, LIST_PATIENTS) if "intake key: 200" in one]


def test_an_address_that_is_not_in_the_table_is_found(faulty: Flask) -> None:
    faulty.add_url_rule("/v1/patients/export", "planted", view_func=lambda: "all of them")
    assert differences(faulty, RULES) == ["not in the table: GET /v1/patients/export"]


def test_a_row_whose_address_is_gone_is_found(faulty: Flask) -> None:
    more: Mapping[str, object] = {**RULES, "GET /v1/gone": None}
    assert differences(faulty, more) == ["not served: GET /v1/gone"]


def test_a_new_page_without_a_guard_is_found(faulty: Flask, ours: FilledClinic) -> None:
    pages = Pages("planted", __name__)
    pages.add_url_rule("/everybody", "get_everybody", lambda: "all of them")
    faulty.register_blueprint(pages)
    assert differences(faulty, RULES) == ["not in the table: GET /everybody"]

    plant(faulty, "pages_guidance.get_guidance", lambda _: lambda: "to anybody")
    assert [one for one in disagreements(ours, "GET /administration/guidance") if "nobody: 200" in one]


def test_a_search_that_forgets_the_scope_is_found(faulty: Flask, ours: FilledClinic) -> None:
    plant(
        faulty, "fhir_patients.search_patients", lambda view: needs(Permission.READ_PATIENTS)(inside(view, 2))
    )
    (found,) = disagreements(ours, "GET /fhir/Patient")
    assert "other client: 200, not [403]" in found


def clinic_of_patient(connection: Connection, patient_id: UUID) -> UUID | None:
    found = select(patients.c.clinic_id).where(patients.c.id == patient_id)
    return connection.execute(found).scalar_one_or_none()


def test_a_query_that_forgets_its_clinic_is_found(
    ours: FilledClinic, theirs: FilledClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = patient_store.load_patient

    def without_clinic(connection: Connection, clinic_id: UUID, patient_id: UUID, **more: Any) -> Any:
        return load(connection, clinic_of_patient(connection, patient_id) or clinic_id, patient_id, **more)

    monkeypatch.setattr(patient_store, "load_patient", without_clinic)
    assert leaks(theirs, ours, READ_PATIENT)


def test_a_list_of_every_clinics_patients_is_found(
    ours: FilledClinic, theirs: FilledClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = patient_store.list_patients
    monkeypatch.setattr(
        patient_store,
        "list_patients",
        lambda connection, _, *more, **others: listed(connection, ours.known.id, *more, **others),
    )
    assert leaks(theirs, ours, LIST_PATIENTS)


def instead_of_404(error: Callable[[], Exception]) -> Callable[[View], View]:
    """A view that looks, where it found nothing, whether another clinic has it."""

    def fault(view: View) -> View:
        def told(**values: Any) -> Any:
            try:
                return view(**values)
            except NotFoundError:
                with request.environ["planted"].transaction(Reach.ALL) as connection:
                    if clinic_of_patient(connection, values["patient_id"]):
                        raise error() from None
                raise

        return told

    return fault


@pytest.mark.parametrize(
    "error",
    [
        lambda: ForbiddenError("This patient is another clinic's."),
        lambda: NotFoundError("This patient is another clinic's."),
        lambda: StaleVersionError(1, 2),
    ],
    ids=["403", "a 404 that says more", "412"],
)
def test_another_clinics_patient_that_answers_otherwise_than_none_is_found(
    faulty: Flask, ours: FilledClinic, theirs: FilledClinic, error: Callable[[], Exception]
) -> None:
    faulty.before_request(lambda: request.environ.update(planted=ours.database))
    plant(faulty, "patients.patch_patient", instead_of_404(error))
    assert leaks(theirs, ours, CHANGE_PATIENT)
    call = HOW[CHANGE_PATIENT](ours)
    assert told_apart(theirs, CHANGE_PATIENT, Kind.NURSE, call, call.about_nothing())


def test_a_revoked_key_that_still_opens_is_found(ours: FilledClinic, monkeypatch: pytest.MonkeyPatch) -> None:
    key, secret = ours.new_key(Role.EHR)
    with ours.database.transaction(Reach.ALL) as connection:
        at = key_store.list_keys(connection, ours.known.id)[0].created_at
        assert key_store.revoke_key(connection, ours.known.id, UUID(key), at)
    assert still_opened(ours, {"revoked key": secret}, (LIST_PATIENTS,)) == []

    find = key_store.find_key

    def never_revoked(connection: Connection, digest: str) -> Any:
        found = find(connection, digest)
        return found and replace(found, revoked_at=None)

    monkeypatch.setattr(key_store, "find_key", never_revoked)
    found = still_opened(ours, {"revoked key": secret}, (LIST_PATIENTS,))
    assert found == [f"{LIST_PATIENTS} with revoked key: 200"]
