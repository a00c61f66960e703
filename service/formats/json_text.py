"""JSON text, read strictly: what could be cut, doubled or misread is refused, never repaired."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

MOST_DEPTH = 32
MOST_DIGITS = 64
_HALF_A_PAIR = re.compile(r"\\u[dD][89a-fA-F]")
"""How half of a surrogate pair is written; no other way leads to one, as UTF-8 has none."""


class BodyRefusedError(Exception):
    """The body cannot be read: 400, 413 or 415, with a stable code and a sentence for people."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number with a fraction or an exponent, as its digits stand: ``1.50`` is not ``1.5``."""

    digits: str


def parse_json(body: bytes) -> Any:
    """Parse bytes as JSON. Raises BodyRefusedError.

    Refused are invalid UTF-8, a depth over 32, NaN and the infinities, numbers of more than 64 digits, and
    the same key twice in one object.
    """
    return _parse(body, float)


def parse_json_as_written(body: bytes) -> Any:
    """The same, with every number that is not whole as a WrittenNumber."""
    return _parse(body, WrittenNumber)


def _parse(body: bytes, number: Callable[[str], Any]) -> Any:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BodyRefusedError(400, "not_utf8", "The body is not valid UTF-8.") from error
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique_and_whole if _HALF_A_PAIR.search(text) else _unique,
            parse_constant=_no_constant,
            parse_int=_whole_number,
            parse_float=lambda digits: number(_short_enough(digits)),
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BodyRefusedError(400, "not_json", f"The body is not JSON ({place}).") from error
    except RecursionError as error:
        raise _too_deep() from error
    _check_depth(value)
    return value


def _check_depth(value: object) -> None:
    """Walk down level by level; the value is there already, so its depth is bounded by the parser's own."""
    level = [value] if type(value) is dict or type(value) is list else []
    for _ in range(MOST_DEPTH):
        if not level:
            return
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
    if level:
        raise _too_deep()


def _too_deep() -> BodyRefusedError:
    return BodyRefusedError(400, "too_deep", f"The body is nested deeper than {MOST_DEPTH}.")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BodyRefusedError(400, "duplicate_key", "An object has the same key twice.")
    return found


def _unique_and_whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse half a surrogate pair in a key too, which no answer could name; a value is told by its place."""
    found = _unique(pairs)
    for key in found:
        try:
            key.encode("utf-8")
        except UnicodeEncodeError as error:
            raise BodyRefusedError(400, "not_utf8", "A key holds half a surrogate pair.") from error
    return found


def _no_constant(_name: str) -> NoReturn:
    raise BodyRefusedError(400, "not_json", "NaN and Infinity are not JSON.")


def _whole_number(digits: str) -> int:
    return int(_short_enough(digits))


def _short_enough(digits: str) -> str:
    if len(digits) > MOST_DIGITS:
        raise BodyRefusedError(400, "number_too_long", f"A number has more than {MOST_DIGITS} signs.")
    return digits
