"""Reads a guidance file (TOML) and names everything wrong with its shape at once."""

import re
import tomllib
from datetime import date

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
from service.formats.guidance_file.tables import TomlTable

IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The id of a document, a treatment or a statement: small letters, digits and single hyphens."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_guidance(toml: str) -> Guidance:
    """The guidance in the file's text. Raises RefusedError with a fault for each thing wrong.

    A review without a digest is kept with an empty one: it is bound to no text and counts as none.
    """
    try:
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise RefusedError(Fault("", "not_toml", f"The file is not TOML: {error}.")) from error
    table = TomlTable(data, "", [])
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


def _document(table: TomlTable | None) -> SourceDocument | None:
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


def _treatment(table: TomlTable | None) -> Treatment | None:
    if table is None:
        return None
    identifier, name = table.text("id", IDENTIFIER), table.text("name")
    codings = [_coding(entry) for entry in table.tables("codings", optional=True)]
    table.refuse_unknown_keys()
    if identifier is None or name is None:
        return None
    return Treatment(identifier, name, tuple(coding for coding in codings if coding))


def _coding(table: TomlTable) -> Coding | None:
    system, code, display = table.text("system"), table.text("code"), table.text("display", optional=True)
    table.refuse_unknown_keys()
    return None if system is None or code is None else Coding(system, code, display)


def _statement(table: TomlTable) -> Statement | None:
    identifier, section, text = table.text("id", IDENTIFIER), _section(table), table.text("text")
    cites = _cites(table)
    review = _review(table)
    translations = _translations(table)
    table.refuse_unknown_keys()
    if identifier is None or section is None or text is None or not cites:
        return None
    return Statement(identifier, section, text, cites, review, translations)


def _section(table: TomlTable) -> StatementSection | None:
    section = table.text("section")
    if section in set(StatementSection):
        return StatementSection(section)
    if section is not None:
        table.fault("invalid", f"'section' must be one of {', '.join(StatementSection)}.", "section")
    return None


def _cites(table: TomlTable) -> tuple[SentenceNumber, ...]:
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


def _review(table: TomlTable) -> Review | None:
    if "reviewed" not in table.values:
        return None
    inner = table.table("reviewed")
    if inner is None:
        return None
    by, on, digest = inner.text("by"), inner.value("on", date), inner.text("digest", optional=True)
    inner.refuse_unknown_keys()
    return None if by is None or on is None else Review(by, on, digest or "")


def _translations(table: TomlTable) -> tuple[Translation, ...]:
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


def _refuse_repeated_ids(table: TomlTable, statements: list[Statement | None]) -> None:
    seen: set[str] = set()
    for place, statement in enumerate(statements):
        if statement and statement.id in seen:
            table.fault(
                "repeated", f"Another statement has the id {statement.id!r}.", "statements", place, "id"
            )
        if statement:
            seen.add(statement.id)
