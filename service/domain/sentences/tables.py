"""Tables of a plain text: which lines are rows, and a row's words with a mark between its cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.domain.sentences.abbreviations import STOPS

MARK = "|"

_RULING = re.compile(r"[-=_~*+|:─━│┃┼╋\s]{3,}")
_AFTER_STOP = 2
"""So many spaces after a stop are a typist's habit and no gap."""

_GAP = re.compile(r"(?<=\S)\s{2,}(?=\S)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row's words. ``goes_on`` says that its first cell is empty, so that it belongs to the row above."""

    words: list[str]
    goes_on: bool = False


def is_ruling(line: str) -> bool:
    """Whether the line is drawn and has no words: three marks at least."""
    return bool(_RULING.fullmatch(line.strip()))


def rows(lines: Sequence[str], bodies: Sequence[int]) -> list[Row | None]:
    """For each line of a paragraph the row that it is, or None.

    ``bodies`` says for each line where its text begins, behind a bullet or a label: no cell ends before.
    """
    found: list[Row | None] = [Row(line.split()) if MARK in line else None for line in lines]
    tabbed = [
        MARK not in line and "\t" in line[body:].strip() for line, body in zip(lines, bodies, strict=True)
    ]
    for at, line in enumerate(lines):
        beside = tabbed[at - 1 : at] + tabbed[at + 1 : at + 2]
        if tabbed[at] and (len(lines) == 1 or any(beside)):
            found[at] = Row(_between_tabs(line, bodies[at]))
    spaced = (
        _Line(at, line.rstrip(), () if found[at] else tuple(_gaps(line.rstrip(), bodies[at])))
        for at, line in enumerate(lines)
        if not is_ruling(line)
    )
    for table in _tables(spaced):
        fullest = max((line.gaps for line in table), key=len)
        columns = {column: number for number, gap in enumerate(fullest) for column in gap}
        for row in table:
            words = row.words(columns)
            found[row.at] = Row(words, goes_on=row is not table[0] and words[0] == MARK)
    return found


def _between_tabs(line: str, body: int) -> list[str]:
    """Each tab is a mark, so that an empty cell is seen."""
    return (line[:body] + line[body:].rstrip().replace("\t", f" {MARK} ")).split()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that may be a row with two or more spaces between its cells; ``gaps`` are their columns."""

    at: int
    text: str
    gaps: tuple[range, ...]

    @property
    def indent(self) -> range:
        return range(len(self.text) - len(self.text.lstrip()))

    def stands_under(self, row: "_Line") -> bool:
        """Whether every gap of the one with fewer has two columns in common with a gap of the other."""
        if not self.gaps:
            return False
        fewer, more = sorted((self.gaps, row.gaps), key=len)
        blank = {column for gap in more for column in gap[1:]}
        return bool(fewer) and all(any(column in blank for column in gap[1:]) for gap in fewer)

    def goes_on(self, row: "_Line") -> bool:
        """Whether it is a single text that begins further right than the row's first cell ends."""
        return not self.gaps and len(self.indent) > row.gaps[0].start + 1

    def words(self, columns: Mapping[int, int]) -> list[str]:
        """Its words with a mark for each gap, or for each gap of the fullest row that the gap spans."""
        found = [MARK] * len({columns[column] for column in self.indent if column in columns})
        end = 0
        for gap in self.gaps:
            spanned = len({columns[column] for column in gap if column in columns})
            found += self.text[end : gap.start].split() + [MARK] * max(1, spanned)
            end = gap.stop
        return found + self.text[end:].split()


def _tables(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    """Two or more lines under each other with gaps at the same columns, and what goes on under a row."""
    table: list[_Line] = []
    row: _Line | None = None
    for line in lines:
        if row and len(table) > 1 and line.goes_on(row):
            table.append(line)
            continue
        if row and line.stands_under(row):
            table.append(line)
        else:
            if len(table) > 1:
                yield table
            table = [line]
        row = line
    if len(table) > 1:
        yield table


def _gaps(line: str, body: int) -> Iterator[range]:
    for gap in _GAP.finditer(line):
        after_stop = len(gap[0]) == _AFTER_STOP and line[gap.start() - 1] in STOPS
        if gap.start() >= body and not after_stop:
            yield range(*gap.span())
