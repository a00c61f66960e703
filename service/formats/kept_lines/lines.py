"""Reading lines that were kept, whatever they say."""

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

_T = TypeVar("_T")


class KeptLineError(Exception):
    """A line does not say what was kept; the message says which."""


def read_lines(lines: Iterable[str], read: Callable[[Any], _T], what: str) -> list[_T]:
    """What each line says, as ``read`` takes it from the JSON; nothing where one of them is faulty.

    ``what`` ends the sentence about a line that is no JSON, or that ``read`` can make nothing of. Raises
    KeptLineError.
    """
    return [_read(number, line, read, what) for number, line in enumerate(lines, start=1) if line.strip()]


def _read(number: int, line: str, read: Callable[[Any], _T], what: str) -> _T:
    try:
        return read(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeptLineError(f"line {number} {what}") from None
