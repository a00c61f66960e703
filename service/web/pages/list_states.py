"""How a patient's list stands, as the templates of the worklist and the search ask for it."""

from collections.abc import Callable, Mapping

KEYS: Mapping[str, Callable[[object], str]] = {
    "answer_key": lambda answer: f"answer_word.{answer}",
    "category_key": lambda category: f"strip.{category}",
    "status_key": lambda status: f"worklist_status.{status}",
}
"""What the templates put a key of the catalogue together with."""
