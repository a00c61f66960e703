"""Extensions that are understood: ours, and US Core's on how a medicine is taken."""

from dataclasses import dataclass

from service.domain.text import TEXT_LENGTH
from service.formats.fhir.codes import ADHERENCE, DATA_ABSENT_REASON, EXTENSION
from service.formats.fhir.reading.elements import Element

_OWN = f"{EXTENSION}:"
_UNDERSTOOD = (_OWN, ADHERENCE, DATA_ABSENT_REASON)


@dataclass(frozen=True, slots=True)
class Extensions:
    """The extensions of one element that are understood, by their address."""

    known: tuple[tuple[str, Element], ...]

    def named(self, url: str) -> list[Element]:
        """Those of one address."""
        return [element for known, element in self.known if known == url]

    def own(self, name: str) -> Element | None:
        """The first of ours with that name."""
        return next(iter(self.named(f"{_OWN}{name}")), None)

    def text(self, name: str, most: int = TEXT_LENGTH) -> str | None:
        """The text in one of ours."""
        element = self.own(name)
        return element.text("valueString", most) if element else None

    def code(self, name: str) -> str | None:
        """The code in one of ours, to be kept."""
        element = self.own(name)
        return element.short("valueCode") if element else None


def extensions_of(element: Element) -> Extensions:
    """What is understood of an element's extensions; the others stay to be named as not kept."""
    found = [(one.content.get("url"), one) for one in element.parts("extension")]
    known = [(url, one) for url, one in found if isinstance(url, str) and url.startswith(_UNDERSTOOD)]
    for _, one in known:
        one.take("url")
    return Extensions(tuple(known))
