"""What an issued sheet says of itself today: its status, what changed since, and its guidance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.checklists.checklist import ChecklistStatus, Withdrawal, status_of, withdrawal_document
from service.domain.checklists.document import in_foreign
from service.domain.checklists.guidance_today import GuidanceToday, guidance_today_document
from service.domain.checklists.record_texts import fact_text
from service.domain.checklists.signed_and_marked import NOTHING_SIGNED
from service.domain.medications.difference import AnswerChange, Difference, ItemChange
from service.domain.wording import Catalogue


@dataclass(frozen=True, slots=True)
class ChecklistState:
    """``changes`` is there exactly when the sheet's list is not the latest, withdrawn or not.

    ``signed_and_marked`` is what ``signed_and_marked_document`` makes; ``guidance`` has one
    entry for each treatment of the sheet.
    """

    list_version: int
    latest_version: int
    changes: Difference | None = None
    withdrawal: Withdrawal | None = None
    signed_and_marked: Mapping[str, Any] = field(default_factory=lambda: NOTHING_SIGNED)
    guidance: tuple[GuidanceToday, ...] = ()

    def __post_init__(self) -> None:
        if (self.latest_version > self.list_version) != (self.changes is not None):
            raise ValueError("a sheet that is out of date says what changed, no other does")

    @property
    def status(self) -> ChecklistStatus:
        """Withdrawn, superseded or current."""
        return status_of(self.list_version, self.latest_version, self.withdrawal)


def state_document(state: ChecklistState, words: Catalogue) -> dict[str, Any]:
    """The state as JSON-ready data, in the catalogue's words. Never part of what was issued."""
    return {
        "status": state.status.value,
        "latest_version": state.latest_version,
        "withdrawn": withdrawal_document(state.withdrawal),
        "changes": changes_document(state.changes, words) if state.changes else None,
        "guidance_today": [guidance_today_document(one) for one in state.guidance],
        **state.signed_and_marked,
    }


def changes_document(changes: Difference, words: Catalogue) -> dict[str, Any]:
    """A difference as JSON-ready data: each change in words, with what was said before and now."""
    return {
        "from_version": changes.from_version,
        "to_version": changes.to_version,
        "items": [_item_change(change, words) for change in changes.items],
        "answers": [_answer_change(change, words) for change in changes.answers],
    }


def _item_change(change: ItemChange, words: Catalogue) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "label": words.text(f"change.{change.kind}"),
        **in_foreign(words.foreign(f"change.{change.kind}"), "label_language"),
        "item_id": str(change.after.id),
        "text": change.after.facts.called,
        "before_text": change.before.facts.called if change.before else None,
        "fields": [_changed_fact(change, name, words) for name in change.fields],
    }


def _changed_fact(change: ItemChange, name: str, words: Catalogue) -> dict[str, Any]:
    """A fact that differs, as it was and as it is; null where nothing was said of it."""
    return {
        "key": name,
        "label": words.text(f"item.{name}"),
        **in_foreign(words.foreign(f"item.{name}"), "label_language"),
        "before": fact_text(change.before.facts, name, words) if change.before else None,
        "after": fact_text(change.after.facts, name, words),
    }


def _answer_change(change: AnswerChange, words: Catalogue) -> dict[str, Any]:
    places = {
        "category": words.text(f"section.{change.category}"),
        "before": words.text(f"answer_word.{change.before}"),
        "after": words.text(f"answer_word.{change.after}"),
    }
    return {
        "category": change.category.value,
        "before": change.before.value,
        "after": change.after.value,
        "text": words.text("change.answer", **places),
        **in_foreign(words.foreign("change.answer")),
    }
