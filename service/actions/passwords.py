"""Passwords of staff: which ones are taken, what is kept of them, and whether one fits.

The rules are NIST SP 800-63B-4's, 3.1.1.2: long, not a common one, and nothing about which signs it holds.
"""

import re
from collections.abc import Iterable, Iterator

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from service.domain.access.credentials import SHORTEST_PASSWORD, StaffMember
from service.domain.errors import Fault, RefusedError
from service.domain.text import clean

# On zxcvbn's scale of 0 to 4: at least 10^8 guesses by somebody who has the lists of common ones. A guess
# costs Argon2id's 64 MB, or one of ten failures in a quarter of an hour.
_LEAST_SCORE = 3
_MOST_SIGNS_JUDGED = 40
"""A good beginning is enough: the whole password is kept, and to judge 100 signs can take 4 seconds."""
_OF_THE_SERVICE = ("medication checklist", "disclosure checklist", "sorafenib")
_GAPS = re.compile(r"[\s._-]+")
_HASHER = PasswordHasher()
_NOBODYS_HASH = (
    f"$argon2id$v=19$m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    f"${'A' * 22}${'A' * 43}"
)
"""What no password is known to have. An unknown log-in is held against it, to take as long as a known one."""


def check_password(password: str, pointer: str, known: Iterable[str] = ()) -> None:
    """Raise RefusedError for a password of fewer than 15 characters, and for one that is soon guessed.

    ``known`` is what anybody would try first: the person's log-in and name, the clinic's name.
    """
    password = clean(password)
    if len(password) < SHORTEST_PASSWORD:
        detail = f"A password has at least {SHORTEST_PASSWORD} characters."
        raise RefusedError(Fault(pointer, "too_short", detail))
    if _score(password, known) < _LEAST_SCORE:
        raise RefusedError(
            Fault(
                pointer,
                "too_common",
                "This password is too easy to guess. Choose a few words that do not belong together, "
                "without your name, your log-in or the clinic.",
            )
        )


def hash_password(password: str) -> str:
    """What is kept of a password: its Argon2id hash."""
    return _HASHER.hash(clean(password))


def password_fits(member: StaffMember | None, password: str) -> bool:
    """Whether a person logs in with this password; takes as long for nobody, and who has left does not."""
    try:
        _HASHER.verify(member.password_hash if member else _NOBODYS_HASH, clean(password))
    except VerificationError:
        return False
    return member is not None and member.left_at is None


def _score(password: str, known: Iterable[str]) -> int:
    # Its lists take 14 MB, and a password is chosen once in a long while.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    words = sorted({word for text in (*known, *_OF_THE_SERVICE) for word in _ways_to_write(text)})
    return min(
        int(zxcvbn(written[:_MOST_SIGNS_JUDGED], user_inputs=words, max_length=_MOST_SIGNS_JUDGED)["score"])
        for written in (password, _GAPS.sub("", password) or "-")
    )


def _ways_to_write(text: str) -> Iterator[str]:
    """A name as it is, without its gaps, and each of its words."""
    name = clean(text).lower()
    yield from (name, _GAPS.sub("", name), *filter(None, _GAPS.split(name)))
