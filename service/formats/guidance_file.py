"""Reads a guidance file (TOML) and names everything wrong with its shape at once.

Whether its statements say only what the document says is ``domain.guidance.check``'s to decide.
"""

import re
import tomllib
from datetime import date, datetime
from typing import Any, TypeVar

from service.domain.codings import Coding
from service.domain.errors import Fault, RefusedError
from service.domain.guidance.statements import (
    Guidance,
    Review,
    SourceDocument,
    Statement,
    StatementSection,
    Translation,
    Treatment,
)
from service.domain.sentences.numbering import SentenceNumber

IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The id of a document, a treatment or a statement: small letters, digits and single hyphens."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ANY = re.compile(r"\s*\S[\s\S]*")
_T = TypeVar("_T")


_KINDS: dict[type, str] = {str: "text", int: "a number", list: "a list", dict: "a table", date: "a date"}


def read_guidance(toml: str) -> Guidance:
    """The guidance in the file's text. Raises RefusedError with a fault for each thing wrong.

    A review without a digest is kept with an empty one: it is bound to no text and counts as none.
    """
    try:
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise RefusedError(Fault("", "not_toml", f"The file is not TOML: {error}.")) from error
    table = _Table(data, "", [])
    document = _document(table.table("document"))
    treatment = _treatment(table.table("treatment"))
    statements = [_statement(entry) for entry in table.tables("statements")]
    table.refuse_unknown_keys()
    if data.get("statements") == []:
        table.fault("missing", "There must be at least one statement.", "statements")
    _refuse_repeated_ids(table, statements)
    if table.faults or document is None or treatment is None:
        raise RefusedError(*table.faults)
    return Guidance(document, treatment, tuple(statement for statement in statements if statement))


class _Table:
    """One table of the file. A look-up that finds nothing to use notes why and gives None.

    ``faults`` is shared by all tables of the file.
    """

    def __init__(self, values: dict[str, Any], pointer: str, faults: list[Fault]) -> None:
        self.values = values
        self.faults = faults
        self._pointer = pointer
        self._asked: set[str] = set()

    def fault(self, code: str, detail: str, *path: str | int) -> None:
        steps = [str(step).replace("~", "~0").replace("/", "~1") for step in path]
        self.faults.append(Fault("/".join((self._pointer, *steps)), code, detail))

    def refuse_unknown_keys(self) -> None:
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
        text = self.value(key, str, optional=optional)
        if text is None or form.fullmatch(text):
            return text
        self.fault("invalid", f"{key!r} is not in the right form.", key)
        return None

    def table(self, key: str) -> "_Table | None":
        values = self.value(key, dict)
        return None if values is None else self.inside(values, key)

    def inside(self, values: dict[str, Any], *path: str | int) -> "_Table":
        return _Table(values, "/".join((self._pointer, *map(str, path))), self.faults)

    def tables(self, key: str, *, optional: bool = False) -> "list[_Table]":
        found: list[_Table] = []
        for number, values in enumerate(self.value(key, list, optional=optional) or ()):
            if isinstance(values, dict):
                found.append(self.inside(values, key, number))
            else:
                self.fault("wrong_type", f"Each of {key!r} must be a table.", key, number)
        return found


def _document(table: _Table | None) -> SourceDocument | None:
    if table is None:
        return None
    found = (
        table.text("id", IDENTIFIER),
        table.text("title"),
        table.text("language", _LANGUAGE),
        table.text("file"),
    )
    sha256 = table.text("sha256", _SHA256)
    sentences = table.value("sentences", int, optional=True)
    if sentences is not None and sentences < 1:
        table.fault("invalid", "A document has at least one sentence.", "sentences")
    table.refuse_unknown_keys()
    identifier, title, language, file = found
    if identifier is None or title is None or language is None or file is None or sha256 is None:
        return None
    return SourceDocument(identifier, title, language, file, sha256, sentences)


def _treatment(table: _Table | None) -> Treatment | None:
    if table is None:
        return None
    identifier, name = table.text("id", IDENTIFIER), table.text("name")
    codings = [_coding(entry) for entry in table.tables("codings", optional=True)]
    table.refuse_unknown_keys()
    if identifier is None or name is None:
        return None
    return Treatment(identifier, name, tuple(coding for coding in codings if coding))


def _coding(table: _Table) -> Coding | None:
    system, code, display = table.text("system"), table.text("code"), table.text("display", optional=True)
    table.refuse_unknown_keys()
    return None if system is None or code is None else Coding(system, code, display)


def _statement(table: _Table) -> Statement | None:
    identifier, section, text = table.text("id", IDENTIFIER), _section(table), table.text("text")
    cites = _cites(table)
    review = _review(table)
    translations = _translations(table)
    table.refuse_unknown_keys()
    if identifier is None or section is None or text is None or not cites:
        return None
    return Statement(identifier, section, text, cites, review, translations)


def _section(table: _Table) -> StatementSection | None:
    section = table.text("section")
    if section in set(StatementSection):
        return StatementSection(section)
    if section is not None:
        table.fault("invalid", f"'section' must be one of {', '.join(StatementSection)}.", "section")
    return None


def _cites(table: _Table) -> tuple[SentenceNumber, ...]:
    cites = table.value("cites", list)
    numbers: list[SentenceNumber] = []
    for place, cited in enumerate(cites or ()):
        try:
            number = SentenceNumber.parse(cited if isinstance(cited, str) else "")
        except ValueError:
            table.fault("invalid", 'A citation is a paragraph and a sentence such as "5.2".', "cites", place)
            continue
        if number in numbers:
            table.fault("repeated", f"{number} is cited twice.", "cites", place)
        numbers.append(number)
    if cites == []:
        table.fault("missing", "A statement cites at least one sentence.", "cites")
    return tuple(numbers)


def _review(table: _Table) -> Review | None:
    if "reviewed" not in table.values:
        return None
    inner = table.table("reviewed")
    if inner is None:
        return None
    by, on, digest = inner.text("by"), inner.value("on", date), inner.text("digest", optional=True)
    inner.refuse_unknown_keys()
    return None if by is None or on is None else Review(by, on, digest or "")


def _translations(table: _Table) -> tuple[Translation, ...]:
    found: list[Translation] = []
    languages = table.value("translations", dict, optional=True) or {}
    for language, values in languages.items():
        if not _LANGUAGE.fullmatch(language):
            table.fault(
                "invalid", f"{language!r} is not a language tag such as es.", "translations", language
            )
        elif not isinstance(values, dict):
            table.fault("wrong_type", "A translation must be a table.", "translations", language)
        else:
            inner = table.inside(values, "translations", language)
            text, review = inner.text("text"), _review(inner)
            inner.refuse_unknown_keys()
            if text is not None:
                found.append(Translation(language, text, review))
    return tuple(found)


def _refuse_repeated_ids(table: _Table, statements: list[Statement | None]) -> None:
    seen: set[str] = set()
    for place, statement in enumerate(statements):
        if statement and statement.id in seen:
            table.fault(
                "repeated", f"Another statement has the id {statement.id!r}.", "statements", place, "id"
            )
        if statement:
            seen.add(statement.id)
