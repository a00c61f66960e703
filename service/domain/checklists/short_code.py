"""The short code printed on a sheet: eight signs and a check sign, typed or scanned.

The alphabet has 31 signs, a prime, without I, L, O, U and Z: read aloud or written by hand, none is taken for
another. The check sign is a weighted sum modulo 31 and finds every single wrong sign and every swap of two.
"""

from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
LENGTH = 8
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class MistypedCodeError(ValueError):
    """Not a code that this service can have printed."""


def make_code(random_below: Callable[[int], int]) -> str:
    """A new code of nine signs. ``random_below(n)`` gives an unguessable number from 0 to n - 1."""
    signs = "".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(LENGTH))
    return signs + _check_sign(signs)


def read_code(typed: str) -> str:
    """The code that was typed, in its stored form. Raises MistypedCodeError."""
    signs = typed.upper().translate(_READ_AS)
    if len(signs) != LENGTH + 1 or any(sign not in ALPHABET for sign in signs):
        raise MistypedCodeError("A code has nine letters and digits.")
    if _check_sign(signs[:LENGTH]) != signs[LENGTH]:
        raise MistypedCodeError("The code was mistyped: its last sign does not fit the others.")
    return signs


def printed(code: str) -> str:
    """The code in groups of three, as it stands on paper: ``7K2-M9X-4PD``."""
    return "-".join(code[start : start + 3] for start in range(0, len(code), 3))


def _check_sign(signs: str) -> str:
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(signs, start=2))
    return ALPHABET[total % len(ALPHABET)]
