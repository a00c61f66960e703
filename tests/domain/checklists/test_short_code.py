"""The code that a nurse types from paper: whatever slips, the service notices."""

from collections.abc import Sequence
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.checklists.short_code import (
    ALPHABET,
    LENGTH,
    MistypedCodeError,
    make_code,
    printed,
    read_code,
)
from tests.domain.made_up import steady


def code_of(numbers: Sequence[int]) -> str:
    remaining = iter(numbers)
    return make_code(lambda _: next(remaining))


CODES = [make_code(Random(seed).randrange) for seed in range(20)]  # noqa: S311 -- the same codes every time
codes = st.lists(st.integers(0, len(ALPHABET) - 1), min_size=LENGTH, max_size=LENGTH).map(code_of)


def refused(typed: str) -> bool:
    try:
        read_code(typed)
    except MistypedCodeError:
        return True
    return False


def swapped(code: str, first: int, second: int) -> str:
    signs = list(code)
    signs[first], signs[second] = signs[second], signs[first]
    return "".join(signs)


@pytest.mark.parametrize("code", CODES)
def test_every_single_wrong_sign_is_noticed(code: str) -> None:
    for place, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            assert refused(code[:place] + wrong + code[place + 1 :]), (code, place, wrong)


def test_every_swap_of_two_different_signs_is_noticed_wherever_they_stand() -> None:
    # The check is a sum over the signs: whether a swap shows depends on those two and their places alone.
    for first, second in combinations(range(LENGTH), 2):
        for a, b in combinations(range(len(ALPHABET)), 2):
            signs = [0] * LENGTH
            signs[first], signs[second] = a, b
            assert refused(swapped(code_of(signs), first, second)), (first, second, a, b)


def test_every_swap_with_the_check_sign_is_noticed() -> None:
    # Here it depends on the sign, its place and the rest of the sum, which one other sign makes any number.
    for place in range(LENGTH):
        for sign in range(len(ALPHABET)):
            for rest in range(len(ALPHABET)):
                signs = [rest] * LENGTH
                signs[place] = sign
                code = code_of(signs)
                same = code[place] == code[LENGTH]
                assert refused(swapped(code, place, LENGTH)) is not same, (place, sign, rest)


@steady
@given(codes)
def test_a_code_is_read_as_it_was_printed_and_however_a_person_types_it(code: str) -> None:
    assert len(code) == LENGTH + 1
    assert read_code(code) == code
    assert read_code(printed(code)) == code
    assert read_code(f" {printed(code).lower().replace('-', ' ')} ") == code
    assert read_code(code.replace("0", "O").replace("1", "l")) == code
    assert read_code(code.replace("0", "o").replace("1", "I")) == code


def test_a_code_is_printed_in_threes() -> None:
    assert printed("7K2M9X4PD") == "7K2-M9X-4PD"


@pytest.mark.parametrize("typed", ["", "7K2", "7K2M9X4PDD", "7K2M9X4P?", "7K2M9XZPD", "7K2M9XUPD", "ß" * 5])
def test_what_was_never_printed_is_refused(typed: str) -> None:
    assert refused(typed)


def test_a_sign_that_looks_like_another_is_never_printed() -> None:
    assert set(ALPHABET).isdisjoint("ILOUZ")
    assert len(set(ALPHABET)) == 31
