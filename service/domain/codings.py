"""A code of a medicine, a treatment or an order, kept as it was given; what it means is never looked up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coding:
    """A code in a named coding system, as it was given."""

    system: str
    code: str
    display: str | None = None
