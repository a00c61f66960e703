"""The tables of a file, asked for what should stand in them; whatever does not is noted with its place."""

import re
from datetime import date, datetime
from typing import Any, TypeVar

from service.domain.errors import Fault

_ANY = re.compile(r"\s*\S[\s\S]*")
_T = TypeVar("_T")
_KINDS: dict[type, str] = {str: "text", int: "a number", list: "a list", dict: "a table", date: "a date"}


class TomlTable:
    """One table of the file. A look-up that finds nothing to use notes why and gives None.

    ``faults`` is shared by all tables of the file.
    """

    def __init__(self, values: dict[str, Any], pointer: str, faults: list[Fault]) -> None:
        self.values = values
        self.faults = faults
        self._pointer = pointer
        self._asked: set[str] = set()

    def fault(self, code: str, detail: str, *path: str | int) -> None:
        """Note what is wrong, and where below this table."""
        steps = [str(step).replace("~", "~0").replace("/", "~1") for step in path]
        self.faults.append(Fault("/".join((self._pointer, *steps)), code, detail))

    def refuse_unknown_keys(self) -> None:
        """Note each key that nobody asked for."""
        for key in sorted(self.values.keys() - self._asked):
            self.fault("unknown_key", f"{key!r} is not a key of this table.", key)

    def value(self, key: str, kind: type[_T], *, optional: bool = False) -> _T | None:
        """The value where it is there and of the kind asked for; true is no number, an instant no date."""
        self._asked.add(key)
        value = self.values.get(key)
        if value is None:
            if not optional:
                self.fault("missing", f"{key!r} is missing.", key)
            return None
        if isinstance(value, kind) and not isinstance(value, bool | datetime):
            return value
        self.fault("wrong_type", f"{key!r} must be {_KINDS[kind]}.", key)
        return None

    def text(self, key: str, form: re.Pattern[str] = _ANY, *, optional: bool = False) -> str | None:
        """The text where it is there and of the form asked for."""
        text = self.value(key, str, optional=optional)
        if text is None or form.fullmatch(text):
            return text
        self.fault("invalid", f"{key!r} is not in the right form.", key)
        return None

    def table(self, key: str) -> "TomlTable | None":
        """The table inside; None where there is none, which is noted."""
        values = self.value(key, dict)
        return None if values is None else self.inside(values, key)

    def inside(self, values: dict[str, Any], *path: str | int) -> "TomlTable":
        """A table inside that was found otherwise, by its path."""
        return TomlTable(values, "/".join((self._pointer, *map(str, path))), self.faults)

    def tables(self, key: str, *, optional: bool = False) -> "list[TomlTable]":
        """The tables of a list."""
        found: list[TomlTable] = []
        for number, values in enumerate(self.value(key, list, optional=optional) or ()):
            if isinstance(values, dict):
                found.append(self.inside(values, key, number))
            else:
                self.fault("wrong_type", f"Each of {key!r} must be a table.", key, number)
        return found
