"""What is to be said of one entry, collected while it is read."""

from typing import Any, Protocol

from service.formats.findings import Issue, Severity


class Visited(Protocol):
    """An object of the document that was looked into: what it holds, and what of that was taken."""

    name: str
    content: dict[str, Any]
    taken: set[str]

    @property
    def place(self) -> str:
        """Its FHIRPath."""


class Notes:
    """The issues of one entry, each once, and every element that was looked at."""

    __slots__ = ("_issues", "refused", "visited")

    def __init__(self) -> None:
        self._issues: dict[Issue, None] = {}
        self.refused = False
        self.visited: list[Visited] = []

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The issues in the order in which they were found."""
        return tuple(self._issues)

    def refuse(self, place: str, code: str, detail: str) -> None:
        """The entry is not taken."""
        self.refused = True
        self._issues[Issue(Severity.ERROR, code, detail, place)] = None

    def warn(self, place: str, code: str, detail: str) -> None:
        """Something may be missing."""
        self._issues[Issue(Severity.WARNING, code, detail, place)] = None

    def tell(self, place: str, detail: str, code: str = "informational") -> None:
        """Worth knowing: how something was read, or that it was not kept."""
        self._issues[Issue(Severity.INFORMATION, code, detail, place)] = None
