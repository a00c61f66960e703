"""What is said of a text of an output: what it rests on, or what is wrong with it."""

from dataclasses import dataclass
from enum import StrEnum

from service.formats.proof.issued import Kind


class Flaw(StrEnum):
    """What is wrong with a text of an output."""

    UNPROVEN = "rests on nothing"
    EXTRA = "is not one of the document's texts"
    REPEATED = "stands there too often"
    MISSING = "is missing"


@dataclass(frozen=True, slots=True)
class Fault:
    """A text that is not covered, and where it stands or should stand."""

    flaw: Flaw
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A text of the document, where it stands in it, and what it rests on."""

    place: str
    text: str
    kind: Kind
