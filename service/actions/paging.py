"""One page of a longer list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """What is shown, and whether there is more behind it."""

    items: tuple[T, ...]
    more: bool


def page_of(found: Sequence[T], limit: int) -> Page[T]:
    """The page of what was asked for with one more than ``limit``."""
    return Page(tuple(found[:limit]), more=len(found) > limit)
