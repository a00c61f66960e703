"""The administrator's page of other systems: registered by their keys, given others, revoked."""

import json
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest

from service.actions.client_tokens import redeem_assertion
from service.domain.access.clients import ClientRefusedError, EhrClient
from service.store import clients as client_store
from service.store.database import Database, Reach
from tests.audit_keys import AUDIT_KEYS
from tests.signed_tokens import Signer, ec_key, public, rsa_key
from tests.store.records import client_of
from tests.web.conftest import ClinicOfTests
from tests.web.pages.conftest import Browser, forms_of, text_of

CLIENTS = "/administration/clients"
ENDPOINT = "http://localhost/smart/token"
KEYS = json.dumps(public(ec_key(), rsa_key()), indent="\t")


def registered(database: Database, clinic: ClinicOfTests) -> tuple[EhrClient, ...]:
    with database.transaction(Reach.ALL) as connection:
        return client_store.list_clients(connection, clinic.id)


def signed(client: EhrClient, key_id: str = "ec-1") -> str:
    own = str(client.id)
    return Signer(own, ENDPOINT, own, datetime.now(UTC), ec_key(key_id)).token()


def comes_in(database: Database, client: EhrClient, key_id: str = "ec-1") -> bool:
    try:
        token = signed(client, key_id)
        return bool(
            redeem_assertion(
                database, AUDIT_KEYS, token, "system/*.rs", ENDPOINT, datetime.now(UTC), "of the tests"
            )
        )
    except ClientRefusedError:
        return False


def register(administrator: Browser, **typed: str) -> None:
    form = {"name": "EHR of the ward", "jwks": KEYS, "scopes": "system/*.rs"} | typed
    answer = administrator.send(administrator.get(CLIENTS), CLIENTS, **form)
    assert answer.status_code == 303, text_of(answer)


def test_a_system_is_registered_and_its_number_and_the_addresses_are_there_to_be_passed_on(
    administrator: Browser, database: Database, clinic: ClinicOfTests
) -> None:
    register(administrator, scopes="system/Patient.rs\n system/List.rs", issuer="https://ehr.example/fhir")

    [client] = registered(database, clinic)
    assert client.scopes == ("system/Patient.rs", "system/List.rs")
    assert [key.key_id for key in client.keys] == ["ec-1", "rsa-1"]
    text = text_of(administrator.get(CLIENTS))
    for shown in (str(client.id), ENDPOINT, "system/Patient.rs", "https://ehr.example/fhir", "rsa-1"):
        assert shown in text
    assert comes_in(database, client)


def test_the_same_form_sent_twice_registers_one_system(
    administrator: Browser, database: Database, clinic: ClinicOfTests
) -> None:
    form = administrator.get(CLIENTS)
    for _ in range(2):
        administrator.send(form, CLIENTS, name="EHR of the ward", jwks=KEYS, scopes="system/*.rs")

    assert len(registered(database, clinic)) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"jwks": "{"}, "Public keys: This is not a set of keys."),
        ({"jwks": "[" * 9999}, "Public keys: This is not a set of keys."),
        ({"jwks": "[" * 70000}, "Public keys: This is longer than the field takes."),
        ({"jwks": "{}"}, "Public keys: This is not a set of keys."),
        ({"jwks": json.dumps({"keys": [ec_key().as_dict(private=True)]})}, "There is a private key in it."),
        ({"jwks": KEYS.replace("P-384", "P-256")}, "There is a key in it that is of no use here."),
        ({"jwks": KEYS.replace("rsa-1", "ec-1")}, "Each key has a name of its own."),
        ({"name": ""}, "Name: This is needed."),
        ({"scopes": ""}, "Scopes: Write scopes of a system."),
        ({"scopes": "patient/*.rs"}, "Scopes: Write scopes of a system."),
        ({"issuer": "two words"}, "Name in CDS Hooks (iss): Write one word"),
        ({"key_set_url": "keys"}, "Address of its keys (jku): Write a whole address"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    administrator: Browser, database: Database, clinic: ClinicOfTests, typed: dict[str, str], said: str
) -> None:
    form = {"name": "EHR of the ward", "jwks": KEYS, "scopes": "system/*.rs"} | typed
    page = administrator.send(administrator.get(CLIENTS), CLIENTS, **form)

    assert page.status_code == 422
    assert said in text_of(page)
    values = next(shown for shown in forms_of(page) if shown.action == CLIENTS).values
    assert {name: values[name].strip() for name in form} == {
        name: text.strip() for name, text in form.items()
    }
    assert registered(database, clinic) == ()


def test_a_name_in_cds_hooks_is_one_systems(administrator: Browser) -> None:
    register(administrator, issuer="https://ehr.example")
    form = {"name": "Another", "jwks": KEYS, "issuer": "https://ehr.example"}
    page = administrator.send(administrator.get(CLIENTS), CLIENTS, **form)

    assert page.status_code == 422
    assert "Another system has this name." in text_of(page)


def test_a_system_is_given_other_keys_and_is_revoked(
    administrator: Browser, database: Database, clinic: ClinicOfTests
) -> None:
    register(administrator)
    [client] = registered(database, clinic)
    keys, revoke = (f"{CLIENTS}/{client.id}/{act}" for act in ("keys", "revoke"))
    shown = administrator.get(CLIENTS).get_data(as_text=True)
    assert {keys, revoke} <= set(re.findall(r'href="([^"]+)"', shown))

    refused = administrator.send(administrator.get(keys), keys, jwks="{}")
    assert refused.status_code == 422
    assert administrator.send(administrator.get(keys), keys, jwks="").status_code == 422
    new = json.dumps(public(ec_key("ec-2")))
    assert administrator.send(administrator.get(keys), keys, jwks=new).status_code == 303
    assert (comes_in(database, client), comes_in(database, client, "ec-2")) == (False, True)

    assert "EHR of the ward" in text_of(administrator.get(revoke))
    assert administrator.send(administrator.get(revoke), revoke).status_code == 303
    assert not comes_in(database, client, "ec-2")
    assert [administrator.get(path).status_code for path in (keys, revoke)] == [404, 404]
    assert "Revoked on" in text_of(administrator.get(CLIENTS))


def test_another_clinics_systems_are_not_there(
    administrator: Browser, database: Database, other_clinic: ClinicOfTests
) -> None:
    theirs = client_of(other_clinic.id)
    with database.transaction(Reach.ALL) as connection:
        client_store.insert_client(connection, theirs)

    page = administrator.get(CLIENTS)
    assert str(theirs.id) not in text_of(page)
    token = forms_of(page)[-1].values["csrf_token"]
    for act in ("keys", "revoke"):
        path = f"{CLIENTS}/{theirs.id}/{act}"
        assert administrator.get(path).status_code == 404
        assert administrator.post(path, {"csrf_token": token, "jwks": KEYS}).status_code == 404
    assert registered(database, other_clinic) == (theirs,)


def test_only_an_administrator_sees_and_registers_systems(nurse: Browser, browser: Browser) -> None:
    some = UUID(int=1)
    for path in (CLIENTS, f"{CLIENTS}/{some}/keys", f"{CLIENTS}/{some}/revoke"):
        assert nurse.get(path).status_code == 403
        assert browser.get(path).status_code == 302
