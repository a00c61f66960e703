"""What a registered client is granted, and as whom it acts."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.access.clients import ClientRefusedError, EhrClient, Refusal, ScopeRefusedError, grant
from service.domain.access.permissions import ActorKind, Permission, Role
from service.domain.access.scopes import Scope, parse_scope

WORDS = st.sampled_from(["read", "write", "*", "rs", "r", "cud", "cruds", "c", "s", "u"])
SCOPES = st.builds(
    lambda resource, letters: f"system/{resource}.{letters}",
    st.sampled_from(["*", "Patient", "List", "MedicationStatement", "Composition"]),
    WORDS,
)


@pytest.mark.parametrize(
    ("asked", "registered", "granted"),
    [
        ("system/Patient.rs", ["system/Patient.rs"], ["system/Patient.rs"]),
        ("system/Patient.read", ["system/*.rs"], ["system/Patient.read"]),
        ("system/Patient.read", ["system/*.*"], ["system/Patient.read"]),
        ("system/*.cruds", ["system/Patient.read"], ["system/Patient.rs"]),
        ("system/*.*", ["system/*.*"], ["system/*.*"]),
        ("system/*.*", ["system/*.read"], ["system/*.rs"]),
        ("system/*.write", ["system/List.c", "system/Patient.rs"], ["system/List.c"]),
        ("system/*.rs", ["system/List.rs", "system/Patient.r"], ["system/List.rs", "system/Patient.r"]),
        ("system/Patient.rs system/List.rs", ["system/List.rs"], ["system/List.rs"]),
        ("openid system/Patient.rs user/Patient.rs", ["system/*.rs"], ["system/Patient.rs"]),
        ("system/Patient.rs system/Patient.rs", ["system/*.rs"], ["system/Patient.rs"]),
        (" system/Patient.rs\t", ["system/*.rs"], ["system/Patient.rs"]),
    ],
)
def test_a_client_is_granted_what_it_asks_for_and_is_registered_for(
    asked: str, registered: list[str], granted: list[str]
) -> None:
    assert list(grant(asked, tuple(registered))) == granted


@pytest.mark.parametrize(
    ("asked", "registered"),
    [
        ("", ["system/*.*"]),
        ("openid fhirUser", ["system/*.*"]),
        ("patient/Patient.rs", ["system/*.*"]),
        ("system/Patient.cud", ["system/*.rs"]),
        ("system/Patient.rs", ["system/List.rs"]),
        ("system/Patient.rs", []),
        ("system/Patient.rs?status=active", ["system/*.*"]),
        ("system/Patient.sr", ["system/*.*"]),
        ("system/Patient.rs " * 300, ["system/*.*"]),
    ],
)
def test_a_client_that_may_have_nothing_of_it_is_refused(asked: str, registered: list[str]) -> None:
    with pytest.raises(ScopeRefusedError):
        grant(asked, tuple(registered))


@given(st.lists(SCOPES, min_size=1, max_size=4), st.lists(SCOPES, min_size=1, max_size=4))
def test_what_is_granted_covers_just_what_was_asked_for_and_registered(
    asked: list[str], registered: list[str]
) -> None:
    try:
        granted = grant(" ".join(asked), tuple(registered))
    except ScopeRefusedError:
        granted = ()

    for resource in ("Patient", "List", "MedicationStatement", "Composition", "Provenance"):
        for letter in "cruds":
            assert covered(granted, resource, letter) == (
                covered(asked, resource, letter) and covered(registered, resource, letter)
            )


def covered(scopes: list[str] | tuple[str, ...], resource: str, letter: str) -> bool:
    known = [parse_scope(text) for text in scopes]
    assert None not in known
    return any(scope.covers(resource, letter) for scope in known if scope)


@given(SCOPES)
def test_a_scope_is_written_in_the_words_of_version_2_and_read_again(text: str) -> None:
    scope = parse_scope(text)

    assert scope is not None
    assert parse_scope(str(scope)) == scope
    assert str(Scope("*", frozenset("sdurc"))) == "system/*.cruds"


def test_a_client_acts_for_its_clinic_as_an_ehr_within_its_scopes() -> None:
    client = EhrClient(UUID(int=1), UUID(int=2), "Test EHR", (), ("system/*.*",), datetime.now(UTC))

    within = client.actor(("system/Patient.rs", "not a scope"))
    assert (within.clinic_id, within.kind, within.id, within.role) == (
        UUID(int=2),
        ActorKind.CLIENT,
        UUID(int=1),
        Role.EHR,
    )
    assert within.may(Permission.READ_PATIENTS)
    assert not within.may(Permission.READ_LISTS)
    assert not client.actor(()).may(Permission.READ_PATIENTS)
    assert client.actor(None).may(Permission.READ_LISTS)
    assert not client.actor(None).may(Permission.SIGN_CHECKLISTS)


def test_a_refusal_names_its_reason_and_nothing_of_the_token() -> None:
    refusal = ClientRefusedError(Refusal.AUDIENCE)

    assert refusal.reason is Refusal.AUDIENCE
    assert str(refusal) == "The signed token was refused (audience)."
