"""``clients`` as an administrator uses it: another system comes in by its keys, and is shown the door."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from service.actions.client_tokens import hook_actor, redeem_assertion
from service.actions.credentials import authenticate
from service.domain.access.clients import ClientRefusedError
from service.domain.access.clinics import Clinic
from service.store.clients import find_client
from service.store.database import Database, Reach
from tests.audit_keys import AUDIT_KEYS
from tests.cli.test_people import CLINIC, clinic, run
from tests.signed_tokens import Signer, ec_key, public, rsa_key

__all__ = ["clinic"]
ENDPOINT = "https://clinic.example/smart/token"
ISSUER = "https://ehr.example/fhir"


@pytest.fixture
def jwks(tmp_path: Path) -> Path:
    return written(tmp_path / "keys.json", public(ec_key(), rsa_key()))


def written(path: Path, document: Any) -> Path:
    path.write_text(json.dumps(document), "utf-8")
    return path


def signed(client_id: str, key: Any = None) -> str:
    return Signer(client_id, ENDPOINT, client_id, datetime.now(UTC), key or ec_key()).token()


def test_a_system_that_was_added_comes_in_until_it_is_revoked(
    database_url: str, database: Database, clinic: Clinic, jwks: Path
) -> None:
    words = ["--clinic", CLINIC, "--jwks", str(jwks), "--scope", "system/Patient.rs", "--issuer", ISSUER]
    added = run(database_url, "clients", "add", "EHR of the ward", *words, "--scope", "system/List.rs")
    assert added.exit_code == 0
    client_id = added.output.strip()

    now = datetime.now(UTC)
    given, _ = redeem_assertion(database, AUDIT_KEYS, signed(client_id), "system/*.rs", ENDPOINT, now, "test")
    assert given.scopes == ("system/Patient.rs", "system/List.rs")
    found = authenticate(database, given.token, now)
    assert found is not None
    assert (found.name, found.clinic_id) == ("EHR of the ward", clinic.id)
    assert hook_actor(database, Signer(ISSUER, "x", now=now).token(), "x", now).id == UUID(client_id)

    listed = run(database_url, "clients", "list", "--clinic", CLINIC).output
    assert f"{client_id}  valid" in listed
    assert "EHR of the ward (scopes system/Patient.rs system/List.rs; keys ec-1 rsa-1;" in listed
    assert ISSUER in listed

    assert run(database_url, "clients", "revoke", "--clinic", CLINIC, client_id).exit_code == 0
    assert authenticate(database, given.token, now) is None
    with pytest.raises(ClientRefusedError):
        redeem_assertion(database, AUDIT_KEYS, signed(client_id), "system/*.rs", ENDPOINT, now, "test")
    assert "revoked" in run(database_url, "clients", "list", "--clinic", CLINIC).output
    assert run(database_url, "clients", "revoke", "--clinic", CLINIC, client_id).exit_code == 1


@pytest.mark.usefixtures("clinic")
def test_a_system_signs_with_its_new_keys_and_not_with_the_old_ones(
    database_url: str, database: Database, jwks: Path, tmp_path: Path
) -> None:
    words = ["--clinic", CLINIC, "--jwks", str(jwks), "--scope", "system/*.rs"]
    client_id = run(database_url, "clients", "add", "EHR of the ward", *words).output.strip()
    new = written(tmp_path / "new.json", public(ec_key("ec-2")))

    replaced = run(database_url, "clients", "keys", "--clinic", CLINIC, "--jwks", str(new), client_id)

    assert (replaced.exit_code, replaced.output) == (0, "Replaced.\n")
    now = datetime.now(UTC)
    assert redeem_assertion(
        database, AUDIT_KEYS, signed(client_id, ec_key("ec-2")), "system/*.rs", ENDPOINT, now, "test"
    )
    with pytest.raises(ClientRefusedError):
        redeem_assertion(database, AUDIT_KEYS, signed(client_id), "system/*.rs", ENDPOINT, now, "test")


@pytest.mark.usefixtures("clinic")
def test_what_cannot_be_registered_is_refused_with_every_reason_and_nothing_is_kept(
    database_url: str, database: Database, jwks: Path, tmp_path: Path
) -> None:
    secret = written(tmp_path / "secret.json", {"keys": [ec_key().as_dict(private=True)]})
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    x, y = (public(ec_key())["keys"][0][name] for name in ("x", "y"))
    off = written(tmp_path / "off.json", {"keys": [public(ec_key())["keys"][0] | {"x": y, "y": x}]})

    def add(keys: Path, *more: str) -> tuple[int, str]:
        words = ["--clinic", CLINIC, "--jwks", str(keys), *more]
        refused = run(database_url, "clients", "add", "EHR of the ward", *words)
        assert "Traceback" not in refused.output
        return refused.exit_code, refused.output

    scope = ("--scope", "system/*.rs")
    assert add(secret, *scope) == (1, "Key 1 is secret. Send the public key only, and change this one.\n")
    assert add(broken, *scope)[0] == 2
    assert "not those of a key" in add(off, *scope)[1]
    assert add(jwks) == (1, "A client has a scope, an issuer, or both.\n")
    code, said = add(jwks, "--scope", "patient/*.rs", "--issuer", "a b", "--key-set-url", "ftp://x")
    assert code == 1
    assert len(said.splitlines()) == 3
    assert run(database_url, "clients", "list", "--clinic", CLINIC).output == ""


def test_a_client_of_another_clinic_is_not_touched(
    database_url: str, database: Database, clinic: Clinic, jwks: Path
) -> None:
    assert run(database_url, "clinics", "create", "--name", "Other clinic").exit_code == 0
    words = ["--clinic", CLINIC, "--jwks", str(jwks), "--scope", "system/*.rs"]
    client_id = run(database_url, "clients", "add", "EHR of the ward", *words).output.strip()

    other = ["--clinic", "Other clinic"]
    assert run(database_url, "clients", "revoke", *other, client_id).exit_code == 1
    assert run(database_url, "clients", "keys", *other, "--jwks", str(jwks), client_id).exit_code == 1
    assert run(database_url, "clients", "list", *other).output == ""
    with database.transaction(Reach.ALL) as connection:
        kept = find_client(connection, UUID(client_id))
    assert kept is not None
    assert (kept.clinic_id, kept.revoked_at) == (clinic.id, None)
