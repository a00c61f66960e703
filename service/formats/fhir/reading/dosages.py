"""How a medicine is taken: the sender's text or, where there is none, its literal values."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.text import TEXT_LENGTH
from service.formats.fhir.reading.dosage_words import dosage_words
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.identifiers import words_of

_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Dosage:
    """The facts of an item that R4 keeps in its dosages."""

    dosage_text: str | None = None
    route: str | None = None
    frequency: str | None = None
    as_needed: bool | None = None


def read_dosages(root: Element, name: str) -> Dosage:
    """All dosages as one: their texts in a row; whether as needed only where all of them agree."""
    dosages = root.parts(name)
    if not dosages:
        return Dosage()
    texts = [_text(one) for one in dosages]
    routes = [words_of(one.part("route")) for one in dosages]
    frequencies = [_frequency(one) for one in dosages]
    return Dosage(
        dosage_text=_joined(root, name, texts),
        route=_joined(root, name, list(dict.fromkeys(routes))),
        frequency=_joined(root, name, list(dict.fromkeys(frequencies))),
        as_needed=_as_needed(root, name, dosages),
    )


def _text(dosage: Element) -> str | None:
    text = dosage.text("text")
    if text:
        return text
    words = dosage_words(dosage)
    if words:
        dosage.notes.tell(dosage.at("text"), "There is no text; the literal values stand in its place.")
    return words


def _frequency(dosage: Element) -> str | None:
    timing = dosage.part("timing")
    return words_of(timing.part("code")) if timing else None


def _joined(root: Element, name: str, texts: Sequence[str | None]) -> str | None:
    return root.checked(name, _BETWEEN.join(text for text in texts if text), TEXT_LENGTH)


def _as_needed(root: Element, name: str, dosages: Sequence[Element]) -> bool | None:
    said = {_one_as_needed(one) for one in dosages}
    if len(said) > 1:
        root.notes.tell(root.at(name), "One dosage is as needed and another is not; this is not kept.")
        return None
    return said.pop()


def _one_as_needed(dosage: Element) -> bool | None:
    flag = dosage.flag("asNeededBoolean")
    return True if flag is None and dosage.part("asNeededCodeableConcept") else flag
