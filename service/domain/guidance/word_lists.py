"""How a language's closed lists of words are written down."""

from collections.abc import Mapping


def words(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


def named_forms(named: Mapping[str, str]) -> Mapping[str, str]:
    """Each form with the name that it goes by; the forms of a name are written as running text."""
    return {form: name for name, forms in named.items() for form in forms.split()}


def figures(text: str, *, first: int = 1) -> Mapping[str, str]:
    """Numbers written as words, each with its figure; they are written in order from the ``first``."""
    return {word: str(figure) for figure, word in enumerate(text.split(), start=first)}
