"""Amounts as words: the literal values in their order, never what they might mean."""

from collections.abc import Sequence

from service.domain.text import TEXT_LENGTH
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.identifiers import words_of


def quantity(element: Element | None) -> str | None:
    """A number with its unit, ``1.50 mg``; a comparator stands before it."""
    if element is None:
        return None
    unit = element.short("unit") or element.short("code")
    parts = (element.short("comparator"), element.digits("value"), unit)
    element.take("system", "code")
    return " ".join(part for part in parts if part) or None


def ratio(element: Element | None) -> str | None:
    """Two quantities with a stroke between them."""
    if element is None:
        return None
    parts = (quantity(element.part("numerator")), quantity(element.part("denominator")))
    return " / ".join(part for part in parts if part) or None


def amounts(element: Element | None) -> str | None:
    """A range: both ends, or the one that is known with its name."""
    if element is None:
        return None
    low, high = quantity(element.part("low")), quantity(element.part("high"))
    if low and high:
        return f"{low} to {high}"
    return f"low {low}" if low else (f"high {high}" if high else None)


def ingredient_name(ingredient: Element) -> str | None:
    """What an ingredient is called."""
    reference = ingredient.part("itemReference")
    return words_of(ingredient.part("itemCodeableConcept")) or (
        reference.text("display") if reference else None
    )


def strength_of(ingredients: Sequence[tuple[str | None, Element]]) -> str | None:
    """The ratio of the ingredient; where there are several, of each by its name."""
    known = [(name, ratio(one.part("strength")), one) for name, one in ingredients]
    strengths = [
        text if len(ingredients) == 1 or not name else f"{name}: {text}" for name, text, _ in known if text
    ]
    if not strengths:
        return None
    return ingredients[0][1].checked("strength", "; ".join(strengths), TEXT_LENGTH)
