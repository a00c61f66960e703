"""The one line of a card that everybody reads: what was not asked, or that a list is on file."""

from service.domain.cards.cards import Card, Whose
from service.domain.checklists.worklist import ListState
from service.domain.medications.categories import Answer, Category
from service.domain.wording import Catalogue

_TO_ASK = (Answer.NOT_ASKED, Answer.UNKNOWN, Answer.DECLINED, Answer.ITEMS_REPORTED)
"""The answers that leave a category to be asked; the last where nothing of it is listed."""


def summary(card: Card) -> str:
    """At most 139 signs, as CDS Hooks has it."""
    words = card.words
    if card.shown is None:
        nothing = _parts({Answer.NOT_ASKED: list(Category)}, words)
        key = "card.no_list" if card.whose is Whose.NOT_ON_FILE else f"card.{card.whose}"
        return words.text(key, parts=nothing)
    state = card.shown.state
    if left := _left(state):
        return words.text("card.incomplete", parts=_parts(left, words))
    date = words.date(card.shown.on)
    if state.gaps:
        return words.text("card.on_file_with_gaps", date=date, number=len(state.gaps))
    return words.text("card.on_file", date=date)


def _left(state: ListState) -> dict[Answer, list[Category]]:
    """The categories still to ask, by their answer, what was not asked first."""
    return {
        answer: categories
        for answer in _TO_ASK
        if (categories := [s.category for s in state.categories if s.answer is answer and s.items is None])
    }


def _parts(left: dict[Answer, list[Category]], words: Catalogue) -> str:
    said = (
        words.text(
            f"card_part.{answer}",
            categories=", ".join(words.text(f"card_category.{category}") for category in categories),
        )
        for answer, categories in left.items()
    )
    return "; ".join(said)
