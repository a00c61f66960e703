"""What a file calls its columns and their words, where these are not the product's own."""

import codecs
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from service.domain.text import SHORT_LENGTH, clean, fault_in
from service.formats.csv_lists.columns import COLUMNS, IDENTIFIER_SYSTEM

ENCODING = "utf-8-sig"
"""UTF-8, with or without a mark at its beginning."""
DELIMITERS: Mapping[str, str] = {",": ",", ";": ";", "tab": "\t", "\t": "\t"}
"""What may stand between two cells, by what it is called."""


class NamingRefusedError(Exception):
    """What was said of a file's columns cannot be; ``details`` are sentences, one for each fault."""

    def __init__(self, *details: str) -> None:
        super().__init__(" ".join(details))
        self.details = details


@dataclass(frozen=True, slots=True)
class Naming:
    """How a file is to be read.

    ``columns`` has the header of a column by the column's name, ``ignored`` the headers that are left out,
    and ``values`` for a column what a word of the file means. ``identifier_system`` is that of rows which
    name none, ``item_id_system`` what the item ids are numbers in. ``delimiter`` is None where it is to be
    found. Raises NamingRefusedError.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    identifier_system: str | None = None
    item_id_system: str | None = None
    delimiter: str | None = None
    encoding: str = ENCODING

    def __post_init__(self) -> None:
        faults = [f"There is no column {name!r}." for name in self.columns if name not in COLUMNS]
        headers = list(self.columns.values())
        faults += [
            f"Two columns are read from {one!r}." for one in sorted({*headers}) if headers.count(one) > 1
        ]
        faults += [f"{one!r} is read and ignored." for one in sorted(self.ignored & set(headers))]
        for system in (self.identifier_system, self.item_id_system):
            if system is not None and (not system or fault_in(system, most=SHORT_LENGTH)):
                faults.append(f"{system!r} is no name of a system of numbers, such as urn:clinic:mrn.")
        for column, words in self.values.items():
            faults += _value_faults(column, words)
        if not _is_encoding(self.encoding):
            faults.append(f"There is no encoding {self.encoding!r}.")
        if faults:
            raise NamingRefusedError(*faults)

    def column_of(self, header: str) -> str | None:
        """The column that is read from a header, letter for letter; None where there is none."""
        called = {name: name for name in COLUMNS} | dict(self.columns)
        return next((name for name, known in called.items() if known == header), None)

    def meant(self, column: str, word: str) -> str:
        """What a word of the file means in a column."""
        return self.values.get(column, {}).get(word, word)


def _is_encoding(name: str) -> bool:
    try:
        return bool(codecs.lookup(name))
    except LookupError:
        return False


def _value_faults(column: str, words: Mapping[str, str]) -> list[str]:
    known = COLUMNS[column].words if column in COLUMNS else ()
    if not known:
        return [f"The words of the column {column!r} cannot be named: it has none of its own."]
    faults = [f"An empty cell of {column!r} says nothing, and cannot come to say anything."] * ("" in words)
    return faults + [
        f"{meaning!r} is no word of {column!r}: {', '.join(known)}."
        for meaning in words.values()
        if meaning not in known
    ]


def read_naming(text: str) -> Naming:
    """What a mapping file (TOML) says. Raises NamingRefusedError."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NamingRefusedError(f"It is not TOML: {error}.") from None
    unknown = [f"There is no {name!r} in a mapping file." for name in said if name not in _READERS]
    unfit = [
        f"{name!r} is not as it should be." for name in said if name in _READERS and not _fits(name, said)
    ]
    if unknown or unfit:
        raise NamingRefusedError(*unknown, *unfit)
    found: dict[str, Any] = {_ATTRIBUTES.get(name, name): _READERS[name](said[name]) for name in said}
    return Naming(**found)


def _fits(name: str, said: Mapping[str, Any]) -> bool:
    try:
        _READERS[name](said[name])
    except (AttributeError, KeyError, TypeError, LookupError):
        return False
    return True


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError
    return clean(said)


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(one) for name, one in said.items()}


def _ignored(said: Any) -> frozenset[str]:
    if not isinstance(said, list):
        raise TypeError
    return frozenset(map(_text, said))


_ATTRIBUTES = {"ignore": "ignored"}
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "columns": _texts,
    "ignore": _ignored,
    "values": lambda said: {
        column: {clean(word): _text(meaning) for word, meaning in words.items()}
        for column, words in said.items()
    },
    IDENTIFIER_SYSTEM: _text,
    "item_id_system": _text,
    "delimiter": lambda said: DELIMITERS[said],
    "encoding": _text,
}


def completed(naming: Naming, **said: Any) -> Naming:
    """The naming with what is said beside it, which holds where both say something."""
    columns = {**naming.columns, **said.pop("columns", {})}
    ignored = naming.ignored | said.pop("ignored", frozenset())
    told = {name: value for name, value in said.items() if value is not None}
    return replace(naming, columns=columns, ignored=ignored, **told)
