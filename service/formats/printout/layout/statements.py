"""The statements of the guidance, each with the numbers of the sentences that it cites."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.domain.wording import direction_of, same_language
from service.formats.isolated_text import IsolatedText
from service.formats.printout.layout.lines import Around, Line, Prose, prose_of


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement and the numbers of its sources; ``foreign`` to the sheet's language."""

    id: str
    text: str
    language: str
    direction: str
    foreign: bool
    sources: tuple[int, ...]
    mark: IsolatedText | None


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """The statements of one document. ``about`` says whose they are on a sheet for several treatments."""

    about: Prose | None
    statements: tuple[StatementRow, ...]
    foreign: bool


def statement_groups(lines: Iterable[Line], around: Around) -> Iterator[StatementGroup]:
    """The statements of a section, those of each document together."""
    return (_group(together, around) for together in _by_document(lines))


def _by_document(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each document together: a new one begins where a line says whose they are."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or line["kind"] == "wording":
            groups.append([])
        groups[-1].append(line)
    return groups


def _group(lines: list[Line], around: Around) -> StatementGroup:
    about = [prose_of(line, around) for line in lines if line["kind"] == "wording"]
    statements = [_statement(line, around) for line in lines if line["kind"] == "guidance"]
    foreign = any(statement.foreign for statement in statements)
    return StatementGroup(about[0] if about else None, tuple(statements), foreign)


def _statement(line: Line, around: Around) -> StatementRow:
    spoken = line["language"]
    return StatementRow(
        id=line["id"],
        text=line["text"],
        language=spoken,
        direction=direction_of(spoken),
        foreign=not same_language(spoken, around.language),
        sources=around.citations.numbers(line),
        mark=around.marks.get(line["id"]),
    )
