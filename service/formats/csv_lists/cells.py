"""The cells of one row, each read as its column has it, with an issue for each that is at fault."""

from collections.abc import Mapping

from service.domain.text import PartialDate, clean, fault_in
from service.formats.csv_lists.columns import COLUMNS, About, Kind
from service.formats.csv_lists.naming import Naming
from service.formats.findings import Issue, Severity

_FLAGS = {"true": True, "false": False}


class Cells:
    """The cells of a row that have something in them, by column; ``issues`` is what was found so far."""

    def __init__(self, cells: Mapping[str, str], naming: Naming) -> None:
        self._texts = {column: text for column, cell in cells.items() if (text := clean(cell))}
        self._naming = naming
        self.issues: list[Issue] = []

    def __bool__(self) -> bool:
        return bool(self._texts)

    @property
    def refused(self) -> bool:
        """Whether a fault was found."""
        return any(issue.severity is Severity.ERROR for issue in self.issues)

    def about(self, about: About) -> list[str]:
        """The columns that speak of this and have something in them."""
        return [column for column in self._texts if COLUMNS[column].about is about]

    def refuse(self, column: str | None, code: str, detail: str) -> None:
        """Nothing of the row is taken, and why."""
        self.issues.append(Issue(Severity.ERROR, code, detail, column))

    def tell(self, code: str, detail: str) -> None:
        """Something that is worth knowing of the row."""
        self.issues.append(Issue(Severity.INFORMATION, code, detail))

    def text(self, column: str) -> str | None:
        """A text as it stands, but for blanks around it; one of several lines where the column has those."""
        text = self._texts.get(column)
        if text is None:
            return None
        lines = COLUMNS[column].kind is Kind.LINES
        if lines:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        fault = fault_in(text, most=COLUMNS[column].most, lines=lines)
        if fault is None:
            return text
        self.refuse(column, "too-long" if fault.code == "too_long" else "value", fault.detail)
        return None

    def day(self, column: str) -> PartialDate | None:
        """A date, as whole as it is known."""
        text = self._texts.get(column)
        try:
            return PartialDate.parse(text) if text else None
        except ValueError:
            self.refuse(column, "value", "Not a date such as 2026, 2026-12 or 2026-12-01.")
            return None

    def word(self, column: str) -> str | None:
        """One of the column's own words."""
        text, words = self._texts.get(column), COLUMNS[column].words
        meant = None if text is None else self._naming.meant(column, text)
        if meant is None or meant in words:
            return meant
        self.refuse(column, "code-invalid", f"Not one of: {', '.join(words)}.")
        return None

    def flag(self, column: str) -> bool | None:
        """Yes or no; programs that keep tables write these words in capitals too."""
        text = self._texts.get(column)
        if text is not None and text.lower() in _FLAGS:
            return _FLAGS[text.lower()]
        word = self.word(column)
        return None if word is None else _FLAGS[word]
