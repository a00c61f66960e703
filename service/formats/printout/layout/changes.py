"""What changed since a sheet was issued, as its first page tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.wording import Catalogue
from service.formats.isolated_text import IsolatedText, fixed, marked_label, marked_text, recorded


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact that differs: what it is called, what was said of it before and what is said now."""

    label: str
    before: IsolatedText
    after: IsolatedText


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the sheet and the latest list."""

    label: str
    text: IsolatedText
    before: IsolatedText | None
    facts: tuple[ChangedFact, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the sheet was issued; ``answers`` are whole sentences."""

    title: str
    items: tuple[Change, ...]
    answers: tuple[str, ...]


def changes_of(state: Mapping[str, Any], words: Catalogue) -> Changes | None:
    """What the latest list says otherwise; None while the sheet's list is the latest."""
    changes = state["changes"]
    if changes is None:
        return None
    answers = [marked_text(answer) for answer in changes["answers"]]
    if not answers and not changes["items"]:
        answers = [words.text("change.none")]
    return Changes(
        words.text("change.title"),
        tuple(_change(change, words) for change in changes["items"]),
        tuple(answers),
    )


def _change(change: Mapping[str, Any], words: Catalogue) -> Change:
    before, nothing = change["before_text"], fixed(words.text("change.nothing"))
    return Change(
        label=marked_label(change),
        text=recorded(change["text"]),
        before=recorded(before) if before not in (None, change["text"]) else None,
        facts=tuple(
            ChangedFact(
                marked_label(fact),
                recorded(fact["before"]) if fact["before"] else nothing,
                recorded(fact["after"]) if fact["after"] else nothing,
            )
            for fact in change["fields"]
            # What it goes by is said above.
            if (fact["before"], fact["after"]) != (before, change["text"])
        ),
    )
