"""How an output joins texts, and what every part of a sheet is joined with."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from service.domain.zones import in_zone
from service.formats.proof.issued import Issued, Kind
from service.formats.proof.matching import Passage


@dataclass(frozen=True, slots=True)
class Layout:
    """What one output writes otherwise: marks that the other leaves to its look, and what it sets apart.

    ``pages`` is how many pages were read; None where the browser counts them.
    """

    bullet: str = ""
    system: str = " {}"
    values_apart: bool = True
    pages: int | None = None


class Joining(ABC):
    """A part of one sheet; ``proven`` are the texts of its document that rest on something."""

    def __init__(self, issued: Issued, proven: set[str], layout: Layout) -> None:
        self.used = issued.guidance
        self.words = issued.words
        self.proven = proven
        self.layout = layout
        self.document = issued.document

    @abstractmethod
    def passages(self) -> Iterator[Passage]:
        """Every passage that may stand there."""

    def fact(self, key: str, value: str, kind: Kind = Kind.RECORD, system: str = "") -> Iterator[Passage]:
        """A fact behind its label."""
        behind = value + (self.layout.system.format(system) if system else "")
        yield Passage(kind, f"{self.words.text(key)} {behind}", key, 0 if self.layout.values_apart else 1)
        if self.layout.values_apart:
            yield Passage(kind, behind, key, 1)
            yield Passage(kind, f"{self.words.text(key)} {value}", key)

    def instant(self, instant: str) -> str:
        """An instant in the clinic's time zone."""
        return self.words.instant(in_zone(datetime.fromisoformat(instant), self.document["time_zone"]))
