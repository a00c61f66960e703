"""Ids, codes and instants, by hand."""

import os
import secrets
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXY"


def new_id(now: datetime) -> str:
    """A UUIDv7."""
    ours = int(now.timestamp() * 1000).to_bytes(6) + os.urandom(10)
    number = int.from_bytes(ours) & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def new_code() -> str:
    """Eight signs and their check sign."""
    signs = [secrets.randbelow(31) for _ in range(8)]
    signs.append(sum(weight * sign for weight, sign in enumerate(signs, start=2)) % 31)
    return "".join(_SIGNS[sign] for sign in signs)


def printed(code: str) -> str:
    """The code in groups of three."""
    return f"{code[:3]}-{code[3:6]}-{code[6:]}"


def microseconds(at: datetime) -> int:
    """An instant as microseconds since 1970."""
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def instant_of(microseconds: int) -> str:
    """The instant that many microseconds after the start of 1970, as text."""
    return (_EPOCH + timedelta(microseconds=microseconds)).isoformat()


def now() -> datetime:
    """The instant."""
    return datetime.now(UTC)
