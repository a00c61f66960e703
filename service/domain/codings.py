"""A code of a medicine, a treatment or an order, kept as it was given; what it means is never looked up."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Coding:
    """A code in a named coding system, as it was given."""

    system: str
    code: str
    display: str | None = None


def coding_document(coding: Coding) -> dict[str, Any]:
    """A code in its system, as JSON-ready data."""
    return {"system": coding.system, "code": coding.code, "display": coding.display}
