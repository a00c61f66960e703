"""Which passwords are taken: long ones that are not soon guessed, whatever signs they hold."""

from uuid import UUID

import pytest
from argon2 import extract_parameters
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from service.actions.access import made_password
from service.actions.passwords import _NOBODYS_HASH, check_password, hash_password, password_fits
from service.domain.access.credentials import SHORTEST_PASSWORD, StaffMember
from service.domain.access.permissions import Role
from service.domain.errors import RefusedError

KNOWN = ("nurse.01", "Test Nurse", "Clinic of the tests")
COMMON = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST_PASSWORD]


def code(password: str, known: tuple[str, ...] = KNOWN) -> str | None:
    try:
        check_password(password, "/new", known)
    except RefusedError as refused:
        [fault] = refused.faults
        assert fault.pointer == "/new"
        assert password not in fault.detail
        return fault.code
    return None


def test_every_common_password_that_is_long_enough_is_refused() -> None:
    assert len(COMMON) > 20
    assert {code(word) for word in COMMON} == {"too_common"}


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password12345678",
        "P@ssw0rdP@ssw0rd",
        "qwertyuiopasdfgh",
        "aaaaaaaaaaaaaaaa",
        "1234567890123456",
        "abcdefghijklmnop",
        "2026-11-29-2026-11-29",
        "correctcorrectcorrect",
        "nurse.01nurse.01",
        "test nurse test nurse",
        "Clinic of the tests 1",
        "clinicofthetests2026",
        "medicationchecklist",
        "medication-checklist",
        "- - - - - - - - -",
        "a" * 400,
    ],
)
def test_what_is_guessed_first_is_refused_however_long_it_is(password: str) -> None:
    assert code(password) == "too_common"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "tres tristes lámparas azules",
        "пять зелёных чашек у окна",
        "seven teaspoons sleep upstairs",
        "no capital or number in it",
        "x7!" + "q" * 8 + "Zr#9kLw2",
    ],
)
def test_what_is_long_and_not_common_is_taken_without_rules_about_its_signs(password: str) -> None:
    assert code(password) is None


def test_a_password_that_the_service_makes_is_always_taken() -> None:
    assert [code(made_password()) for _ in range(20)] == [None] * 20


def test_what_is_common_depends_on_who_chooses_it() -> None:
    own = "harrowgate eyre"

    assert code(own, ()) is None
    assert code(own, ("Harrowgate Eyre", "clinic")) == "too_common"


def test_fourteen_characters_are_too_few_and_fifteen_are_enough() -> None:
    assert code("kzvq mwxp trnb"[:14]) == "too_short"
    assert code("kzvq mwxp trnbh") is None


def test_a_password_counts_to_its_last_sign_and_reads_alike_from_every_keyboard() -> None:
    long = "seven teaspoons sleep upstairs " * 8
    kept = hash_password(long + "é")
    member = StaffMember(UUID(int=1), UUID(int=2), "nurse.01", "Test Nurse", Role.NURSE, kept)

    assert password_fits(member, long + "e\u0301")
    assert not password_fits(member, long + "e")
    assert not password_fits(member, long)


def test_for_nobody_as_much_is_computed_as_for_a_member_of_staff() -> None:
    work = (extract_parameters(kept) for kept in (hash_password("x" * 15), _NOBODYS_HASH))

    assert next(work) == next(work)
    assert not password_fits(None, "x" * 15)
