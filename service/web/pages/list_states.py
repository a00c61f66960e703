"""How a patient's list stands, in words: what is still to ask, each kind of gap on one line."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from service.domain.gaps import Gap, GapKind
from service.domain.wording import Catalogue
from service.domain.worklist import ListState

KEYS: Mapping[str, Callable[[object], str]] = {
    "answer_key": lambda answer: f"answer_word.{answer}",
    "category_key": lambda category: f"strip.{category}",
    "status_key": lambda status: f"worklist_status.{status}",
}
"""What the templates put a key of the catalogue together with."""


def to_ask(state: ListState, words: Catalogue) -> tuple[str, ...]:
    """A line for each kind of gap, most pressing first; it counts items and never names one."""
    kinds = groupby(state.gaps, key=attrgetter("kind"))
    return tuple(_line(kind, list(gaps), words) for kind, gaps in kinds)


def _line(kind: GapKind, gaps: Sequence[Gap], words: Catalogue) -> str:
    places: Mapping[str, object] = {
        "categories": ", ".join(words.text(f"strip.{gap.category}") for gap in gaps if gap.category),
        "number": sum(len(gap.items) for gap in gaps),
    }
    return words.text(f"to_ask.{kind}", **places)
